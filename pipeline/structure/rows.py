"""The lines of a plain text that have something on them, and how they are set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.source import Source

BLANKS = "".join(
    chr(code)
    for code in (
        *range(0x09, 0x0E),
        *range(0x1C, 0x21),
        *(0x85, 0xA0, 0x1680, 0x3000, 0xFEFF),
        *range(0x2000, 0x200C),
        *(0x2028, 0x2029, 0x202F, 0x205F, 0x2060),
    )
)
"""Characters that only set the text out; none of them is part of a text."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line with text: its 1-based number, and its text without outer blanks.

    ``start`` is the offset of the text in the source; ``indent`` and ``columns``
    count half-width columns; ``above`` and ``below`` count blank lines.
    """

    index: int
    number: int
    start: int
    text: str
    indent: int
    columns: int
    above: int
    below: int

    @property
    def end(self) -> int:
        """Return the offset just behind the text."""
        return self.start + len(self.text)

    @property
    def isolated(self) -> bool:
        """Tell whether blank lines stand on both sides."""
        return self.above > 0 and self.below > 0


def split(source: Source) -> tuple[Row, ...]:
    """Return the rows of ``source`` in order."""
    texts = [(line, text) for line in source.lines if (text := line.text.strip(BLANKS))]
    numbers = [line.number for line, _ in texts]
    blanks = [
        after - before - 1
        for before, after in zip([0, *numbers], [*numbers, 0], strict=True)
    ]
    # The edges of the text are as good as blank lines.
    blanks[0], blanks[-1] = max(1, blanks[0]), 1
    return tuple(
        _row(index, line.number, line.start, (line.text, text), blanks)
        for index, (line, text) in enumerate(texts)
    )


def _row(
    index: int, number: int, start: int, texts: tuple[str, str], blanks: Sequence[int]
) -> Row:
    whole, text = texts
    margin = whole.index(text[0])
    above, below = blanks[index], blanks[index + 1]
    indent = _columns(whole[:margin].expandtabs(4))
    return Row(
        index, number, start + margin, text, indent, _columns(text), above, below
    )


def _columns(text: str) -> int:
    # In UTF-8 an ASCII character takes one byte and a Han character three.
    return (len(text.encode("utf-8", "replace")) + len(text)) // 2
