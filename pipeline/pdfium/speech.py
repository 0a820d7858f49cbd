"""What a page says, in reading order: its words, and what describes its pictures."""

from __future__ import annotations

import ctypes
import io
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from pipeline.pdfium.elements import DESCRIBED, leaves
from pipeline.pdfium.handles import END_HYPHEN, Handle, address, asking, plain
from pipeline.pdfium.model import Element, Said, Spoken

# What artifacts are called in their properties: see pipeline.layout.structure.
_ARTIFACT = "Artifact"
_OF_THE_PAGE = "Subtype"
_PICTURE = "KEBN_Picture"
# Bytes of a name in UTF-16 (ISO 32000-1, annex C: 127 bytes in UTF-8).
_LONGEST_NAME = 256
_NAME = (ctypes.c_ushort * (_LONGEST_NAME // 2))()

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_object_at = plain(raw.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
_mark_of = plain(raw.FPDFPageObj_GetMarkedContentID, _INT, _POINTER)
_kind_of = plain(raw.FPDFPageObj_GetType, _INT, _POINTER)
_text_of = asking(raw.FPDFTextObj_GetText, _POINTER, _POINTER)


class Speech:
    """What one page says, while it is open."""

    def __init__(self, page: pypdfium2.PdfPage, text: Handle) -> None:
        self._page = page
        self._at = address(text)
        self._leaves = list(leaves(page))
        self._elements = dict(self._leaves)
        self._texts: defaultdict[int, str] = defaultdict(str)
        self._painted: set[int] = set()
        self._rasters: defaultdict[int, list[_Raster]] = defaultdict(list)
        self._unnamed: defaultdict[str, str] = defaultdict(str)
        self._undescribed: dict[int, _Undescribed] = {}

    def spoken(self, label: str) -> Spoken:
        """Return it, under the label of the page."""
        page, elements = address(self._page), self._elements
        for index in range(raw.FPDFPage_CountObjects(self._page)):
            thing = _object_at(page, index)
            mark = _mark_of(thing)
            if mark not in elements:
                self._pass_by(raw.FPDFPage_GetObject(self._page, index), mark)
            elif _kind_of(thing) == raw.FPDF_PAGEOBJ_TEXT:
                self._painted.add(mark)
                self._texts[mark] += _text_of(thing, self._at)
            else:
                self._show(raw.FPDFPage_GetObject(self._page, index), mark)
        unnamed = self._unnamed
        pagination, others = unnamed[_OF_THE_PAGE], unnamed[_ARTIFACT]
        return Spoken(label, tuple(self._said()), pagination, others, unnamed[""])

    def _show(self, thing: Handle, mark: int) -> None:
        """Take note of a picture or a drawing that an element has."""
        self._painted.add(mark)
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_IMAGE:
            self._rasters[mark].append(_raster(thing, self._page))

    def _pass_by(self, thing: Handle, mark: int) -> None:
        """Take note of what no element has: furniture, pictures, strays."""
        artifact = _artifact(thing) if mark < 0 else None
        kind = raw.FPDFPageObj_GetType(thing)
        is_raster = kind == raw.FPDF_PAGEOBJ_IMAGE
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            said = _text_of(address(thing), self._at)
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
            if element.type not in DESCRIBED:
                if said := self._texts.get(mark):
                    yield Said(said.replace(END_HYPHEN, "-"), element)
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
        if not self._undescribed:
            return
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


def _artifact(thing: Handle) -> _Artifact | None:
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


def _asked(ask: Handle, *arguments: Handle) -> str:
    """Return the string that one of the questions about marks answers with."""
    size = ctypes.c_ulong()
    ask(*arguments, _NAME, _LONGEST_NAME, size)
    said = ctypes.string_at(_NAME, min(size.value, _LONGEST_NAME))
    return said.decode("utf-16-le", "replace").rstrip("\0")


def _raster(thing: Handle, page: pypdfium2.PdfPage) -> _Raster:
    image = pypdfium2.PdfImage(thing, page=page, pdf=page.pdf)
    _settle(image)
    file = io.BytesIO()
    image.get_bitmap(render=True).to_pil().save(file, "PNG")
    return _Raster(file.getvalue(), bytes(image.get_data()))


def _settle(image: pypdfium2.PdfImage) -> None:
    """Let each pixel of an image be one: between them, small pictures would blur.

    One that is turned stays, and so does one that is mirrored what it is.
    """
    shown = image.get_matrix()
    if shown.b or shown.c:
        return
    width, height = image.get_px_size()
    across, up = math.copysign(width, shown.a), math.copysign(height, shown.d)
    left, bottom = max(0, -across), max(0, -up)
    image.set_matrix(pypdfium2.PdfMatrix(across, 0, 0, up, left, bottom))
