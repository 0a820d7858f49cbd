from __future__ import annotations

import dataclasses

import pytest

from pipeline.typeset.options import LineEnd, MarkWidth, Options
from pipeline.typeset.spacing import Spaced
from tests.typeset.setting import EM, measured, spaced


def width(text: str, options: Options | None = None) -> float:
    """Return how wide a text is inside a line, in em."""
    paragraph = spaced(text, options or Options())
    return paragraph.width(0, len(text)) / EM


@pytest.mark.parametrize(
    ("text", "squares"),
    [
        ("汉字", 2),
        ("汉，字", 3),
        ("，”", 1.5),
        ("”。", 1.5),
        ("”“", 1.5),
        ("：“", 1.5),
        ("（《", 1.5),
        ("。”（", 2),
        ("“汉”", 3),
        ("“！”", 2.5),
    ],
)
def test_adjacent_marks_lose_a_half(text, squares):
    assert width(text) == pytest.approx(squares)


def test_interpunct_takes_half_a_square():
    assert width("张·三") == pytest.approx(2.5)
    assert width("張·三", Options(half_interpunct=False)) == pytest.approx(3)


def test_a_narrow_interpunct_has_the_room_of_a_mark():
    narrow = dataclasses.replace(
        measured("张·三"), advances=[EM, 30.0, EM], left={}, right={}
    )
    assert Spaced(narrow).width(0, 3) == pytest.approx(2.5 * EM)
    traditional = Options(half_interpunct=False)
    assert Spaced(narrow, traditional).width(0, 3) == pytest.approx(3 * EM)


@pytest.mark.parametrize(
    ("style", "squares"),
    [(MarkWidth.QUANJIAO, 8.5), (MarkWidth.KAIMING, 7.5), (MarkWidth.BANJIAO, 7)],
)
def test_styles_of_width(style, squares):
    text = "汉，（字）汉。汉汉"
    assert width(text, Options(mark_width=style)) == pytest.approx(squares)


def centred(text: str, options: Options) -> Spaced:
    """Return a text whose stops have their ink in the middle of their square."""
    before = measured(text)
    middle = {at: 30.0 for at, mark in enumerate(text) if mark in "，。"}
    left, right = {**before.left, **middle}, {**before.right, **middle}
    return Spaced(dataclasses.replace(before, left=left, right=right), options)


def test_stops_in_the_middle_stay_there():
    text = "漢，「字。」，漢"
    full = centred(text, Options(half_interpunct=False))
    # What opens or closes beside them loses its half.
    assert full.gaps == {1: -50.0, 5: -50.0}
    half = centred("漢，字", Options(mark_width=MarkWidth.BANJIAO))
    assert half.gaps == {0: -25.0, 1: -25.0}
    limits = {(slot.slot, slot.limit) for slot in full.reducible}
    assert {(0, 15.0), (3, 15.0)} < limits


def test_narrow_stops_that_lean_are_not_in_the_middle():
    before = measured("了！”")
    left, right = {**before.left, 1: 20.0}, {**before.right, 1: 60.0}
    narrow = Spaced(dataclasses.replace(before, left=left, right=right))
    assert narrow.gaps == {1: -50.0}


def test_han_and_western_stand_a_fifth_apart():
    assert width("汉A字") == pytest.approx(2.5 + 0.4)
    assert width("汉，A") == pytest.approx(2.5)
    assert width("约30%的") == pytest.approx(2 + 1.5 + 0.4)


@pytest.mark.parametrize(
    ("text", "spaces"),
    [
        ("为-3度", 2),
        ("用C++写", 2),
        ("约±5米", 2),
        ("见(a)页", 0),
        ("A#与", 1),
        ("-汉", 0),
    ],
)
def test_signs_belong_to_their_numbers(text, spaces):
    assert width(text) == pytest.approx(sum(map(em, text)) + 0.2 * spaces)


def em(character: str) -> float:
    return 0.5 if character.isascii() or character == "±" else 1.0


def test_dashes_take_two_squares():
    assert width("汉——字") == pytest.approx(4)


@pytest.mark.parametrize(
    ("end", "text", "trim"),
    [
        (LineEnd.HALF, "汉。", 0.5),
        (LineEnd.HALF, "汉”", 0.5),
        (LineEnd.HALF, "汉字", 0),
        (LineEnd.HALF, "汉·", 0.25),
        (LineEnd.FULL, "汉。", 0),
        (LineEnd.HANG, "汉。", 1),
        (LineEnd.HANG, "汉”", 0.5),
    ],
)
def test_end_of_line(end, text, trim):
    assert spaced(text, Options(line_end=end)).end_trim(2) == trim * EM


def test_opening_mark_at_the_start_of_a_line_is_half():
    assert spaced("“汉”").start_trim(0) == EM / 2
    assert spaced("“汉”", indented=True).start_trim(0) == 0
