"""Number the notes of each chapter."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from pipeline.model import Book, Kind, Node, Note, Section, rewrite


def number(book: Book) -> Book:
    """Give every note its number, from 1 in each chapter, and its id."""
    return replace(book, sections=tuple(map(_numbered, book.sections)))


def _numbered(section: Section) -> Section:
    if section.kind in {Kind.PART, Kind.VOLUME}:
        below = tuple(map(_numbered, section.sections))
        own = _count(replace(section, sections=()))
        return replace(own, sections=below)
    return _count(section)


def _count(section: Section) -> Section:
    numbers = count(1)

    def change(node: Node) -> Node:
        if not isinstance(node, Note):
            return node
        n = next(numbers)
        return replace(node, number=n, id=f"{section.id}-n{n}")

    return rewrite(section, change)
