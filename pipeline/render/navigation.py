"""Where printed pages start, and in which order an NCX plays what it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.render.editions import Entry, Page, PageMark
from pipeline.render.pages import Marked

_ID = re.compile(r'\sid="([^"]*)"')


def page_marks(marked: Marked, pages: Sequence[Page]) -> Iterator[PageMark]:
    """Yield the pages of the printed edition that ``pages`` have marks of."""
    for start, file in marked.files.items():
        yield PageMark(start.label, f"{pages[file].name}#{start.id}")


def play_order(
    pages: Iterable[Page], contents: Iterable[Entry], marks: Iterable[PageMark]
) -> dict[str, int]:
    """Return a number for each target of the NCX, in reading order (OPF 2.0.1)."""
    targets = {*_hrefs(contents), *(mark.href for mark in marks)}
    places = (
        f"{page.name}#{name}" for page in pages for name in _ID.findall(page.xhtml)
    )
    found = dict.fromkeys(place for place in places if place in targets)
    return {href: number for number, href in enumerate(found, start=1)}


def _hrefs(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        yield entry.href
        yield from _hrefs(entry.children)
