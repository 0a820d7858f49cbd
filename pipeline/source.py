"""Where text comes from: decoded inputs, and spans inside them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

# Never str.splitlines(): it also splits at U+2028, U+0085 and U+001C, and every
# line number after one of them would be wrong.
_LINE_END = re.compile(r"\r\n|\n|\r")

UNPRINTABLE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]"
)
"""What XML can't hold: https://www.w3.org/TR/xml/#charsets."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """An inclusive range of 1-based lines in a named source.

    ``start`` and ``end`` are character offsets into the decoded text (half
    open), where the source is plain enough to know them.
    """

    source: str
    first: int
    last: int
    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        """Return ``name:line``, as editors and compilers write it."""
        return f"{self.source}:{self.first}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end: its 1-based number, offset and text."""

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """Return the offset just behind the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Source:
    """One decoded input, addressable by line: LF, CRLF and CR end lines."""

    name: str
    text: str
    encoding: str = "utf-8"

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Return all lines in order."""
        return tuple(self._lines())

    def span(self, start: int, end: int) -> Span:
        """Return the span of ``text[start:end]``."""
        last = self._line_of(max(start, end - 1))
        return Span(self.name, self._line_of(start), last, start, end)

    def _lines(self) -> Iterator[Line]:
        start = 0
        for number, match in enumerate(_LINE_END.finditer(self.text), start=1):
            yield Line(number, start, self.text[start : match.start()])
            start = match.end()
        if start < len(self.text) or not self.text:
            yield Line(len(self._ends) + 1, start, self.text[start:])

    @cached_property
    def _ends(self) -> list[int]:
        return [match.end() for match in _LINE_END.finditer(self.text)]

    def _line_of(self, offset: int) -> int:
        return 1 + bisect_right(self._ends, offset)


def printable(text: str) -> str:
    """Return ``text`` with U+FFFD for what no edition can hold.

    That is for what stands beside a text: its title in another file, and the like.
    """
    return UNPRINTABLE.sub("\ufffd", text)
