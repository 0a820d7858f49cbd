"""The one module that knows PDFium: what a finished PDF shows and says."""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pypdfium2
from pypdfium2 import raw

_QUALITY = 85
_POINTS_AN_INCH = 72
# A structure tree deeper than this is an attack, not a book.
_DEEPEST = 100
_NO_CHARACTERS = frozenset((0, 10, 13, 0xFFFE, 0xFFFF))

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


@dataclass(frozen=True, slots=True)
class Page:
    """A page, under its label, such as ``iii`` or ``12``.

    ``runs`` stand in the order in which they are read. What no structure
    names, such as a running head, is ``furniture``.
    """

    label: str
    runs: tuple[Run, ...]
    furniture: str
    fonts: frozenset[Font]


@dataclass(frozen=True, slots=True)
class Character:
    """A character where it stands, in points from the lower left of its page.

    ``x`` is where it starts and ``right`` where its ink ends, ``y`` its
    baseline; ``size`` is the size of its font before any scaling. Where text is
    spelt out (ActualText), places inside it are guesses: not ``is_exact``.
    """

    text: str
    x: float
    y: float
    right: float
    size: float
    is_exact: bool


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
        for number in range(len(self._document)):
            with self._opened(number) as (page, text_page):
                texts = tuple(_texts(page))
                marked: defaultdict[int, str] = defaultdict(str)
                for text in texts:
                    mark = raw.FPDFPageObj_GetMarkedContentID(text)
                    marked[mark] += _text(text, text_page)
                runs = tuple(
                    Run(marked.pop(mark), types)
                    for mark, types in _leaves(page)
                    if mark in marked
                )
                yield Page(
                    self._document.get_page_label(number),
                    runs,
                    "".join(marked.values()),
                    frozenset(map(_font, texts)),
                )

    def placed(self) -> Iterator[tuple[str, tuple[Character, ...]]]:
        """Yield each page's label or number, with its characters as painted."""
        for number in range(len(self._document)):
            with self._opened(number) as (_page, text_page):
                label = self._document.get_page_label(number) or str(number + 1)
                yield label, tuple(_characters(text_page))

    @contextmanager
    def _opened(self, page: int) -> Iterator[tuple[_Handle, _Handle]]:
        handle = self._document[page]
        text_page = handle.get_textpage()
        try:
            yield handle, text_page
        finally:
            text_page.close()
            handle.close()


def _bookmark(item: pypdfium2.PdfBookmark) -> Bookmark:
    destination = item.get_dest()
    page = destination.get_index() if destination else None
    return Bookmark(item.get_title(), item.level, page)


def _texts(page: _Handle) -> Iterator[_Handle]:
    for index in range(raw.FPDFPage_CountObjects(page)):
        thing = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_TEXT:
            yield thing


def _text(thing: _Handle, text_page: _Handle) -> str:
    def read(buffer: _Handle, size: int) -> int:
        return int(raw.FPDFTextObj_GetText(thing, text_page, buffer, size))

    return _string(read, ctypes.c_ushort)


def _characters(text_page: _Handle) -> Iterator[Character]:
    x, y, left, right, bottom, top = (ctypes.c_double() for _ in range(6))
    origins = [(0.0, 0.0)]
    found: list[tuple[str, float, float]] = []
    for index in range(raw.FPDFText_CountChars(text_page)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code in _NO_CHARACTERS or raw.FPDFText_IsGenerated(text_page, index):
            continue
        raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
        found.append(
            (chr(code), right.value, raw.FPDFText_GetFontSize(text_page, index))
        )
        origins.append((x.value, y.value))
    origins.append((0.0, 0.0))
    for index, (text, end, size) in enumerate(found, 1):
        place = origins[index]
        # What is spelt out has its first character's origin throughout.
        is_exact = place not in (origins[index - 1], origins[index + 1])
        yield Character(text, *place, end, size, is_exact)


def _font(text: _Handle) -> Font:
    font = raw.FPDFTextObj_GetFont(text)
    size = raw.FPDFFont_GetBaseFontName(font, None, 0)
    name = ctypes.create_string_buffer(size)
    raw.FPDFFont_GetBaseFontName(font, name, size)
    embedded = raw.FPDFFont_GetIsEmbedded(font) == 1
    return Font(name.value.decode("utf-8", "replace"), embedded)


def _leaves(page: _Handle) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the number of each marked content, with its structure types."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if tree:
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            yield from _below(raw.FPDF_StructTree_GetChildAtIndex(tree, index), ())
        raw.FPDF_StructTree_Close(tree)


def _below(
    element: _Handle, above: tuple[str, ...]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    if not element or len(above) > _DEEPEST:
        return
    types = (*above, _type(element))
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        mark = raw.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if mark >= 0:
            yield mark, types
        else:
            child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
            yield from _below(child, types)


def _type(element: _Handle) -> str:
    def read(buffer: _Handle, size: int) -> int:
        return int(raw.FPDF_StructElement_GetType(element, buffer, size))

    return _string(read, ctypes.c_char)


def _string(read: Callable[[_Handle, int], int], unit: type[Any]) -> str:
    """Return what ``read`` puts into a buffer, as all of PDFium's readers do."""
    size = read(None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    read(ctypes.cast(buffer, ctypes.POINTER(unit)) if size else None, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")
