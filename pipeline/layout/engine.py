"""The one module that knows WeasyPrint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress

import weasyprint
from weasyprint import pdf as pdf_writer
from weasyprint.text.constants import PANGO_STYLE

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.fonts import verify
from pipeline.fonts.families import WESTERN_MARKS
from pipeline.layout import (
    Copy,
    Imprint,
    PageLabels,
    archive,
    chapters,
    metadata,
    press,
    turning,
    typecase,
)
from pipeline.layout.adjustments import adjusted
from pipeline.layout.lines.hooks import installed
from pipeline.layout.lines.shaping import shaped_anew
from pipeline.layout.links import outermost
from pipeline.layout.pages import label_texts, page_starts
from pipeline.layout.proof import Replacement, replaced
from pipeline.layout.remarks import listening
from pipeline.layout.sources import BASE, Files
from pipeline.layout.structure import Pdf
from pipeline.render import Writing
from pipeline.render.pages import PageStart
from pipeline.writer import Direction, Face, Print, Product, Slope

_STYLES = {
    Slope.UPRIGHT: PANGO_STYLE["normal"],
    Slope.ITALIC: PANGO_STYLE["italic"],
}


def paginate(copy: Copy, imprint: Imprint, report: Report) -> Product:
    """Return ``copy`` as a tagged PDF, the same bytes on every machine.

    Raises FontMissing.
    """
    verify(copy.faces)
    with listening(report), adjusted(), shaped_anew():
        with installed(report, copy.lines) as ours:
            try:
                made = _joined(copy, imprint, report) if ours else None
                return made or _product(_document(copy), copy, imprint)
            except Exception as error:
                if not ours:
                    raise
                # A book with lines by WeasyPrint is better than none.
                reason = f"{type(error).__name__}: {error}"
                report(Diagnostic(Code.LINES_FAILED, values={"reason": reason}))
        return _product(_document(copy), copy, imprint)


def _joined(copy: Copy, imprint: Imprint, report: Report) -> Product | None:
    """Return a book that was set in pieces; None where it must be set as a whole.

    A fault of ours in that must not keep it from being set at all.
    """
    with suppress(Exception):
        book = chapters.joined(copy, report)
        return _product(book, copy, imprint) if book else None
    return None


def _product(document: weasyprint.Document, copy: Copy, imprint: Imprint) -> Product:
    _describe(document, imprint)
    for page in document.pages:
        # No annotation may lie on what a press prints (ISO 15930-7, 6.17).
        page.links = [] if copy.inks else list(outermost(page.links))
    with replaced(_paints(document, copy)):
        data = document.write_pdf(
            finisher=lambda document, pdf: _finish(document, pdf, copy, imprint),
            pdf_identifier=_identifier(imprint),
            pdf_tags=True,
            pdf_version=press.VERSION if copy.inks else archive.VERSION,
        )
    starts = tuple(_starts(document, imprint.labels))
    return Product(data, len(document.pages), starts, _embedded(document, copy.faces))


def _paints(document: weasyprint.Document, copy: Copy) -> Iterator[Replacement]:
    if copy.inks:
        yield from press.inked(copy.inks)
    if copy.writing is Writing.VERTICAL:
        yield from turning.turned()
    if isinstance(document, chapters.Joined):
        yield pdf_writer, "add_tags", document.add_tags


def _embedded(
    document: weasyprint.Document, faces: tuple[Face, ...]
) -> tuple[Face, ...]:
    owners = {marks: family for family, marks in WESTERN_MARKS.items()}
    used = {
        (owners.get(font.family, font.family), font.weight, font.style)
        for font in document.fonts.values()
    }
    return tuple(f for f in faces if (f.family, f.weight, _STYLES[f.slope]) in used)


def _starts(
    document: weasyprint.Document, labels: tuple[PageLabels, ...]
) -> Iterator[PageStart]:
    pages = document.pages
    texts = label_texts(len(pages), _label_ranges(document, labels))
    if isinstance(document, chapters.Joined):
        return document.starts(texts)
    boxes = (page._page_box for page in pages)  # noqa: SLF001 - there is no public way
    return page_starts(boxes, texts)


def _document(copy: Copy) -> weasyprint.Document:
    html = weasyprint.HTML(string=copy.xhtml, base_url=BASE, url_fetcher=Files(copy))
    sheets = [typecase.sheet(style.css) for style in copy.styles]
    return html.render(
        font_config=typecase.fonts(copy.faces),
        counter_style=typecase.counters(sheets),
        output_intent=press.COLOUR_SPACE if copy.inks else None,
        stylesheets=[sheet.css for sheet in sheets],
        presentational_hints=True,  # the start of a numbered list is one
    )


# What the PDF says about itself ------------------------------------------------


def _describe(document: weasyprint.Document, imprint: Imprint) -> None:
    said = document.metadata
    said.title = imprint.title
    said.authors = list(imprint.authors)
    said.description = imprint.description
    said.keywords = list(imprint.subjects)
    said.generator = metadata.GENERATOR
    said.created = said.modified = metadata.moment(imprint)


def _identifier(imprint: Imprint) -> bytes:
    return hashlib.sha256(imprint.identifier.encode()).hexdigest()[:32].encode()


def _finish(
    document: weasyprint.Document, pdf: Pdf, copy: Copy, imprint: Imprint
) -> None:
    """Add to ``pdf``, before it is written, what its readers want."""
    if isinstance(document, chapters.Joined):
        document.add_resources(pdf)
    catalog = pdf.catalog
    catalog["PageLabels"] = _page_labels(document, imprint.labels)
    catalog["PageLayout"] = _page_layout(copy, imprint)
    catalog["PageMode"] = "/UseOutlines"
    catalog["ViewerPreferences"] = _viewing(imprint)
    if copy.writing is Writing.VERTICAL:
        turning.finish(pdf, document)
    if copy.inks:
        press.finish(pdf, imprint, copy.inks)
    else:
        archive.finish(pdf, imprint)


def _page_layout(copy: Copy, imprint: Imprint) -> str:
    """Return how pages are shown at first (ISO 32000-1, table 28).

    Viewers take TwoPageRight for spreads behind a cover, whichever way they go. A
    book that is bound at the right is not shown in spreads the wrong way round.
    """
    from_right = imprint.direction is Direction.R2L
    is_across = copy.writing is Writing.HORIZONTAL
    return "/TwoPageRight" if is_across or from_right else "/SinglePage"


def _viewing(imprint: Imprint) -> str:
    """Return what the file asks of a viewer (ISO 32000-1, 12.2)."""
    wishes = "/DisplayDocTitle true"
    if imprint.direction is Direction.R2L:
        wishes += "/Direction/R2L"
    if imprint.print is Print.HOME:
        wishes += "/PrintScaling/None/Duplex/DuplexFlipLongEdge"
    return f"<<{wishes}>>"


def _page_labels(document: weasyprint.Document, labels: tuple[PageLabels, ...]) -> str:
    """Return a number tree; see ISO 32000-2, 12.4.2."""
    ranges = _label_ranges(document, labels)
    numbers = " ".join(f"{first} {_page_label(label)}" for first, label in ranges)
    return f"<</Nums [{numbers}]>>"


def _label_ranges(
    document: weasyprint.Document, labels: tuple[PageLabels, ...]
) -> list[tuple[int, PageLabels]]:
    """Return each way of numbering with the page, from 0, where it begins."""
    first = {"": 0} | {
        anchor: number
        for number, page in reversed(list(enumerate(document.pages)))
        for anchor in page.anchors
    }
    return [(first[label.anchor], label) for label in labels if label.anchor in first]


def _page_label(label: PageLabels) -> str:
    style = f" /S /{label.style}" if label.style else ""
    prefix = label.prefix.encode("utf-16-be").hex()
    return f"<</P <feff{prefix}>{style}>>" if prefix else f"<<{style}>>"
