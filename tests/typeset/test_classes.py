from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.typeset.classes import classify


@pytest.mark.parametrize(
    ("characters", "kind"),
    [
        ("汉〇𠀀龥", "h"),
        ("（《“‘「『【", "o"),
        ("）》”’」』】", "c"),
        ("，、；：", "p"),
        ("。？！", "s"),
        ("·・", "m"),
        ("～－–", "t"),
        ("—…⋯⸺", "i"),
        ("々ー", "k"),
        ("￥$№", "r"),
        ("％%℃°", "q"),
        ("Aéλж", "l"),
        ("0189", "n"),
        ("①＋　", "w"),
        ("()/-@", "x"),
    ],
)
def test_characters_have_the_classes_of_clreq(characters, kind):
    assert classify(characters) == kind * len(characters)


@given(st.text())
def test_every_character_has_one_class(text):
    assert len(classify(text)) == len(text)
