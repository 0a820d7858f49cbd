"""What a PDF says: its text through PDFium, by its structure tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from pipeline import workers
from pipeline.audit.editions import furniture
from pipeline.audit.editions.edition import Edition
from pipeline.audit.likeness import Shown
from pipeline.audit.strand import OBJECT, spun
from pipeline.checks.pdf import COLOPHONS
from pipeline.pdfium import Bookmark, Said, Spoken, opened, without_shapes

# Fewer pages are no worker's share: to open a PDF takes longer.
_LEAST_SHARE = 100

# Numbers of notes, and readings of ruby.
_UNSPOKEN = frozenset({"Reference", "RT"})


def read_edition(source: Path | bytes) -> Edition:
    """Return what a PDF says; places are the labels of its pages.

    Raises UnreadablePdf.
    """
    said = without_shapes(source if isinstance(source, bytes) else source.read_bytes())
    with opened(said) as document:
        count, bookmarks = document.count, document.bookmarks
    pages = tuple(_spoken(said, count))
    body = _body(pages, bookmarks)
    pieces = [(said, page.label) for page in body for said in page.said]
    spoken = [(said, label) for said, label in pieces if _is_spoken(said)]
    return Edition(
        "PDF",
        spun(_title(pages[: pages.index(body[0])] if body else pages)),
        spun((_text(said), label) for said, label in spoken if not _is_note(said)),
        spun((_text(said), label) for said, label in spoken if _is_note(said)),
        tuple(
            Shown(said.picture, label)
            for said, label in spoken
            if said.element.type == "Figure"
        ),
        has_glyphs=True,
        strays=tuple(furniture.strays(pages, bookmarks)),
    )


def _spoken(source: bytes, count: int) -> Iterator[Spoken]:
    share = max(_LEAST_SHARE, -(-count // workers.count()))
    starts = range(0, count, share)
    parts = [range(start, min(start + share, count)) for start in starts]
    for pages in workers.shared(partial(_spoken_on, source), parts):
        yield from pages


def _spoken_on(source: bytes, pages: range) -> tuple[Spoken, ...]:
    with opened(source) as document:
        return tuple(document.spoken(pages))


def _title(pages: Sequence[Spoken]) -> Iterator[tuple[str, str]]:
    """Yield the heading of the title page, the first that has one."""
    for page in pages:
        found = [said.text for said in page.said if "H1" in said.element.types]
        if found:
            yield "".join(found), page.label
            return


def _body(pages: Sequence[Spoken], bookmarks: Sequence[Bookmark]) -> Sequence[Spoken]:
    """Return the pages from the one called 1 to the one before a colophon."""
    labels = [page.label for page in pages]
    if "1" not in labels:
        return ()
    ends = bool(bookmarks) and bookmarks[-1].title in COLOPHONS
    return pages[labels.index("1") : bookmarks[-1].page if ends else None]


def _text(said: Said) -> str:
    return OBJECT if said.element.type == "Figure" else said.text


def _is_spoken(said: Said) -> bool:
    return _UNSPOKEN.isdisjoint(said.element.types) and said.element.type != "Lbl"


def _is_note(said: Said) -> bool:
    return "Note" in said.element.types
