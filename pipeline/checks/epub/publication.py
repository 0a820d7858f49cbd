"""An EPUB opened for checking: its entries, package, spine and navigation."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote, urldefrag, urlsplit
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree
from lxml.etree import _Element

Element: TypeAlias = _Element

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HEADINGS = tuple(f"{XHTML}h{rank}" for rank in range(1, 7))

_CONTAINER = "META-INF/container.xml"
_ROOTFILE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"


class Unreadable(Exception):  # noqa: N818 - the file is, not the program
    """The file is not an EPUB whose documents can be parsed."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place that a link leads to: a file in the container and an id."""

    file: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Document:
    """A well-formed document and its name in the container."""

    name: str
    data: bytes
    root: Element

    def target(self, href: str) -> Target | None:
        """Return where ``href`` leads to from here, or None if out of the book."""
        if urlsplit(href).scheme or href.startswith("//"):
            return None
        path, fragment = urldefrag(href)
        folder = posixpath.dirname(self.name)
        file = posixpath.normpath(posixpath.join(folder, unquote(path)))
        return Target(file if path else self.name, unquote(fragment))


@dataclass(frozen=True, slots=True)
class Publication:
    """The parts of an EPUB that rules look at; ``spine`` is in reading order."""

    entries: tuple[ZipInfo, ...]
    mimetype: bytes
    package: Document
    spine: tuple[Document, ...]
    nav: Document
    ncx: Document | None

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all files in the container."""
        return frozenset(entry.filename for entry in self.entries)


def read(source: Path | bytes) -> Publication:
    """Open the EPUB in ``source``. Raises Unreadable."""
    try:
        with ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as z:
            return _Opened(z).publication()
    except (BadZipFile, KeyError, StopIteration, etree.XMLSyntaxError) as error:
        raise Unreadable(str(error) or _CONTAINER) from error


def types(element: Element) -> frozenset[str]:
    """Return what ``element`` says that it is, by epub:type."""
    return frozenset(element.get(TYPE, "").split())


def line(element: Element) -> int:
    """Return the 1-based line on which the start tag of ``element`` ends."""
    found = element.sourceline
    return found if isinstance(found, int) else 1


class _Opened:
    """The container while it is open, and its manifest."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        rootfile = next(self._document(_CONTAINER).root.iter(_ROOTFILE))
        self._package = self._document(rootfile.get("full-path", ""))
        items = self._package.root.iter(f"{OPF}item")
        self._items = {item.get("id", ""): item for item in items}

    def publication(self) -> Publication:
        return Publication(
            tuple(self._archive.infolist()),
            self._data("mimetype"),
            self._package,
            tuple(self._spine()),
            next(self._having("properties", "nav")),
            next(self._having("media-type", "application/x-dtbncx+xml"), None),
        )

    def _spine(self) -> Iterator[Document]:
        for reference in self._package.root.iter(f"{OPF}itemref"):
            yield self._linked(self._items[reference.get("idref", "")])

    def _having(self, attribute: str, word: str) -> Iterator[Document]:
        for item in self._items.values():
            if word in item.get(attribute, "").split():
                yield self._linked(item)

    def _linked(self, item: Element) -> Document:
        target = self._package.target(item.get("href", ""))
        return self._document(target.file if target else "")

    def _document(self, name: str) -> Document:
        data = self._archive.read(name)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True
        )
        return Document(name, data, etree.fromstring(data, parser, base_url=name))

    def _data(self, name: str) -> bytes:
        found = name in self._archive.namelist()
        return self._archive.read(name) if found else b""
