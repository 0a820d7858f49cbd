"""The lists of contents in an EPUB, and the places that their entries lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.checks.epub.publication import (
    HEADINGS,
    NCX,
    XHTML,
    Document,
    Element,
    Publication,
    Target,
    line,
    types,
)

_LIST = f"{XHTML}ol"
_POINT = f"{NCX}navPoint"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a contents list. ``depth`` counts from 1."""

    title: str
    target: Target
    depth: int
    line: int


@dataclass(frozen=True, slots=True)
class ContentsList:
    """The entries of a table of contents, and the document that holds it."""

    document: Document
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What an entry leads to: an element, and where it comes in reading order."""

    element: Element
    position: tuple[int, int]


def contents_lists(publication: Publication) -> tuple[ContentsList, ...]:
    """Return the navigation document's list, then the NCX, then the contents page."""
    return tuple(_lists(publication))


def places(publication: Publication) -> Mapping[Target, Place]:
    """Return all that can be linked to; a whole file stands for its first heading."""
    found: dict[Target, Place] = {}
    for number, document in enumerate(publication.spine):
        for order, element in enumerate(document.root.iter("*")):
            place = Place(element, (number, order))
            if identifier := element.get("id"):
                found.setdefault(Target(document.name, identifier), place)
            if element.tag in HEADINGS:
                found.setdefault(Target(document.name, ""), place)
    return found


def _lists(publication: Publication) -> Iterator[ContentsList]:
    nav, ncx = publication.nav, publication.ncx
    navs = (
        element for element in nav.root.iter(f"{XHTML}nav") if "toc" in types(element)
    )
    yield ContentsList(nav, tuple(_entries(nav, next(navs, nav.root))))
    if ncx:
        yield ContentsList(ncx, tuple(_points(ncx)))
    if page := _contents_page(publication):
        yield ContentsList(page, tuple(_entries(page, page.root)))


def _contents_page(publication: Publication) -> Document | None:
    nav = publication.nav
    landmarks = (a for a in nav.root.iter(f"{XHTML}a") if "toc" in types(a))
    targets = {nav.target(landmark.get("href", "")) for landmark in landmarks}
    files = {target.file for target in targets if target} - {nav.name}
    return next((d for d in publication.spine if d.name in files), None)


def _entries(document: Document, parent: Element) -> Iterator[Entry]:
    for link in parent.iter(f"{XHTML}a"):
        if target := document.target(link.get("href", "")):
            depth = sum(1 for _ in link.iterancestors(_LIST))
            title = "".join(map(str, link.itertext()))
            yield Entry(title, target, depth, line(link))


def _points(ncx: Document) -> Iterator[Entry]:
    for point in ncx.root.iter(_POINT):
        content = point.find(f"{NCX}content")
        target = ncx.target(content.get("src", "")) if content is not None else None
        if target:
            depth = 1 + sum(1 for _ in point.iterancestors(_POINT))
            title = point.findtext(f"{NCX}navLabel/{NCX}text") or ""
            yield Entry(title, target, depth, line(point))
