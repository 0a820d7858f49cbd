"""The one module that knows WeasyPrint."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeAlias
from urllib.parse import unquote, urljoin, urlsplit

import weasyprint
from weasyprint.text.constants import PANGO_STYLE
from weasyprint.urls import URLFetcher, URLFetcherResponse, iri_to_uri

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.fonts import verify
from pipeline.fonts.families import WESTERN_MARKS
from pipeline.layout import (
    Copy,
    Imprint,
    PageLabels,
    archive,
    metadata,
    press,
    turning,
    typecase,
)
from pipeline.layout.adjustments import adjusted
from pipeline.layout.lines.hooks import installed
from pipeline.layout.lines.shaping import shaped_anew
from pipeline.layout.pages import label_texts, page_starts
from pipeline.layout.proof import Replacement, replaced
from pipeline.layout.structure import Pdf
from pipeline.messages import say
from pipeline.render import Writing
from pipeline.render.pages import PageStart
from pipeline.writer import Direction, Face, Print, Product, Slope

_Link: TypeAlias = tuple[str, str, tuple[float, float, float, float], Any]
"""Its kind, its target, the corners of its box, and its box."""

# A host that cannot exist (RFC 2606): references resolve, nothing is fetched.
_BASE = "https://book.invalid/"
_STYLES = {
    Slope.UPRIGHT: PANGO_STYLE["normal"],
    Slope.ITALIC: PANGO_STYLE["italic"],
}
_LOGGER = logging.getLogger("weasyprint")


def paginate(copy: Copy, imprint: Imprint, report: Report) -> Product:
    """Return ``copy`` as a tagged PDF, the same bytes on every machine.

    Raises FontMissing.
    """
    verify(copy.faces)
    with _listening(report), adjusted(), shaped_anew():
        with installed(report, copy.lines) as ours:
            try:
                return _product(copy, imprint)
            except Exception as error:
                if not ours:
                    raise
                # A book with lines by WeasyPrint is better than none.
                reason = f"{type(error).__name__}: {error}"
                report(Diagnostic(Code.LINES_FAILED, values={"reason": reason}))
        return _product(copy, imprint)


def _product(copy: Copy, imprint: Imprint) -> Product:
    document = _document(copy)
    _describe(document, imprint)
    for page in document.pages:
        # No annotation may lie on what a press prints (ISO 15930-7, 6.17).
        page.links = [] if copy.inks else list(_outermost(page.links))
    with replaced(_paints(copy)):
        data = document.write_pdf(
            finisher=lambda document, pdf: _finish(document, pdf, copy, imprint),
            pdf_identifier=_identifier(imprint),
            pdf_tags=True,
            pdf_version=press.VERSION if copy.inks else archive.VERSION,
        )
    starts = tuple(_starts(document, imprint.labels))
    return Product(data, len(document.pages), starts, _embedded(document, copy.faces))


def _paints(copy: Copy) -> Iterator[Replacement]:
    if copy.inks:
        yield from press.inked(copy.inks)
    if copy.writing is Writing.VERTICAL:
        yield from turning.turned()


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
    boxes = (page._page_box for page in pages)  # noqa: SLF001 - there is no public way
    return page_starts(boxes, texts)


def _document(copy: Copy) -> weasyprint.Document:
    html = weasyprint.HTML(string=copy.xhtml, base_url=_BASE, url_fetcher=_Files(copy))
    sheets = [typecase.sheet(style.css) for style in copy.styles]
    return html.render(
        font_config=typecase.fonts(copy.faces),
        counter_style=typecase.counters(sheets),
        output_intent=press.COLOUR_SPACE if copy.inks else None,
        stylesheets=[sheet.css for sheet in sheets],
        presentational_hints=True,  # the start of a numbered list is one
    )


class _Files(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves the assets of the book, and no more."""

    def __init__(self, copy: Copy) -> None:
        super().__init__()
        self._assets = {_asset_url(asset.name): asset for asset in copy.assets}

    def fetch(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,  # noqa: ARG002 - as it is called
    ) -> URLFetcherResponse:
        if asset := self._assets.get(url):
            kind = {"Content-Type": asset.media_type}
            return URLFetcherResponse(url, asset.data, kind)
        if url.startswith("data:"):
            return super().fetch(url)
        raise ValueError(f"{url} is not a part of the book")


def _asset_url(name: str) -> str:
    return str(iri_to_uri(urljoin(_BASE, name)))


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


def _outermost(links: Iterable[_Link]) -> Iterator[_Link]:
    """Leave out links of boxes inside of a box with the same link."""
    outer: _Link | None = None
    for link in links:
        if outer is None or link[:2] != outer[:2] or not _lies_in(link, outer):
            yield link
            outer = link


def _lies_in(inner: _Link, outer: _Link) -> bool:
    left, top, right, bottom = inner[2]
    from_left, from_top, to_right, to_bottom = outer[2]
    return (
        from_left <= left
        and from_top <= top
        and right <= to_right
        and bottom <= to_bottom
    )


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


# What the engine may see, and what becomes of its messages ---------------------


@contextmanager
def _listening(report: Report) -> Iterator[None]:
    listener = _Listener(report)
    propagated = _LOGGER.propagate
    _LOGGER.addHandler(listener)
    _LOGGER.propagate = False
    try:
        yield
    finally:
        _LOGGER.propagate = propagated
        _LOGGER.removeHandler(listener)


def _unshown(url: str, reason: object) -> Diagnostic:
    name = unquote(urlsplit(url).path).removeprefix("/")
    values = {"name": name, "reason": reason}
    return Diagnostic(Code.UNREADABLE_PICTURE, values=values)


class _Listener(logging.Handler):
    """Turns the engine's warnings into diagnostics."""

    def __init__(self, report: Report) -> None:
        super().__init__(logging.WARNING)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        """Report ``record``, unless it says nothing that matters."""
        match record.msg, record.args:
            case "Failed to load image at %r: %s", (str(url), reason):
                self._report(_unshown(url, reason))
            case "Failed to render SVG image %s", (str(url),):
                self._report(_unshown(url, say("math.undrawable")))
            case 'Image "%s" has no required alt description', _:
                pass  # an empty description marks a decoration (HTML, 4.8.4.4.8)
            case _:
                values = {"remark": record.getMessage()}
                self._report(Diagnostic(Code.LAYOUT_REMARK, values=values))
