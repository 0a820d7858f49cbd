from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.typeset.justification import set_line
from pipeline.typeset.options import LineEnd, Options
from pipeline.typeset.spacing import Spaced
from tests.typeset.setting import EM, lines, measured, spaced


def set_in(text: str, squares: float, options: Options | None = None):
    paragraph = spaced(text, options or Options())
    return set_line(paragraph, 0, len(text), squares * EM, justified=True)


def test_han_are_spread_evenly():
    line = set_in("一二三四五", 5.2)
    assert line.width == 5.2 * EM
    assert line.even == pytest.approx(5)
    assert not line.changes


def test_rigid_slots_do_not_grow():
    paragraph = replace(measured("一二三四五"), rigid=frozenset({1, 2}))
    line = set_line(Spaced(paragraph), 0, 5, 5.2 * EM, justified=True)
    assert line.even == pytest.approx(10)
    assert line.changes == pytest.approx({1: -10, 2: -10})


def test_word_spaces_grow_first_and_words_never():
    line = set_in("ab cd 一二", 5.2)
    assert set(line.changes) >= {0, 1, 3}
    assert line.changes[0] == -line.even  # inside a word


def test_space_between_han_and_western_grows_to_a_third():
    line = set_in("一二A三四", 4.5 + 0.4 + 0.2)
    assert line.changes[1] == pytest.approx(10)
    assert line.even == 0


def test_brackets_shrink_before_commas_and_commas_before_stops():
    line = set_in("一（二）三，四。五", 9 - 0.5)
    assert {slot: round(change) for slot, change in line.changes.items()} == {
        0: -25,
        3: -25,
    }
    line = set_in("一（二）三，四。五", 9 - 0.8)
    assert {slot: round(change) for slot, change in line.changes.items()} == {
        0: -30,
        3: -30,
        5: -20,
    }


def test_a_hopeless_line_is_left_unfilled():
    assert set_in("一abcdefgh", 20).width < 20 * EM
    assert set_in("一二三四五六七八九十", 5).overflows


def test_hanging_stop_stands_outside():
    line = set_in("一二三四。", 4, Options(line_end=LineEnd.HANG))
    assert line.width == 4 * EM
    assert not line.changes


@given(
    st.text("一二三四五六七八九十，。“”（）、", min_size=40, max_size=200),
    st.integers(20, 40),
)
def test_lines_are_as_wide_as_their_measure(text, squares):
    for _, line in lines(text, squares)[:-1]:
        assert line.overflows or line.width == pytest.approx(squares * EM)
