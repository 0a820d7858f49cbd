"""From pages as the engine laid them out to pages that are set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import pydyf
from weasyprint import document
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.pdf import stream as pdf_stream
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import ffi, pango

from pipeline.layout.chapters import objects
from pipeline.layout.chapters.page import (
    Bookmark,
    Kid,
    Kind,
    Link,
    SetElement,
    SetPage,
    SetPiece,
    UsedFont,
)
from pipeline.layout.links import outermost
from pipeline.layout.pages import Walk
from pipeline.layout.structure import Annotation, Content, Element
from pipeline.layout.tagging import Tagger

# WeasyPrint has no types.
_Box: TypeAlias = Any
_Page: TypeAlias = Any
_Resources: TypeAlias = Any
_Strings: TypeAlias = Mapping[str, Mapping[int, Sequence[str]]]

_FIRST_NAME = 10_000  # the margins of all pages have fewer things

SCALE = 0.75
"""Points of a pixel."""


class Uncut(Exception):  # noqa: N818 - it is no error
    """A piece that can only be set together with the others."""


class ToldFont(Font):  # type: ignore[misc]
    """A font that can be told to another process."""

    has_shared_glyphs = False

    def __init__(self, font: Any, description: Any, size: float) -> None:  # noqa: ANN401
        text = pango.pango_font_description_to_string(description)
        self.told: bytes = ffi.string(text)
        super().__init__(font, description, size)


TOLD = (
    (pdf_stream, "Font", ToldFont),
    (pdf_fonts, "get_hb_object_data", lambda _face: b""),  # nobody writes its file here
)
"""What lets the engine make fonts that can be told."""


class Painter:
    """Paints the pages of one piece, and gathers their structure."""

    def __init__(self, intent: str | None, language: str) -> None:
        self._intent = intent
        self._tagger = Tagger(language)
        self._walk = Walk()
        self._fonts: dict[int, Any] = {}
        self._links: dict[int, int] = {}

    def piece(self, boxes: Sequence[_Box], strings: _Strings) -> SetPiece:
        """Return the pages of a piece. Raises Uncut."""
        pages = [
            self._page(box, _set_on(number, strings))
            for number, box in enumerate(boxes, start=1)
        ]
        self._tagger.fill_tables()
        elements = list(elements_below(self._tagger.document))
        numbers = {element: number for number, element in enumerate(elements)}
        told = tuple(self._told(element, numbers) for element in elements)
        marks = self._tagger.marks
        return SetPiece(
            tuple(
                replace(page, marks=tuple(numbers[element] for element in found))
                for page, found in zip(pages, marks, strict=True)
            ),
            told,
            used(self._fonts),
            self._walk.last,
        )

    def _page(self, box: _Box, strings: Iterator[tuple[str, str]]) -> SetPage:
        page = document.Page(box)
        if box.canvas_background is not None:
            raise Uncut  # what covers the whole page depends on its side
        links = tuple(outermost(page.links))
        annotations = [_annotation(link) for link in links]
        for number, annotation in enumerate(annotations):
            self._links[id(annotation)] = number
        resources = _resources()
        stream = paper(page, self._fonts, resources, self._intent)
        box.background = None  # which is painted with what is in the margins
        page.paint(stream, SCALE)
        self._tagger.tag(box, stream._tags)  # noqa: SLF001 - there is no public way
        kind = box.page_type
        return SetPage(
            Kind(kind.side, kind.name, kind.blank, tuple(map(tuple, kind.groups))),
            (box.content_box_x(), box.content_box_y(), box.width, box.height),
            content_of(stream),
            objects.told(resources, stream._images),  # noqa: SLF001
            tuple(page.anchors.items()),
            tuple(map(_link, links, annotations)),
            tuple(
                Bookmark(level, label, x, y, state)
                for level, label, (x, y), state in page.bookmarks
            ),
            tuple(strings),
            (),
            self._walk.start(box),
        )

    def _told(self, element: Element, numbers: Mapping[Element, int]) -> SetElement:
        def kid(thing: Element | Content | Annotation) -> Kid:
            match thing:
                case Element():
                    return numbers[thing]
                case Content(page=page, number=number):
                    return page, number
                case Annotation(page=page, dictionary=annotation):
                    return page, self._links[id(annotation)], "link"

        return SetElement(
            element.type,
            numbers[element.parent] if element.parent else 0,
            element.page,
            tuple(map(kid, element.kids)),
            tuple(element.attributes.items()),
            element.alt,
            element.language,
            element.identifier,
        )


def paper(
    page: _Page, fonts: dict[int, Any], resources: _Resources, intent: str | None
) -> Stream:
    """Return what ``page`` is painted on, as WeasyPrint does."""
    bleed = page.bleed
    corners = (
        -bleed["left"],
        -bleed["top"],
        page.width + bleed["left"] + bleed["right"],
        page.height + bleed["top"] + bleed["bottom"],
    )
    made = Stream(fonts, corners, resources, {}, {}, {}, intent, compress=True)
    made.transform(d=-1, f=page.height * SCALE)
    made.stream.clear()  # whoever joins the pages does so, too
    return made


def content_of(stream: Stream) -> bytes:
    """Return what was painted, in bytes."""
    return b"\n".join(map(pydyf._to_bytes, stream.stream))  # noqa: SLF001


def elements_below(element: Element) -> Iterator[Element]:
    """Yield an element, and all below it, in the order of the text."""
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from elements_below(kid)


def _set_on(page: int, strings: _Strings) -> Iterator[tuple[str, str]]:
    for name, pages in strings.items():
        for value in pages.get(page, ()):
            yield name, value


class _Counted(pydyf.Dictionary):  # type: ignore[misc]  # pydyf has no types
    """Things that WeasyPrint names by how many there are: no others have such names."""

    def __len__(self) -> int:
        return _FIRST_NAME + int(super().__len__())


def _resources() -> _Resources:
    made = new_resources()
    made |= {kind: _Counted() for kind in objects.KINDS}
    return made


def new_resources() -> _Resources:
    """Return what a page refers to, as WeasyPrint wants it: nothing yet."""
    made = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in objects.KINDS})
    made["ColorSpace"] = None
    return made


def _annotation(link: tuple[Any, ...]) -> Any:  # noqa: ANN401 - pydyf has no types
    """Hang on the box of a link what the tagger looks for there."""
    kind, target, _corners, box = link
    box.link_annotation = pydyf.Dictionary({"Contents": pydyf.String(target)})
    if kind == "internal":
        box.link_annotation["Dest"] = target
    return box.link_annotation


def _link(link: tuple[Any, ...], annotation: Any) -> Link:  # noqa: ANN401
    kind, target, corners, _box = link
    return Link(kind, target, tuple(corners), annotation["Contents"].string)


def used(fonts: Mapping[int, Any]) -> tuple[UsedFont, ...]:
    """Return what is used of the fonts in a stream. Raises Uncut."""
    if any(font.has_shared_glyphs for font in fonts.values()):
        raise Uncut  # what they are read as depends on who met them first
    return tuple(
        UsedFont(
            key,
            font.told.decode(),
            font.font_size,
            tuple(font.widths.items()),
            tuple(font.to_unicode.items()),
            tuple(font.missing.items()),
        )
        for key, font in fonts.items()
    )
