"""Lines that run down: how each glyph stands in them.

A style sheet asks for them by the custom property ``--writing: vertical``, and for
the glyphs by ``font-feature-settings: "vert"``. A line is laid out from left to
right all the same, and the finished page is turned (see layout/turning.py). So
Western text lies on its side by itself, and what stands upright is painted from
above by the vertical writing mode of PDF (ISO 32000-2, 9.7.4.3), which reading
programs know: they copy and search it as what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pipeline.layout.lines.glyphs import UPRIGHT, Glyphs
from pipeline.layout.lines.host import Style
from pipeline.typeset.classes import (
    CLOSING,
    CONNECTOR,
    DASH,
    ITERATION,
    LETTER,
    NUMERAL,
    OPENING,
    OTHER,
    PREFIX,
    SPACE,
    classify,
)

COMBINED: Final = "c"
"""Upright beside others in one square: 纵中横."""
WESTERN: Final = "w"
"""On its side, its middle on that of the line."""
LYING: Final = "l"
"""On its side in its square: a mark that turns, of which a face has no other form."""

# Numbers of one or two digits, and lone capitals (CLREQ, "Horizontal in vertical").
_IN_ONE_SQUARE = re.compile(
    r"(?<![0-9A-Za-z.,:%/&'’+\-–~@°])(?:[0-9]{1,2}|[A-Z])"
    r"(?![0-9A-Za-z%℃‰/&'’+\-–~@°]|[.,:]\w)"
)
# Unicode Standard Annex 50: what lies down where there is no form for it ("R", "Tr").
_TURNS = frozenset(OPENING + CLOSING + CONNECTOR + DASH + "ー")
_LIES = frozenset(LETTER + NUMERAL + OTHER + PREFIX + SPACE)
_SQUARE = 0.02


def is_vertical(style: Style) -> bool:
    """Tell whether the lines of a style run down."""
    return any(
        token.type == "ident" and token.value == "vertical"
        for token in style["__writing"] or ()
    )


def lying(style: Style) -> Style:
    """Return a style of the glyphs of lines from left to right."""
    copy = style.copy()
    copy["font_feature_settings"] = "normal"
    return copy


def squares(text: str) -> Iterator[tuple[int, int]]:
    """Yield the characters that stand upright in one square, from first to last."""
    for found in _IN_ONE_SQUARE.finditer(text):
        yield found.span()


def pose(character: str, advance: float, square: float, *, has_form: bool) -> str:
    """Return how a character stands, whose face ``has_form`` for lines down or not."""
    kind = classify(character[:1] or " ")
    if abs(advance - square) > _SQUARE * square or (kind in _LIES and not has_form):
        return WESTERN
    turns = (kind in _TURNS or character == "ー") and kind != ITERATION
    return LYING if turns and not has_form else UPRIGHT


def combined(glyphs: Glyphs, square: float) -> Glyphs:
    """Return the glyphs of a short text in one square of their own."""
    size = len(glyphs.advances)
    return replace(
        glyphs,
        advances=[square] + [0.0] * (size - 1),
        kerns={},
        poses=COMBINED * (len(glyphs.codes) // 2),
        combined=[(0, size)],
    )
