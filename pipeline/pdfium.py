"""The one module that knows PDFium: what a finished PDF shows and says."""

from __future__ import annotations

import ctypes
import io
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pypdfium2
from pypdfium2 import raw

_QUALITY = 85
_POINTS_AN_INCH = 72
# A structure tree deeper than this is an attack, not a book.
_DEEPEST = 100
_DESCRIBED = frozenset({"Figure", "Formula"})
# What artifacts are called in their properties: see pipeline.layout.structure.
_ARTIFACT = "Artifact"
_OF_THE_PAGE = "Subtype"
_PICTURE = "KEBN_Picture"
_NO_CHARACTERS = frozenset((0, 10, 13, 0xFFFE, 0xFFFF))
_SIGHTINGS = 3
# Which way a line turns that runs down, and where a baseline is in a square, in em.
_DOWN = -math.pi / 2
_ASCENT = 0.88
_TOUCHING = 0.01
# Bytes of a name in UTF-16 (ISO 32000-1, annex C: 127 bytes in UTF-8).
_LONGEST_NAME = 256
# The object of characters that PDFium makes up, such as spaces at gaps.
_NOTHING = bytes(ctypes.sizeof(ctypes.c_void_p))

# Handles of PDFium are pointers that ctypes makes; they have no types.
_Handle: TypeAlias = Any


class UnreadablePdf(Exception):  # noqa: N818 - it says what a file is
    """The bytes are not a PDF that can be opened."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand together, with what the structure calls them.

    ``types`` are structure types (ISO 32000-1, 14.8.4) from the document down,
    such as ``("Document", "Sect", "P")``.
    """

    text: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline. ``page`` counts from 0; None leads nowhere."""

    title: str
    level: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Font:
    """A font as the PDF names it, such as ``ABCDEF+Keben-Song``."""

    name: str
    is_embedded: bool


_Setting: TypeAlias = tuple[Font, bool]
"""A font, and whether it writes downwards."""


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element of the structure tree, as far as one page holds it.

    ``begins`` and ``ends`` tell whether its first and its last part are on
    this page: a paragraph that goes on over the page does not end. ``alternate``
    describes a figure or a formula.
    """

    type: str
    parent: Element | None
    begins: bool
    ends: bool
    alternate: str = ""

    @property
    def types(self) -> tuple[str, ...]:
        """Return the structure types from the document down."""
        above = self.parent.types if self.parent else ()
        return (*above, self.type)


@dataclass(frozen=True, slots=True)
class Said:
    """What one marked content says: a figure or a formula its description.

    ``picture`` is a PNG where a figure is one; a drawing has none.
    """

    text: str
    element: Element
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a page says in reading order, under its label or number.

    Of the text that no structure names, ``pagination`` is what artifacts of the
    page say (running head, folio), ``artifacts`` what others do, and ``strays``
    what is no artifact either.
    """

    label: str
    said: tuple[Said, ...]
    pagination: str = ""
    artifacts: str = ""
    strays: str = ""


class Ink(NamedTuple):
    """What a glyph covers, in em from its origin, and how far it advances."""

    left: float
    bottom: float
    right: float
    top: float
    advance: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that the page paints at one go: of one font, on one baseline.

    ``places`` holds where each character starts, along the baseline, and
    ``baseline`` how high that is, in points from the lower left of the page.
    For text that is turned, both are measured as if the page were turned back
    by ``angle``, in degrees counterclockwise. ``size`` is that of the font, in
    points, after any scaling. ``mark`` is the number of the marked content;
    -1 and no ``element`` belong to what no structure names. Where text is spelt
    out (ActualText) it is not ``is_exact``: the places of its first and its last
    character are known, and all between are where it starts.
    """

    text: str
    places: tuple[float, ...]
    inks: tuple[Ink, ...]
    baseline: float
    size: float
    angle: int
    font: Font
    mark: int
    element: Element | None
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """What an element shows other than text, in points from the lower left."""

    left: float
    bottom: float
    right: float
    top: float
    element: Element


@dataclass(frozen=True, slots=True)
class Page:
    """A page, under its label, such as ``iii`` or ``12``. Lengths are points.

    ``pieces`` stand in the order in which they are painted, ``reading`` holds
    those that the structure names in the order in which they are read.
    """

    label: str
    width: float
    height: float
    pieces: tuple[Piece, ...]
    reading: tuple[Piece, ...]
    pictures: tuple[Picture, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        """Return what is read, a run for each marked content."""
        return tuple(
            Run("".join(piece.text for piece in pieces), element.types)
            for element, pieces in groupby(self.reading, key=lambda p: p.element)
            if element
        )

    @property
    def furniture(self) -> str:
        """Return what no structure names, such as a running head."""
        return "".join(piece.text for piece in self.pieces if not piece.element)

    @property
    def fonts(self) -> frozenset[Font]:
        """Return the fonts of the page."""
        return frozenset(piece.font for piece in self.pieces)


_advance = attrgetter("advance")


@dataclass(slots=True)
class _Glyphs:
    """The ink of the characters of a font, by code point.

    Now and then PDFium counts the space between letters as part of an advance.
    So a glyph is known after a few sightings, by the least advance of them.
    """

    known: dict[int, Ink] = field(default_factory=dict)
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


def first_page(pdf: bytes, resolution: int) -> bytes:
    """Return the first page as a JPEG, in ``resolution`` dots an inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[0].render(scale=resolution / _POINTS_AN_INCH)
        picture = io.BytesIO()
        bitmap.to_pil().save(picture, "JPEG", quality=_QUALITY, optimize=True)
    return picture.getvalue()


@contextmanager
def opened(source: Path | bytes) -> Iterator[Document]:
    """Open a PDF for reading. Raises UnreadablePdf."""
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdf(str(error)) from error
    try:
        yield Document(document)
    finally:
        document.close()


class Document:
    """An open PDF. Pages count from 0."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    @property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """Return the outline, flat, in order."""
        return tuple(map(_bookmark, self._document.get_toc()))

    def pages(self) -> Iterator[Page]:
        """Yield all pages, in order."""
        glyphs: defaultdict[_Setting, _Glyphs] = defaultdict(_Glyphs)
        for label, page, text in self._opened(range(self.count)):
            yield _Reading(page, text, glyphs).page(label)

    @property
    def count(self) -> int:
        """Return how many pages there are."""
        return len(self._document)

    def spoken(self, pages: range) -> Iterator[Spoken]:
        """Yield what ``pages`` say, without the places of characters."""
        for label, page, text in self._opened(pages):
            yield _Speech(page, text).spoken(label)

    def _opened(self, pages: range) -> Iterator[tuple[str, _Handle, _Handle]]:
        for number in pages:
            handle = self._document[number]
            text = handle.get_textpage()
            try:
                yield self._document.get_page_label(number), handle, text
            finally:
                text.close()
                handle.close()


def _bookmark(item: pypdfium2.PdfBookmark) -> Bookmark:
    destination = item.get_dest()
    page = destination.get_index() if destination else None
    return Bookmark(item.get_title(), item.level, page)


# The text of a page -------------------------------------------------------------


class _Reading:
    """One page, while it is open.

    A novel has a million characters. So there is one question to PDFium for
    each thing that differs from character to character, and the others are
    asked once for each text object or glyph.
    """

    def __init__(
        self, page: _Handle, text: _Handle, glyphs: defaultdict[_Setting, _Glyphs]
    ) -> None:
        self._page = page
        self._text = text
        self._glyphs = glyphs
        self._fonts: dict[int, Font] = {}
        self._down: dict[int, bool] = {}
        self._elements = dict(_leaves(page))

    def page(self, label: str) -> Page:
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
        text, owner_of = self._text, raw.FPDFText_GetTextObject
        count = raw.FPDFText_CountChars(text)
        owners = [bytes(owner_of(text, index)) for index in range(count)]
        first = 0
        for owner, alike in groupby(owners):
            end = first + len(list(alike))
            if owner != _NOTHING:
                yield from self._piece(first, end)
            first = end

    def _piece(self, first: int, end: int) -> Iterator[Piece]:
        text, code_of = self._text, raw.FPDFText_GetUnicode
        indices: Sequence[int] = range(first, end)
        codes = [code_of(text, index) for index in indices]
        if not _NO_CHARACTERS.isdisjoint(codes):
            indices = [i for i in indices if codes[i - first] not in _NO_CHARACTERS]
            codes = [code for code in codes if code not in _NO_CHARACTERS]
        if not codes:
            return
        thing = raw.FPDFText_GetTextObject(self._text, first)
        handle = raw.FPDFTextObj_GetFont(thing)
        font = self._font(handle)
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._text, indices[0], matrix)
        size = raw.FPDFText_GetFontSize(self._text, indices[0])
        size *= math.hypot(matrix.c, matrix.d)
        turn = math.atan2(matrix.b, matrix.a)
        down = not turn and self._runs_down(handle, indices)
        if down:
            turn = _DOWN
        places, heights = self._places(indices, turn)
        if down:
            # As if it stood in a square that is turned back with its line.
            hung = 0.0 if self._is_spelt(indices[0]) else _ASCENT
            places = tuple(place - hung * size for place in places)
            middle = _ASCENT - 0.5 if not hung else _ASCENT - 1
            heights = tuple(height - middle * size for height in heights)
        exact = len(places) == 1 or places[0] != places[1]
        exact = exact and not (down and self._is_spelt(indices[0]))
        if exact:
            inks = self._ink_of((font, down), codes, indices, size, turn)
        else:
            inks = self._guesses((font, down), codes, indices, size, turn)
            places = (*places[:-1], self._right(thing, turn) - inks[-1].right * size)
        mark = raw.FPDFPageObj_GetMarkedContentID(thing)
        yield Piece(
            "".join(map(chr, codes)),
            places,
            inks,
            heights[0],
            size,
            round(math.degrees(turn)) % 360,
            font,
            mark,
            self._elements.get(mark),
            exact,
        )

    def _runs_down(self, handle: _Handle, indices: Sequence[int]) -> bool:
        """Tell whether a font writes downwards: its glyphs stand below each other.

        A lone glyph does as others of its font on the page before it.
        """
        address = ctypes.addressof(handle.contents)
        if address not in self._down and len(indices) > 1:
            places, heights = self._places(indices[:2], 0.0)
            self._down[address] = places[0] == places[1] and heights[0] > heights[1]
        return self._down.get(address, False)

    def _places(
        self, indices: Sequence[int], turn: float
    ) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return where characters are along their baseline, and how high."""
        x, y = ctypes.c_double(), ctypes.c_double()
        at_x, at_y = ctypes.byref(x), ctypes.byref(y)
        text, ask = self._text, raw.FPDFText_GetCharOrigin
        places: list[tuple[float, float]] = []
        for index in indices:
            ask(text, index, at_x, at_y)
            places.append((x.value, y.value))
        if turn:
            places = [_turned(place, (0.0, 0.0), turn) for place in places]
        across, heights = zip(*places, strict=True)
        return across, heights

    def _ink_of(
        self,
        setting: _Setting,
        codes: Sequence[int],
        indices: Sequence[int],
        size: float,
        turn: float,
    ) -> tuple[Ink, ...]:
        glyphs = self._glyphs[setting]
        known = glyphs.known
        return tuple(
            [
                known.get(code)
                or glyphs.add(code, self._inked(setting, index, size, turn))
                for code, index in zip(codes, indices, strict=True)
            ]
        )

    def _guesses(
        self,
        setting: _Setting,
        codes: Sequence[int],
        indices: Sequence[int],
        size: float,
        turn: float,
    ) -> tuple[Ink, ...]:
        """Return the ink of characters that are spelt out, from other sightings."""
        glyphs = self._glyphs[setting]
        return tuple(
            glyphs.of(code) or self._inked(setting, index, size, turn)
            for code, index in zip(codes, indices, strict=True)
        )

    def _inked(self, setting: _Setting, index: int, size: float, turn: float) -> Ink:
        ink = self._ink(index, size, turn)
        _font, down = setting
        if not down:
            return ink
        # Of a square that hangs below, and not of its baseline.
        hung, foot = _ASCENT, 1 - _ASCENT
        if self._is_spelt(index):
            hung, foot = 0.0, 0.5 - _ASCENT
        left, right = ink.left + hung, ink.right + hung
        return Ink(left, ink.bottom - foot, right, ink.top - foot, 1.0)

    def _is_spelt(self, index: int) -> bool:
        """Tell whether a character is spelt out: it has no box but that of its ink."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        loose = raw.FS_RECTF()
        raw.FPDFText_GetCharBox(self._text, index, left, right, bottom, top)
        raw.FPDFText_GetLooseCharBox(self._text, index, loose)
        apart = abs(loose.left - left.value) + abs(loose.right - right.value)
        return bool(apart < _TOUCHING)

    def _ink(self, index: int, size: float, turn: float) -> Ink:
        x, y, left, right, bottom, top = (ctypes.c_double() for _ in range(6))
        loose = raw.FS_RECTF()
        raw.FPDFText_GetCharOrigin(self._text, index, x, y)
        raw.FPDFText_GetCharBox(self._text, index, left, right, bottom, top)
        raw.FPDFText_GetLooseCharBox(self._text, index, loose)
        origin = (x.value, y.value)
        ink = ((left.value, bottom.value), (right.value, top.value))
        advance = ((loose.left, loose.bottom), (loose.right, loose.top))
        corners = [_turned(corner, origin, turn) for corner in ink]
        starts, heights = zip(*corners, strict=True)
        ends = [_turned(corner, origin, turn)[0] for corner in advance]
        sides = (min(starts), min(heights), max(starts), max(heights), max(ends))
        return Ink(*(side / size for side in sides))

    def _font(self, handle: _Handle) -> Font:
        address = ctypes.addressof(handle.contents)
        if address not in self._fonts:
            size = raw.FPDFFont_GetBaseFontName(handle, None, 0)
            name = ctypes.create_string_buffer(size)
            raw.FPDFFont_GetBaseFontName(handle, name, size)
            embedded = raw.FPDFFont_GetIsEmbedded(handle) == 1
            font = Font(name.value.decode("utf-8", "replace"), embedded)
            self._fonts[address] = font
        return self._fonts[address]

    def _right(self, thing: _Handle, turn: float) -> float:
        """Return where the ink of an object ends, along its baseline."""
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
        corners = ((left.value, bottom.value), (right.value, top.value))
        return max(_turned(corner, (0.0, 0.0), turn)[0] for corner in corners)

    def _pictures(self) -> Iterator[Picture]:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        for index in range(raw.FPDFPage_CountObjects(self._page)):
            thing = raw.FPDFPage_GetObject(self._page, index)
            if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_TEXT:
                continue
            element = self._elements.get(raw.FPDFPageObj_GetMarkedContentID(thing))
            if element:
                raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
                yield Picture(left.value, bottom.value, right.value, top.value, element)


def _turned(
    place: tuple[float, float], origin: tuple[float, float], turn: float
) -> tuple[float, float]:
    """Return how far ``place`` is from ``origin``, along a baseline and above it."""
    x, y = place[0] - origin[0], place[1] - origin[1]
    along, up = math.cos(turn), math.sin(turn)
    return x * along + y * up, y * along - x * up


class _Speech:
    """What one page says, while it is open."""

    def __init__(self, page: pypdfium2.PdfPage, text: _Handle) -> None:
        self._page = page
        self._text = text
        self._leaves = list(_leaves(page))
        self._elements = dict(self._leaves)
        self._texts: defaultdict[int, str] = defaultdict(str)
        self._painted: set[int] = set()
        self._rasters: defaultdict[int, list[_Raster]] = defaultdict(list)
        self._unnamed: defaultdict[str, str] = defaultdict(str)
        self._undescribed: dict[int, _Undescribed] = {}

    def spoken(self, label: str) -> Spoken:
        for index in range(raw.FPDFPage_CountObjects(self._page)):
            thing = raw.FPDFPage_GetObject(self._page, index)
            mark = raw.FPDFPageObj_GetMarkedContentID(thing)
            if mark in self._elements:
                self._name(thing, mark)
            else:
                self._pass_by(thing, mark)
        unnamed = self._unnamed
        pagination, others = unnamed[_OF_THE_PAGE], unnamed[_ARTIFACT]
        return Spoken(label, tuple(self._said()), pagination, others, unnamed[""])

    def _name(self, thing: _Handle, mark: int) -> None:
        self._painted.add(mark)
        match raw.FPDFPageObj_GetType(thing):
            case raw.FPDF_PAGEOBJ_TEXT:
                self._texts[mark] += _text(thing, self._text)
            case raw.FPDF_PAGEOBJ_IMAGE:
                self._rasters[mark].append(_raster(thing, self._page))

    def _pass_by(self, thing: _Handle, mark: int) -> None:
        """Take note of what no element has: furniture, pictures, strays."""
        artifact = _artifact(thing) if mark < 0 else None
        kind = raw.FPDFPageObj_GetType(thing)
        is_raster = kind == raw.FPDF_PAGEOBJ_IMAGE
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            said = _text(thing, self._text)
            self._unnamed[artifact.kind if artifact else ""] += said
        elif is_raster or (artifact and artifact.kind == _PICTURE):
            data = _raster(thing, self._page).png if is_raster else None
            where = artifact.before if artifact else 0
            number = artifact.number if artifact else -len(self._undescribed)
            self._undescribed.setdefault(number, _Undescribed(where, data))

    def _said(self) -> Iterator[Said]:
        """Yield what the elements say; each figure and formula once, if it is seen."""
        seen: set[Element] = set()
        yield from self._undescribed_before(0, None)
        for mark, element in self._leaves:
            if element.type not in _DESCRIBED:
                if said := self._texts.get(mark):
                    yield Said(said, element)
            elif mark in self._painted and element not in seen:
                seen.add(element)
                yield from self._shown(element, self._rasters[mark])
            yield from self._undescribed_before(mark + 1, element)

    def _shown(self, element: Element, rasters: Sequence[_Raster]) -> Iterator[Said]:
        """Yield a figure: twice, where the same picture is painted twice."""
        first = rasters[0] if rasters else None
        yield Said(element.alternate, element, first.png if first else None)
        for again in rasters[1:]:
            if first and again.data == first.data:
                yield Said(element.alternate, element, again.png)

    def _undescribed_before(self, mark: int, last: Element | None) -> Iterator[Said]:
        """Yield the pictures without a description that stand before ``mark``."""
        while last and last.type != "Note":
            last = last.parent
        element = Element("Figure", last, begins=True, ends=True)
        for picture in self._undescribed.values():
            if picture.before == mark:
                yield Said("", element, picture.data)


class _Raster(NamedTuple):
    """A picture as it is seen, and its data as the file has it."""

    png: bytes
    data: bytes


class _Undescribed(NamedTuple):
    """A picture that no element has; it is read before the content of a number."""

    before: int
    data: bytes | None


class _Artifact(NamedTuple):
    """The artifact that something is in: which one, and of what kind."""

    number: int
    kind: str
    before: int = 0


def _artifact(thing: _Handle) -> _Artifact | None:
    for index in range(raw.FPDFPageObj_CountMarks(thing)):
        mark = raw.FPDFPageObj_GetMark(thing, index)
        if _asked(raw.FPDFPageObjMark_GetName, mark) == _ARTIFACT:
            number = ctypes.addressof(mark.contents)
            before = ctypes.c_int()
            if raw.FPDFPageObjMark_GetParamIntValue(mark, _PICTURE.encode(), before):
                return _Artifact(number, _PICTURE, before.value)
            keys = (
                _asked(raw.FPDFPageObjMark_GetParamKey, mark, at)
                for at in range(raw.FPDFPageObjMark_CountParams(mark))
            )
            return _Artifact(
                number, _OF_THE_PAGE if _OF_THE_PAGE in keys else _ARTIFACT
            )
    return None


def _asked(ask: _Handle, *arguments: _Handle) -> str:
    """Return the string that one of the questions about marks answers with."""
    buffer, size = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_ulong()
    room = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    ask(*arguments, room, _LONGEST_NAME, size)
    return buffer.raw[: size.value].decode("utf-16-le", "replace").rstrip("\0")


def _text(thing: _Handle, text: _Handle) -> str:
    def read(buffer: _Handle, size: int) -> int:
        return int(raw.FPDFTextObj_GetText(thing, text, buffer, size))

    return _string(read, ctypes.c_ushort)


def _raster(thing: _Handle, page: pypdfium2.PdfPage) -> _Raster:
    image = pypdfium2.PdfImage(thing, page=page, pdf=page.pdf)
    file = io.BytesIO()
    image.get_bitmap(render=True).to_pil().save(file, "PNG")
    return _Raster(file.getvalue(), bytes(image.get_data()))


# The structure of a page ----------------------------------------------------------


def _leaves(page: _Handle) -> Iterator[tuple[int, Element]]:
    """Yield the number of each marked content, with its element, as it is read."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if tree:
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            yield from _below(raw.FPDF_StructTree_GetChildAtIndex(tree, index), None, 0)
        raw.FPDF_StructTree_Close(tree)


def _below(
    handle: _Handle, parent: Element | None, depth: int
) -> Iterator[tuple[int, Element]]:
    if not handle or depth > _DEEPEST:
        return
    child_of = raw.FPDF_StructElement_GetChildAtIndex
    mark_of = raw.FPDF_StructElement_GetChildMarkedContentID
    # A child of another page is none here, and has no number.
    count = raw.FPDF_StructElement_CountChildren(handle)
    children: list[tuple[int, int | _Handle]] = []
    for index in range(count):
        child = child_of(handle, index)
        if child:
            children.append((index, child))
        elif (mark := mark_of(handle, index)) >= 0:
            children.append((index, mark))
    if not children:
        return
    kind = _type(handle)
    element = Element(
        kind,
        parent,
        children[0][0] == 0,
        children[-1][0] == count - 1,
        _alternate(handle) if kind in _DESCRIBED else "",
    )
    for _index, child in children:
        if isinstance(child, int):
            yield child, element
        else:
            yield from _below(child, element, depth + 1)


def _type(element: _Handle) -> str:
    def read(buffer: _Handle, size: int) -> int:
        return int(raw.FPDF_StructElement_GetType(element, buffer, size))

    return _string(read, ctypes.c_char)


def _alternate(element: _Handle) -> str:
    def read(buffer: _Handle, size: int) -> int:
        return int(raw.FPDF_StructElement_GetAltText(element, buffer, size))

    return _string(read, ctypes.c_char)


def _string(read: Callable[[_Handle, int], int], unit: type[Any]) -> str:
    """Return what ``read`` puts into a buffer, as all of PDFium's readers do."""
    size = read(None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    read(ctypes.cast(buffer, ctypes.POINTER(unit)) if size else None, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")
