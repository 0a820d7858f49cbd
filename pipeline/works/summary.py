"""The contents of a book of many files: SUMMARY.md, as mdBook and HonKit have it.

https://rust-lang.github.io/mdBook/format/summary.html: nested lists of links are
the files in order, and headings between them are the titles of parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from pipeline import limits
from pipeline.markdown import grammar
from pipeline.markdown.element import Element, descendants, text
from pipeline.markup import kinds
from pipeline.model import Heading, Kind, Text
from pipeline.source import Source, Span, printable
from pipeline.works import SourceFile, own
from pipeline.works.foreign import ForeignBook

_PLACES = ("", "src")
_MERE_NAME = re.compile(
    r"summary|(?:table of )?contents|目\s*[录錄次]|总目|總目", re.IGNORECASE
)
_LISTS = frozenset({"bullet_list", "ordered_list"})
_ITEM_TEXTS = frozenset({"paragraph", "heading"})


@dataclass(frozen=True, slots=True)
class Summary:
    """The files of a book in order; ``title`` is empty where none is printed."""

    path: Path
    title: str
    files: tuple[SourceFile, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the contents. A part, or a group, has no ``href``."""

    title: str
    href: str
    depth: int
    kind: Kind
    span: Span


def find(folder: Path, book: ForeignBook | None) -> Summary | None:
    """Return the contents of the book in ``folder``, if there are any."""
    names = (
        (f"{book.folder}/{book.summary}",)
        if book
        else tuple(f"{place}/SUMMARY.md" for place in _PLACES)
    )
    for name in (name.lstrip("/") for name in names):
        if (folder / name).is_file():
            return _read(folder, name, book)
    return None


def _read(folder: Path, name: str, book: ForeignBook | None) -> Summary:
    data = printable(
        own(folder / name, limits.TEXT_BYTES, folder).decode("utf-8-sig", "replace")
    )
    elements = grammar.parse(Source(name, data), {})
    title = _title(elements[0]) if elements else None
    entries = _entries(elements if title is None else elements[1:])
    files = tuple(_files(entries, folder, name))
    if book and book.readme:
        files = (*_opening(folder, book, files), *files)
    printed = "" if title is None or _MERE_NAME.fullmatch(title) else title
    return Summary(folder / name, printed, files)


def _title(element: Element) -> str | None:
    """Return what the first heading says: it names the contents, or the book."""
    if element.kind != "heading" or element.info != "1":
        return None
    return text(element.children).strip()


def _entries(elements: Iterable[Element]) -> Iterator[_Entry]:
    depth = 0
    for element in elements:
        match element.kind:
            case "heading" if said := text(element.children).strip():
                depth = 1
                yield _Entry(said, "", 0, Kind.PART, element.span)
            case "paragraph":
                for link in _links(element):
                    yield _entry(link, element, 0, Kind.CHAPTER)
            case kind if kind in _LISTS:
                yield from _listed(element, depth, Kind.CHAPTER)


def _listed(element: Element, depth: int, kind: Kind) -> Iterator[_Entry]:
    for item in element.children:
        said = [e for e in item.children if e.kind in _ITEM_TEXTS]
        below = [e for e in item.children if e.kind in _LISTS]
        links = [link for e in said for link in _links(e)][:1]
        title = text(said[0].children).strip() if said else ""
        if links:
            yield _entry(links[0], item, depth, kind)
        elif title and below:
            yield _Entry(title, "", depth, kind, item.span)
        for inner in below:
            yield from _listed(inner, depth + 1, Kind.SECTION)


def _links(element: Element) -> list[Element]:
    return [e for e in descendants(element) if e.kind == "link"]


def _entry(link: Element, around: Element, depth: int, kind: Kind) -> _Entry:
    title = text(link.children).strip()
    return _Entry(title, link.attributes.get("href", ""), depth, kind, around.span)


def _files(
    entries: Iterable[_Entry], folder: Path, summary: str
) -> Iterator[SourceFile]:
    """Yield each file once, with the titles above it that have no file."""
    listed: set[str] = set()
    waiting: list[Heading] = []
    for entry in entries:
        name = _name(entry.href, summary)
        if name is None or name in listed:
            continue
        if not name:
            waiting = [h for h in waiting if h.level <= entry.depth]
            waiting.append(_heading(entry))
            continue
        listed.add(name)
        above = tuple(h for h in waiting if h.level <= entry.depth)
        waiting = []
        yield SourceFile(
            name,
            folder / name,
            entry.depth,
            entry.title,
            entry.span,
            entry.kind,
            above,
        )


def _name(href: str, summary: str) -> str | None:
    """Return the path of a file from the book's folder; None for what is elsewhere."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return ""
    path = unquote(parts.path).lstrip("/")
    return str(PurePosixPath(summary).parent / path)


def _heading(entry: _Entry) -> Heading:
    kind = entry.kind
    if kind is Kind.PART and kinds.by_label(entry.title) is Kind.VOLUME:
        kind = Kind.VOLUME
    title = (Text(entry.title, span=entry.span),)
    return Heading(entry.depth + 1, kind, title, span=entry.span)


def _opening(
    folder: Path, book: ForeignBook, files: Iterable[SourceFile]
) -> Iterator[SourceFile]:
    """Yield the file with which HonKit opens a book, unless the list has it."""
    name = str(PurePosixPath(book.folder) / book.readme)
    if (folder / name).is_file() and name not in {file.name for file in files}:
        yield replace(SourceFile(name, folder / name), kind=Kind.FRONT)
