"""Blocks of a finished page: what is a paragraph, a heading, a cell, and where.

Where the PDF is tagged, its structure tells, and whether a block goes on over the
page. Where it is not, indents and sizes have to tell (see untagged.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from itertools import groupby

from pipeline.checks.typography.lines import SAME_BASELINE, Line, lines_of
from pipeline.pdfium import Element, Page, Piece

_LEADING = frozenset("·.…‧ ")
_GROUPING = frozenset(
    {
        *("Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "Aside"),
        *("BlockQuote", "Index", "L", "LI", "Table", "THead", "TBody", "TFoot", "TR"),
        "TOC",
    }
)
_HEADINGS = frozenset({"Title", "H", "H1", "H2", "H3", "H4", "H5", "H6"})
_WHOLE = _HEADINGS | {"P", "Note", "FENote", "Caption"}
_BLOCKS = _WHOLE | {"LBody", "Lbl", "TD", "TH", "TOCI"}
_CELLS = frozenset({"TD", "TH"})
_NOTES = frozenset({"Note", "FENote"})
_PICTURED = frozenset({"Code", "Figure", "Formula"})
_READINGS = frozenset({"RT", "RP", "WT", "WP"})
# Distances in em.
_SAME_LINE = 1.5
_INDENT = 0.9


class Role(Enum):
    """What a block is to its reader."""

    TEXT = "text"
    NOTE = "note"
    HEADING = "heading"
    CELL = "cell"
    CAPTION = "caption"
    CONTENTS = "contents"
    VERBATIM = "verbatim"
    FURNITURE = "furniture"
    """A running head, a folio."""


_ROLES = (
    (_CELLS, Role.CELL),
    (_HEADINGS, Role.HEADING),
    (frozenset({"Caption"}), Role.CAPTION),
    (_NOTES, Role.NOTE),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as the blocks know it: its place in the file, and its label."""

    index: int
    label: str
    height: float


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, note, cell or the like, as far as one page holds it.

    ``begins`` and ``ends`` are false where it goes on over the page.
    """

    sheet: Sheet
    role: Role
    lines: tuple[Line, ...]
    size: float
    angle: int
    begins: bool
    ends: bool

    @cached_property
    def left(self) -> float:
        """Return where lines begin that go on a paragraph."""
        going_on = self.lines[1:] if self.begins else self.lines
        starts = sorted(line.start for line in going_on or self.lines)
        return starts[len(starts) // 2]

    @property
    def full_lines(self) -> tuple[Line, ...]:
        """Return the lines that the next one goes on."""
        return self.lines[:-1] if self.ends else self.lines


def by_structure(page: Page, sheet: Sheet) -> Iterator[Block]:
    """Yield the blocks that the structure of a page tells of, as they are read."""
    grouped: dict[Element, list[Piece]] = {}
    for piece in page.reading:
        element = _block(piece.element)
        if element and element.type != "Lbl" and not _is_reading(piece):
            grouped.setdefault(element, []).append(piece)
    for element, pieces in grouped.items():
        role = _role(element, pieces)
        pictures = [p for p in page.pictures if _is_within(p.element, element)]
        # Leaders are painted in any order, and say nothing.
        said = [p for p in pieces if role is not Role.CONTENTS or not _is_leader(p)]
        lines, size, angle = lines_of(said, pictures)
        if lines:
            # Of a list's item, other parts than its text may be elsewhere.
            known = element.type in _WHOLE
            begins = element.begins or not known
            ends = element.ends or not known
            yield Block(sheet, role, lines, size, angle, begins, ends)


def furniture(page: Page, sheet: Sheet) -> Iterator[Block]:
    """Yield what no structure names, each line by itself."""
    pieces = [piece for piece in page.pieces if not piece.element]
    for (_size, _angle), alike in groupby(pieces, key=lambda p: (p.size, p.angle)):
        lines, size, angle = lines_of([p for p in alike if not _is_dots(p)], ())
        for line in lines:
            role = Role.FURNITURE
            yield Block(sheet, role, (line,), size, angle, begins=True, ends=True)


def _is_reading(piece: Piece) -> bool:
    return bool(piece.element and not _READINGS.isdisjoint(piece.element.types))


def _block(element: Element | None) -> Element | None:
    """Return the block that ``element`` is part of."""
    outer = element
    above = element
    while above:
        if above.type in _BLOCKS:
            return above
        if above.type not in _GROUPING:
            outer = above
        above = above.parent
    return outer


def _is_within(element: Element | None, block: Element) -> bool:
    while element and element is not block:
        element = element.parent
    return element is block


def _role(element: Element, pieces: Sequence[Piece]) -> Role:
    types = frozenset(element.types)
    if all(p.element and not _PICTURED.isdisjoint(p.element.types) for p in pieces):
        return Role.VERBATIM
    if "TOC" in types or any(map(_is_leader, pieces)):
        return Role.CONTENTS
    found = (role for names, role in _ROLES if not names.isdisjoint(types))
    return next(found, Role.NOTE if element.type == "NonStruct" else Role.TEXT)


def _is_leader(piece: Piece) -> bool:
    """Tell whether a piece is dots of a contents line, which is a link."""
    if not piece.element or "Link" not in piece.element.types:
        return False
    return _is_dots(piece)


def _is_dots(piece: Piece) -> bool:
    return bool(piece.text.strip()) and _LEADING.issuperset(piece.text)


def joined(found: Iterable[Block]) -> Iterator[Block]:
    """Yield ``found``, with a heading and the text that runs on after it in one."""
    last: Block | None = None
    for block in found:
        if last and _runs_on(last, block):
            last = _as_one(last, block)
            continue
        if last:
            yield last
        last = block
    if last:
        yield last


def _runs_on(block: Block, after: Block) -> bool:
    if block.sheet != after.sheet or block.angle != after.angle:
        return False
    if not {block.role, after.role} <= {Role.TEXT, Role.HEADING}:
        return False
    before, line = block.lines[-1], after.lines[0]
    gap = (line.start - before.end) / block.size
    is_level = abs(line.baseline - before.baseline) < SAME_BASELINE
    return is_level and -_INDENT < gap < _SAME_LINE


def _as_one(block: Block, after: Block) -> Block:
    before, line = block.lines[-1], after.lines[0]
    middle = replace(
        line,
        text=before.text + line.text,
        places=before.places + line.places,
        inks=before.inks + line.inks,
        guessed=before.guessed | {n + len(before.text) for n in line.guessed},
    )
    lines = (*block.lines[:-1], middle, *after.lines[1:])
    return replace(after, lines=lines, begins=block.begins, role=Role.TEXT)
