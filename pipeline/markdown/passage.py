"""Where the text of a block stands in the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.source import Line, Source, Span


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of a block's text: offsets in it and, if known, in the source."""

    at: int
    line: int
    start: int | None


class Passage:
    """A block's text: what is left of its lines without the marks before them."""

    def __init__(
        self, source: Source, text: str, lines: Sequence[Line], column: int | None
    ) -> None:
        """Find ``text`` in ``lines``; in a row of a table, from ``column`` on."""
        self._source = source
        self._pieces = _pieces(text, lines, column)
        self._offsets = [piece.at for piece in self._pieces]

    def span(self, start: int, end: int, exact: str | None = None) -> Span:
        """Return the span of ``text[start:end]``.

        It has offsets where the source has the characters ``exact`` there, or
        one character further on, behind a mark.
        """
        first, last = self._piece(start), self._piece(max(start, end - 1))
        span = Span(self._source.name, first.line, last.line)
        if exact is None or first.start is None:
            return span
        begin = first.start + start - first.at
        for offset in (begin, begin + 1):
            if self._source.text.startswith(exact, offset):
                found = self._source.span(offset, offset + len(exact))
                return found if found.first == first.line else span
        return span

    def _piece(self, at: int) -> _Piece:
        return self._pieces[max(0, bisect_right(self._offsets, at) - 1)]


def _pieces(text: str, lines: Sequence[Line], column: int | None) -> list[_Piece]:
    pieces: list[_Piece] = []
    at, below = 0, 0
    for piece in text.split("\n"):
        found = None
        # Lines of blanks only are not in the text.
        for skipped, line in enumerate(lines[below : below + 3]):
            found = _find(piece, line, column)
            if found is not None:
                below += skipped
                break
        number = lines[min(below, len(lines) - 1)].number
        pieces.append(_Piece(at, number, found))
        at += len(piece) + 1
        below += 1
    return pieces


def _find(piece: str, line: Line, column: int | None) -> int | None:
    whole, part = line.text.rstrip(), piece.rstrip()
    if column is None and whole.endswith(part):
        return line.start + len(whole) - len(part)
    found = line.text.find(piece, column or 0)
    return line.start + found if found >= 0 else None
