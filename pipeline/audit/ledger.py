"""The characters of all statements, and what the record makes of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from pipeline.audit.lines import Lines
from pipeline.audit.statement import Statement
from pipeline.audit.strand import OBJECT, squeezed
from pipeline.model import Drop, Edit
from pipeline.source import Span


@dataclass(slots=True)
class Entry:
    """Characters that are left of a line, without blanks.

    ``taken`` are ranges; ``supplied`` stands before them.
    """

    text: str
    span: Span
    taken: list[tuple[int, int]] = field(default_factory=list)
    supplied: str = ""

    def give(self, text: str) -> bool:
        """Give ``text`` away, if it is still here."""
        start = self.text.find(text)
        while start >= 0:
            end = start + len(text)
            if not any(start < last and first < end for first, last in self.taken):
                self.taken.append((start, end))
                return True
            start = self.text.find(text, start + 1)
        return False


class Ledger:
    """The characters of the statements, and what is to become of them."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = statements
        self._text = "".join(statement.text for statement in statements)
        self._starts: list[int] = []
        length = 0
        for statement in statements:
            self._starts.append(length)
            length += len(statement.text)
        exact = [
            ((s.span.source, s.span.start), start, s)
            for s, start in zip(statements, self._starts, strict=True)
            if s.span.start is not None
        ]
        exact.sort(key=lambda one: one[0])
        self._keys = [key for key, _, _ in exact]
        self._exact = [(start, statement) for _, start, statement in exact]
        self._lines = Lines(statement.span for statement in statements)
        self._changes: list[tuple[int, int, str]] = []
        self._made: dict[Span, int] = {}
        self._gone = bytearray(length)
        self.unfounded: list[Edit | Drop] = []

    def change(self, record: Edit | Drop, before: str, after: str) -> None:
        """Enter a change; where its characters are not found, note that."""
        span = record.span
        if self._goes_on(span, before, after):
            return
        if span.start is None:
            place = self._by_lines(span, before)
        else:
            place = self._at_offsets(record)
            if isinstance(record, Drop) and record.reason == "html":
                # Blocks of tags have no offsets.
                found = squeezed(self._text[slice(*place)]) if place else ""
                place = place if found else self._by_lines(span, before)
        if place:
            self._made[span] = len(self._changes)
            self._changes.append((*place, after))
            self._gone[place[0] : place[1]] = b"\1" * (place[1] - place[0])
        elif isinstance(record, Edit) and squeezed(before) != squeezed(after):
            self.unfounded.append(record)

    def _goes_on(self, span: Span, before: str, after: str) -> bool:
        """Change what an earlier change of the same characters made, if it is that.

        A note that is called again is told again.
        """
        made = self._made.get(span)
        if made is None or span.start is None:
            return False
        first, last, became = self._changes[made]
        if became == before:
            self._changes[made] = (first, last, after)
        return became in (before, after)

    def entries(self) -> list[Entry]:
        """Return what is left, a statement each."""
        changes = sorted(self._changes)
        found: list[Entry] = []
        at = done = 0
        for statement, start in zip(self._statements, self._starts, strict=True):
            end = start + len(statement.text)
            pieces: list[str] = []
            done = max(done, start)
            while at < len(changes) and changes[at][0] < end:
                first, last, after = changes[at]
                pieces += (self._text[done:first], after)
                done = max(done, last)
                at += 1
            pieces.append(self._text[done:end])
            if left := squeezed("".join(pieces)):
                found.append(Entry(left, statement.span))
        return found

    def _at_offsets(self, record: Edit | Drop) -> tuple[int, int] | None:
        """Find the characters of a record where it says that they are.

        A drop may have marks that say nothing, as in ``[^1]: 注文``.
        """
        span = record.span
        if span.start is None or span.end is None:
            return None
        first = bisect_right(self._keys, (span.source, span.start)) - 1
        last = bisect_left(self._keys, (span.source, span.end)) - 1
        first = max(first, 0)
        if last < first:
            return None
        if first < last and (self._exact[first][1].span.end or 0) <= span.start:
            first += 1  # what is between may have no offsets
        start, end = self._at(first, span.start), self._at(last, span.end)
        said = squeezed(self._text[start:end])
        if isinstance(record, Edit):
            return (start, end) if said == squeezed(record.before) else None
        said = said.replace(OBJECT, "")  # a picture there has a record of its own
        return (start, end) if _is_within(said, record.text) else None

    def _at(self, index: int, offset: int) -> int:
        start, statement = self._exact[index]
        inside = offset - (statement.span.start or 0)
        return start + min(max(inside, 0), len(statement.text))

    def _by_lines(self, span: Span, before: str) -> tuple[int, int] | None:
        """Find characters that are not gone yet: on the lines of a span, or on."""
        wanted = squeezed(before)
        if not wanted:
            return None
        on_lines = [
            range(self._starts[index], self._end(index))
            for index in self._lines.of(span)
        ]
        return self._find(wanted, chain(*on_lines)) or self._find(
            wanted, range(len(self._text))
        )

    def _find(self, wanted: str, places: Iterable[int]) -> tuple[int, int] | None:
        left = [at for at in places if not self._gone[at] and squeezed(self._text[at])]
        start = "".join(self._text[at] for at in left).find(wanted)
        if start < 0:
            return None
        return left[start], left[start + len(wanted) - 1] + 1

    def _end(self, index: int) -> int:
        return self._starts[index] + len(self._statements[index].text)


def _is_within(text: str, whole: str) -> bool:
    """Tell whether all characters of ``text`` come in ``whole``, in their order."""
    rest = iter(whole)
    return all(character in rest for character in text)
