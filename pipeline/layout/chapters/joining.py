"""Joining pieces that are set to the book that WeasyPrint writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import pydyf
import weasyprint
from weasyprint.html import get_html_metadata
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.fonts import get_pango_font_key

from pipeline.layout import structure
from pipeline.layout.chapters.furniture import Sheet
from pipeline.layout.chapters.objects import Pool
from pipeline.layout.chapters.page import (
    Margins,
    Rectangle,
    Resources,
    SetMargins,
    SetPage,
    SetPiece,
    UsedFont,
)
from pipeline.layout.chapters.painting import SCALE, Uncut
from pipeline.layout.chapters.setting import Setter
from pipeline.layout.chapters.tree import Tree
from pipeline.layout.structure import Annotation, Pdf
from pipeline.render.pages import PageStart

_Stream: TypeAlias = Any

# The one function of Pango's that WeasyPrint has no need of.
ffi.cdef("PangoFontDescription* pango_font_description_from_string (const char *);")

_UNITS = 1024  # of Pango, in a pixel
_SAME = 1e-6


@dataclass(slots=True, eq=False)
class _Area:
    """Stands for the box of a link."""

    link_annotation: Any = None


class Page:
    """Stands for a page of WeasyPrint. ``told`` is None for a blank one."""

    forms: dict[None, list[object]] = {None: []}  # noqa: RUF012 - as WeasyPrint has it

    def __init__(self, sheet: Sheet, told: SetPage | None, margins: Margins) -> None:
        self.width, self.height, self.bleed = sheet.width, sheet.height, sheet.bleed
        self.told = told
        self._margins = margins
        self._right, self._down = _way(sheet, told) if told else (0.0, 0.0)
        self.areas = [_Area() for _ in told.links] if told else []
        self.links = list(self._links())
        self.anchors = {
            name: self._moved(corners)
            for name, corners in (told.anchors if told else ())
        }
        self.bookmarks = [
            (
                mark.level,
                mark.label,
                (mark.x + self._right, mark.y + self._down),
                mark.state,
            )
            for mark in (told.bookmarks if told else ())
        ]

    @property
    def resources(self) -> Resources:
        """Return what the page refers to."""
        own = dict(self.told.resources) if self.told else {}
        for kind, things in self._margins.resources:
            own[kind] = (*own.get(kind, ()), *things)
        return tuple(own.items())

    def paint(self, stream: _Stream, _scale: float = 1) -> None:
        """Paint the page: its background, what is set on it, its margins."""
        stream.stream += filter(None, (self._margins.under,))
        if self.told:
            self._show(self.told, stream)
        stream.stream += filter(None, (self._margins.over,))

    def _show(self, told: SetPage, stream: _Stream) -> None:
        is_moved = abs(self._right) > _SAME or abs(self._down) > _SAME
        if is_moved:
            stream.push_state()
            stream.transform(e=self._right * SCALE, f=self._down * SCALE)
        stream.stream.append(told.content)
        if is_moved:
            stream.pop_state()

    def _links(self) -> Iterator[tuple[str, str, Rectangle, _Area]]:
        if self.told:
            for link, area in zip(self.told.links, self.areas, strict=True):
                yield link.kind, link.target, self._moved(link.corners), area

    def _moved(self, corners: Rectangle) -> Rectangle:
        left, top, right, bottom = corners
        x, y = self._right, self._down
        return left + x, top + y, right + x, bottom + y


class Joined(weasyprint.Document):  # type: ignore[misc]
    """A book of pieces, which WeasyPrint writes as if it had set them together."""

    def __init__(
        self,
        setter: Setter,
        html: weasyprint.HTML,
        pages: Sequence[Page],
        made: Sequence[SetPiece | SetMargins],
        tree: Tree,
    ) -> None:
        super().__init__(
            list(pages),
            DocumentMetadata(**get_html_metadata(html)),
            None,
            setter.fonts,
            {},
            setter.intent,
        )
        self.fonts = dict(_fonts(setter, made))
        self._tree = tree

    def starts(self, labels: Sequence[str]) -> Iterator[PageStart]:
        """Yield where the pages start, by their ``labels``."""
        for label, start in zip(labels, self._tree.starts, strict=True):
            if start:
                yield replace(start, label=label)

    def add_tags(
        self, pdf: Pdf, _document: object, _version: str, _streams: object
    ) -> None:
        """Add the structure tree to ``pdf``, once it is painted."""
        for element, at, number, link in self._tree.links:
            page = self.pages[number]
            annotation = page.areas[link].link_annotation
            annotation["Contents"] = pydyf.String(page.told.links[link].description)
            element.kids[at] = Annotation(number, annotation)
        structure.write(pdf, self._tree.root, self._tree.marks)

    def add_resources(self, pdf: Pdf) -> None:
        """Give to pages what only they refer to."""
        by_number = {thing.number: thing for thing in pdf.objects}
        pool = None
        for reference, page in zip(pdf.page_references, self.pages, strict=True):
            if page.resources:
                written = by_number[int(reference.split()[0])]
                shared = by_number[int(written["Resources"].split()[0])]
                pool = pool or Pool(pdf, shared)
                written["Resources"] = pool.of_page(page.resources)


def _way(sheet: Sheet, told: SetPage) -> tuple[float, float]:
    """Return how far a page was moved after it was set. Raises Uncut."""
    box = sheet.box
    left, top, width, height = told.area
    if abs(box.width - width) > _SAME or abs(box.height - height) > _SAME:
        raise Uncut  # on the other side its lines have another measure
    return box.content_box_x() - left, box.content_box_y() - top


# Fonts -------------------------------------------------------------------------


def _fonts(
    setter: Setter, made: Sequence[SetPiece | SetMargins]
) -> Iterator[tuple[int, Font]]:
    """Yield one font for each that is used, with all its glyphs. Raises Uncut."""
    found: dict[int, Font] = {}
    for part in made:
        for used in part.fonts:
            if used.key not in found:
                found[used.key] = _font(setter, used)
            font = found[used.key]
            for glyph, text in used.texts:
                if font.to_unicode.setdefault(glyph, text) != text:
                    raise Uncut  # the same glyph stands for another text
            font.widths |= dict(used.widths)
            for code, glyph in used.missing:
                if font.missing.setdefault(code, glyph) != glyph:
                    raise Uncut
    yield from found.items()


def _font(setter: Setter, used: UsedFont) -> Font:
    description = ffi.gc(
        pango.pango_font_description_from_string(used.description.encode()),
        pango.pango_font_description_free,
    )
    pango.pango_font_description_set_absolute_size(description, used.size * _UNITS)
    font_map = setter.fonts.font_map
    context = ffi.gc(
        pango.pango_font_map_create_context(font_map), gobject.g_object_unref
    )
    font = pango.pango_font_map_load_font(font_map, context, description)
    if font == ffi.NULL:
        raise Uncut
    key, found, size = get_pango_font_key(font)
    if key != used.key:
        raise Uncut
    return Font(font, found, size)
