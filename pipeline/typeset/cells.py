"""Program text: characters in the cells of a grid, as on a terminal.

No rule for marks or spaces holds here: what its author set in columns stays in
columns. A Western character has one cell, a Han character two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil

from pipeline.typeset.classes import NEWLINE, OTHER

# What a glyph may be wider than its cells.
_EXCESS = 0.02
_INDENTATION = re.compile("(?<![^\n])[ \t]+(?=[^ \t\n])")
_RULED = re.compile(f"[^{NEWLINE}]")


@dataclass(frozen=True, slots=True)
class Cells:
    """What a text has beside its characters, before and after them. In pixels."""

    before: dict[int, float] = field(default_factory=dict)
    after: dict[int, float] = field(default_factory=dict)


def cells(text: str, advances: Sequence[float], cell: float, stop: float) -> Cells:
    """Return what fills the cells of a text, and its tabs, which end at a ``stop``.

    ``cell`` is the width of one cell in pixels, 0 where the face has no single one.
    """
    found, place = Cells(), 0.0
    for at, (character, advance) in enumerate(zip(text, advances, strict=True)):
        room = ceil(advance / cell - _EXCESS) * cell if cell else advance
        if character == NEWLINE:
            place = 0.0
            continue
        if character == "\t":
            room = max(advance, stop - place % stop) if stop else advance
            found.after[at] = room - advance
        elif side := max(0.0, room - advance) / 2:
            found.before[at] = found.after[at] = side
        place += max(room, advance)
    return found


def unruled(classes: str) -> str:
    """Return the classes of a text of which only the ends of lines count."""
    return _RULED.sub(OTHER, classes)


def indentations(text: str) -> Iterator[int]:
    """Yield where lines go on behind the blanks that they start with."""
    yield from (found.end() for found in _INDENTATION.finditer(text))


def is_even(advances: Iterable[float]) -> bool:
    """Tell whether the characters of a face are all of one width."""
    widths = list(advances)
    return max(widths) - min(widths) < _EXCESS * max(widths)
