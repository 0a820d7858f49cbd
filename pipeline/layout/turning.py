"""Turning pages whose lines run down.

They are laid out with their lines from left to right, and turned by a quarter when
they are painted: what stood at the top is at the right then. The pages of the file
are upright (there is no /Rotate), so that every program shows and reads them alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import pydyf
from weasyprint import document

from pipeline.layout.lines.downward import UPRIGHT_FONT
from pipeline.layout.proof import Replacement
from pipeline.layout.structure import Dictionary, Pdf

# WeasyPrint has no types.
_Page: TypeAlias = Any
_Stream: TypeAlias = Any
_Document: TypeAlias = Any

_POINTS = 0.75  # a pixel of CSS has so many
_BOXES = ("MediaBox", "CropBox", "TrimBox", "BleedBox", "ArtBox")


def turned() -> Iterable[Replacement]:
    """Return what paints pages turned, in place of what paints them as they are."""
    stock = document.Page.paint

    def paint(page: _Page, stream: _Stream, scale: float = 1) -> None:
        width, height = page.width * scale, page.height * scale
        with stream.stacked():
            stream.transform(0, 1, -1, 0, height, height - width)
            stock(page, stream, scale)

    yield document.Page, "paint", paint


def finish(pdf: Pdf, laid_out: _Document) -> None:
    """Turn what the file says of places, and give it fonts for writing downwards."""
    widths = dict(
        zip(
            pdf.page_references,
            (page.width * _POINTS for page in laid_out.pages),
            strict=True,
        )
    )
    by_number = {thing.number: thing for thing in pdf.objects}
    for reference, width in widths.items():
        page = by_number[int(reference.split()[0])]
        for name in filter(page.__contains__, _BOXES):
            page[name] = _rectangle(page[name], width)
        for link in page.get("Annots", ()):
            annotation = by_number[int(link.split()[0])]
            annotation["Rect"] = _rectangle(annotation["Rect"], width)
    names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", ())
    outlines = (thing["Dest"] for thing in pdf.objects if _is_outline(thing))
    for destination in (*names[1::2], *outlines):
        _turn_destination(destination, widths)
    _add_fonts(pdf, laid_out, by_number)


def _is_outline(thing: object) -> bool:
    return isinstance(thing, pydyf.Dictionary) and "Title" in thing and "Dest" in thing


def _rectangle(corners: Iterable[float], width: float) -> pydyf.Array:
    left, bottom, right, top = corners
    sides = sorted((bottom, top)), sorted((width - left, width - right))
    (x1, x2), (y1, y2) = sides
    return pydyf.Array([x1, y1, x2, y2])


def _turn_destination(place: list[Any], widths: dict[bytes, float]) -> None:
    """Let a viewer keep its place across: a text goes on at the left of its start."""
    page, x = place[0], place[2]
    place[2:4] = ["null", widths[page] - x]


def _add_fonts(pdf: Pdf, laid_out: _Document, by_number: dict[int, Dictionary]) -> None:
    """Add to each font what writes its glyphs downwards (ISO 32000-2, 9.7.5.2)."""
    hashes = sorted({font.hash for font in laid_out.fonts.values()})
    named = next(
        thing
        for thing in pdf.objects
        if isinstance(thing, pydyf.Dictionary) and hashes and hashes[0] in thing
    )
    for name in [name for name in hashes if name in named]:
        font = by_number[int(named[name].split()[0])]
        downward = pydyf.Dictionary({**font, "Encoding": "/Identity-V"})
        pdf.add_object(downward)
        named[name + UPRIGHT_FONT] = downward.reference
