"""Blocks of pages without a structure, told by sizes and indents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby

from pipeline.checks.typography.blocks import Block, Role, Sheet
from pipeline.checks.typography.lines import MAIN, SAME_BASELINE, Line, lines_of
from pipeline.pdfium import Page, Piece

# Distances in em.
_INDENT = 0.9
_BESIDE = 2.62


def by_size(page: Page, sheet: Sheet) -> Iterator[Block]:
    """Yield blocks of lines that stand under each other in one size."""
    rows = sorted(page.pieces, key=lambda p: (p.angle, -p.baseline, p.places[0]))
    lines, size, angle = lines_of(rows, ())
    large = [piece for piece in rows if piece.size >= MAIN * size]
    small = [piece for piece in rows if piece.size < MAIN * size]
    for pieces in (large, small):
        for _size, alike in groupby(_rows(pieces), key=_size_of):
            together = list(chain.from_iterable(alike))
            lines, size, angle = lines_of(together, ())
            if lines:
                role = Role.TEXT if pieces is large else Role.NOTE
                yield Block(sheet, role, lines, size, angle, begins=True, ends=True)


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for piece in pieces:
        if rows and abs(rows[-1][0].baseline - piece.baseline) < SAME_BASELINE:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.places[0]) for row in rows]


def _size_of(pieces: Iterable[Piece]) -> float:
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[round(piece.size, 1)] += len(piece.text)
    return sizes.most_common(1)[0][0]


def paragraphs(found: Sequence[Block]) -> Iterator[Block]:
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
