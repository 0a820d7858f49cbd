"""SECURITY.md tells the truth: each row has tests, and each test exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
TABLE = TEXT.partition("| threat |")[2].partition("\n\n")[0].splitlines()[2:]
ROWS = [[cell.strip() for cell in row.strip("|").split(" | ")] for row in TABLE]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_every_row_names_tests_that_exist(row):
    _threat, _answer, cell = row
    named = NAMED.findall(cell)
    assert named
    assert len(named) == len(cell.split("<br>"))
    for file, test in named:
        assert test in functions(ROOT / file), f"{file}::{test}"


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_security_test_has_its_row():
    """A test of this folder that no row names proves what nobody promised."""
    named = {test for _file, test in NAMED.findall(TEXT)}
    own = {"test_limits.py", "test_security_md.py"}
    for path in Path(__file__).parent.glob("test_*.py"):
        missing = functions(path) - named if path.name not in own else set()
        tests = {name for name in missing if name.startswith("test_")}
        controls = {name for name in tests if name.endswith("would_be_seen")}
        assert tests - controls == set(), path.name


@pytest.mark.parametrize(
    "word",
    [
        *(
            "script",
            "iframe",
            "event handlers",
            "javascript:",
            "data:",
            "url()",
            "@import",
        ),
        *(
            "SVG",
            "HTML",
            "Markdown",
            "DOCX",
            "EPUB",
            "../",
            "absolute",
            "links",
            "file:",
        ),
        *("network", "entities", "zip bombs", "zip paths", "zip symlinks", "50,000"),
        *(
            "100,000 nested",
            "10 million",
            "100 MB",
            "fonts that are not fonts",
            "book.toml",
        ),
        *("front matter", "template"),
    ],
)
def test_no_threat_is_forgotten(word):
    assert any(word in row for row in TABLE)
