"""A paragraph with its spaces: lines are cut from sums of its widths."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

from pipeline.typeset.classes import (
    CLOSING,
    CONNECTOR,
    DASH,
    INTERPUNCT,
    NO_BREAK_SPACE,
    OPENING,
    SPACE,
    STOPS,
    WESTERN,
)
from pipeline.typeset.options import DEFAULTS, LineEnd, Options
from pipeline.typeset.slots import HALF, Measured, Reducible, Slots, Stretchable

# A mark with ink in the middle keeps its square at the end of a line: only
# marks that lean to one side have a half to lose there. In em.
_LEANS = 0.35
_TRIMMED = CLOSING + STOPS
# Never stretched: inside words, inside —— and …… (CLREQ 3.1.5), and beside
# connectors and interpuncts (CLREQ 3.5.4).
_RIGID = re.compile(
    f"[{WESTERN}](?=[{WESTERN}{SPACE}{NO_BREAK_SPACE}])|{DASH}(?={DASH})"
    f"|[{CONNECTOR}{INTERPUNCT}jz](?=.)|.(?=[{CONNECTOR}{INTERPUNCT}jz])"
)


class Spaced:
    """A measured paragraph with its slots: lines are cut from these sums."""

    __slots__ = (
        "advances",
        "before",
        "classes",
        "edges",
        "edges_before",
        "gap_slots",
        "gaps",
        "half_interpunct",
        "indented",
        "left",
        "line_end",
        "loss",
        "origins",
        "reducible",
        "right",
        "rigid",
        "size",
        "squares",
        "stretch",
        "stretchable",
        "text",
        "tracking",
    )

    def __init__(
        self,
        measured: Measured,
        options: Options = DEFAULTS,
        *,
        indented: bool = False,
    ) -> None:
        """Space the paragraph. Where it is ``indented``, its first mark is full."""
        self.text = measured.text
        self.size = len(measured.text)
        self.classes = measured.classes
        self.advances = measured.advances
        self.squares = measured.squares
        self.left = measured.left
        self.right = measured.right
        self.tracking = measured.tracking
        self.before = measured.cells.before
        self.line_end = options.line_end
        self.half_interpunct = options.half_interpunct
        self.indented = indented
        self.edges_before = measured.edges_before
        self.edges = _sums(self.size, measured.edges_before, measured.edges_after)
        slots = Slots(measured, options)
        self.gaps = slots.gaps
        self.reducible = slots.reducible
        self.stretchable = slots.stretchable
        self.gap_slots = sorted(self.gaps)
        self.origins = self._origins()
        self.loss = _limits(self.size, self.reducible)
        self.stretch = _limits(self.size, self.stretchable)
        rigid = [found.start() for found in _RIGID.finditer(self.classes)]
        self.rigid = sorted({*rigid, *measured.rigid}) if measured.rigid else rigid

    def reductions(self, start: int, end: int) -> list[Reducible]:
        """Return the slots inside a line that may shrink, in order of place."""
        return _between(self.reducible, start, end)

    def expansions(self, start: int, end: int) -> list[Stretchable]:
        """Return the slots inside a line that grow first, in order of place."""
        return _between(self.stretchable, start, end)

    def rigid_slots(self, start: int, end: int) -> list[int]:
        """Return the slots inside a line that must not grow."""
        if not self.rigid:
            return self.rigid
        return self.rigid[
            bisect_left(self.rigid, start) : bisect_left(self.rigid, end - 1)
        ]

    def gaps_between(self, start: int, end: int) -> list[tuple[int, float]]:
        """Return the natural changes of the slots inside a line."""
        slots = self.gap_slots
        inside = slots[bisect_left(slots, start) : bisect_left(slots, end - 1)]
        return [(slot, self.gaps[slot]) for slot in inside]

    def free_slots(self, start: int, end: int) -> int:
        """Return how many slots inside a line may grow."""
        return end - 1 - start - len(self.rigid_slots(start, end))

    def slack(self, start: int, end: int, measure: float) -> float:
        """Return what is left of ``measure`` beside a line; negative: too long.

        ``end`` is where the line's last visible character ends.
        """
        slack = measure - self.width(start, end) + self.start_trim(start)
        if slack < 0 or self.line_end is not LineEnd.AUTO:
            slack += self.end_trim(end)
        return slack

    def width(self, start: int, end: int) -> float:
        """Return the width of a line before any trimming at its ends."""
        width = self.origins[end - 1] - self.origins[start] + self.advances[end - 1]
        return width + self.edges[end] - self.edges[start] if self.edges else width

    def start_trim(self, start: int) -> float:
        """Return what an opening mark loses at the start of a line (CLREQ 3.1.6.3).

        What a character has before it in its cell is a loss below 0.
        """
        if self.before:
            return -self.before.get(start, 0.0)
        if self.classes[start] != OPENING or (start == 0 and self.indented):
            return 0.0
        return self._half(self.left, start)

    def end_trim(self, end: int) -> float:
        """Return what the mark at the end of a line may lose (GB/T 15834, 5.1.10)."""
        kind = self.classes[end - 1]
        if kind == INTERPUNCT and self.half_interpunct:
            return min(HALF / 2 * self.squares[end - 1], self.right.get(end - 1, 0.0))
        if kind not in _TRIMMED or self.line_end is LineEnd.FULL:
            return 0.0
        if self.line_end is LineEnd.HANG and self.text[end - 1] in "，。、":
            return self.advances[end - 1]
        right = self._half(self.right, end - 1)
        return right if right >= _LEANS * self.squares[end - 1] else 0.0

    def _origins(self) -> array[float]:
        steps: Sequence[float] = self.advances
        if self.gaps:
            steps = list(steps)
            for slot, gap in self.gaps.items():
                steps[slot] += gap
        return array("d", accumulate(steps, initial=0.0))

    def _half(self, sides: Mapping[int, float], at: int) -> float:
        return min(HALF * self.squares[at], sides.get(at, 0.0))


_T = TypeVar("_T", Reducible, Stretchable)


def _between(slots: list[_T], start: int, end: int) -> list[_T]:
    first = bisect_left(slots, start, key=_slot)
    return slots[first : bisect_left(slots, end - 1, first, key=_slot)]


def _slot(found: Reducible | Stretchable) -> int:
    return found.slot


def _sums(size: int, *widths: Mapping[int, float]) -> array[float] | None:
    if not any(widths):
        return None
    steps = [0.0] * size
    for edges in widths:
        for at, width in edges.items():
            steps[at] += width
    return array("d", accumulate(steps, initial=0.0))


def _limits(
    size: int, slots: Sequence[Reducible] | Sequence[Stretchable]
) -> array[float] | None:
    if not slots:
        return None
    steps = [0.0] * size
    for found in slots:
        steps[found.slot] += found.limit
    return array("d", accumulate(steps, initial=0.0))
