"""Defects of whole paragraphs: their edges, their last lines, loose lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.checks.typography.blocks import Block, Role
from pipeline.checks.typography.lines import OBJECT, Line
from pipeline.checks.typography.marks import CLOSING
from pipeline.checks.typography.measure import Edges, is_paragraph, unit

_HAN_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,}")
# Two of them may be one glyph, of which it is not known where it ends.
_DRAWN_TOGETHER = "—…"
# Distances in em.
_FLUSH = 0.1
_GUESS = 0.2
_HALF = 0.5
_LOOSE = 0.08
_FARTHEST = 1.0
_NARROW = 8.0


@dataclass(frozen=True, slots=True)
class Miss:
    """A line that is off, by ``distance`` em."""

    line: Line
    distance: float


def ragged(block: Block, edges: Edges) -> Iterator[Miss]:
    """Yield lines that end before the edge, or beyond it.

    What is shorter by more than the next line's first part was not broken for
    want of room: the author broke it.
    """
    if is_paragraph(block):
        for place, line in enumerate(block.full_lines):
            miss = _miss(block, line, edges)
            after = block.lines[place + 1] if place + 1 < len(block.lines) else None
            room = unit(after) if after else 2.0
            if miss is not None and miss > -room - _FLUSH:
                yield Miss(line, miss)


def _miss(block: Block, line: Line, edges: Edges) -> float | None:
    """Return how far a line is from the edge, in em; None where it is flush."""
    edge = edges.of(block)
    if edge is None:
        edge = edges.nearest(block, line.end)
        if edge is None or abs(line.end - edge) > _FARTHEST * block.size:
            return None
    if line.text[-1] in CLOSING:
        return _miss_of_mark(line, edge)
    if line.text[-1] in _DRAWN_TOGETHER and _ends_in_one_glyph(line):
        return None
    miss = (line.end - edge) / line.size
    flush = _GUESS if line.ends_in_guess else _FLUSH
    return None if abs(miss) < flush else miss


def _ends_in_one_glyph(line: Line) -> bool:
    """Tell whether the last two characters are drawn at once, as far as is known."""
    return line.ends_in_guess or line.places[-1] in line.places[-2:-1]


def _miss_of_mark(line: Line, edge: float) -> float | None:
    """Return how far a line that ends with a mark is from the edge, in em.

    A mark may keep its blank half, lose it, or hang beyond the edge.
    """
    ink = line.inks[-1]
    end = (line.places[-1] - edge) / line.size
    widths = (ink.advance, ink.advance / 2, ink.right, 0.0)
    if min(abs(end + width) for width in widths) < _FLUSH:
        return None
    return end + min(widths, key=lambda width: abs(end + width))


def loose(block: Block, pitch: float) -> Iterator[Miss]:
    """Yield lines whose Han characters are too far apart, or too close."""
    if is_paragraph(block):
        for line in block.full_lines:
            off = max(_steps(line, pitch), key=abs, default=0.0)
            if abs(off) > _LOOSE:
                yield Miss(line, off)


def _steps(line: Line, pitch: float) -> Iterator[float]:
    for run in _HAN_RUN.finditer(line.text):
        numbers = range(run.start(), run.end())
        known = numbers if line.guessed.isdisjoint(numbers) else ()
        for before, after in pairwise(known):
            step = line.places[after] - line.places[before]
            yield step / line.size - pitch


def lone(block: Block, edges: Edges) -> Line | None:
    """Return the last line where it holds one character alone."""
    if block.role in (Role.VERBATIM, Role.CONTENTS) or not block.ends:
        return None
    if len(block.lines) < 2:
        return None
    before, line = block.lines[-2:]
    if line.letters != 1 or OBJECT in line.text or len(before.text) < 3:
        return None
    if block.role is Role.CELL and (before.end - before.start) < _NARROW * block.size:
        return None
    edge = edges.of(block) if is_paragraph(block) else None
    forced = edge is not None and edge - before.end > unit(line) * line.size
    return None if forced else line
