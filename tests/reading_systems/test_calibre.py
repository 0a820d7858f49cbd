"""Calibre reads every line, and makes a Kindle's book that says the same.

Calibre is large, and so it is not installed by ``make readers``.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.checks.epub import body_text

PROGRAM = shutil.which("ebook-convert")
pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="Calibre is not installed: apt-get install calibre"
)


def converted(book: Path, target: Path) -> Path:
    subprocess.run([PROGRAM, book, target], check=True, capture_output=True)
    return target


def lost(book: Path, text: Path) -> str:
    """Return what follows in ``book`` from where ``text`` has not its characters.

    Calibre tells numbers of notes, readings and formulas besides: so each
    character has to come after the one before it, not next to it.
    """
    wanted = "".join(body_text(book.read_bytes()).split())
    rest = iter(text.read_text("utf-8"))
    for place, character in enumerate(wanted):
        if character not in rest:
            return wanted[place - 20 :]
    return ""


def test_no_line_is_lost_in_plain_text(book, tmp_path):
    assert lost(book, converted(book, tmp_path / "book.txt")) == ""


def test_no_line_is_lost_on_a_kindle(book, tmp_path):
    kindle = converted(book, tmp_path / "book.azw3")
    assert lost(book, converted(kindle, tmp_path / "book.txt")) == ""
