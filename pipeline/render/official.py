"""The parts of official documents, as GB/T 9704-2012 has them, ready to be set."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
# 7.3.5.2: two characters at the right, and the date two to the right of the body.
_RIGHT, _FURTHER = 2, 2
# 7.4: characters of size 4 in a line of 版记, but for one at each end.
_IMPRINT_MEASURE = 29


@dataclass(frozen=True, slots=True)
class Signed:
    """A line of the signature, and how many em are left at its right."""

    text: str
    right: float


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


def signature(official: Official) -> Iterator[Signed]:
    """Yield the bodies that sign and the date, where 7.3.5.2 has them."""
    date = dated(official.date)
    length = width(date)
    longest = max(map(width, official.signature), default=0.0)
    inner = max(_RIGHT + longest, _RIGHT + _FURTHER + length if date else 0)
    for body in official.signature:
        yield Signed(body, inner - longest + (longest - width(body)) / 2)
    if date:
        right = inner - _FURTHER - length if official.signature else _RIGHT
        yield Signed(date, max(_RIGHT, right))


def imprint_lines(official: Official) -> int:
    """Return how many lines 版记 takes: none where there is nothing to say."""
    copies = ceil(width(f"抄送：{official.copied_to}。") / _IMPRINT_MEASURE)
    printing = bool(official.printer or official.printed)
    return (copies if official.copied_to else 0) + printing


def width(text: str) -> float:
    """Return the width of ``text`` in em."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)
