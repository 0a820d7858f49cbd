"""What glyphs are spelt out as, and where a space fills a gap."""

from __future__ import annotations

import pytest

from pipeline.layout.lines.glyphs import UPRIGHT, Glyphs
from pipeline.layout.lines.spelling import Fill, Spelling, fills, spellings
from pipeline.typeset.classes import classify
from pipeline.typeset.slots import Measured
from pipeline.typeset.spacing import Spaced


def spaced(text: str) -> Spaced:
    size = len(text)
    return Spaced(Measured(text, classify(text), [10.0] * size, [10.0] * size, {}, {}))


def glyphs(size: int, starts: list[int] | None = None, **rest: object) -> Glyphs:
    count = starts[-1] if starts else size
    return Glyphs([10.0] * size, bytes(2 * count), [], starts, **rest)


@pytest.mark.parametrize(
    ("text", "slot", "filled"),
    [
        ("用a", 0, [Fill(0, before=False)]),
        ("a用", 0, [Fill(0, before=False)]),
        ("，用", 0, [Fill(0, before=False)]),
        ("𠂇a", 0, [Fill(1, before=True)]),  # PDFium would lose what is beyond U+FFFF
        ("\ufffca", 0, [Fill(1, before=True)]),
        ("שa", 0, [Fill(1, before=True)]),
        ("a b", 0, []),  # a space is there to be copied
        ("a b", 1, []),
    ],
)
def test_a_gap_is_filled_beside_one_character(text, slot, filled):
    assert fills(spaced(text), {slot: 2.0}, 0.0) == filled


@pytest.mark.parametrize(
    ("gap", "even", "is_seen"),
    [(0.7, 0.0, False), (0.9, 0.0, True), (0.7, 0.2, True), (0.9, -0.2, False)],
)
def test_only_gaps_that_would_be_seen_are_filled(gap, even, is_seen):
    assert bool(fills(spaced("用a"), {0: gap}, even)) is is_seen


def test_each_spelling_holds_one_character_with_its_space():
    filled = [Fill(0, before=False), Fill(1, before=False)]
    assert spellings(glyphs(3), "第1章", (0, 3), filled) == [
        Spelling(0, 1, "第", after=True),
        Spelling(1, 2, "1", after=True),
    ]


def test_a_ligature_is_spelt_out_whole():
    found = spellings(glyphs(3, [0, 1, 1, 2]), "fi山", (0, 3), [Fill(1, before=False)])
    assert found == [Spelling(0, 1, "fi", after=True)]


def test_glyphs_with_several_meanings_are_spelt_out_one_by_one():
    found = spellings(glyphs(4, misread=[1, 2]), "甲更車乙", (1, 4), [])
    assert found == [Spelling(0, 1, "更"), Spelling(1, 2, "車")]


def test_upright_glyphs_need_no_space_where_lines_run_down():
    upright = glyphs(2, poses=UPRIGHT * 2)
    assert spellings(upright, "，用", (0, 2), [Fill(0, before=False)]) == []
