"""The sign that calls a note stays with the character before it."""

from __future__ import annotations

import pytest

from pipeline.model import Note, Strong, Text
from pipeline.render.calls import Called, bound
from pipeline.source import Span

SPAN = Span("text", 1, 1)
NOTE = Note("n1", 1, (), span=SPAN)


def text(value: str) -> Text:
    return Text(value, span=SPAN)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("山高。", [text("山高"), Called((text("。"), NOTE))]),
        ("山", [Called((text("山"), NOTE))]),
        # What varies a character stays with it.
        ("山葛\U000e0100", [text("山"), Called((text("葛\U000e0100"), NOTE))]),
        # A number is bound to a letter anyway.
        ("a mountain", [text("a mountain"), NOTE]),
    ],
)
def test_a_call_is_bound_to_the_last_character(before, expected):
    assert list(bound((text(before), NOTE))) == expected


def test_two_calls_are_bound_together():
    assert list(bound((text("山"), NOTE, NOTE, text("水")))) == [
        Called((text("山"), NOTE, NOTE)),
        text("水"),
    ]


def test_nothing_is_bound_to_what_is_no_text():
    strong = Strong((text("山"),), span=SPAN)
    assert list(bound((strong, NOTE))) == [strong, NOTE]


def test_without_notes_nothing_changes():
    line = (text("山"), text("水"))
    assert bound(line) is line
