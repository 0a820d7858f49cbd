"""Change text and keep the record: what was changed, and where in the source.

A pass finds ``Change``s in a string. ``Revision`` follows one string through
several rules, so that each change is known by its place in the string as it
first was; ``edited`` makes a new ``Text`` and its ``Edit``s of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.model import Edit, Text
from pipeline.source import Span

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """Characters of a string, half open, and what ``rule`` puts in their place."""

    start: int
    end: int
    after: str
    rule: str

    def moved(self, offset: int) -> Change:
        """Return the change where it stands in a string ``offset`` farther on."""
        return Change(self.start + offset, self.end + offset, self.after, self.rule)


@dataclass(frozen=True, slots=True)
class Revision:
    """A string, and the changes that led to it from its first state.

    The changes are in order, do not overlap, and count in the first state.
    """

    text: str
    changes: tuple[Change, ...] = ()

    def revised(self, changes: Iterable[Change]) -> Revision:
        """Return the revision after ``changes``, which count in ``text``.

        What one rule wrote no other changes: such a change is left out.
        """
        new = sorted(changes)
        if not new:
            return self
        if not self.changes:
            return Revision(applied(self.text, new), tuple(new))
        made: list[Change] = []
        first = list(self.changes)
        for change, origin in _trace(self.changes, new):
            if not origin.touches:
                made.append(change)
                first.append(Change(*origin[:2], change.after, change.rule))
        return Revision(applied(self.text, made), tuple(sorted(first)))


def edited(
    text: Text, changes: Sequence[Change], earlier: Sequence[Edit] = ()
) -> tuple[Text, tuple[Edit, ...]]:
    """Return ``text`` with ``changes`` made, and an edit for each.

    ``changes`` are in order and do not overlap; ``earlier`` are the edits that
    led to ``text``, in order. The new text keeps the span of the old one: its
    offsets are those of what it was made from.
    """
    edits = tuple(
        Edit(span, text.value[change.start : change.end], change.after, change.rule)
        for change, span in _placed(text, changes, earlier)
    )
    return replace(text, value=applied(text.value, changes)), edits


def applied(text: str, changes: Iterable[Change]) -> str:
    """Return ``text`` with ``changes`` made, which are in order."""
    pieces: list[str] = []
    done = 0
    for change in changes:
        pieces += (text[done : change.start], change.after)
        done = change.end
    return "".join((*pieces, text[done:]))


def place(text: Text, start: int, end: int, earlier: Sequence[Edit] = ()) -> Span:
    """Return the span of ``text.value[start:end]``, after ``earlier`` edits."""
    return next(_placed(text, (Change(start, end, "", ""),), earlier))[1]


class Earlier:
    """The edits of the passes before, found by the place of a text."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        placed = (edit for edit in edits if edit.span.start is not None)
        self._edits = sorted(placed, key=_where)
        self._starts = list(map(_where, self._edits))

    def within(self, span: Span) -> Sequence[Edit]:
        """Return the edits that lie in ``span``, in order."""
        if not self._edits or span.start is None or span.end is None:
            return ()
        first = bisect_left(self._starts, (span.source, span.start))
        last = bisect_left(self._starts, (span.source, span.end))
        return self._edits[first:last]


def _where(edit: Edit) -> tuple[str, int]:
    return edit.span.source, edit.span.start or 0


class _Origin(NamedTuple):
    """Where a change stands in the first state, and whether it meets another."""

    start: int
    end: int
    touches: bool


def _trace(
    made: Sequence[Change], new: Sequence[Change]
) -> Iterator[tuple[Change, _Origin]]:
    """Yield each change that comes after ``made`` with its origin before it."""
    place = 0
    shift = 0  # from the present state back to the first
    for change in new:
        while place < len(made) and _end(made[place], shift) <= change.start:
            shift += made[place].end - made[place].start - len(made[place].after)
            place += 1
        start, end, touches = change.start + shift, change.end + shift, False
        ahead, past = place, shift
        while ahead < len(made) and made[ahead].start - past < change.end:
            start = min(start, made[ahead].start)
            past += made[ahead].end - made[ahead].start - len(made[ahead].after)
            end = max(made[ahead].end, change.end + past)
            ahead, touches = ahead + 1, True
        yield change, _Origin(start, end, touches)


def _end(change: Change, shift: int) -> int:
    return change.start - shift + len(change.after)


def _placed(
    text: Text, changes: Sequence[Change], earlier: Sequence[Edit]
) -> Iterator[tuple[Change, Span]]:
    span = text.span
    if span.start is None or span.end is None:
        for change in changes:
            yield change, span
        return
    made = [
        Change(edit.span.start - span.start, edit.span.end - span.start, edit.after, "")
        for edit in earlier
        if edit.span.start is not None and edit.span.end is not None
    ]
    line = _Lines(text)
    for change, origin in _trace(made, changes):
        first, last = line.at(change.start), line.at(change.end - 1)
        start, end = span.start + origin.start, span.start + origin.end
        yield change, Span(span.source, first, last, start, end)


class _Lines:
    """The lines of a text, whose line ends no edit touches."""

    def __init__(self, text: Text) -> None:
        self._first = text.span.first
        self._ends = [match.end() for match in _LINE_END.finditer(text.value)]

    def at(self, index: int) -> int:
        """Return the number of the line that holds the character at ``index``."""
        return self._first + bisect_right(self._ends, index)
