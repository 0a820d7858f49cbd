"""Hebrew and Arabic within Chinese lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import fonts
from pipeline.layout import Copy, Imprint, paginate
from pipeline.layout.lines import reversal
from pipeline.pdfium import opened
from pipeline.writer import Face, Stylesheet
from tests.fonts import typefoundry
from tests.layout.lines.conftest import CSS

TWO_WORDS = "שלום עולם"
ARABIC = "مرحبا"


def seen(text: str) -> list[int]:
    """Return the first bytes of characters as they are seen from left to right."""
    return [len(text[:at].encode()) for at in range(len(text))][::-1]


def test_words_are_painted_as_they_are_read_each_as_it_is_seen():
    text = "אב גד"  # seen as דג בא
    assert reversal.reading_order(text, seen(text)) == [3, 4, 2, 0, 1]


def test_glyphs_are_moved_to_where_they_are_seen():
    assert reversal.moves([3, 4, 2, 0, 1], [10] * 5) == [30, 30, 0, -30, -30]


def test_accents_come_before_their_letter_and_ligatures_stand_for_all():
    accented = "ב\u05b0א"
    assert reversal.texts(accented, [4, 0, 0]) == ["א", "\u05b0", "ב"]
    assert reversal.texts("لا", [0]) == ["لا"]
    assert reversal.texts("אבג", [0, 0]) == ["", "אבג"]


@pytest.fixture
def face(tmp_path: Path) -> Face:
    path = tmp_path / "test.ttf"
    path.write_bytes(typefoundry.font(TWO_WORDS + ARABIC, family="Test"))
    return Face("Keben Rare", path, "Test-Regular", "")


@pytest.mark.parametrize("phrase", [TWO_WORDS, ARABIC])
def test_copied_text_has_words_and_letters_in_order(face, phrase):
    text = f"那日天色将晚，他说{phrase}，众人听了，都不言语；只有老者抬头望了一望。"
    copy = Copy(
        f"<html lang='zh'><body><p>{text}</p></body></html>",
        (Stylesheet("a.css", CSS + 'p {font-family: "Keben Song", "Keben Rare"}'),),
        (*fonts.faces(), face),
    )
    found = []
    data = paginate(copy, Imprint("书"), found.append).data
    assert not found
    with opened(data) as document:
        assert "".join(run.text for p in document.pages() for run in p.runs) == text
