"""What holds for lines of any text, in any measure, however it is set."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.typeset.breaking import NEVER_ENDS, NEVER_STARTS
from pipeline.typeset.classes import classify
from pipeline.typeset.fitting import Fit
from pipeline.typeset.justification import Line
from pipeline.typeset.options import LineEnd, MarkWidth, Options
from tests.typeset.setting import EM, breaks, lines, spaced

CHARACTERS = (
    "一二三四五六七八九十〇々，、。；：？！“”‘’（）《》「」——……·～％￥aBc12.,()-/ 年"
)
TEXTS = st.text(CHARACTERS, min_size=1, max_size=90).filter(str.strip)
MEASURES = st.integers(4, 30)
OPTIONS = st.builds(
    Options,
    st.sampled_from(LineEnd),
    st.sampled_from(MarkWidth),
    half_interpunct=st.booleans(),
)
PLAIN = Options()


def extent(text: str, line: Line, options: Options, *, is_last: bool) -> float:
    """Return how far the ink of a line reaches, added up from all its parts."""
    paragraph = spaced(text, options)
    inside = range(line.start, line.end - 1)
    width = line.lead + sum(paragraph.advances[line.start : line.end])
    width += sum(paragraph.gaps.get(slot, 0.0) for slot in inside)
    width += sum(line.changes.get(slot, 0.0) for slot in inside)
    width += line.even * len(inside)
    trims = not is_last and options.line_end is not LineEnd.AUTO
    trimmed = width - paragraph.end_trim(line.end)
    # A mark that has no room keeps none of its blank half, whatever the rule.
    return min((trimmed, width) if not trims else (trimmed,), key=distance(line))


def distance(line: Line):
    return lambda width: abs(width - line.width)


@settings(max_examples=250, deadline=None)
@given(TEXTS, MEASURES, OPTIONS)
@example("￥" * 9, 4, PLAIN)
@example("——" * 9, 5, PLAIN)
@example("a" * 40, 6, PLAIN)
def test_no_character_is_lost_doubled_or_moved(text, squares, options):
    found = "".join(line for line, _ in lines(text, squares, options))
    assert found.replace(" ", "") == text.replace(" ", "")


@settings(max_examples=250, deadline=None)
@given(TEXTS, MEASURES, OPTIONS)
def test_a_line_is_as_wide_as_it_says_and_fills_its_measure(text, squares, options):
    measure = squares * EM
    *filled, last = [line for _, line in lines(text, squares, options)]
    for line in filled:
        reached = extent(text, line, options, is_last=False)
        assert reached == pytest.approx(line.width, abs=0.01)
        assert line.width <= measure + 0.01 or line.overflows
        if line.width < measure - 0.01:
            # Gaps of half a square would read as spaces between words.
            paragraph = spaced(text, options)
            free = paragraph.free_slots(line.start, line.end)
            gains = sum(s.limit for s in paragraph.expansions(line.start, line.end))
            assert measure - line.width > free * 0.5 * EM + gains - 0.01
    assert extent(text, last, options, is_last=True) == pytest.approx(
        last.width, abs=0.01
    )


@settings(max_examples=250, deadline=None)
@given(TEXTS, MEASURES, OPTIONS)
@example("一" + "，" * 12, 5, PLAIN)
def test_no_place_is_prohibited_where_all_lines_could_have_another(
    text, squares, options
):
    classes, allowed = classify(text), breaks(text)
    found = [line for _, line in lines(text, squares, options)]
    wrong = [
        (line, after)
        for line, after in pairwise(found)
        if classes[after.start] in NEVER_STARTS or classes[line.end - 1] in NEVER_ENDS
        if not allowed.may_end(after.start)
    ]
    assert not (wrong and could_be_set(text, squares * EM, options))


def could_be_set(text: str, measure: float, options: Options) -> bool:
    """Tell whether a text has lines that fit and end where they may, by trying all."""
    paragraph, allowed = spaced(text, options), breaks(text)
    fit = Fit(paragraph, allowed)

    def fits(start: int, end: int) -> bool:
        visible = fit.visible_end(start, end)
        slack = paragraph.slack(start, visible, measure)
        loss = sum(slot.limit for slot in paragraph.reductions(start, visible))
        return slack + loss >= -0.001

    reached = {0}
    for start in range(paragraph.size):
        if start in reached:
            reached |= {
                fit.start(end)
                for end in range(start + 1, paragraph.size + 1)
                if (end == paragraph.size or allowed.may_end(end)) and fits(start, end)
            }
    return paragraph.size in reached


@settings(max_examples=100, deadline=None)
@given(TEXTS, MEASURES)
def test_inside_a_line_nothing_lies_upon_its_neighbour(text, squares):
    paragraph = spaced(text)
    for _, line in lines(text, squares):
        for slot in range(line.start, line.end - 1):
            change = paragraph.gaps.get(slot, 0.0) + line.changes.get(slot, 0.0)
            room = paragraph.right.get(slot, 0.0) + paragraph.left.get(slot + 1, 0.0)
            room += paragraph.advances[slot] if text[slot] == " " else 0.0
            assert change + line.even >= -room - 0.03 * EM - 0.01
