"""Lines and blocks of a finished page, as a reader sees them.

Where the PDF is tagged, its structure tells what is a paragraph, a heading or
a table's cell, and whether it goes on over the page. Where it is not, indents
and sizes have to tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from itertools import chain, groupby
from operator import itemgetter
from typing import TypeAlias

from pipeline.pdfium import Element, Ink, Page, Picture, Piece

# What stands for a picture in a line (Unicode, 23.8).
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
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
# Of the size of a block, what is less is a note's call, an index or a reading.
_MAIN = 0.8
# Distances in points.
_SAME_BASELINE = 0.6
# Distances in em.
_SAME_LINE = 1.5
_INDENT = 0.9
_BESIDE = 2.62


_Character: TypeAlias = tuple[float, str, Ink, bool]


class Role(Enum):
    """What a block is to its reader."""

    TEXT = "text"
    NOTE = "note"
    HEADING = "heading"
    CELL = "cell"
    CAPTION = "caption"
    CONTENTS = "contents"
    VERBATIM = "verbatim"


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
class Line:
    """A line, without the spaces at its ends.

    An OBJECT stands for each picture in it, and for what is set much smaller.
    ``places`` holds where each character starts along the baseline, in points.
    Of the characters numbered in ``guessed`` it is not known exactly.
    """

    text: str
    places: tuple[float, ...]
    inks: tuple[Ink, ...]
    size: float
    baseline: float
    guessed: frozenset[int]

    @property
    def start(self) -> float:
        """Return where it begins, in points along its baseline."""
        return self.places[0]

    @property
    def end(self) -> float:
        """Return where it ends, in points along its baseline."""
        return self.places[-1] + self.inks[-1].advance * self.size

    @property
    def ends_in_guess(self) -> bool:
        """Tell whether it is not known exactly where it ends.

        A private character has no width that is known.
        """
        last = self.text[-1]
        is_odd = last == OBJECT or unicodedata.category(last) == "Co"
        return is_odd or len(self.text) - 1 in self.guessed

    @cached_property
    def letters(self) -> int:
        """Return how many characters there are that are no marks."""
        return sum(map(str.isalnum, self.text))


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


def blocks(pages: Sequence[Page]) -> tuple[Block, ...]:
    """Return the blocks of a document in the order in which they are read."""
    tagged = any(page.reading for page in pages)
    found: list[Block] = []
    for index, page in enumerate(pages):
        sheet = Sheet(index, page.label or str(index + 1), page.height)
        found += _by_structure(page, sheet) if tagged else _by_size(page, sheet)
    return tuple(_joined(found)) if tagged else tuple(_paragraphs(found))


# By structure -------------------------------------------------------------------


def _by_structure(page: Page, sheet: Sheet) -> Iterator[Block]:
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
        lines, size, angle = _lines(said, pictures)
        if lines:
            # Of a list's item, other parts than its text may be elsewhere.
            known = element.type in _WHOLE
            begins = element.begins or not known
            ends = element.ends or not known
            yield Block(sheet, role, lines, size, angle, begins, ends)


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
    return bool(piece.text.strip()) and _LEADING.issuperset(piece.text)


def _joined(found: Iterable[Block]) -> Iterator[Block]:
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
    is_level = abs(line.baseline - before.baseline) < _SAME_BASELINE
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


# Without structure --------------------------------------------------------------


def _by_size(page: Page, sheet: Sheet) -> Iterator[Block]:
    """Yield blocks of lines that stand under each other in one size."""
    rows = sorted(page.pieces, key=lambda p: (p.angle, -p.baseline, p.places[0]))
    lines, size, angle = _lines(rows, ())
    large = [piece for piece in rows if piece.size >= _MAIN * size]
    small = [piece for piece in rows if piece.size < _MAIN * size]
    for pieces in (large, small):
        for _size, alike in groupby(_rows(pieces), key=_size_of):
            together = list(chain.from_iterable(alike))
            lines, size, angle = _lines(together, ())
            if lines:
                role = Role.TEXT if pieces is large else Role.NOTE
                yield Block(sheet, role, lines, size, angle, begins=True, ends=True)


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for piece in pieces:
        if rows and abs(rows[-1][0].baseline - piece.baseline) < _SAME_BASELINE:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.places[0]) for row in rows]


def _size_of(pieces: Iterable[Piece]) -> float:
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[round(piece.size, 1)] += len(piece.text)
    return sizes.most_common(1)[0][0]


def _paragraphs(found: Sequence[Block]) -> Iterator[Block]:
    """Cut blocks into paragraphs at indents, and carry them over pages."""
    starts: Counter[tuple[int, float, int]] = Counter()
    for block in found:
        starts.update(_margin(block, line) for line in block.lines)
    cut = [piece for block in found for piece in _cut(block, starts)]
    for place, block in enumerate(cut):
        after = cut[place + 1] if place + 1 < len(cut) else None
        before = cut[place - 1] if place else None
        yield replace(
            block,
            begins=not (before and _goes_on(before, block, starts)),
            ends=not (after and _goes_on(block, after, starts)),
        )


def _margin(block: Block, line: Line) -> tuple[int, float, int]:
    return (block.sheet.index % 2, round(block.size, 1), round(line.start))


def _left_of(block: Block, starts: Counter[tuple[int, float, int]]) -> float:
    side, size = block.sheet.index % 2, round(block.size, 1)
    here = {s: n for (a, b, s), n in starts.items() if (a, b) == (side, size)}
    return max(here, key=lambda start: (here[start], -start))


def _cut(block: Block, starts: Counter[tuple[int, float, int]]) -> Iterator[Block]:
    left = _left_of(block, starts)
    part: list[Line] = []
    for line in block.lines:
        offset = (line.start - left) / block.size
        is_new = not -_INDENT < offset < _INDENT
        if part and (is_new or (part[0].start - left) / block.size > _BESIDE):
            yield replace(block, lines=tuple(part))
            part = []
        part.append(line)
    yield replace(block, lines=tuple(part))


def _goes_on(
    block: Block, after: Block, starts: Counter[tuple[int, float, int]]
) -> bool:
    """Tell whether ``after`` goes on the paragraph ``block`` of the page before."""
    if block.sheet.index + 1 != after.sheet.index or block.role != after.role:
        return False
    if round(block.size, 1) != round(after.size, 1):
        return False
    offset = (after.lines[0].start - _left_of(after, starts)) / after.size
    return -_INDENT < offset < _INDENT


# Lines --------------------------------------------------------------------------


def _lines(
    pieces: Sequence[Piece], pictures: Sequence[Picture]
) -> tuple[tuple[Line, ...], float, int]:
    """Return the lines of ``pieces``, their size, and the angle they stand at."""
    weights: Counter[tuple[float, int]] = Counter()
    for piece in pieces:
        weights[round(piece.size, 2), piece.angle] += len(piece.text.strip())
    if not weights:
        return (), 0.0, 0
    size, angle = max(weights, key=lambda key: (weights[key] * bool(key[0]), key[0]))
    rows: list[list[Piece]] = []
    for piece in pieces:
        if piece.angle == angle and _MAIN * size <= piece.size and piece.text.strip():
            if rows and _continues(rows[-1], piece, size):
                rows[-1].append(piece)
            else:
                rows.append([piece])
    small = [p for p in pieces if p.size < _MAIN * size and p.angle == angle]
    made = (_line(row, size, small, pictures) for row in rows)
    return tuple(line for line in made if line), size, angle


def _continues(row: Sequence[Piece], piece: Piece, size: float) -> bool:
    last = row[-1]
    is_level = abs(last.baseline - piece.baseline) < _SAME_BASELINE
    return is_level and piece.places[0] > last.places[-1] - 0.1 * size


def _line(
    row: Sequence[Piece],
    size: float,
    small: Sequence[Piece],
    pictures: Sequence[Picture],
) -> Line | None:
    characters = [
        (place, character, ink, number > 0 and not piece.is_exact)
        for piece in row
        for number, (character, place, ink) in enumerate(
            zip(piece.text, piece.places, piece.inks, strict=True)
        )
        if not _INVISIBLE.match(character)
    ]
    objects = [*_small(row, size, small), *_pictured(row, size, pictures)]
    if objects:
        characters = sorted([*characters, *objects], key=itemgetter(0))
    while characters and characters[0][1].isspace():
        del characters[0]
    while characters and characters[-1][1].isspace():
        del characters[-1]
    if not characters:
        return None
    places, letters, inks, guesses = zip(*characters, strict=True)
    return Line(
        "".join(letters),
        places,
        inks,
        size,
        row[0].baseline,
        frozenset(number for number, guess in enumerate(guesses) if guess),
    )


def _small(
    row: Sequence[Piece], size: float, small: Iterable[Piece]
) -> Iterator[_Character]:
    """Yield what is set small beside a line, as objects."""
    for piece in small:
        if abs(piece.baseline - row[0].baseline) < size and piece.text.strip():
            end = piece.places[-1] + piece.inks[-1].advance * piece.size
            yield _object(piece.places[0], end, size)


def _pictured(
    row: Sequence[Piece], size: float, pictures: Iterable[Picture]
) -> Iterator[_Character]:
    """Yield the pictures within a line, but for rules over or under its text."""
    for picture in pictures:
        reach = 0.3 * size
        is_level = picture.bottom - reach < row[0].baseline < picture.top + reach
        inside = (picture.left - 0.1 * size, picture.right - 0.1 * size)
        if is_level and not any(
            inside[0] <= place < inside[1] for piece in row for place in piece.places
        ):
            yield _object(picture.left, picture.right, size)


def _object(left: float, right: float, size: float) -> _Character:
    width = (right - left) / size
    return (left, OBJECT, Ink(0.0, 0.0, width, 0.0, width), False)
