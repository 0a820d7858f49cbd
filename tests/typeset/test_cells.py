from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.typeset.cells import cells, indentations, is_even, unruled
from pipeline.typeset.classes import classify

CELL = 60.0


def columns(text: str, stop: float = 8 * CELL) -> list[float]:
    """Return in which column each character starts, and where the text ends."""
    advances = [100.0 if kind in "hcpsoi" else CELL for kind in classify(text)]
    found = cells(text, advances, CELL, stop)
    place, starts = 0.0, []
    for at, advance in enumerate(advances):
        starts.append(place)
        place += found.before.get(at, 0.0) + advance + found.after.get(at, 0.0)
    return [round(start / CELL, 6) for start in [*starts, place]]


def test_a_han_character_has_two_cells_and_stands_in_their_middle():
    found = cells("a汉b", [60.0, 100.0, 60.0], CELL, 0.0)
    assert found.before == found.after == {1: 10.0}
    assert columns("a汉b") == [0, 1, 3, 4]


def test_tabs_end_at_stops_however_wide_the_text_before_is():
    assert columns("姓名\tx")[3] == columns("abc\tx")[4] == 8
    assert columns("12345678\tx")[9] == 16


def test_columns_start_anew_on_each_line():
    found = cells("汉\na\tb", [100.0, 0.0, 60.0, 60.0, 60.0], CELL, 240.0)
    assert found.after[3] == 120


def test_a_face_of_many_widths_has_no_cells():
    found = cells("a汉", [55.0, 100.0], 0.0, 0.0)
    assert not found.before
    assert not found.after
    assert is_even([60.0, 60.0, 60.0])
    assert not is_even([25.0, 30.0, 90.0])


def test_no_rule_for_marks_is_left():
    assert unruled(classify("“汉”，a\n")) == "xxxxx\n"


def test_lines_go_on_behind_their_indentation():
    assert list(indentations("  a b\n\tc\n\n d")) == [2, 7, 11]


@given(st.text("a汉，。\t —", max_size=40))
def test_every_character_starts_at_a_cell(text):
    for column in columns(text):
        assert abs(column - round(column)) < 1e-3
