"""Lines of a finished page, as a reader sees them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TypeAlias

from pipeline.pdfium import Ink, Picture, Piece

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands for a picture in a line (Unicode, 23.8)."""
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
MAIN = 0.8
"""Of the size of a block, what is less is a note's call, an index or a reading."""
SAME_BASELINE = 0.6
"""How far apart the baselines of one line may be, in points."""

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
# Distances in em.
_LIFTED = 0.06
_ABREAST = 0.5
_APART = 4.0
_SQUARE = 0.99
_ALIKE = 0.01


_Character: TypeAlias = tuple[float, str, Ink, bool]
_Seen: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top of something, in points."""


@dataclass(frozen=True)
class Line:
    """A line, without the spaces at its ends.

    An OBJECT stands for each picture in it, and for what is set much smaller.
    ``places`` holds where each character starts along the baseline, in points.
    Of the characters numbered in ``guessed`` it is not known exactly.
    """

    text: str
    places: tuple[float, ...]
    inks: tuple[Ink, ...]
    size: float
    baseline: float
    guessed: frozenset[int]

    @property
    def start(self) -> float:
        """Return where it begins, in points along its baseline."""
        return self.places[0]

    @property
    def end(self) -> float:
        """Return where it ends, in points along its baseline."""
        return self.places[-1] + self.inks[-1].advance * self.size

    @property
    def ends_in_guess(self) -> bool:
        """Tell whether it is not known exactly where it ends.

        A private character has no width that is known.
        """
        last = self.text[-1]
        is_odd = last == OBJECT or unicodedata.category(last) == "Co"
        return is_odd or len(self.text) - 1 in self.guessed

    def fills_square(self, at: int) -> bool:
        """Tell whether a Western character has a square, as digits that stand."""
        return self.text[at].isascii() and self.inks[at].advance > _SQUARE

    @cached_property
    def letters(self) -> int:
        """Return how many characters there are that are no marks."""
        return sum(map(str.isalnum, self.text))


def lines_of(
    pieces: Sequence[Piece], pictures: Sequence[Picture]
) -> tuple[tuple[Line, ...], float, int]:
    """Return the lines of ``pieces``, their size, and the angle they stand at."""
    weights: Counter[tuple[float, int]] = Counter()
    for piece in pieces:
        weights[round(piece.size, 2), piece.angle] += len(piece.text.strip())
    if not weights:
        return (), 0.0, 0
    size, angle = max(weights, key=lambda key: (weights[key] * bool(key[0]), key[0]))
    small = [p for p in pieces if p.size < MAIN * size and p.angle == angle]
    others = [_shown(p) for p in pieces if p.angle != angle and p.text.strip()]
    pictured = [(p.left, p.bottom, p.right, p.top) for p in pictures]
    seen = [_turned(each, angle) for each in (*pictured, *others)]
    rows: list[list[Piece]] = []
    for piece in pieces:
        if piece.angle == angle and MAIN * size <= piece.size and piece.text.strip():
            if rows and _continues(rows[-1], piece, size, seen):
                rows[-1].append(piece)
            else:
                rows.append([piece])
    made = (_line(row, size, small, seen) for row in rows)
    return tuple(line for line in made if line), size, angle


def _continues(
    row: Sequence[Piece], piece: Piece, size: float, seen: Iterable[_Seen]
) -> bool:
    """Tell whether ``piece`` is on the line of ``row``, and not in another column."""
    last = row[-1]
    reach = max(SAME_BASELINE, _LIFTED * size)
    if _is_abreast(last) or _is_abreast(piece):
        reach = _ABREAST * size
    is_level = abs(last.baseline - piece.baseline) < reach
    gap = piece.places[0] - last.places[-1]
    is_near = gap < _APART * size or not last.is_exact
    is_behind = (is_near and gap > -0.1 * size) or any(
        last.places[-1] < left and right < piece.places[0] + 0.1 * size
        for left, _bottom, right, _top in seen
    )
    return is_level and is_behind


def _is_abreast(piece: Piece) -> bool:
    """Tell whether a piece is digits beside each other in a line that runs down.

    They are spelt out, and only the place of the first one is known.
    """
    return bool(piece.angle) and not piece.is_exact and piece.text.isascii()


def _shown(piece: Piece) -> _Seen:
    """Return text that stands across its line, as one sees it."""
    ends = [
        (place + ink.left * piece.size, place + ink.right * piece.size)
        for place, ink in zip(piece.places, piece.inks, strict=True)
    ]
    bottom = piece.baseline + min(ink.bottom for ink in piece.inks) * piece.size
    top = piece.baseline + max(ink.top for ink in piece.inks) * piece.size
    seen = min(left for left, _ in ends), bottom, max(right for _, right in ends), top
    return _turned(seen, -piece.angle)


def _turned(seen: _Seen, angle: int) -> _Seen:
    """Return what is seen, as if the page were turned back by ``angle``."""
    if not angle:
        return seen
    along, up = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    left, bottom, right, top = seen
    xs, ys = zip(
        *(
            (x * along + y * up, y * along - x * up)
            for x in (left, right)
            for y in (bottom, top)
        ),
        strict=True,
    )
    return min(xs), min(ys), max(xs), max(ys)


def _inks(piece: Piece, size: float) -> tuple[Ink, ...]:
    """Return the ink of a piece in em of a line that may be larger or smaller."""
    scale = piece.size / size
    if abs(scale - 1) < _ALIKE:
        return piece.inks
    return tuple(Ink(*(side * scale for side in ink)) for ink in piece.inks)


def _line(
    row: Sequence[Piece],
    size: float,
    small: Sequence[Piece],
    pictures: Sequence[_Seen],
) -> Line | None:
    characters = [
        (place, character, ink, number > 0 and not piece.is_exact)
        for piece in row
        for number, (character, place, ink) in enumerate(
            zip(piece.text, piece.places, _inks(piece, size), strict=True)
        )
        if not _INVISIBLE.match(character)
    ]
    objects = [*_small(row, size, small), *_pictured(row, size, pictures)]
    if objects:
        characters = sorted([*characters, *objects], key=itemgetter(0))
    while characters and characters[0][1].isspace():
        del characters[0]
    while characters and characters[-1][1].isspace():
        del characters[-1]
    if not characters:
        return None
    places, letters, inks, guesses = zip(*characters, strict=True)
    return Line(
        "".join(letters),
        places,
        inks,
        size,
        max(
            row, key=lambda piece: (not piece.text.isascii(), len(piece.text))
        ).baseline,
        frozenset(number for number, guess in enumerate(guesses) if guess),
    )


def _small(
    row: Sequence[Piece], size: float, small: Iterable[Piece]
) -> Iterator[_Character]:
    """Yield what is set small beside a line, as objects."""
    for piece in small:
        if abs(piece.baseline - row[0].baseline) < size and piece.text.strip():
            end = piece.places[-1] + piece.inks[-1].advance * piece.size
            yield _object(piece.places[0], end, size)


def _pictured(
    row: Sequence[Piece], size: float, pictures: Iterable[_Seen]
) -> Iterator[_Character]:
    """Yield the pictures within a line, but for rules over or under its text."""
    for left, bottom, right, top in pictures:
        reach = 0.3 * size
        is_level = bottom - reach < row[0].baseline < top + reach
        inside = (left - 0.1 * size, right - 0.1 * size)
        if is_level and not any(
            inside[0] <= place < inside[1] for piece in row for place in piece.places
        ):
            yield _object(left, right, size)


def _object(left: float, right: float, size: float) -> _Character:
    width = (right - left) / size
    return (left, OBJECT, Ink(0.0, 0.0, width, 0.0, width), False)
