"""What the faces of a design can show, and what of a book they can't."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.fonts import opentype
from pipeline.model import Book, CodeBlock, Metadata, Node, Ruby, Rule, Text, walk
from pipeline.model import Code as ProgramText
from pipeline.source import Span
from pipeline.writer import Face

LOST = "□"
"""The 虚缺号, which stands in print where a character is lost."""

# Controls, invisible formats and spaces need no glyph: shapers make their own.
_WITHOUT_GLYPH = frozenset({"Cc", "Cf", "Zs"})
_VARIATION_SELECTORS = frozenset(
    map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
)


def report_missing(book: Book, faces: Iterable[Face], report: Report) -> None:
    """Report each character of ``book`` that no face has, where it first stands."""
    shown = set[str]().union(*(_shown(face) for face in faces))
    for text, span in _texts(book):
        missing = set(text) - shown
        shown |= missing
        for character in sorted(filter(_needs_glyph, missing)):
            code = Code.LOST_CHARACTER if is_lost(character) else Code.MISSING_GLYPH
            values = {"character": character, "code": f"U+{ord(character):04X}"}
            report(Diagnostic(code, span, values))


def without_lost(text: str) -> str:
    """Return ``text`` with LOST in place of each character that is lost."""
    lost = filter(is_lost, set(text))
    return text.translate(dict.fromkeys(map(ord, lost), LOST))


def is_lost(character: str) -> bool:
    """Tell whether ``character`` stands for one that nobody knows any more.

    That is U+FFFD, and private use, which means something in one font only.
    """
    return character == "\N{REPLACEMENT CHARACTER}" or (
        unicodedata.category(character) == "Co"
    )


def _shown(face: Face) -> Iterable[str]:
    found = characters(face.path)
    if not face.ranges:
        return found
    used = {chr(c) for first, last in face.ranges for c in range(first, last + 1)}
    return found & used


@cache
def characters(font: Path) -> frozenset[str]:
    """Return the characters that an OpenType font maps to glyphs.

    Read straight from its table "cmap": a parser of whole fonts takes ten times
    as long.
    """
    return frozenset(map(chr, opentype.characters(font.read_bytes())))


def _needs_glyph(character: str) -> bool:
    return (
        unicodedata.category(character) not in _WITHOUT_GLYPH
        and character not in _VARIATION_SELECTORS
    )


def _texts(book: Book) -> Iterator[tuple[str, Span | None]]:
    yield _metadata(book.meta), None
    for node in (*book.title, *book.opening, *book.sections):
        for below in walk(node):
            if text := _text(below):
                yield text, below.span


def _metadata(meta: Metadata) -> str:
    creators = (creator.name for creator in meta.creators)
    said = (meta.title, meta.subtitle, meta.publisher, meta.source_url, meta.rights)
    return "".join((*said, *creators))


def _text(node: Node) -> str:
    match node:
        case Text(value=value) | ProgramText(value=value) | CodeBlock(value=value):
            return value
        case Ruby(base=base, reading=reading):
            return base + reading
        case Rule(marks=marks):
            return marks
        case _:
            return ""
