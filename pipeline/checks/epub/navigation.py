"""The lists of contents in an EPUB, and the places that their entries lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.checks.epub.publication import HEADINGS, Document, Publication, Target
from pipeline.tree import Element, text


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
        for order, element in enumerate(document.elements()):
            place = Place(element, (number, order))
            if identifier := element.get("id"):
                found.setdefault(Target(document.name, identifier), place)
            if element.name in HEADINGS:
                found.setdefault(Target(document.name, ""), place)
    return found


def _lists(publication: Publication) -> Iterator[ContentsList]:
    nav, ncx = publication.nav, publication.ncx
    tables = (table for table in nav.elements("nav") if "toc" in table.words)
    yield ContentsList(nav, tuple(_entries(nav, next(tables, nav.root))))
    if ncx:
        yield ContentsList(ncx, tuple(_points(ncx, ncx.root)))
    if page := _contents_page(publication):
        yield ContentsList(page, tuple(_entries(page, page.root)))


def _contents_page(publication: Publication) -> Document | None:
    nav = publication.nav
    landmarks = (link for link in nav.elements("a") if "toc" in link.words)
    targets = {nav.target(landmark.get("href")) for landmark in landmarks}
    files = {target.file for target in targets if target} - {nav.name}
    return next((d for d in publication.spine if d.name in files), None)


def _entries(document: Document, element: Element, depth: int = 0) -> Iterator[Entry]:
    if element.name == "a" and (target := document.target(element.get("href"))):
        yield Entry(text(element), target, depth, element.line)
    deeper = depth + (element.name == "ol")
    for below in element.elements:
        yield from _entries(document, below, deeper)


def _points(ncx: Document, element: Element, depth: int = 0) -> Iterator[Entry]:
    for below in element.elements:
        match below.name:
            case "ncx:content" if target := ncx.target(below.get("src")):
                yield Entry(_label(element), target, depth, element.line)
            case "ncx:navPoint":
                yield from _points(ncx, below, depth + 1)
            case "ncx:navMap":
                yield from _points(ncx, below, depth)


def _label(point: Element) -> str:
    labels = (below for below in point.elements if below.name == "ncx:navLabel")
    return "".join(text(label).strip() for label in labels)
