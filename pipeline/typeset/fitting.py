"""Choosing where the lines of a paragraph end.

First fit with a look around: of the places near the end of a line, the one
where spaces change least, because a reader sees uneven spacing first. Where
that leaves a loose line or a lone character, the whole paragraph is fitted
again for the least sum of changes (total fit, after Knuth and Plass).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple

from pipeline.typeset.breaking import Breaks
from pipeline.typeset.classes import (
    LETTER,
    NEWLINE,
    NUMERAL,
    OTHER,
    SPACE,
    SQUARE,
)
from pipeline.typeset.spacing import Spaced

_EPSILON = 1e-6
# A line is loose when its characters stand further apart than this, in em.
_LOOSE = 0.04
_ACCEPTABLE = 1.0
# Nobody sees that a line is this much too short, in em.
_PERFECT = 0.05
# What no reader would choose: a lone character at the end (CLREQ 3.4.4), a
# word cut in two, a prohibited place, a line that is too long.
_LONE, _CUT, _PROHIBITED, _TOO_LONG = 25.0, 50.0, 10_000.0, 100_000.0
# No line is so loose that a prohibited place would be better.
_LOOSEST = 1000.0
# A divided word is better than a loose line, and no better else.
_DIVIDED = 0.6
_BODY = frozenset(SQUARE + LETTER + NUMERAL + OTHER)
# How many places before the fullest line are worth a look.
_LOOK_BACK = 3


@dataclass(frozen=True, slots=True)
class Measure:
    """How wide the first line is, and all others, in pixels.

    ``justified`` lines are filled; words are cut that are too long for a line
    where ``cuts`` (in CSS: overflow-wrap) says so.
    """

    first: float
    rest: float
    justified: bool = True
    cuts: bool = False


class _Candidate(NamedTuple):
    cost: float
    end: int


class Fit:
    """The lines of one paragraph."""

    __slots__ = ("_breaks", "_ends", "_spaced")

    def __init__(self, spaced: Spaced, breaks: Breaks) -> None:
        self._spaced = spaced
        self._breaks = breaks
        self._ends: dict[tuple[int, float, float], int] = {}

    def end(self, start: int, measure: Measure) -> int:
        """Return where the line from ``start`` ends.

        It is ``measure.first`` wide, and the lines after it ``measure.rest``.
        """
        key = start, measure.first, measure.rest
        if key not in self._ends:
            self._plan(start, measure)
        return self._ends[key]

    def start(self, end: int) -> int:
        """Return where the line after the one that ends at ``end`` starts."""
        classes = self._spaced.classes
        while end < len(classes) and classes[end] == SPACE:
            end += 1
        return end

    def visible_end(self, start: int, end: int) -> int:
        """Return where the last character ends that a line shows."""
        classes = self._spaced.classes
        while end - 1 > start and classes[end - 1] in (SPACE, NEWLINE):
            end -= 1
        return end

    def _plan(self, start: int, measure: Measure) -> None:
        lines, worst = self._first_fit(start, measure)
        if worst > _ACCEPTABLE and len(lines) > 1:
            lines = self._total_fit(start, measure)
        rest = measure.rest
        for begin, end in lines:
            width = measure.first if begin == start else rest
            self._ends[begin, width, rest] = end

    def _first_fit(
        self, start: int, measure: Measure
    ) -> tuple[list[tuple[int, int]], float]:
        lines: list[tuple[int, int]] = []
        worst = 0.0
        begin, width = start, measure.first
        while begin < self._spaced.size:
            cost, end = self._perfect(begin, width) or min(
                self._candidates(begin, width, measure)
            )
            lines.append((begin, end))
            worst = max(worst, cost)
            begin, width = self.start(end), measure.rest
        return lines, worst

    def _total_fit(self, start: int, measure: Measure) -> list[tuple[int, int]]:
        size = self._spaced.size
        best = {start: (0.0, start, start)}
        waiting = [start]
        while (begin := heappop(waiting)) < size:
            width = measure.first if begin == start else measure.rest
            spent = best[begin][0]
            for cost, end in self._candidates(begin, width, measure):
                after = self.start(end)
                if after not in best:
                    heappush(waiting, after)
                    best[after] = spent + cost, begin, end
                elif spent + cost < best[after][0]:
                    best[after] = spent + cost, begin, end
        lines: list[tuple[int, int]] = []
        at = size
        while at != start:
            _, begin, end = best[at]
            lines.append((begin, end))
            at = begin
        return lines[::-1]

    # Where one line may end -----------------------------------------------

    def _candidates(
        self, start: int, width: float, measure: Measure
    ) -> list[_Candidate]:
        """Return the places where a line may well end, and what each costs."""
        classes, size = self._spaced.classes, self._spaced.size
        stop = classes.find(NEWLINE, start) + 1 or size
        fullest = self._fullest(start, stop, width)
        if fullest == stop:
            return [self._last(start, stop, width)]
        found = self._longer(start, (fullest, stop), width, measure)
        found += self._shorter(start, fullest, width, measure)
        if not found or min(found).cost > _CUT:
            found.append(self._last_resort(start, (fullest, stop), measure))
        return found

    def _longer(
        self, start: int, between: tuple[int, int], width: float, measure: Measure
    ) -> list[_Candidate]:
        """Return places that a line reaches with less space between its marks."""
        found: list[_Candidate] = []
        fullest, stop = between
        for end in range(fullest + 1, stop + 1):
            if end == stop:
                last = self._last(start, stop, width)
                found += [last] if last.cost < _TOO_LONG else []
            elif self._breaks.may_end(end):
                cost = self._cost(start, end, width, measure)
                if cost is not None:
                    found.append(_Candidate(cost, end))
            if self._hopeless(start, end, width):
                break
        return found

    def _shorter(
        self, start: int, fullest: int, width: float, measure: Measure
    ) -> list[_Candidate]:
        """Return places that leave a line room, the nearest first."""
        found: list[_Candidate] = []
        looks = 0
        for end in range(fullest, start, -1):
            if self._breaks.may_end(end):
                cost = self._cost(start, end, width, measure)
                if cost is not None:
                    found.append(_Candidate(cost, end))
                    looks += not self._breaks.divides(end)
            if looks == _LOOK_BACK:
                break
        return found

    def _perfect(self, start: int, width: float) -> _Candidate | None:
        """Return the place where a line fits as it is: most lines of Han do."""
        spaced = self._spaced
        end = self._fullest(start, spaced.size, width)
        if end == spaced.size or NEWLINE in spaced.classes or spaced.edges:
            return None
        if not self._breaks.may_end(end) or self._breaks.divides(end):
            return None
        slack = self._slack(start, end, width)
        near = _PERFECT * spaced.squares[start]
        return _Candidate(0.0, end) if abs(slack) < near else None

    def _fullest(self, start: int, stop: int, width: float) -> int:
        """Return the end of the longest line that fits without any reduction."""
        spaced = self._spaced
        limit = spaced.origins[start] + width + spaced.start_trim(start) + _EPSILON
        end = bisect_right(spaced.origins, limit, start + 1, stop + 1) - 1
        end = max(end, start + 1)
        if (
            end < stop
            and spaced.end_trim(end + 1)
            and self._fits(start, end + 1, width)
        ):
            end += 1
        while end > start + 1 and spaced.edges and not self._fits(start, end, width):
            end -= 1
        return end

    def hyphen(self, end: int) -> float:
        """Return the width of the hyphen of a line that ends at ``end``, if any."""
        return self._breaks.hyphen(end) if end < self._spaced.size else 0.0

    def _fits(self, start: int, end: int, width: float) -> bool:
        return self._slack(start, end, width) >= -_EPSILON

    def _slack(self, start: int, end: int, width: float) -> float:
        return self._spaced.slack(start, self.visible_end(start, end), width)

    def _loss(self, start: int, end: int) -> float:
        loss = self._spaced.loss
        return loss[end - 1] - loss[start] if loss else 0.0

    def _hopeless(self, start: int, end: int, width: float) -> bool:
        square = self._spaced.squares[start]
        reach = self._loss(start, end) + 1.5 * square
        return self._slack(start, end, width) < -reach

    def _cost(
        self, start: int, end: int, width: float, measure: Measure
    ) -> float | None:
        """Return how much the spaces of a line change; None: it can't be set."""
        hyphen = self.hyphen(end)
        extra = _DIVIDED if hyphen or self._breaks.divides(end) else 0.0
        visible = self.visible_end(start, end)
        slack = self._spaced.slack(start, visible, width - hyphen)
        if slack < -_EPSILON:
            cost = self._reduction(start, visible, slack) if measure.justified else None
            return None if cost is None else cost + extra
        if not measure.justified:
            return slack / width * _ACCEPTABLE + extra
        spaced = self._spaced
        reach = spaced.free_slots(start, visible) * _LOOSE * spaced.squares[start]
        if spaced.stretch:
            reach += spaced.stretch[visible - 1] - spaced.stretch[start]
        return min(_LOOSEST, (slack / max(reach, _EPSILON)) ** 2) + extra

    def _reduction(self, start: int, visible: int, slack: float) -> float | None:
        loss = self._loss(start, visible)
        return (slack / loss) ** 2 if -slack <= loss else None

    def _last(self, start: int, stop: int, width: float) -> _Candidate:
        visible = self.visible_end(start, stop)
        slack = self._spaced.slack(start, visible, width)
        cost: float | None = 0.0
        if slack < -_EPSILON:
            cost = self._reduction(start, visible, slack)
        if cost is None:
            return _Candidate(_TOO_LONG, stop)
        return _Candidate(cost + self._lone(start, stop), stop)

    def _lone(self, start: int, stop: int) -> float:
        if start == 0 or stop < self._spaced.size or stop - start > 5:
            return 0.0
        body = [kind for kind in self._spaced.classes[start:stop] if kind in _BODY]
        return _LONE if len(body) < 2 else 0.0

    def _last_resort(
        self, start: int, between: tuple[int, int], measure: Measure
    ) -> _Candidate:
        """Return a place that is wrong, but less so than having none."""
        breaks = self._breaks
        fullest, stop = between
        if measure.cuts:
            return _Candidate(_CUT, fullest)
        for end in range(fullest, start, -1):
            if end < stop and breaks.may_be_forced(end):
                return _Candidate(_PROHIBITED, end)
        for end in range(fullest + 1, stop):
            if breaks.may_end(end):
                return _Candidate(_TOO_LONG, end)
        return _Candidate(_TOO_LONG, stop)
