"""What the faces of a design can show, and what of a book they can't."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import astuple
from itertools import chain

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.fonts import catalogue, shelf
from pipeline.fonts.coverage import shown
from pipeline.fonts.families import FAMILIES, SONG
from pipeline.fonts.usage import wanted
from pipeline.messages import say
from pipeline.model import Book, CodeBlock, Metadata, Node, Ruby, Rule, Text, walk
from pipeline.model import Code as ProgramText
from pipeline.source import Span
from pipeline.writer import Design, Face

LOST = "□"
"""The 虚缺号, which stands in print where a character is lost."""

# Controls, invisible formats and spaces need no glyph: shapers make their own.
_WITHOUT_GLYPH = frozenset({"Cc", "Cf", "Zs"})
# In which order families are asked for what those before them lack.
_RANK = {family: rank for rank, family in enumerate(FAMILIES[SONG].last)}
_VARIATION_SELECTORS = frozenset(
    map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
)


def report_missing(book: Book, faces: tuple[Face, ...], report: Report) -> None:
    """Report each character of ``book`` that no face has, where it first stands."""
    _faces, missing = _supplied(book, faces)
    for text, span in _texts(book):
        for character in sorted(missing.intersection(text)):
            missing.discard(character)
            report(_missing(character, span))


def needed(book: Book, design: Design) -> tuple[Face, ...]:
    """Return the faces of ``design`` that ``book`` can't do without.

    These are the ones that its style sheets name, and those of others that have
    a character which they lack.
    """
    supplying, _missing = _supplied(book, design.faces)
    found = supplying | wanted(design.faces, design.paged)
    return tuple(face for face in design.faces if face in found)


def without_lost(text: str) -> str:
    """Return ``text`` with LOST in place of each character that is lost."""
    for character in filter(is_lost, set(text)):
        text = text.replace(character, LOST)
    return text


def is_lost(character: str) -> bool:
    """Tell whether ``character`` stands for one that nobody knows any more.

    That is U+FFFD, and private use, which means something in one font only.
    """
    return character == "\N{REPLACEMENT CHARACTER}" or (
        unicodedata.category(character) == "Co"
    )


def _supplied(book: Book, faces: tuple[Face, ...]) -> tuple[set[Face], set[str]]:
    """Return the faces that supply characters of ``book``, and those that none has.

    Each supplies what those before it lack.
    """
    written = set[str]().union(*(text for text, _span in _texts(book)))
    missing = set(filter(_needs_glyph, written))
    found = set()
    for face in sorted(faces, key=lambda face: _RANK.get(face.family, 0)):
        if not missing:
            break
        if supplied := missing & shown(face):
            found.add(face)
            missing -= supplied
    return found, missing


def _missing(character: str, span: Span | None) -> Diagnostic:
    values = {"character": character, "code": f"U+{ord(character):04X}"}
    if is_lost(character):
        return Diagnostic(Code.LOST_CHARACTER, span, values)
    return Diagnostic(Code.MISSING_GLYPH, span, values | {"remedy": _remedy(character)})


def _remedy(character: str) -> str:
    bringing = catalogue.bringing(character)
    if bringing is None or shelf.is_at_hand(bringing):
        return say("font.replace")
    return say("font.get", name=bringing.title, collection=bringing.name)


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
    names = (meta.title, meta.subtitle, meta.series, meta.publisher)
    official = chain.from_iterable(astuple(meta.official)) if meta.official else ()
    return "".join((*names, meta.source_url, meta.rights, *creators, *official))


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
