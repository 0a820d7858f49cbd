"""The manifest keeps what was done, whatever became of the run."""

import json

import pytest

from pipeline.batch.manifest import opened
from pipeline.batch.task import File, Record
from pipeline.failures import Misuse, Status

DONE = Record(
    "一.txt",
    "abc",
    Status.GOOD,
    title="一",
    files=(File("out/一.epub", 5), File("out/一.pdf", 7, 3)),
    proved=12,
    diagnostics={"note": 1},
    seconds=0.5,
)
FAILED = Record("二.txt", "def", Status.CONTENT, errors=({"code": "K101"},))


def test_records_come_back_as_they_were(tmp_path):
    path = tmp_path / "folder" / "manifest.jsonl"
    with opened(path) as manifest:
        manifest.add(DONE)
        manifest.add(FAILED)
    with opened(path) as manifest:
        assert manifest.earlier == {"一.txt": DONE, "二.txt": FAILED}


def test_each_record_is_a_line_of_json(tmp_path):
    path = tmp_path / "manifest.jsonl"
    with opened(path) as manifest:
        manifest.add(DONE)
    (line,) = path.read_text("utf-8").splitlines()
    assert json.loads(line)["files"][1] == {
        "place": "out/一.pdf",
        "size": 7,
        "pages": 3,
    }


def test_the_last_record_of_a_source_counts(tmp_path):
    path = tmp_path / "manifest.jsonl"
    later = Record("一.txt", "xyz", Status.GOOD)
    with opened(path) as manifest:
        manifest.add(DONE)
        manifest.add(later)
    with opened(path) as manifest:
        assert manifest.earlier == {"一.txt": later}


def test_half_a_line_is_cut_off_and_the_next_stands_alone(tmp_path):
    path = tmp_path / "manifest.jsonl"
    with opened(path) as manifest:
        manifest.add(DONE)
    with path.open("ab") as file:
        file.write('{"source": "二'.encode())
    with opened(path) as manifest:
        manifest.add(FAILED)
    with opened(path) as manifest:
        assert manifest.earlier == {"一.txt": DONE, "二.txt": FAILED}


@pytest.mark.parametrize("line", ["{}", "[]", "no json", '{"source": 1}', "\udc80"])
def test_foreign_lines_are_not_believed(tmp_path, line):
    path = tmp_path / "manifest.jsonl"
    path.write_bytes(line.encode("utf-8", "surrogateescape") + b"\n")
    with opened(path) as manifest:
        assert manifest.earlier == {}


def test_two_runs_do_not_write_the_same_manifest(tmp_path):
    path = tmp_path / "manifest.jsonl"
    with opened(path), pytest.raises(Misuse, match=r"manifest\.jsonl"), opened(path):
        pass
