"""The container, and what a shop, a shelf or a device refuses of it."""

from __future__ import annotations

from collections.abc import Iterator
from zipfile import ZIP_STORED, ZipInfo

from pipeline.assets import size
from pipeline.checks.epub.rules.rule import Finding, Rule, Subject, at
from pipeline.diagnostics import Code
from pipeline.model import Asset
from pipeline.tree import text

_LEAST_COVER = 1600
_HEAVIEST_PICTURE = 1_500_000
_HEAVIEST_BOOK = 50_000_000
_LONGEST_DOCUMENT = 250_000
_PICTURES = (".gif", ".jpeg", ".jpg", ".png", ".webp")
_OPTIONS = "META-INF/com.apple.ibooks.display-options.xml"


def _mimetype(subject: Subject) -> Iterator[Finding]:
    first = subject.publication.entries[0]
    bare = first.compress_type == ZIP_STORED and not first.extra
    good = subject.publication.mimetype == b"application/epub+zip"
    if not (first.filename == "mimetype" and bare and good):
        yield Finding(first.filename, 1)


def _no_cover(subject: Subject) -> Iterator[Finding]:
    package = subject.publication.package
    older = any(e.get("name") == "cover" for e in package.elements("opf:meta"))
    if not (subject.publication.cover and older):
        yield at(package, package.root)


def _small_cover(subject: Subject) -> Iterator[Finding]:
    cover = subject.publication.cover
    if cover and (known := size(Asset(cover.name, cover.media_type, cover.data))):
        width, height = map(int, known)
        if max(width, height) < _LEAST_COVER:
            yield Finding(cover.name, 1, {"width": width, "height": height})


def _heavy_picture(subject: Subject) -> Iterator[Finding]:
    for entry in subject.publication.entries:
        is_picture = entry.filename.lower().endswith(_PICTURES)
        if is_picture and entry.file_size > _HEAVIEST_PICTURE:
            yield _weighed(entry)


def _heavy_book(subject: Subject) -> Iterator[Finding]:
    package = subject.publication.package
    total = sum(entry.compress_size for entry in subject.publication.entries)
    if total > _HEAVIEST_BOOK:
        yield at(package, package.root, megabytes=total // 1_000_000)


def _long_document(subject: Subject) -> Iterator[Finding]:
    for document in subject.publication.spine:
        if len(document.data) > _LONGEST_DOCUMENT:
            yield Finding(document.name, 1, {"kilobytes": len(document.data) // 1000})


def _encrypted(subject: Subject) -> Iterator[Finding]:
    for entry in subject.publication.entries:
        if entry.filename == "META-INF/encryption.xml":
            yield Finding(entry.filename, 1)


def _unannounced_fonts(subject: Subject) -> Iterator[Finding]:
    package = subject.publication.package
    names = {entry.filename for entry in subject.publication.entries}
    said = any(
        e.get("property") == "ibooks:specified-fonts" and text(e).strip() == "true"
        for e in package.elements("opf:meta")
    )
    if any(_is_font(name) for name in names) and not (said and _OPTIONS in names):
        yield at(package, package.root)


def _new_font(subject: Subject) -> Iterator[Finding]:
    for entry in subject.publication.entries:
        if entry.filename.lower().endswith(".woff2"):
            yield Finding(entry.filename, 1)


def _is_font(name: str) -> bool:
    return name.lower().endswith((".otf", ".ttf", ".woff", ".woff2"))


def _weighed(entry: ZipInfo) -> Finding:
    return Finding(entry.filename, 1, {"kilobytes": entry.file_size // 1000})


RULES = (
    Rule(Code.MIMETYPE_ENTRY, "EPUB 3.3, 4.3.3", _mimetype),
    Rule(Code.NO_COVER, "Kindle Publishing Guidelines, 4; OPF 2.0", _no_cover),
    Rule(Code.SMALL_COVER, "Kindle Publishing Guidelines, 4.1", _small_cover),
    Rule(Code.HEAVY_PICTURE, "Standard Ebooks Manual of Style, 9.2", _heavy_picture),
    Rule(Code.HEAVY_BOOK, "Send to Kindle, by e-mail", _heavy_book),
    Rule(Code.LONG_DOCUMENT, "Adobe Digital Editions", _long_document),
    Rule(Code.ENCRYPTED, "EPUB 3.3, 4.4", _encrypted),
    Rule(Code.FONTS_UNANNOUNCED, "Apple Books Asset Guide", _unannounced_fonts),
    Rule(Code.NEW_FONT_FORMAT, "KOReader", _new_font),
)
"""In the order of their codes."""
