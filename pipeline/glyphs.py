"""Which characters the faces of a design can show, and which of a book's they can't."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.model import (
    Book,
    CodeBlock,
    Metadata,
    Node,
    Ruby,
    Rule,
    Text,
    walk,
)
from pipeline.model import Code as CodeSpan
from pipeline.source import Span
from pipeline.writer import Face

# Controls, invisible formats and spaces need no glyph: shapers make their own.
_NO_GLYPH = frozenset({"Cc", "Cf", "Zs"})
_VARIATION_SELECTORS = frozenset(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)


def report_missing(book: Book, faces: Iterable[Face], report: Report) -> None:
    """Report each character of ``book`` that no face has, where it first stands."""
    shown = frozenset[str]().union(*(characters(face.path) for face in faces))
    for text, span in _texts(book):
        missing = frozenset(text) - shown
        shown |= missing
        for character in sorted(filter(_needs_glyph, missing)):
            values = {"character": character, "code": f"U+{ord(character):04X}"}
            report(Diagnostic(Code.MISSING_GLYPH, span, values))


@cache
def characters(font: Path) -> frozenset[str]:
    """Return the characters that an OpenType font maps to glyphs.

    Read straight from its table of segments ("cmap", format 12), because a
    parser of whole fonts takes a hundred times as long.
    """
    data = font.read_bytes()
    cmap = _table(data, b"cmap")
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    records = struct.iter_unpack(">HHI", data[cmap + 4 : cmap + 4 + 8 * count])
    found: set[str] = set()
    for _platform, _encoding, offset in records:
        found.update(*map(_segment, _segments(data, cmap + offset)))
    return frozenset(found)


def _table(data: bytes, tag: bytes) -> int:
    count = struct.unpack_from(">H", data, 4)[0]
    for name, _checksum, offset, _length in struct.iter_unpack(
        ">4sIII", data[12 : 12 + 16 * count]
    ):
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no table {tag!r}")


def _segments(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    format_, _reserved, _length, _language, count = struct.unpack_from(
        ">HHIII", data, start
    )
    if format_ == 12:
        groups = data[start + 16 : start + 16 + 12 * count]
        for first, last, _glyph in struct.iter_unpack(">III", groups):
            yield first, last


def _segment(segment: tuple[int, int]) -> Iterator[str]:
    first, last = segment
    return map(chr, range(first, last + 1))


def _needs_glyph(character: str) -> bool:
    return (
        unicodedata.category(character) not in _NO_GLYPH
        and character not in _VARIATION_SELECTORS
    )


def _texts(book: Book) -> Iterator[tuple[str, Span | None]]:
    yield _metadata(book.meta), None
    for node in (*book.title, *book.opening, *book.sections):
        for below in walk(node):
            yield _text(below), below.span


def _metadata(meta: Metadata) -> str:
    creators = "".join(creator.name for creator in meta.creators)
    return "".join(
        (
            meta.title,
            meta.subtitle,
            creators,
            meta.publisher,
            meta.source_url,
            meta.rights,
        )
    )


def _text(node: Node) -> str:
    match node:
        case Text(value=value) | CodeSpan(value=value) | CodeBlock(value=value):
            return value
        case Ruby(base=base, reading=reading):
            return base + reading
        case Rule(marks=marks):
            return marks
        case _:
            return ""
