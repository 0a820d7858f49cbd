"""What an EPUB says: its zip file, its spine, its XHTML."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

from pipeline.audit.editions.edition import Edition
from pipeline.audit.likeness import Shown
from pipeline.audit.strand import OBJECT, spun
from pipeline.checks.epub.publication import Document, Publication, read
from pipeline.checks.epub.text import visible
from pipeline.tree import Element, descendants

# Words of epub:type, role or class of what the text does not contain.
_UNSPOKEN = frozenset({"backlink", "noteref", "rp", "rt"})
_NOTES = frozenset({"endnote", "footnote"})
_TEXT = frozenset({"backmatter", "bodymatter"})
_PICTURES = frozenset({"img"})


def read_edition(source: Path | bytes) -> Edition:
    """Return what an EPUB says; places are the entries of its contents.

    Raises the Unreadable of ``checks.epub``.
    """
    publication = read(source)
    files = _Files(source)
    walk = _Walk(_entries(publication), files.read)
    texts = [document for document in publication.spine if _is_text(document)]
    pieces = [piece for document in texts for piece in walk.through(document)]
    return Edition(
        "EPUB",
        spun(_title(publication.spine)),
        spun((text, place) for text, place, in_note in pieces if not in_note),
        spun((text, place) for text, place, in_note in pieces if in_note),
        tuple(walk.pictures),
    )


def _entries(publication: Publication) -> dict[tuple[str, str], str]:
    """Return the titles in the contents by the places that they lead to."""
    found: dict[tuple[str, str], str] = {}
    nav = publication.nav
    for contents in nav.elements("nav"):
        if "toc" in contents.words:
            for link in filter(_is_link, descendants(contents)):
                if target := nav.target(link.get("href")):
                    place = (target.file, target.fragment)
                    found.setdefault(place, visible(link).strip())
    return found


def _is_link(element: Element) -> bool:
    return element.name == "a"


def _title(spine: Iterable[Document]) -> Iterator[tuple[str, str]]:
    for document in spine:
        for element in document.elements("h1"):
            if "title" in element.words:
                yield visible(element), ""


def _is_text(document: Document) -> bool:
    said = frozenset[str]().union(
        *(element.words for element in document.elements("body", "section"))
    )
    return bool(said & _TEXT) and "colophon" not in said


class _Files:
    """The files of the container, by name."""

    def __init__(self, source: Path | bytes) -> None:
        self._source = source

    def read(self, name: str) -> bytes:
        """Return a file; empty where there is none."""
        source = self._source
        with ZipFile(
            BytesIO(source) if isinstance(source, bytes) else source
        ) as zipped:
            return zipped.read(name) if name in zipped.namelist() else b""


class _Walk:
    """A way through the documents that knows under which entry it is."""

    def __init__(
        self,
        entries: Mapping[tuple[str, str], str],
        read_file: Callable[[str], bytes],
    ) -> None:
        self._entries = entries
        self._read_file = read_file
        self._place = ""
        self.pictures: list[Shown] = []

    def through(self, document: Document) -> Iterator[tuple[str, str, bool]]:
        """Yield all text, its place, and whether it is in a note."""
        self._place = self._entries.get((document.name, ""), self._place)
        for body in document.elements("body"):
            yield from self.below(body, document.name)

    def below(
        self, element: Element, file: str, *, in_note: bool = False
    ) -> Iterator[tuple[str, str, bool]]:
        """Yield the text of ``element``, as ``through`` does."""
        words = element.words
        if _UNSPOKEN & {element.name, *words}:
            return
        self._place = self._entries.get((file, element.get("id")), self._place)
        if element.name in _PICTURES:
            self.pictures.append(self._shown(element, file))
            yield OBJECT, self._place, in_note
            return
        if element.name == "math":
            yield element.get("alttext"), self._place, in_note
            return
        in_note = in_note or bool(_NOTES & words)
        for child in element.children:
            if isinstance(child, str):
                yield child, self._place, in_note
            else:
                yield from self.below(child, file, in_note=in_note)

    def _shown(self, element: Element, file: str) -> Shown:
        folder = posixpath.dirname(file)
        name = posixpath.normpath(posixpath.join(folder, unquote(element.get("src"))))
        return Shown(self._read_file(name), self._place)
