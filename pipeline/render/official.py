"""The parts of official documents, as GB/T 9704-2012 has them, ready to be set.

Lengths are millimetres, and em of the text, which is a 28th of 156 mm (5.2.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import Final

from pipeline.model import Official

# 7.3.3: the first four levels, by how they are numbered.
_RANKS: Final = (
    re.compile("[一二三四五六七八九十百]+、"),
    re.compile("[（(][一二三四五六七八九十百]+[）)]"),
    re.compile(r"[0-9]+[.．、]"),
    re.compile("[（(][0-9]+[）)]"),
)
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=T|$)")

# 5.2: the type area, and its grid: a character, and a line seven eighths higher.
_MEASURE = 28
_CHARACTER = 156 / _MEASURE
_LINE = _CHARACTER * 15 / 8
# 7.2.4: the letterhead begins 35 mm below the head of the type area. How large it
# is, the standard leaves open.
_ABOVE, _LARGEST, _BROADEST, _HIGHEST = 35.0, 16.0, 150.0, 42.0
_PITCH = 1.25  # of bodies below each other
_WORD, _WORD_GAP = "文件", 0.5
# 7.2.5 and 7.2.7: two lines further down the number, 4 mm below it the red line.
_TWO_LINES, _TO_RULE, _RULE = 2 * _LINE, 4.0, 0.8
# 7.3.1: the title, in size 2, stands in the middle of its line.
_TITLE = 22 * 25.4 / 72
_TITLE_TOP = (_CHARACTER - _TITLE) / 2
_SIGNERS_IN_A_ROW = 2

# 7.3.5: four characters at the right of a date that is sealed, else two. A seal is
# 42 mm wide (国发〔1999〕25号), so that three are in a row.
_SEALED_RIGHT, _RIGHT, _SEALS = 4.0, 2.0, 3

# 7.4: characters of size 4 in a line of 版记, but for one at each end.
_IMPRINT_MEASURE, _IMPRINT_INDENT = 29, 3


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The bodies that issue a document, below each other, and 文件 beside them.

    ``size`` is that of their characters and ``height`` of them all; ``across`` is
    how many characters wide they are. The masthead takes ``lines`` lines of the
    page, so that the title stands on the grid.
    """

    bodies: tuple[str, ...]
    word: str
    size: float
    height: float
    across: float
    lines: int

    @property
    def is_joint(self) -> bool:
        """Tell whether several bodies issue the document."""
        return len(self.bodies) > 1

    def spread(self, body: str) -> float:
        """Return the em between the characters of ``body``: all are equally wide."""
        gaps = len(body) - 1
        return (max(map(width, self.bodies)) - width(body)) / gaps if gaps else 0.0


def rank(title: str, depth: int) -> int:
    """Return the level, 1 to 4, that the number of a heading tells, else ``depth``."""
    found = (n for n, form in enumerate(_RANKS, start=1) if form.match(title))
    return next(found, min(depth, len(_RANKS)))


def dated(date: str) -> str:
    """Return an ISO date as it is printed: 2024年12月27日; others as they are."""
    if not (found := _DATE.match(date)):
        return date
    parts = (part for part in found.groups() if part)
    return "".join(
        f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False)
    )


def letterhead(official: Official) -> Letterhead:
    """Return how the letterhead of ``official`` stands, where there is one."""
    bodies, word = official.letterhead, ""
    if bodies[1:] and bodies[-1] == _WORD:
        bodies, word = bodies[:-1], _WORD
    across = max(map(width, bodies)) + (width(word) + _WORD_GAP if word else 0)
    down = (len(bodies) - 1) * _PITCH + 1
    size = min(_LARGEST, _BROADEST / across, max(_LARGEST, _HIGHEST) / down)
    rows = ceil(len(official.signers) / _SIGNERS_IN_A_ROW) or 1
    reference = (rows - 1) * _LINE + _CHARACTER
    rule = _ABOVE + down * size + _TWO_LINES + reference + _TO_RULE + _RULE
    lines = ceil((rule + _TWO_LINES - _TITLE_TOP) / _LINE) - 2
    return Letterhead(bodies, word, size, down * size, across, lines)


def signers_width(official: Official) -> float:
    """Return how many em the names of signers take, in their row."""
    return max(map(width, official.signers))


def right_of_signature(official: Official) -> float:
    """Return how many em are left at the right of who signs, and of the date."""
    if not official.seal:
        return _RIGHT
    # A body that is longer than the date below it stays within the type area.
    longest = max(map(width, official.signature), default=0.0)
    return max(_SEALED_RIGHT, (longest - width(dated(official.date))) / 2)


def seals_in_a_row(official: Official) -> int:
    """Return how many bodies stand beside each other, so that no seal meets another."""
    bodies = official.signature
    fitting = int(_MEASURE // (max(map(width, bodies)) + 0.5))
    # Rather two and two than three and one.
    most = 2 if len(bodies) == _SEALS + 1 else _SEALS
    return max(1, min(most, fitting, len(bodies)))


def imprint_lines(official: Official) -> int:
    """Return how many lines 版记 takes: none where there is nothing to say."""
    printing = bool(official.printer or official.printed)
    if not official.copied_to:
        return int(printing)
    further = width(f"抄送：{official.copied_to}。") - _IMPRINT_MEASURE
    over = ceil(further / (_IMPRINT_MEASURE - _IMPRINT_INDENT))
    return 1 + max(over, 0) + printing


def width(text: str) -> float:
    """Return the width of ``text`` in em."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)
