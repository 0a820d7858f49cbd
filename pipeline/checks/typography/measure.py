"""What the pages themselves tell of their measure: edges, pitches, the grid."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.checks.typography.blocks import Block, Role
from pipeline.checks.typography.lines import HAN, Line
from pipeline.checks.typography.marks import CLOSING, OPENING

FLOWING = frozenset({Role.TEXT, Role.NOTE})
# Distances in em.
_CLUSTER = 0.1
_HANGING = 0.9
_FARTHEST_INDENT = 2.62
_INDENT = 2.0
_HALF = 0.6
_ALIKE = 0.02
_UNEVEN = 0.2
_FIVE_HAN = re.compile(f"(?:{HAN.pattern}){{5}}")

_Column = tuple[int, int, float, float]
_Kind = tuple[float, int, int]


def is_paragraph(block: Block) -> bool:
    """Tell whether the lines of a block should reach both edges.

    Verse and lists of terms hang from their first line, and what is centred or
    at the right begins anywhere.
    """
    if block.role not in FLOWING:
        return False
    if not block.begins or len(block.lines) == 1:
        return True
    indent = (block.lines[0].start - block.left) / block.size
    hangs = indent < -_HANGING and block.role is not Role.NOTE
    starts = [line.start for line in block.lines[1:]]
    uneven = max(starts) - min(starts) > _HANGING * block.size
    return not hangs and not uneven and indent < _FARTHEST_INDENT


def unit(line: Line) -> float:
    """Return how long the first part of a line is that no break divides, in em."""
    text, end = line.text, 0
    while end < len(text) and text[end] in OPENING:
        end += 1
    if end < len(text):
        end += 1
        while end < len(text) and text[end].isascii() and text[end - 1].isascii():
            end += 1
    while end < len(text) and text[end] in CLOSING + "—…·":
        end += 1
    if end >= len(text):
        return (line.end - line.start) / line.size
    return (line.places[end] - line.places[0]) / line.size


@dataclass(frozen=True)
class Edges:
    """Where lines end at the right, in points, for each column of the document."""

    by_column: dict[_Column, float]

    def of(self, block: Block) -> float | None:
        """Return the edge of the column that ``block`` stands in, if it is known."""
        return self.by_column.get(_column(block))

    def nearest(self, block: Block, place: float) -> float | None:
        """Return the edge of the block's side and size that is nearest to ``place``."""
        alike = _column(block)[:3]
        known = [edge for key, edge in self.by_column.items() if key[:3] == alike]
        return min(known, key=lambda edge: abs(edge - place), default=None)


def edges(blocks: Iterable[Block]) -> Edges:
    """Return the edges that the lines of paragraphs agree on."""
    ends: defaultdict[_Column, list[float]] = defaultdict(list)
    sizes: dict[_Column, float] = {}
    for block in filter(is_paragraph, blocks):
        for line in block.full_lines:
            if not line.ends_in_guess and HAN.match(line.text[-1]):
                ends[_column(block)].append(line.places[-1] + block.size)
                sizes[_column(block)] = block.size
    found = {key: _densest(sorted(e), _CLUSTER * sizes[key]) for key, e in ends.items()}
    return Edges({key: edge for key, edge in found.items() if edge is not None})


def _column(block: Block) -> _Column:
    # Half points, and marks may start a line half a square to the left.
    left = round(block.left * 2) / 2
    return (block.sheet.index % 2, block.angle, round(block.size, 1), left)


def _densest(places: Sequence[float], width: float) -> float | None:
    """Return the middle of the fullest stretch of ``width``; one place is none."""
    best = (0, 0, 0)
    for first, place in enumerate(places):
        end = bisect_left(places, place + width)
        best = max(best, (end - first, first, end))
    count, first, end = best
    return median(places[first:end]) if count > 1 else None


@dataclass(frozen=True)
class Grid:
    """The lines of the body: their size, their distance and where they stand."""

    size: float
    pitch: float
    phases: dict[_Kind, float]
    lefts: dict[int, float]

    def offset(self, block: Block, line: Line) -> float:
        """Return how far ``line`` is from the nearest line of the grid, in points."""
        phase = self.phases.get(_kind_of_page(block), 0.0)
        off = (_depth(block, line) - phase) % self.pitch
        return min(off, self.pitch - off)

    def holds(self, block: Block) -> bool:
        """Tell whether a block is text of the body, whose lines are on the grid.

        A single line that is not at the left edge, with an indent or without,
        may be at the right, or in the middle of a page of its own.
        """
        if block.role is not Role.TEXT or not is_paragraph(block):
            return False
        if abs(block.size - self.size) > _ALIKE * self.size:
            return False
        left = self.lefts.get(block.sheet.index % 2)
        if left is None:
            return len(block.lines) > 1
        offset = (block.lines[0].start - left) / block.size
        is_usual = min(abs(offset), abs(offset - _INDENT)) < _HALF
        return is_usual if len(block.lines) == 1 else offset > -_HALF


def grid(blocks: Sequence[Block]) -> Grid | None:
    """Return the grid that the text of the body agrees on."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        if block.role is Role.TEXT:
            sizes[round(block.size, 2)] += sum(len(line.text) for line in block.lines)
    if not sizes:
        return None
    size = sizes.most_common(1)[0][0]
    body = [b for b in blocks if b.role is Role.TEXT and abs(b.size - size) < 0.2]
    pitches = Counter(
        round(line.baseline - after.baseline, 2)
        for block in body
        for line, after in pairwise(block.lines)
        if line.baseline - after.baseline > 0.5 * size
    )
    if not pitches:
        return None
    # Rounded distances would drift over a page, and some programs put lines on
    # whole pixels: the mean over a paragraph is what they mean.
    near = pitches.most_common(1)[0][0]
    spans = [block.lines[0].baseline - block.lines[-1].baseline for block in body]
    steps = [round(span / near) for span in spans]
    even = [
        (span, step)
        for span, step in zip(spans, steps, strict=True)
        if step > 0 and abs(span - step * near) < _UNEVEN * near
    ]
    if not even:
        return None
    pitch = sum(span for span, _ in even) / sum(step for _, step in even)
    depths: defaultdict[_Kind, Counter[float]] = defaultdict(Counter)
    for block in body:
        for line in block.lines:
            phase = round(_depth(block, line) % pitch, 1)
            depths[_kind_of_page(block)][phase] += 1
    phases = {kind: counts.most_common(1)[0][0] for kind, counts in depths.items()}
    starts: defaultdict[int, Counter[float]] = defaultdict(Counter)
    for block in body:
        if len(block.lines) > 1:
            starts[block.sheet.index % 2][round(block.left, 1)] += len(block.lines)
    lefts = {side: counts.most_common(1)[0][0] for side, counts in starts.items()}
    return Grid(size, pitch, phases, lefts)


def _kind_of_page(block: Block) -> _Kind:
    # Lines that are turned stand further in or out where margins are mirrored.
    side = block.sheet.index % 2 if block.angle else 0
    return (round(block.sheet.height), block.angle, side)


def _depth(block: Block, line: Line) -> float:
    return block.sheet.height - line.baseline if block.angle == 0 else -line.baseline


def nominal_pitch(blocks: Iterable[Block]) -> float:
    """Return the commonest distance of Han characters in paragraphs, in em."""
    steps: Counter[float] = Counter()
    for block in blocks:
        if block.role is Role.TEXT:
            for line in block.lines:
                steps.update(
                    round((line.places[at + 4] - line.places[at]) / line.size, 2)
                    for at in range(1, len(line.text) - 5, 4)
                    if _FIVE_HAN.match(line.text, at)
                )
    if not steps:
        return 1.0
    return steps.most_common(1)[0][0] / 4
