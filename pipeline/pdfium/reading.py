"""What stands where on a page: pieces of text in their places, and pictures."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence

from pypdfium2 import raw

from pipeline.pdfium.characters import Characters
from pipeline.pdfium.elements import leaves
from pipeline.pdfium.handles import Handle, address
from pipeline.pdfium.inks import ASCENT, Inks, Sight, is_spelt, turned
from pipeline.pdfium.model import Font, Ink, Page, Picture, Piece

_NO_CHARACTERS = frozenset((0, 10, 13, 0xFFFE, 0xFFFF))
_LAST_NARROW = 0x7F
_LAST_LATIN = 0x24F
_TOUCHING = 0.01
_HYPHEN = 0.1
"""What is less wide than this is no hyphen, in em."""
# Which way a line turns that runs down.
_DOWN = -math.pi / 2
# In em.
_AT_ONE_PLACE = 0.01
_BELOW = 0.1


class Reading:
    """One page, while it is open.

    What differs from character to character is asked for column by column, all
    else once for each text object or glyph.
    """

    def __init__(self, page: Handle, text: Handle, inks: Inks) -> None:
        self._page = page
        self._text = text
        self._inks = inks
        self._characters = Characters(text)
        self._fonts: dict[int, Font] = {}
        self._downward = frozenset(self._downward_fonts())
        self._elements = dict(leaves(page))

    def page(self, label: str) -> Page:
        """Return the page, under its label."""
        pieces = tuple(self._pieces())
        ranks = {mark: rank for rank, mark in enumerate(self._elements)}
        read = (piece for piece in pieces if piece.mark in ranks)
        return Page(
            label,
            raw.FPDF_GetPageWidthF(self._page),
            raw.FPDF_GetPageHeightF(self._page),
            pieces,
            tuple(sorted(read, key=lambda piece: ranks[piece.mark])),
            tuple(self._pictures()),
        )

    def _pieces(self) -> Iterator[Piece]:
        for first, end in self._characters.objects():
            indices: Sequence[int] = range(first, end)
            codes = self._characters.codes[first:end]
            if not _NO_CHARACTERS.isdisjoint(codes):
                indices = [i for i in indices if codes[i - first] not in _NO_CHARACTERS]
                codes = [code for code in codes if code not in _NO_CHARACTERS]
            if codes:
                yield self._piece(codes, indices)

    def _piece(self, codes: Sequence[int], indices: Sequence[int]) -> Piece:
        thing = raw.FPDFText_GetTextObject(self._text, indices[0])
        handle = raw.FPDFTextObj_GetFont(thing)
        matrix, size = self._size(indices[0])
        turn = math.atan2(matrix.b, matrix.a)
        down = not turn and self._runs_down(handle)
        sight = Sight(self._text, indices, size, _DOWN if down else turn)
        spelt = (down or len(indices) == 1) and self._is_spelt(indices)
        places, height = self._placed(sight, down=down, spelt=spelt)
        exact = len(places) == 1 or places[0] != places[1]
        exact = exact and not (down and spelt)
        font = self._font(handle)
        inks: tuple[Ink, ...]
        if exact and spelt:
            ink = self._inks.drawn((font, down), codes[0], handle, sight)
            place = _place(thing, places[0], ink, sight)
            if codes[0] <= _LAST_LATIN and chr(codes[0]).isalpha():
                ink = _hyphenated(thing, place, ink, sight)
            inks, places = (ink,), (place,)
        elif exact:
            inks = self._inks.measured((font, down), codes, sight)
        else:
            inks = self._inks.guessed((font, down), codes, sight)
            end = _sides(thing, sight.turn)[1] - inks[-1].right * size
            places = (*places[:-1], end)
        mark = raw.FPDFPageObj_GetMarkedContentID(thing)
        return Piece(
            "".join(map(chr, codes)),
            places,
            inks,
            height,
            size,
            round(math.degrees(sight.turn)) % 360,
            font,
            mark,
            self._elements.get(mark),
            exact,
        )

    def _is_spelt(self, indices: Sequence[int]) -> bool:
        """Tell whether characters are spelt out: they are all in one place then."""
        first, last = indices[0], indices[-1]
        ys = self._characters.ys
        return ys[first] == ys[last] and is_spelt(self._text, first)

    def _runs_down(self, handle: Handle) -> bool:
        """Tell whether a font writes downwards: its glyphs stand below each other."""
        return address(handle) in self._downward

    def _downward_fonts(self) -> Iterator[int]:
        known: set[int] = set()
        ys = self._characters.ys
        for first, end in self._characters.objects():
            thing = raw.FPDFText_GetTextObject(self._text, first)
            font = address(raw.FPDFTextObj_GetFont(thing))
            if font in known:
                continue
            matrix, size = self._size(first)
            if matrix.b:
                continue
            if (
                self._goes_down(first, end - 1, size)
                or self._hangs(first, size)
                or self._is_below(thing, first, size)
            ):
                known.add(font)
                yield font
            elif (
                end - first > 1
                and ys[first] == ys[end - 1]
                and not is_spelt(self._text, first)
            ):
                known.add(font)  # one that writes across

    def _goes_down(self, first: int, last: int, size: float) -> bool:
        """Tell whether the last of some characters stands below the first."""
        xs, ys = self._characters.xs, self._characters.ys
        return ys[first] > ys[last] and abs(xs[first] - xs[last]) < size / 2

    def _hangs(self, index: int, size: float) -> bool:
        """Tell whether a character hangs in a square, as those written down do.

        PDFium gives the side of such a square without any scaling, which tells it
        from the box of a Han character that is written across.
        """
        side = raw.FPDFText_GetFontSize(self._text, index)
        box = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(self._text, index, box)
        sides = (box.right - box.left, box.top - box.bottom)
        is_square = all(abs(found - side) < _TOUCHING for found in sides)
        return is_square and abs(side - size) > _TOUCHING * size

    def _is_below(self, thing: Handle, index: int, size: float) -> bool:
        """Tell whether a digit or letter that is spelt out is below its origin."""
        if self._characters.codes[index] > _LAST_NARROW:
            return False
        top = _bounds(thing)[3]
        is_low = top < self._characters.ys[index] - _BELOW * size
        return is_low and is_spelt(self._text, index)

    def _size(self, index: int) -> tuple[Handle, float]:
        """Return the matrix of a character, and the size that its font has in it."""
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._text, index, matrix)
        size = raw.FPDFText_GetFontSize(self._text, index)
        return matrix, size * math.hypot(matrix.c, matrix.d)

    def _placed(
        self, sight: Sight, *, down: bool, spelt: bool
    ) -> tuple[tuple[float, ...], float]:
        """Return where characters are along their baseline, and how high that is."""
        first, last = sight.indices[0], sight.indices[-1] + 1
        xs, ys = self._characters.xs[first:last], self._characters.ys[first:last]
        if last - first > len(sight.indices):
            xs = [xs[index - first] for index in sight.indices]
            ys = [ys[index - first] for index in sight.indices]
        if not sight.turn:
            return tuple(xs), ys[0]
        along, up = math.cos(sight.turn), math.sin(sight.turn)
        height = ys[0] * along - xs[0] * up
        hung = 0.0
        if down:
            # As if it stood in a square that is turned back with its line.
            hung = 0.0 if spelt else ASCENT * sight.size
            middle = xs[0] if spelt else self._middle(sight)
            height = middle - (ASCENT - 0.5) * sight.size
        places = [x * along + y * up - hung for x, y in zip(xs, ys, strict=True)]
        return tuple(places), height

    def _middle(self, sight: Sight) -> float:
        """Return where the middle of a line is that runs down.

        What fills its square reaches furthest to the left; digits stand in the middle
        of theirs.
        """
        codes, xs = self._characters.codes, self._characters.xs
        wide = [xs[at] for at in sight.indices if codes[at] > _LAST_NARROW]
        if wide:
            return min(wide) + sight.size / 2
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        first = sight.indices[0]
        raw.FPDFText_GetCharBox(self._text, first, left, right, bottom, top)
        return float(left.value + right.value) / 2

    def _font(self, handle: Handle) -> Font:
        place = address(handle)
        if place not in self._fonts:
            size = raw.FPDFFont_GetBaseFontName(handle, None, 0)
            name = ctypes.create_string_buffer(size)
            raw.FPDFFont_GetBaseFontName(handle, name, size)
            embedded = raw.FPDFFont_GetIsEmbedded(handle) == 1
            font = Font(name.value.decode("utf-8", "replace"), embedded)
            self._fonts[place] = font
        return self._fonts[place]

    def _pictures(self) -> Iterator[Picture]:
        for index in range(raw.FPDFPage_CountObjects(self._page)):
            thing = raw.FPDFPage_GetObject(self._page, index)
            if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_TEXT:
                continue
            element = self._elements.get(raw.FPDFPageObj_GetMarkedContentID(thing))
            if element:
                yield Picture(*_bounds(thing), element)


def _place(thing: Handle, start: float, ink: Ink, sight: Sight) -> float:
    """Return where a character is, the only one that its object is spelt out as.

    A space may stand before it, where the object has its ``start``, or after it.
    """
    left, right = _sides(thing, sight.turn)
    if abs(start + ink.left * sight.size - left) < _AT_ONE_PLACE * sight.size:
        return start
    return right - ink.right * sight.size


def _hyphenated(thing: Handle, place: float, ink: Ink, sight: Sight) -> Ink:
    """Return the ink of a letter with that of a hyphen behind it, if there is one.

    A hyphen that divides a word is seen, and no part of what its object is spelt as.
    """
    more = (_sides(thing, sight.turn)[1] - place) / sight.size - ink.right
    if more < _HYPHEN:
        return ink
    return ink._replace(right=ink.right + more, advance=ink.advance + more)


def _sides(thing: Handle, turn: float) -> tuple[float, float]:
    """Return where the ink of an object begins and ends, along its baseline."""
    left, bottom, right, top = _bounds(thing)
    corners = ((left, bottom), (right, top))
    sides = [turned(corner, (0.0, 0.0), turn)[0] for corner in corners]
    return min(sides), max(sides)


def _bounds(thing: Handle) -> tuple[float, float, float, float]:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(thing, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top
