"""Place the edits of which the record knows the line, but not the column.

Trees of HTML and Word files have no columns. Which of several commas on a line
was changed, the edition tells; that it was changed at all, the record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.audit.strand import Strand, spun, squeezed
from pipeline.model import Edit

_STRIDE = 512


class Loose:
    """Edits by the place of their lines, until they are made."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._waiting: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for edit in edits:
            change = squeezed(edit.before), squeezed(edit.after)
            if change[0] != change[1]:
                self._waiting[str(edit.span)].append(change)

    def settled(self, claimed: Strand, found: Strand) -> Strand:
        """Return ``claimed`` with the edits made that ``found`` shows."""
        if not self._waiting:
            return claimed
        return spun(self._pieces(claimed, found))

    def _pieces(self, claimed: Strand, found: Strand) -> Iterator[tuple[str, str]]:
        ours, theirs = claimed.text, found.text
        start = at = there = 0
        while at < len(ours):
            same = _same(ours, at, theirs, there)
            at, there = at + same, there + same
            change = self._next(claimed, at, theirs, there, at - start)
            if change is None:
                break
            back, before, after = change
            yield from claimed.pieces(start, at - back)
            place = claimed.place(min(at - back, len(ours) - 1))
            yield after, place
            start = at = at - back + len(before)
            there = there - back + len(after)
        yield from claimed.pieces(start, len(ours))

    def _next(
        self, claimed: Strand, at: int, theirs: str, there: int, most: int
    ) -> tuple[int, str, str] | None:
        """Return an edit that goes on from here, and how far before it begins."""
        for place in dict.fromkeys((claimed.place(at), claimed.place(at - 1))):
            waiting = self._waiting.get(place, [])
            for change in waiting:
                for back in range(min(most, len(change[0]), len(change[1])) + 1):
                    if claimed.text.startswith(
                        change[0], at - back
                    ) and theirs.startswith(change[1], there - back):
                        waiting.remove(change)
                        return back, *change
        return None


def _same(ours: str, at: int, theirs: str, there: int) -> int:
    """Return how many characters agree from here on."""
    same = 0
    while ours[at + same : at + same + _STRIDE] == theirs[
        there + same : there + same + _STRIDE
    ] and at + same < len(ours):
        same += _STRIDE
    same = min(same, len(ours) - at)
    while (
        at + same < len(ours)
        and there + same < len(theirs)
        and ours[at + same] == theirs[there + same]
    ):
        same += 1
    return same
