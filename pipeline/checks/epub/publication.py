"""An EPUB opened for checking: its entries, package, spine and navigation."""

from __future__ import annotations

import io
import posixpath
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zipfile import BadZipFile, ZipFile, ZipInfo

from pipeline.archive import overblown
from pipeline.tree import Element, Malformed, descendants, parse_xml

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_CONTAINER = "META-INF/container.xml"
# All that zipfile raises on a damaged or encrypted container.
_DAMAGE = (BadZipFile, EOFError, RuntimeError, ValueError, zlib.error)
_NCX = "application/x-dtbncx+xml"


class Unreadable(Exception):  # noqa: N818 - the file is, not the program
    """The file is not an EPUB with well-formed documents: where, and why not."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(file, line, reason)
        self.file = file
        self.line = line
        self.reason = reason


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

    def elements(self, *names: str) -> Iterator[Element]:
        """Yield the elements that have one of ``names``, by default all."""
        for element in descendants(self.root):
            if not names or element.name in names:
                yield element

    def target(self, href: str) -> Target | None:
        """Return where ``href`` leads to from here, or None if out of the book."""
        try:
            parts = urlsplit(href)
        except ValueError:
            return None
        if parts.scheme or parts.netloc:
            return None
        folder = posixpath.dirname(self.name)
        file = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
        return Target(file if parts.path else self.name, unquote(parts.fragment))


@dataclass(frozen=True, slots=True)
class StyleFile:
    """A style sheet and its name in the container."""

    name: str
    css: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The picture that the package calls the cover."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Publication:
    """The parts of an EPUB that rules look at; ``spine`` is in reading order."""

    entries: tuple[ZipInfo, ...]
    mimetype: bytes
    package: Document
    spine: tuple[Document, ...]
    nav: Document
    ncx: Document | None
    styles: tuple[StyleFile, ...]
    cover: Cover | None


def read(source: Path | bytes) -> Publication:
    """Open the EPUB in ``source``. Raises Unreadable."""
    name = "" if isinstance(source, bytes) else source.name
    try:
        with ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as z:
            if problem := overblown(z, name):
                raise Unreadable(name, 1, problem.message)
            return _Opened(z).publication()
    except _DAMAGE as error:
        raise Unreadable(name, 1, str(error) or type(error).__name__) from error


class _Opened:
    """A container while it is open, and its manifest."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        container = self._document(_CONTAINER, _CONTAINER)
        rootfile = next(container.elements("ocf:rootfile"), container.root)
        self._package = self._document(rootfile.get("full-path"), _CONTAINER)
        items = self._package.elements("opf:item")
        self._files = {item.get("id"): self._file(item) for item in items}

    def publication(self) -> Publication:
        ncx = self._having("media-type", _NCX)
        return Publication(
            tuple(self._archive.infolist()),
            self._data("mimetype"),
            self._package,
            tuple(self._spine()),
            self._listed(self._having("properties", "nav")),
            self._listed(ncx) if ncx else None,
            tuple(self._styles()),
            self._cover(),
        )

    def _styles(self) -> Iterator[StyleFile]:
        for item in self._package.elements("opf:item"):
            if item.get("media-type") == "text/css":
                name = self._file(item)
                yield StyleFile(name, self._data(name).decode("utf-8", "replace"))

    def _cover(self) -> Cover | None:
        for item in self._package.elements("opf:item"):
            if "cover-image" in item.get("properties").split():
                name = self._file(item)
                return Cover(name, item.get("media-type"), self._data(name))
        return None

    def _spine(self) -> Iterator[Document]:
        for reference in self._package.elements("opf:itemref"):
            yield self._listed(self._files.get(reference.get("idref"), ""))

    def _having(self, attribute: str, word: str) -> str:
        for item in self._package.elements("opf:item"):
            if word in item.get(attribute).split():
                return self._file(item)
        return ""

    def _file(self, item: Element) -> str:
        target = self._package.target(item.get("href"))
        return target.file if target else ""

    def _listed(self, name: str) -> Document:
        return self._document(name, self._package.name)

    def _document(self, name: str, referrer: str) -> Document:
        data = self._data(name)
        match parse_xml(data):
            case Malformed(problem=problem, line=line):
                raise Unreadable(name if data else referrer, line, problem)
            case Element() as root:
                return Document(name, data, root)

    def _data(self, name: str) -> bytes:
        found = name in self._archive.namelist()
        return self._archive.read(name) if found else b""
