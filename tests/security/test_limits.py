"""What a document may be at most: named in one place, and told in SECURITY.md."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline import limits, reading, works
from pipeline.cli import main
from pipeline.diagnostics import Code
from pipeline.model import Manuscript, Paragraph, Text
from pipeline.source import Span

ROOT = Path(__file__).parents[2]
NAMES = sorted(name for name in vars(limits) if name.isupper() and name[0] != "_")
ROWS = dict(
    re.findall(
        r"^\| `([A-Z_]+)` \| ([^|]+) \|",
        (ROOT / "SECURITY.md").read_text("utf-8"),
        re.MULTILINE,
    )
)


def number(written: str) -> int:
    value = int(re.sub(r"[,\s]|MiB", "", written))
    return value * 1024 * 1024 if "MiB" in written else value


def test_security_md_lists_all_limits_with_their_values():
    assert {name: number(value) for name, value in ROWS.items()} == {
        name: getattr(limits, name) for name in NAMES
    }


def test_every_limit_says_of_what_it_is_and_why():
    body = ast.parse(Path(limits.__file__).read_text("utf-8")).body
    told = {
        statement.target.id
        for statement, below in pairwise(body)
        if isinstance(statement, ast.AnnAssign)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
    }
    assert told == set(NAMES)


def test_every_limit_is_used():
    texts = [path.read_text("utf-8") for path in (ROOT / "pipeline").rglob("*.py")]
    assert [n for n in NAMES if not any(f"limits.{n}" in text for text in texts)] == []


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    return tmp_path


def test_a_text_beyond_its_limit_is_refused_before_it_is_read(desk, capsys):
    with (desk / "a.txt").open("wb") as file:  # sparse: it takes no room
        file.truncate(limits.TEXT_BYTES + 1)
    assert main(["build", "a.txt"]) == 1
    assert "a.txt has 64.0 MB, and Keben reads no more than 64 MB" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("name", ["a.docx", "a.epub"])
def test_so_is_a_packed_file(desk, capsys, name):
    with (desk / name).open("wb") as file:
        file.truncate(limits.FILE_BYTES + 1)
    assert main(["build", name]) == 1
    assert "512 MB" in capsys.readouterr().err


def test_so_are_settings(desk, capsys):
    (desk / "a.txt").write_text("第一章\n\n字。\n", "utf-8")
    (desk / "a.toml").write_bytes(b"#" * (limits.SETTINGS_BYTES + 1))
    assert main(["build", "a.txt"]) == 1
    assert "a.toml has 1.0 MB" in capsys.readouterr().err


def test_so_is_a_picture(desk):
    with (desk / "a.png").open("wb") as file:
        file.truncate(limits.FILE_BYTES + 1)
    with pytest.raises(works.Oversized):
        works.neighbours(desk)("a.png")


@pytest.mark.parametrize(
    "said", ["lines.drop = ['1-9999999999']", "headings.add = [9999999999]"]
)
def test_settings_name_no_line_that_no_file_has(desk, capsys, said):
    (desk / "a.txt").write_text("第一章\n\n字。\n", "utf-8")
    (desk / "a.toml").write_text(said, "utf-8")
    assert main(["build", "a.txt"]) == 1
    message = capsys.readouterr().err
    assert "a.toml:1: error K404" in message
    assert "a number of lines that a file can have" in message


@pytest.mark.parametrize("said", ["a = " + "[" * 10_000, "[" + "a." * 50_000 + "a]"])
def test_settings_nested_without_end_are_refused(desk, capsys, said):
    (desk / "a.txt").write_text("第一章\n\n字。\n", "utf-8")
    (desk / "a.toml").write_text(said, "utf-8")
    assert main(["build", "a.txt"]) == 1
    assert "a.toml:" in capsys.readouterr().err


def test_a_paragraph_beyond_its_limit_is_named_with_its_line(desk, capsys):
    """A paragraph of ten million characters, on one line, in each format of text."""
    line = "山" * 10_000_000
    (desk / "a.txt").write_text(f"夜航\n\n第一章\n\n　　{line}。\n", "utf-8")
    assert main(["build", "a.txt"]) == 1
    message = capsys.readouterr().err
    assert "a.txt:5: error K302" in message
    assert "10,000,003 characters" in message


def test_a_paragraph_of_many_lines_is_measured_whole():
    half = Text("山" * (limits.PARAGRAPH_CHARACTERS // 2), span=Span("a.md", 7, 7))
    long = Paragraph((half, half, Text("水", span=half.span)), span=Span("a.md", 7, 9))
    within = Paragraph((half, half), span=half.span)
    found = list(reading._overlong(Manuscript((within, long))))
    assert [(d.code, d.span) for d in found] == [(Code.OVERLONG_PARAGRAPH, long.span)]
