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
from pipeline.typeset.upright import Digits, Pose

COMBINED: Final = "c"
"""Upright beside others in one square: 纵中横."""
WESTERN: Final = "w"
"""On its side, its middle on that of the line."""
LYING: Final = "l"
"""On its side in its square: a mark that turns, of which a face has no other form."""

# Unicode Standard Annex 50: what lies down where there is no form for it ("R", "Tr"),
# and symbols that stand ("U") though they are of no class that fills its square.
_TURNS = frozenset(OPENING + CLOSING + CONNECTOR + DASH + "ー")
_LIES = frozenset(LETTER + NUMERAL + OTHER + PREFIX + SPACE)
_STANDS = re.compile(
    "[§©®±¼-¾×÷‖†‡※⁂⁑℀℁℃-℉ℏℓ℔№℗℞-℣℥℧℩℮ℵ-ℿ⅐-↉∞∴∵⌀-⌇⌐-⌟⌤-⌨⌫■-♠♢-❧❶-➓⬒-⬯⭐-⭙]"
)
_SQUARE = 0.02


def is_vertical(style: Style) -> bool:
    """Tell whether the lines of a style run down."""
    return _says(style, "__writing", "vertical")


def digits(style: Style) -> Digits:
    """Return how numbers of three or four digits are set, by ``--digits``."""
    return Digits.LYING if _says(style, "__digits", "lying") else Digits.UPRIGHT


def _says(style: Style, name: str, word: str) -> bool:
    tokens = style[name] or ()
    return any(token.type == "ident" and token.value == word for token in tokens)


def lying(style: Style) -> Style:
    """Return a style of the glyphs of lines from left to right."""
    copy = style.copy()
    copy["font_feature_settings"] = "normal"
    return copy


def pose(character: str, advance: float, square: float, *, has_form: bool) -> str:
    """Return how a character stands, whose face ``has_form`` for lines down or not."""
    kind = classify(character[:1] or " ")
    lies = kind in _LIES and not _STANDS.match(character)
    if abs(advance - square) > _SQUARE * square or (lies and not has_form):
        return WESTERN
    turns = (kind in _TURNS or character == "ー") and kind != ITERATION
    return LYING if turns and not has_form else UPRIGHT


def standing(glyphs: Glyphs, square: float, pose: Pose) -> Glyphs:
    """Return glyphs, one a character, upright in one square or in one each."""
    size = len(glyphs.advances)
    if pose is Pose.STACKED or size == 1:
        return replace(
            glyphs,
            advances=[square] * size,
            kerns={},
            poses=UPRIGHT * size,
            combined=[(at, at + 1) for at in range(size)],
        )
    return replace(
        glyphs,
        advances=[square] + [0.0] * (size - 1),
        kerns={},
        poses=COMBINED * (len(glyphs.codes) // 2),
        combined=[(0, size)],
    )
