"""The package document: what a publication consists of, and in which order."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pipeline import decoding
from pipeline.archive import Archive
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.source import Span
from pipeline.tree import (
    Element,
    Malformed,
    descendants,
    find,
    parse_html,
    parse_xml,
    text,
)

_CONTAINER = "META-INF/container.xml"
# EPUB 3.3, 4.2.6.3.1.6 and Adobe's older way: fonts only, the text is in the clear.
_OBFUSCATION = frozenset(
    {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
)
_FIXED = frozenset({("rendition:layout", "pre-paginated"), ("fixed-layout", "true")})
_LOCKS = {
    "META-INF/license.lcpl": "Readium LCP",
    "META-INF/sinf.xml": "Apple FairPlay",
    "META-INF/rights.xml": "Adobe ADEPT",
}


@dataclass(frozen=True, slots=True)
class Resource:
    """An entry of the manifest; ``path`` is that in the archive."""

    key: str
    path: str
    media_type: str
    properties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Package:
    """A publication's resources by id, and its documents in reading order."""

    root: Element
    folder: str
    resources: Mapping[str, Resource]
    spine: tuple[Resource, ...]

    def path(self, href: str, base: str | None = None) -> str:
        """Return where in the archive ``href`` leads, seen from ``base``."""
        folder = self.folder if base is None else posixpath.dirname(base)
        return resolved(folder, href)


def resolved(folder: str, href: str) -> str:
    """Return a path in the archive; none leads out of it."""
    try:
        path = unquote(urlsplit(href).path)
    except ValueError:  # such as an address with one square bracket
        return ""
    return normalised(posixpath.join(folder, path))


def normalised(path: str) -> str:
    """Return a path in the archive without steps up and down."""
    return posixpath.normpath(posixpath.join("/", path)).lstrip("/")


def unlock(archive: Archive, report: Report) -> bool:
    """Tell whether the text may be read; a lock on it is reported."""
    data = archive.read("META-INF/encryption.xml")
    root = parse_xml(data) if data else None
    methods = set(_methods(root)) if isinstance(root, Element) else set()
    if not methods - _OBFUSCATION:
        return True
    known = next((name for path, name in _LOCKS.items() if path in archive), "")
    values = {"method": known or ", ".join(sorted(methods - _OBFUSCATION))}
    report(Diagnostic(Code.COPY_PROTECTED, _where(archive), values))
    return False


def is_fixed(package: Package, archive: Archive) -> bool:
    """Tell whether a publication has pages that are laid out once and for all.

    EPUB 3.3, 8.2.2.1 rendition:layout; before it Apple and Amazon had other ways.
    """
    said = {
        (e.get("property") or e.get("name"), (e.get("content") or text(e)).strip())
        for e in descendants(package.root)
        if e.name == "opf:meta"
    }
    data = archive.read("META-INF/com.apple.ibooks.display-options.xml")
    options = parse_xml(data) if data else None
    if isinstance(options, Element):
        said |= {
            (e.get("name"), text(e).strip())
            for e in descendants(options)
            if e.name == "option"
        }
    return bool(said & _FIXED)


def open_package(archive: Archive, report: Report) -> Package | None:
    """Return the package, or None once it is reported what is wrong with it."""
    path = _package_path(archive)
    data = archive.read(path) if path else None
    if data is None:
        values = {"part": path or _CONTAINER}
        report(Diagnostic(Code.MISSING_PART, _where(archive), values))
        return None
    match parse_xml(data):
        case Malformed(problem=problem, line=line):
            said = {"part": path, "line": line, "problem": problem}
            report(Diagnostic(Code.BROKEN_PART, _where(archive), said))
            return None
        case Element() as root:
            return _package(root, posixpath.dirname(path))


def document(archive: Archive, path: str, report: Report) -> Element | None:
    """Return the tree of a document; mended where it is not well-formed.

    None stands for one that is not there, which is reported.
    """
    data = archive.read(path)
    if data is None:
        report(Diagnostic(Code.LOST_PART, _where(archive), {"part": path}))
        return None
    match parse_xml(data):
        case Element() as root:
            return root
        case Malformed(problem=problem):
            mended = parse_html(decoding.decode(data, path, report).text)
            values: dict[str, object] = {"part": path, "problem": problem}
            code = Code.MENDED_PART
            if isinstance(mended, Malformed):
                values |= {"line": mended.line, "problem": mended.problem}
                code = Code.BROKEN_PART
            report(Diagnostic(code, _where(archive), values))
            return mended if isinstance(mended, Element) else None


def _where(archive: Archive) -> Span:
    return Span(archive.name, 1, 1)


def _methods(root: Element) -> Iterator[str]:
    for element in descendants(root):
        if element.name == "enc:EncryptionMethod":
            yield element.get("Algorithm")


def _package_path(archive: Archive) -> str:
    data = archive.read(_CONTAINER)
    root = parse_xml(data) if data else None
    if isinstance(root, Element):
        for element in descendants(root):
            if element.name == "ocf:rootfile" and element.get("full-path") in archive:
                return element.get("full-path")
    return next((path for path in archive.paths if path.endswith(".opf")), "")


def _package(root: Element, folder: str) -> Package:
    resources = {
        e.get("id"): Resource(
            e.get("id"),
            resolved(folder, e.get("href")),
            e.get("media-type"),
            frozenset(e.get("properties").split()),
        )
        for e in descendants(root)
        if e.name == "opf:item"
    }
    spine = find(root, "opf:spine")
    order = (e.get("idref") for e in spine.elements) if spine else ()
    listed = tuple(resources[key] for key in dict.fromkeys(order) if key in resources)
    return Package(root, folder, resources, listed)
