"""Dots, lines and inline notes, seen in the finished page."""

from __future__ import annotations

import io
from itertools import groupby, pairwise
from typing import NamedTuple

import pytest
from PIL import Image

from pipeline.pdfium import first_page, opened

CSS = """
.dots { --text-emphasis: dot; text-decoration: underline }
.name { --name-line: straight; text-decoration: underline }
.work { --name-line: wavy; text-decoration: underline }
.gloss { --gloss: two-lines; font-size: 7.5pt }
i { font-style: normal }
"""
SCALE = 4  # dots a point


class Character(NamedTuple):
    text: str
    x: float
    y: float
    size: float


def characters(data: bytes) -> list[Character]:
    with opened(data) as document:
        return [
            Character(text, x, piece.baseline, piece.size)
            for page in document.pages()
            for piece in page.pieces
            for text, x in zip(piece.text, piece.places, strict=True)
            if text.strip()
        ]


class Ink:
    """What is black below the characters of a page."""

    def __init__(self, data: bytes) -> None:
        picture = Image.open(io.BytesIO(first_page(data, 72 * SCALE))).convert("L")
        self._picture = picture

    def between(
        self, left: float, right: float, baseline: float, depth: float = 2.0
    ) -> list[bool]:
        """Tell for each column between two places whether there is ink below.

        At 2 pt below the baseline, the tails of commas are out of the way.
        """
        foot = self._picture.height / SCALE - baseline + depth
        strip = [round(SCALE * at) for at in (left, foot, right, foot + 3.4)]
        below = self._picture.crop(tuple(strip))
        return [
            any(below.getpixel((x, y)) < 128 for y in range(below.height))
            for x in range(below.width)
        ]


def below(data: bytes) -> dict[str, list[bool]]:
    ink = Ink(data)
    return {c.text: ink.between(c.x, c.x + 10, c.y) for c in characters(data)}


def test_each_character_has_one_dot_and_no_mark_has_one(pdf):
    found = below(pdf("<p>前<em class='dots'>山，水：《云》。日</em>后</p>", CSS))
    dotted = {character for character, columns in found.items() if any(columns)}
    assert dotted == set("山水云日")
    for character in dotted:
        runs = [black for black, _ in groupby(found[character])]
        assert runs == [False, True, False], character
        middle = [x for x, black in enumerate(found[character]) if black]
        assert sum(middle) / len(middle) == pytest.approx(5 * SCALE, abs=3)


def test_dots_go_with_their_characters_where_lines_are_stretched(pdf):
    text = "山水云日，" * 9
    data = pdf(f"<p><em class='dots'>{text}</em></p>", CSS)
    ink = Ink(data)
    for character in characters(data):
        dark = [
            x
            for x, b in enumerate(
                ink.between(character.x, character.x + 10, character.y)
            )
            if b
        ]
        assert bool(dark) == (character.text != "，")
        if dark:
            assert sum(dark) / len(dark) == pytest.approx(5 * SCALE, abs=3)


@pytest.mark.parametrize("kind", ["name", "work"])
def test_two_names_side_by_side_have_two_lines(pdf, kind):
    names = f"<u class='{kind}'>山水</u><u class='{kind}'>云日</u>"
    data = pdf(f"<p>前{names}后</p>", CSS)
    ink = Ink(data)
    places = {c.text: c for c in characters(data)}
    columns = ink.between(places["前"].x, places["后"].x + 10, places["山"].y, 1.3)
    lines = [black for black, group in groupby(columns) if black and len([*group]) > 30]
    assert len(lines) == 2


def test_marks_change_no_line_and_no_text(pdf):
    text = "他说：山外有山，天外有天；" * 8
    marked = text.replace("山外", "<em class='dots'><u class='name'>山外</u></em>")
    plain, dotted = (characters(pdf(f"<p>{t}</p>", CSS)) for t in (text, marked))
    assert [c.text for c in plain] == [c.text for c in dotted]
    places = [place for c in plain for place in (c.x, c.y)]
    assert [place for c in dotted for place in (c.x, c.y)] == pytest.approx(
        places, abs=0.01
    )


# Inline notes -------------------------------------------------------------------


def halves(data: bytes) -> list[str]:
    """Return the lines in small type, in order."""
    small = [c for c in characters(data) if round(c.size, 1) == 5]
    rows = groupby(small, key=lambda c: round(c.y, 1))
    return ["".join(c.text for c in row) for _, row in rows]


def gloss(text: str, before: int = 1) -> str:
    return (
        f"<p>{'山' * before}<small class='gloss'>{text}</small>，后文还有许多字。</p>"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("刘备屯于樊城", ["刘备屯", "于樊城"]),
        ("刘备屯于新野城", ["刘备屯于", "新野城"]),
        # The lower line begins with no stop, and the upper ends with no 《.
        ("刘备屯，于城。", ["刘备屯，", "于城。"]),
        ("刘备著《书》。", ["刘备著", "《书》。"]),
        ("刘<i class='name'>备</i>屯于樊城", ["刘备屯", "于樊城"]),
        # Words of other widths are shared out by their width.
        ("建安 7 年 Battle", ["建安 7 年", "Battle"]),
        ("注", ["注"]),
    ],
)
def test_a_gloss_stands_in_two_lines(pdf, text, expected):
    found = halves(pdf(gloss(text), CSS))
    assert [half.replace(" ", "") for half in found] == [
        half.replace(" ", "") for half in expected
    ]


@pytest.mark.parametrize("before", range(3, 20))
def test_a_gloss_is_broken_over_lines_and_begins_no_half_with_a_stop(pdf, before):
    text = "刘备屯于樊城，是时曹公方定河北；亮知荆州次当受敌，而刘表性缓，不晓军事。"
    found = halves(pdf(gloss(text, before), CSS))
    assert "".join(found) == text
    assert len(found) in (2, 4)
    assert not [half for half in found if half[0] in "，；。"]


def test_the_halves_keep_within_the_line(pdf):
    text = "刘备屯于樊城，是时曹公方定河北；亮知荆州次当受敌，" * 4
    found = characters(pdf(gloss(text, 7), CSS))
    edge = 20 / 25.4 * 72 + 200
    assert max(c.x for c in found) < edge
    baselines = sorted({round(c.y, 2) for c in found if round(c.size) == 10})
    steps = [b - a for a, b in pairwise(baselines)]
    assert all(
        step / 17.5 == pytest.approx(round(step / 17.5), abs=0.01) for step in steps
    )


def test_a_long_gloss_of_uneven_widths_is_set_in_small_type(pdf):
    text = "see the Records of the Three Kingdoms, chapter 35, 蜀书"
    data = pdf(gloss(text), CSS)
    assert halves(data) == []
    assert "chapter" in "".join(c.text for c in characters(data))
