"""The pieces of a book that open on pages of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.model import Book, Note, Placed, Section, plain
from pipeline.render.splitting import Content


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the book that opens on a page of its own.

    ``named`` is what has an id in its content; ``is_continued`` tells that the
    chapter of its content began in the one before, ``is_last`` that the text ends
    with it.
    """

    name: str
    title: str
    matter: str
    landmark: str
    content: Content = ()
    named: tuple[Section | Note | Placed, ...] = ()
    is_continued: bool = False
    is_last: bool = False

    @property
    def file(self) -> str:
        """Return the name of its document in a split edition."""
        return f"{self.name}.xhtml"


# Each part around the text: its matter, and what it is as a landmark.
_AROUND = {
    "cover": ("frontmatter", "cover"),
    "half-title": ("frontmatter", "halftitlepage"),
    "title": ("frontmatter", "titlepage"),
    "contents": ("frontmatter", "toc"),
    "head": ("bodymatter", ""),
    "tail": ("bodymatter", ""),
    "notes": ("backmatter", "endnotes"),
    "colophon": ("backmatter", "colophon"),
}


def around(name: str, words: dict[str, str]) -> Part:
    """Return the part called ``name`` of those around the text."""
    return Part(name, words[name], *_AROUND[name])


def titled_chapter(book: Book) -> str:
    """Return the id of the only chapter, where its title is that of ``book``."""
    match book.sections:
        case (Section(id=id_, title=title),) if plain(title) == plain(book.title):
            return id_
        case _:
            return ""


def headed(book: Book) -> Book:
    """Return ``book`` for a head that shows the title of its only chapter."""
    (only,) = book.sections
    text = replace(only, id="", title=())
    return replace(book, title=only.title, sections=(text,))


def homes(parts: Iterable[Part]) -> dict[str, str]:
    """Return the document of each id."""
    return {node.id: part.file for part in parts for node in part.named}
