"""Name the places that links lead to, and lead the links there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.model import Book, Link, Node, Section, rewrite


def name(book: Book) -> Book:
    """Give every section an id by its place: ``c3`` or ``c3-1``.

    Ids stay the same from build to build, and start with a letter, as XML
    demands.
    """
    return replace(book, sections=_named(book.sections, "c"))


def resolve(book: Book, report: Report) -> Book:
    """Point every link within the book to the id of its section.

    ``#name`` means a place in the same file, else the only one of that name;
    ``file.md`` and ``file.md#name`` mean places in another file of the book. A
    link to nowhere is reported and keeps its text only.
    """
    places = _Places(book)

    def change(node: Node) -> Node:
        if not isinstance(node, Link) or not places.covers(node.target):
            return node
        if found := places.find(node):
            return replace(node, target=f"#{found}")
        report(Diagnostic(Code.UNRESOLVED_LINK, node.span, {"anchor": node.target}))
        return replace(node, target="")

    return replace(
        book, sections=tuple(rewrite(section, change) for section in book.sections)
    )


class _Places:
    """The places of a book that have a name, by file and by name alone."""

    def __init__(self, book: Book) -> None:
        self._files: dict[str, str] = {}
        self._named: dict[tuple[str, str], str] = {}
        self._anywhere: dict[str, str] = {}
        for section in _sections(book.sections):
            file = section.span.source
            self._files.setdefault(file, section.id)
            if section.anchor:
                self._named.setdefault((file, section.anchor), section.id)
                self._anywhere.setdefault(section.anchor, section.id)

    def covers(self, target: str) -> bool:
        """Tell whether a target means a place in the book, found or not."""
        file, sign, _ = target.partition("#")
        return (sign != "" and not file) or self._file(file) in self._files

    def find(self, link: Link) -> str | None:
        file, _, name = link.target.partition("#")
        name = unquote(name)
        if not file:
            here = self._named.get((link.span.source, name))
            return here or self._anywhere.get(name)
        if not name:
            return self._files.get(self._file(file))
        return self._named.get((self._file(file), name))

    def _file(self, path: str) -> str:
        """Return the name by which spans know a file."""
        return PurePosixPath(unquote(path)).name


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
