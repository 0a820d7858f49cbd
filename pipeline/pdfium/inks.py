"""The ink of glyphs, as PDFium measures it."""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeAlias

from pypdfium2 import raw

from pipeline.pdfium.handles import Handle
from pipeline.pdfium.model import Font, Ink

Setting: TypeAlias = tuple[Font, bool]
"""A font, and whether it writes downwards."""

ASCENT = 0.88
"""Where the baseline of Chinese is in its square, in em from the top."""

_SIGHTINGS = 3
_TOUCHING = 0.01
_advance = attrgetter("advance")


@dataclass(slots=True)
class _Glyphs:
    """The ink of the characters of a font, by code point.

    Now and then PDFium counts the space between letters as part of an advance.
    So a glyph is known after a few sightings, by the least advance of them.
    """

    known: dict[int, Ink] = field(default_factory=dict)
    drawn: dict[int, Ink | None] = field(default_factory=dict)
    seen: defaultdict[int, list[Ink]] = field(default_factory=lambda: defaultdict(list))

    def of(self, code: int) -> Ink | None:
        sightings = self.seen.get(code)
        return min(sightings, key=_advance) if sightings else self.known.get(code)

    def add(self, code: int, ink: Ink) -> Ink:
        sightings = self.seen[code]
        sightings.append(ink)
        least = min(sightings, key=_advance)
        if len(sightings) == _SIGHTINGS:
            self.known[code] = least
            del self.seen[code]
        return least


class Inks:
    """The inks of a document, found once for each glyph."""

    def __init__(self) -> None:
        self._glyphs: defaultdict[Setting, _Glyphs] = defaultdict(_Glyphs)

    def measured(
        self, setting: Setting, codes: Sequence[int], sight: Sight
    ) -> tuple[Ink, ...]:
        """Return the ink of characters that are where PDFium says."""
        glyphs = self._glyphs[setting]
        found = list(map(glyphs.known.get, codes))
        return tuple(
            [
                ink or glyphs.add(code, sight.ink(setting, index))
                for ink, code, index in zip(found, codes, sight.indices, strict=True)
            ]
        )

    def guessed(
        self, setting: Setting, codes: Sequence[int], sight: Sight
    ) -> tuple[Ink, ...]:
        """Return the ink of characters that are spelt out, from other sightings."""
        glyphs = self._glyphs[setting]
        return tuple(
            glyphs.of(code) or sight.ink(setting, index)
            for code, index in zip(codes, sight.indices, strict=True)
        )

    def drawn(self, setting: Setting, code: int, font: Handle, sight: Sight) -> Ink:
        """Return the ink of a character that is spelt out, as its font draws it."""
        glyphs = self._glyphs[setting]
        if code not in glyphs.drawn:
            glyphs.drawn[code] = _drawn(font, code)
        return glyphs.drawn[code] or self.guessed(setting, (code,), sight)[0]


@dataclass(frozen=True, slots=True)
class Sight:
    """Characters of one text object, of a size in points and turned by an angle."""

    text: Handle
    indices: Sequence[int]
    size: float
    turn: float

    def ink(self, setting: Setting, index: int) -> Ink:
        """Return the ink of the character ``index`` of the page."""
        ink = self._ink(index)
        _font, down = setting
        if not down:
            return ink
        # Of a square that hangs below, and not of its baseline.
        hung, foot = ASCENT, 1 - ASCENT
        if is_spelt(self.text, index):
            hung, foot = 0.0, 0.5 - ASCENT
        left, right = ink.left + hung, ink.right + hung
        return Ink(left, ink.bottom - foot, right, ink.top - foot, 1.0)

    def _ink(self, index: int) -> Ink:
        x, y, left, right, bottom, top = (ctypes.c_double() for _ in range(6))
        loose = raw.FS_RECTF()
        raw.FPDFText_GetCharOrigin(self.text, index, x, y)
        raw.FPDFText_GetCharBox(self.text, index, left, right, bottom, top)
        raw.FPDFText_GetLooseCharBox(self.text, index, loose)
        origin = (x.value, y.value)
        ink = ((left.value, bottom.value), (right.value, top.value))
        advance = ((loose.left, loose.bottom), (loose.right, loose.top))
        corners = [turned(corner, origin, self.turn) for corner in ink]
        starts, heights = zip(*corners, strict=True)
        ends = [turned(corner, origin, self.turn)[0] for corner in advance]
        sides = (min(starts), min(heights), max(starts), max(heights), max(ends))
        return Ink(*(side / self.size for side in sides))


def _drawn(font: Handle, code: int) -> Ink | None:
    """Return the ink of the glyph that a font has for a character; None if none."""
    advance, x, y = ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    path = raw.FPDFFont_GetGlyphPath(font, code, 1.0)
    if not path or not raw.FPDFFont_GetGlyphWidth(font, code, 1.0, advance):
        return None
    points: list[tuple[float, float]] = []
    for number in range(raw.FPDFGlyphPath_CountGlyphSegments(path)):
        segment = raw.FPDFGlyphPath_GetGlyphPathSegment(path, number)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    return Ink(min(xs), min(ys), max(xs), max(ys), advance.value)


def is_spelt(text: Handle, index: int) -> bool:
    """Tell whether a character is spelt out: it has no box but that of its ink."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    loose = raw.FS_RECTF()
    raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    raw.FPDFText_GetLooseCharBox(text, index, loose)
    apart = abs(loose.left - left.value) + abs(loose.right - right.value)
    return bool(apart < _TOUCHING)


def turned(
    place: tuple[float, float], origin: tuple[float, float], turn: float
) -> tuple[float, float]:
    """Return how far ``place`` is from ``origin``, along a baseline and above it."""
    x, y = place[0] - origin[0], place[1] - origin[1]
    along, up = math.cos(turn), math.sin(turn)
    return x * along + y * up, y * along - x * up
