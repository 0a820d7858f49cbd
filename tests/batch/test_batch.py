"""Many books: all are made, none twice, and a bad one stops nothing."""

import fsspec
import pytest

from pipeline import batch
from pipeline.batch import making
from pipeline.build import Order
from pipeline.failures import Status
from tests.batch.shop import QUICK, TEXT, Here
from tests.batch.shop import batch as of


def run(asked):
    """Return the records of a run by source, and what was made in it."""
    makers = Here()
    found = list(batch.run(asked, makers))
    assert {progress.total for progress in found} <= {len(found)}
    assert [p.record.source for p in found if not p.kept] == makers.made
    return {p.record.source: p.record for p in found}, makers.made


def test_every_book_is_made_and_recorded(library, tmp_path):
    library("一.txt", "甲/二.txt")
    records, made = run(of(tmp_path, "library", order=Order(("epub", "pdf"))))
    assert made == ["library/一.txt", "library/甲/二.txt"]
    second = records["library/甲/二.txt"]
    assert (second.status, second.title) == (Status.GOOD, "二")
    assert [file.place for file in second.files] == ["out/甲/二.epub", "out/甲/二.pdf"]
    for file in second.files:
        assert (tmp_path / file.place).stat().st_size == file.size
    assert second.files[1].pages > 3
    assert second.proved > 20
    assert second.cpu > 0


def test_a_bad_book_stops_nothing(library, tmp_path):
    folder = library("一.txt", "二.txt", "三.txt")
    (folder / "二.txt").write_bytes(b"\x7fELF\0\0\0\0")
    records, _ = run(of(tmp_path, "library"))
    assert {name[8:]: record.status for name, record in records.items()} == {
        "一.txt": Status.GOOD,
        "三.txt": Status.GOOD,
        "二.txt": Status.CONTENT,
    }
    assert [error["code"] for error in records["library/二.txt"].errors] == ["K103"]


def test_a_second_run_makes_nothing_again(library, tmp_path):
    folder = library("一.txt", "坏.txt")
    (folder / "坏.txt").write_bytes(b"")
    before, _ = run(of(tmp_path, "library"))
    assert run(of(tmp_path, "library")) == (before, [])


def test_what_has_changed_or_gone_is_made_again(library, tmp_path):
    folder = library("一.txt", "二.txt", "三.txt")
    run(of(tmp_path, "library"))
    (folder / "一.txt").write_text(TEXT.format(title="新一"), "utf-8")
    (tmp_path / "out" / "三.epub").unlink()
    records, made = run(of(tmp_path, "library"))
    assert made == ["library/一.txt", "library/三.txt"]
    assert records["library/一.txt"].title == "新一"


def test_all_is_made_again_when_asked(library, tmp_path):
    library("一.txt")
    run(of(tmp_path, "library"))
    assert run(of(tmp_path, "library", again=True))[1] == ["library/一.txt"]


def test_a_fault_of_ours_stops_nothing_and_is_tried_again(
    library, tmp_path, monkeypatch
):
    library("一.txt", "二.txt")

    def build(source, *rest):
        if source.name == "一.txt":
            raise ZeroDivisionError("never divide")
        return built(source, *rest)

    built = making.build.build
    monkeypatch.setattr(making.build, "build", build)
    records, _ = run(of(tmp_path, "library"))
    assert records["library/一.txt"].status is Status.MACHINE
    assert "ZeroDivisionError: never divide" in records["library/一.txt"].failure
    assert records["library/二.txt"].status is Status.GOOD
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert run(of(tmp_path, "library"))[1] == ["library/一.txt"]


@pytest.fixture
def storage():
    """A storage elsewhere: one in memory that behaves as they all do."""
    memory = fsspec.filesystem("memory")
    yield memory
    memory.rm("/", recursive=True)


def test_sources_and_editions_may_be_elsewhere(storage, tmp_path):
    storage.pipe("/library/甲/一.txt", TEXT.format(title="一").encode())
    storage.pipe("/library/甲/一.toml", b'title = "\xe6\x96\xb0"\n')
    storage.pipe("/library/书/book.toml", b'sources = ["a.txt"]\n')
    storage.pipe("/library/书/a.txt", TEXT.format(title="归来记").encode())
    asked = batch.Batch(
        ("memory://library",), "memory://out", QUICK, tmp_path / "manifest.jsonl"
    )
    records, _ = run(asked)
    titles = {record.title: record.files[0].place for record in records.values()}
    assert titles == {
        "新": "memory:///out/甲/一.epub",
        "归来记": "memory:///out/书.epub",
    }
    assert storage.cat("/out/甲/一.epub").startswith(b"PK")
    assert run(asked)[1] == []
