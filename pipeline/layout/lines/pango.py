"""Shaping: Pango chooses the glyphs of a text."""

from __future__ import annotations

import sys
from array import array
from itertools import count, groupby
from typing import Final

from pipeline.layout.lines import reversal
from pipeline.layout.lines.glyphs import INVISIBLE, Face, Glyphs, Run
from pipeline.layout.lines.host import (
    GlyphItem,
    PangoFont,
    Style,
    foreign,
    line_break,
    logger,
)

_ffi, _pango = foreign.ffi, foreign.pango
FROM_UNITS: Final[float] = foreign.FROM_UNITS
"""Pixels of one unit of Pango."""
_LARGEST = 0xFFFF
_MISSING = 'no font has a glyph for "%s" (U+%04X)'


def shaped(style: Style, text: str, faces: dict[int, Face]) -> Glyphs | None:
    """Return the glyphs that Pango chooses; None where it has to draw them.

    ``faces`` are those met before, by the address of their font.
    """
    return _Shaping(style, text, faces).glyphs()


class _Shaping:
    """Collects the glyphs of one text."""

    def __init__(self, style: Style, text: str, faces: dict[int, Face]) -> None:
        self._faces = faces
        self._text = text
        self._layout = line_break.Layout(style)
        characters, _bytes = foreign.unicode_to_char_p(text)
        # Not Layout.set_text: letter-spacing would go into the glyphs.
        _pango.pango_layout_set_text(self._layout.layout, characters, -1)
        self._codes: list[int] = []
        self._widths: list[int] = []
        self._clusters: list[int] = []
        self._runs: list[Run] = []
        self._offsets: dict[int, tuple[float, float]] = {}
        self._reversed: dict[int, str] = {}
        self._wholes: list[tuple[int, int]] = []

    def glyphs(self) -> Glyphs | None:
        line = _pango.pango_layout_get_line_readonly(self._layout.layout, 0)
        run = line.runs
        if run == _ffi.NULL:
            return None
        items: list[GlyphItem] = []
        run = line.runs[0]
        while run != _ffi.NULL:
            items.append(run.data)
            run = run.next
        for is_reversed, group in groupby(items, _is_reversed):
            gathered, first = list(group), len(self._codes)
            taken = [self._collect(item) for item in gathered]
            if not all(taken):
                return None
            if is_reversed:
                self._unite(gathered, first)
        return self._assemble()

    def _unite(self, items: list[GlyphItem], first: int) -> None:
        """Let glyphs from ``first`` on be a whole, with all width at its start."""
        encoded = self._text.encode()
        start = min(item.item.offset for item in items)
        end = max(item.item.offset + item.item.length for item in items)
        text = encoded[start:end].decode()
        clusters = [at - start for at in self._clusters[first:]]
        order = reversal.reading_order(text, clusters)
        moves = reversal.moves(order, self._widths[first:])
        self._reorder(first, order, moves)
        spelt = reversal.texts(text, [clusters[glyph] for glyph in order])
        self._reversed |= dict(enumerate(spelt, first))
        self._clusters[first:] = [start] * len(order)
        self._wholes.append(
            (len(encoded[:start].decode()), len(encoded[:end].decode()))
        )

    def _reorder(self, first: int, order: list[int], moves: list[int]) -> None:
        """Put the glyphs from ``first`` on in another order, each moved by so much."""
        faces = [run.face for run in self._runs for _ in range(run.start, run.end)]
        offsets = [self._offsets.pop(first + glyph, (0, 0)) for glyph in order]
        for at, (right, down), move in zip(count(first), offsets, moves, strict=False):
            if right or down or move:
                self._offsets[at] = right + move * FROM_UNITS, down
        for values in (self._codes, self._widths):
            values[first:] = [values[first + glyph] for glyph in order]
        self._runs = []
        for at, place in enumerate((*range(first), *(first + g for g in order))):
            self._add_run(faces[place], at, at + 1)

    def _collect(self, item: GlyphItem) -> bool:
        """Take the glyphs of one item; tell whether they can be drawn plainly."""
        analysis, string = item.item.analysis, item.glyphs
        face = self._face(analysis.font)
        size = string.num_glyphs
        numbers = memoryview(_ffi.buffer(string.glyphs, 20 * size)).cast("i")
        codes = numbers[0::5].tolist()
        if not face.is_plain:
            return False
        start = len(self._codes)
        offset = item.item.offset
        clusters = [offset + at for at in _ffi.unpack(string.log_clusters, size)]
        widths = numbers[1::5].tolist()
        if max(codes, default=0) > _LARGEST:
            if not self._mend(face, codes, widths, clusters):
                return False
        elif any(numbers[2::5].tolist()) or any(numbers[3::5].tolist()):
            self._note_offsets(start, numbers[2::5].tolist(), numbers[3::5].tolist())
        self._codes += codes
        self._widths += widths
        self._clusters += clusters
        self._add_run(face, start, len(self._codes))
        return True

    def _add_run(self, face: Face, start: int, end: int) -> None:
        if self._runs and self._runs[-1].face is face:
            self._runs[-1].end = end
        else:
            self._runs.append(Run(face, start, end))

    def _mend(
        self, face: Face, codes: list[int], widths: list[int], clusters: list[int]
    ) -> bool:
        """Leave out the glyphs of invisible characters, and box missing ones."""
        empty, missing = _pango.PANGO_GLYPH_EMPTY, _pango.PANGO_GLYPH_UNKNOWN_FLAG
        shown = [at for at, code in enumerate(codes) if code != empty]
        if any(
            width for code, width in zip(codes, widths, strict=True) if code == empty
        ):
            return False
        for values in (codes, widths, clusters):
            values[:] = [values[at] for at in shown]
        for at, code in enumerate(codes):
            if code & missing:
                character = chr(code - missing)
                logger.LOGGER.warning(_MISSING, character, ord(character))
                codes[at], widths[at] = 0, face.width(0)
        return max(codes, default=0) <= _LARGEST

    def _note_offsets(self, start: int, right: list[int], down: list[int]) -> None:
        for at, (x, y) in enumerate(zip(right, down, strict=True), start):
            if x or y:
                self._offsets[at] = x * FROM_UNITS, y * FROM_UNITS

    def _face(self, font: PangoFont) -> Face:
        address = int(_ffi.cast("uintptr_t", font))
        if address not in self._faces:
            self._faces[address] = Face(self._layout.layout, font)
        return self._faces[address]

    def _assemble(self) -> Glyphs | None:
        placed = self._place()
        if placed is None:
            return None
        advances, starts = placed
        misread = self._learn_texts()
        codes = array("H", self._codes)
        if sys.byteorder == "little":
            codes.byteswap()
        kerns = self._kerns()
        return Glyphs(
            advances,
            codes.tobytes(),
            self._runs,
            starts,
            kerns,
            self._offsets,
            misread,
            self._wholes,
        )

    def _place(self) -> tuple[list[float], list[int] | None] | None:
        """Return the advance and the first glyph of each character."""
        size = len(self._text)
        encoded = len(self._text.encode())
        one_each = len(self._codes) == size and encoded == 3 * size
        if one_each and self._clusters == list(range(0, encoded, 3)):
            return [width * FROM_UNITS for width in self._widths], None
        characters = _characters(self._text)
        advances = [0.0] * size
        starts = [-1] * size + [len(self._codes)]
        last = 0
        for glyph, cluster in enumerate(self._clusters):
            at = characters[cluster]
            if at < last:
                return None
            last = at
            advances[at] += self._widths[glyph] * FROM_UNITS
            if starts[at] < 0:
                starts[at] = glyph
        for at in range(size - 1, -1, -1):
            if starts[at] < 0:
                starts[at] = starts[at + 1]
        return advances, starts

    def _kerns(self) -> dict[int, float]:
        kerns: dict[int, float] = {}
        for run in self._runs:
            width = run.face.width
            for at in range(run.start, run.end):
                if surplus := self._widths[at] - width(self._codes[at]):
                    kerns[at] = surplus * FROM_UNITS
        return kerns

    def _learn_texts(self) -> list[int]:
        """Note what each glyph stands for; return what is misread."""
        encoded = self._text.encode()
        ends = [*self._clusters[1:], len(encoded)]
        misread: list[int] = []
        for run in self._runs:
            for at in range(run.start, run.end):
                start = self._clusters[at]
                text = encoded[start : max(start, ends[at])].decode()
                text = self._reversed.get(at, text)
                if not run.face.learn(self._codes[at], text.strip(INVISIBLE)):
                    misread.append(len(encoded[:start].decode()))
        for first, last in self._wholes:
            if first in misread:
                misread += range(first + 1, last)
        return sorted(set(misread))


def _is_reversed(item: GlyphItem) -> bool:
    """Tell whether an item is part of text from right to left.

    Its level is one byte in Pango, and the first of an integer to WeasyPrint.
    """
    level = _ffi.addressof(item.item.analysis, "level")
    return bool(_ffi.cast("uint8_t *", level)[0])


def _characters(text: str) -> dict[int, int]:
    """Return which character starts at each byte of the encoded text."""
    found, at = {}, 0
    for number, character in enumerate(text):
        found[at] = number
        at += len(character.encode())
    return found
