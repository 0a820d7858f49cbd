"""What stands on the pages of a PDF beside its text: it has to be known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from pipeline.audit.strand import squeezed
from pipeline.pdfium import Bookmark, Element, Said, Spoken

_HEADINGS = frozenset(f"H{level}" for level in range(1, 7))
_TABLE_HEADS = frozenset({"THead"})
# A number: Arabic, Roman or Chinese, between dashes in official documents.
_FOLIO = re.compile("[—–-]*(?:[0-9]+|[ivxlcdm]+|[〇零一二三四五六七八九十百千]+)[—–-]*")
_LONGEST_FOLIO = 12
_LEADERS = dict.fromkeys(map(ord, "·.…"))


def strays(
    pages: Sequence[Spoken], bookmarks: Sequence[Bookmark]
) -> Iterator[tuple[str, str]]:
    """Yield the text that is neither read nor furniture, and its place.

    Furniture is one folio, one running head, leaders, and the head of a table
    that goes on from the page before.
    """
    heads = _running_heads(pages, bookmarks)
    tables = frozenset(_texts(pages, _TABLE_HEADS, lambda _: True))
    for page in pages:
        stray, around = squeezed(page.strays), squeezed(page.pagination)
        beside = squeezed(page.artifacts).translate(_LEADERS)
        if stray:
            yield stray, page.label
        if not _is_pagination(around, heads):
            yield around, page.label
        if beside and beside not in tables:
            yield beside, page.label


def _is_pagination(text: str, heads: frozenset[str]) -> bool:
    """Tell whether ``text`` is a running head, a folio, both or nothing.

    Where a title ends with a number, both are tried at each place.
    """
    cuts = range(min(len(text), _LONGEST_FOLIO) + 1)
    parts = [
        *((text[:at], text[at:]) for at in cuts),
        *((text[len(text) - at :], text[: len(text) - at]) for at in cuts),
    ]
    return any(
        (not folio or _FOLIO.fullmatch(folio)) and (not head or head in heads)
        for folio, head in parts
    )


def _running_heads(
    pages: Sequence[Spoken], bookmarks: Sequence[Bookmark]
) -> frozenset[str]:
    """Return all titles, with and without the readings of their ruby."""
    return frozenset(
        (
            *(squeezed(bookmark.title) for bookmark in bookmarks),
            *_texts(pages, _HEADINGS, lambda said: "Reference" not in _types(said)),
            *_texts(pages, _HEADINGS, _is_no_reading),
        )
    )


def _types(said: Said) -> tuple[str, ...]:
    return said.element.types


def _is_no_reading(said: Said) -> bool:
    return {"Reference", "RT", "RP"}.isdisjoint(_types(said))


def _texts(
    pages: Sequence[Spoken], types: frozenset[str], wanted: Callable[[Said], bool]
) -> Iterator[str]:
    """Yield the text of each element of one of ``types``, page by page."""
    for page in pages:
        found: defaultdict[Element, str] = defaultdict(str)
        for said in page.said:
            above = _above(said.element, types)
            if above and wanted(said):
                found[above] += said.text
        yield from map(squeezed, found.values())


def _above(element: Element | None, types: frozenset[str]) -> Element | None:
    while element and element.type not in types:
        element = element.parent
    return element
