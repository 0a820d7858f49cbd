"""Name the places that links lead to, and lead the links there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.model import Book, Link, Node, Placed, Section, rewrite, walk

_SCHEMES = frozenset({"http", "https", "mailto", "ftp", "tel"})
_PAGES = (".md", ".markdown")
_INDEXES = ("README.md", "index.md")


def name(book: Book) -> Book:
    """Give every section an id by its place: ``c3`` or ``c3-1``.

    Ids stay the same from build to build, and start with a letter, as XML
    demands.
    """
    return replace(book, sections=_named(book.sections, "c"))


def resolve(book: Book, report: Report) -> Book:
    """Point every link within the book to the id of its place, and give that id.

    ``#name`` means a place in the same file, else the only one of that name;
    ``file.md`` and ``file.md#name`` mean places in another file of the book,
    seen from the one that the link is in. A link to nowhere is reported and keeps
    its text only, and so does one that would start a program. What is no section
    has an id only where a link leads to it.
    """
    nodes = [node for section in book.sections for node in walk(section)]
    links = [node for node in nodes if isinstance(node, Link) and _is_inside(node)]
    if not links:
        return book
    places = _Places(book, nodes)
    called = {places.find(link) for link in links}
    given: set[str] = set()

    def change(node: Node) -> Node:
        match node:
            case Link() if _is_inside(node):
                if found := places.find(node):
                    return replace(node, target=f"#{found}")
                values = {"anchor": node.target}
                report(Diagnostic(Code.UNRESOLVED_LINK, node.span, values))
                return replace(node, target="")
            case Placed() if (known := places.id_of(node)) in called - given:
                given.add(known)
                return replace(node, id=known)
            case _:
                return node

    return replace(
        book, sections=tuple(rewrite(section, change) for section in book.sections)
    )


def _is_inside(link: Link) -> bool:
    return bool(link.target) and not _is_outside(link.target)


def _is_outside(target: str) -> bool:
    try:
        return urlsplit(target).scheme.lower() in _SCHEMES
    except ValueError:  # such as an address with one square bracket
        return False


class _Places:
    """The places of a book that have a name, by file and by name alone."""

    def __init__(self, book: Book, nodes: Iterable[Node]) -> None:
        self._files: dict[str, str] = {}
        self._named: dict[tuple[str, str], str] = {}
        self._anywhere: dict[str, str] = {}
        self._flow: dict[tuple[str, str], str] = {}
        for section in _sections(book.sections):
            self._files.setdefault(section.span.source, section.id)
            self._add(section.span.source, section.anchor, section.id)
        for node in nodes:
            if isinstance(node, Placed) and node.anchor:
                key = (node.span.source, node.anchor)
                known = self._flow.setdefault(key, f"p{len(self._flow) + 1}")
                self._add(*key, known)

    def _add(self, file: str, anchor: str, known: str) -> None:
        if anchor:
            self._named.setdefault((file, anchor), known)
            self._anywhere.setdefault(anchor, known)

    def id_of(self, node: Placed) -> str:
        """Return the id for what has a name; empty for all else."""
        return self._flow.get((node.span.source, node.anchor), "")

    def find(self, link: Link) -> str | None:
        """Return the id of the place that a link leads to."""
        path, _, name = link.target.partition("#")
        name = unquote(name)
        here = link.span.source
        if not path:
            return self._named.get((here, name)) or self._anywhere.get(name)
        file = self._file(unquote(path), here)
        if file is None:
            return None
        return self._named.get((file, name)) if name else self._files[file]

    def _file(self, path: str, here: str) -> str | None:
        """Return the file of the book at a path seen from the file ``here``."""
        folder = "" if path.startswith("/") else posixpath.dirname(here)
        whole = posixpath.normpath(posixpath.join("/", folder, path.lstrip("/")))[1:]
        candidates = (
            whole,
            # Books for the web call their pages by what will be made of them.
            *(str(PurePosixPath(whole).with_suffix(s)) for s in _PAGES if whole),
            *(posixpath.join(whole, name) for name in _INDEXES),
        )
        return next((name for name in candidates if name in self._files), None)


def _sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.sections)


def _named(sections: tuple[Section, ...], prefix: str) -> tuple[Section, ...]:
    return tuple(
        replace(
            section,
            id=f"{prefix}{number}",
            sections=_named(section.sections, f"{prefix}{number}-"),
        )
        for number, section in enumerate(sections, start=1)
    )
