"""The contents of a publication, by its nav or NCX, and its landmarks."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from urllib.parse import unquote

from pipeline.archive import Archive
from pipeline.diagnostics import Report
from pipeline.publication.package import Package, Resource, document, resolved
from pipeline.tree import Element, descendants, find, text

_NCX = "application/x-dtbncx+xml"
# The guide of EPUB 2 (OPF 2.0.1, 2.6) has other words for a few landmarks.
_GUIDE = {"title-page": "titlepage", "text": "bodymatter"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: what it is called, where it leads, how deep.

    ``holds`` tells whether entries below it lead to other documents.
    """

    title: str
    path: str
    fragment: str
    depth: int
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """The entries in order, and what landmarks say of documents, by path."""

    entries: tuple[Entry, ...]
    landmarks: Mapping[str, str]


def contents(package: Package, archive: Archive, report: Report) -> Contents:
    """Return the contents by the nav; without one, by NCX and guide."""
    nav = _resource(package, lambda r: "nav" in r.properties)
    root = document(archive, nav.path, report) if nav else None
    marks = dict(_guide(package))
    entries: tuple[Entry, ...] = ()
    if nav and root:
        entries = tuple(_listed(_nav(root, "toc"), nav.path, 0))
        marks |= _landmarks(_nav(root, "landmarks"), nav.path)
    entries = entries or tuple(_from_ncx(package, archive, report))
    return Contents(tuple(_holding(entries)), marks)


def _resource(package: Package, fits: Callable[[Resource], bool]) -> Resource | None:
    return next(filter(fits, package.resources.values()), None)


def _nav(root: Element, kind: str) -> Element | None:
    navs = (e for e in descendants(root) if e.name == "nav")
    return next((nav for nav in navs if kind in nav.get("epub:type").split()), None)


def _listed(element: Element | None, path: str, depth: int) -> Iterator[Entry]:
    """Yield the entries of nested lists: EPUB 3.3, 7.3."""
    for below in element.elements if element else ():
        if below.name == "a" and below.get("href"):
            yield _entry(text(below), below.get("href"), path, depth)
        else:
            yield from _listed(below, path, depth + (below.name == "ol"))


def _landmarks(nav: Element | None, path: str) -> Iterator[tuple[str, str]]:
    for element in descendants(nav) if nav else ():
        if element.name == "a":
            target = resolved(posixpath.dirname(path), element.get("href"))
            yield target, element.get("epub:type")


def _guide(package: Package) -> Iterator[tuple[str, str]]:
    for element in descendants(package.root):
        if element.name == "opf:reference":
            kind = element.get("type").lower()
            path = resolved(package.folder, element.get("href"))
            yield path, _GUIDE.get(kind, kind)


def _from_ncx(package: Package, archive: Archive, report: Report) -> Iterator[Entry]:
    ncx = _resource(package, lambda r: r.media_type == _NCX)
    root = document(archive, ncx.path, report) if ncx else None
    points = find(root, "ncx:navMap", "navmap") if root else None
    if ncx and points:
        yield from _points(points, ncx.path, 1)


def _points(element: Element, path: str, depth: int) -> Iterator[Entry]:
    for point in element.elements:
        if point.name.lower() in {"ncx:navpoint", "navpoint"}:
            label = find(point, "ncx:text", "text")
            content = find(point, "ncx:content", "content")
            if label and content:
                yield _entry(text(label), content.get("src"), path, depth)
            yield from _points(point, path, depth + 1)


def _entry(title: str, href: str, path: str, depth: int) -> Entry:
    target, _, fragment = href.partition("#")
    where = resolved(posixpath.dirname(path), target) if target else path
    return Entry(" ".join(title.split()), where, unquote(fragment), depth)


def _holding(entries: Sequence[Entry]) -> Iterator[Entry]:
    for number, entry in enumerate(entries):
        below = takewhile(lambda e: e.depth > entry.depth, entries[number + 1 :])  # noqa: B023 - used up before the next
        yield replace(entry, holds=any(e.path != entry.path for e in below))
