"""Setting one line: every character in its place, the ends flush.

Reduction and expansion follow the orders of CLREQ 3.5.3 and 3.5.4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from pipeline.typeset.options import LineEnd
from pipeline.typeset.slots import Reducible, Stretchable
from pipeline.typeset.spacing import Spaced

_EPSILON = 1e-6
# A line with fewer places to stretch than this asks for is left unfilled: gaps
# of half a square read as spaces between words. In em.
_WIDEST = 0.5
# All slots may lose this much, in em, where marks have no more to give: so
# little that nobody sees it.
_CLOSEST = 0.03


@dataclass(slots=True)
class Line:
    """Characters ``start`` to ``end`` of a paragraph, set. Lengths in pixels.

    The first character stands ``lead`` from the start of the line. ``changes``
    is what slots gain or lose beyond their natural gaps, ``even`` what each
    slot gains besides, and ``width`` what the line takes of its measure.
    ``hyphen`` is the width of one that stands behind the last character.
    """

    start: int
    end: int
    lead: float
    width: float
    even: float = 0.0
    overflows: bool = False
    hyphen: float = 0.0
    changes: dict[int, float] = field(default_factory=dict)


def set_line(
    spaced: Spaced, start: int, end: int, measure: float, *, justified: bool
) -> Line:
    """Return the line ``start`` to ``end``, the last character that shows.

    It fills ``measure`` if it is ``justified``; otherwise it is set at its
    natural width, or reduced to ``measure`` where it is wider.
    """
    lead = -spaced.start_trim(start)
    natural = spaced.width(start, end) + lead
    if _trims_end(spaced, natural, measure, fills=justified):
        natural -= spaced.end_trim(end)
    line = Line(start, end, lead, natural)
    need = measure - natural
    if need < -_EPSILON:
        line.overflows = not _reduce(line, spaced, -need)
        line.width = measure if not line.overflows else natural
    elif justified and need > _EPSILON and _expand(line, spaced, need):
        line.width = measure
    if not justified:
        # CSS has letter-spacing after each character, and themes allow for it.
        line.width += spaced.tracking.get(end - 1, 0.0)
    return line


def _trims_end(spaced: Spaced, natural: float, measure: float, *, fills: bool) -> bool:
    # At the end of a paragraph nothing is flush with a mark: it stays full,
    # unless the line has no room for it.
    if natural > measure + _EPSILON:
        return True
    return fills and spaced.line_end is not LineEnd.AUTO


def _reduce(line: Line, spaced: Spaced, need: float) -> bool:
    """Shorten the line; tell whether that could be done."""
    slots = sorted(spaced.reductions(line.start, line.end), key=attrgetter("order"))
    for _, group in groupby(slots, key=attrgetter("order")):
        need -= _share(line, list(group), -need)
        if need < _EPSILON:
            return True
    even = need / max(1, line.end - 1 - line.start)
    if even > _CLOSEST * spaced.squares[line.start]:
        line.changes.clear()
        return False
    line.even = -even
    return True


def _expand(line: Line, spaced: Spaced, need: float) -> bool:
    """Fill the line; tell whether that could be done."""
    need -= _share(line, spaced.expansions(line.start, line.end), need)
    if need < _EPSILON:
        return True
    rigid = spaced.rigid_slots(line.start, line.end)
    free = line.end - 1 - line.start - len(rigid)
    if not free or need / free > _WIDEST * spaced.squares[line.start]:
        line.changes.clear()
        return False
    line.even = need / free
    for slot in rigid:
        line.changes[slot] = line.changes.get(slot, 0.0) - line.even
    return True


def _share(line: Line, slots: Iterable[Reducible | Stretchable], need: float) -> float:
    """Give ``need`` to the slots, to each by its limit; return what they took."""
    limit = sum(found.limit for found in slots)
    if not limit:
        return 0.0
    part = min(1.0, abs(need) / limit)
    sign = part if need > 0 else -part
    for found in slots:
        line.changes[found.slot] = (
            line.changes.get(found.slot, 0.0) + sign * found.limit
        )
    return limit * part
