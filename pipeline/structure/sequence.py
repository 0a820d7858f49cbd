"""Judge a family as a whole: which of its candidates number the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.structure.candidates import Candidate, Form
from pipeline.structure.families import Sort


@dataclass(frozen=True, slots=True)
class Ordered:
    """A candidate that was taken for a heading.

    ``number`` is what it should be numbered, which a misprint may belie.
    """

    candidate: Candidate
    number: int
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Judged:
    """A candidate among its neighbours.

    ``support`` counts how many of them number on with it, ``after`` is the next
    number that is not prose, and ``bettered`` tells that a clearer line with
    this number comes before the next.
    """

    candidate: Candidate
    support: int
    after: int | None
    bettered: bool


_NEAR = 5
_SUPPORTED = 3


def order(candidates: Sequence[Candidate]) -> list[Ordered]:
    """Return those candidates of one family that fit into a numbering.

    A clear title is taken unless the numbering runs on without it. A line that
    could be prose is taken only where its neighbours number on with it.
    """
    taken: list[Ordered] = []
    last = 0
    for judged in _judge(candidates):
        if judged.candidate.is_clear:
            fit = _fit_title(judged, last)
        elif judged.candidate.form is Form.DOUBTFUL:
            fit = _fit_doubtful(judged, last)
        else:
            fit = _fit_prose(judged, last)
        if fit:
            taken.append(fit)
            last = fit.number
    return taken if _is_numbering(taken) else []


def _judge(candidates: Sequence[Candidate]) -> list[_Judged]:
    support = _support(candidates)
    judged: list[_Judged] = []
    after: int | None = None
    for place in range(len(candidates) - 1, -1, -1):
        candidate = candidates[place]
        bettered = _is_bettered(candidates, place)
        judged.append(_Judged(candidate, support[place], after, bettered))
        supported = support[place] >= _SUPPORTED and not bettered
        if candidate.is_clear or supported:
            after = candidate.number
    return judged[::-1]


def _support(candidates: Sequence[Candidate]) -> list[int]:
    """Return how long a run of numbers each candidate is part of."""
    back = _run_lengths([candidate.number for candidate in candidates], 1)
    forth = _run_lengths([candidate.number for candidate in candidates][::-1], -1)
    return [a + b - 1 for a, b in zip(back, forth[::-1], strict=True)]


def _run_lengths(numbers: Sequence[int], step: int) -> list[int]:
    lengths: list[int] = []
    for place, number in enumerate(numbers):
        length = 1
        for before in range(place - 1, max(-1, place - _NEAR), -1):
            if numbers[before] == number - step:
                length = lengths[before] + 1
                break
        lengths.append(length)
    return lengths


def _is_bettered(candidates: Sequence[Candidate], place: int) -> bool:
    """Tell whether a clearer line with the same number stands shortly below."""
    candidate = candidates[place]
    for other in candidates[place + 1 : place + _NEAR]:
        if other.number == candidate.number + 1:
            return False
        if other.number == candidate.number and other.form > candidate.form:
            return True
    return False


def _fit_title(judged: _Judged, last: int) -> Ordered | None:
    candidate, after, expected = judged.candidate, judged.after, last + 1
    number = candidate.number
    if number == expected or (number == 1 and after == 2):
        return Ordered(candidate, number, 0.99, "sequence")
    if after == expected and number != last and not _stands_apart(candidate):
        return None
    alone = judged.support == 1 or number == last
    if after == expected + 1 and last and alone:
        return Ordered(candidate, expected, 0.8, "misnumbered")
    confidence = 0.9 if judged.support > 1 else 0.7
    return Ordered(candidate, number, confidence, "form")


def _stands_apart(candidate: Candidate) -> bool:
    """Tell whether a line is a heading even where its number is misprinted."""
    set_apart = candidate.row.isolated and bool(candidate.title)
    return bool(candidate.listed) or (set_apart and not candidate.family.weak)


def _fit_doubtful(judged: _Judged, last: int) -> Ordered | None:
    candidate = judged.candidate
    number = candidate.number
    restarts = number == 1 and last > 1 and judged.after == 2
    follows = last < number <= last + 3 or restarts
    vouched = judged.after == number + 1 or judged.support >= _SUPPORTED
    ends = number == last + 1 and (judged.after in (None, 1))
    if judged.bettered or not follows or not (vouched or ends):
        return None
    return Ordered(candidate, number, 0.85, "sequence")


def _fit_prose(judged: _Judged, last: int) -> Ordered | None:
    candidate = judged.candidate
    follows = candidate.number == last + 1
    vouched = judged.support >= _SUPPORTED and not judged.bettered
    if not follows or not vouched or candidate.marker.direct():
        return None
    return Ordered(candidate, candidate.number, 0.6, "gap")


def _is_numbering(taken: Sequence[Ordered]) -> bool:
    if not taken:
        return False
    family = taken[0].candidate.family
    if family.strict:
        return _counts_up(taken)
    if len(taken) == 1:
        only = taken[0].candidate
        return not family.weak or only.row.isolated or not only.title
    if not family.weak and family.sort is not Sort.ARTICLE:
        return True
    steps = [
        after.number in (before.number + 1, 1)
        for before, after in pairwise(taken)
        if after.number != before.number
    ]
    return sum(steps) * 2 >= len(steps) and (bool(steps) or _are_distinct(taken))


def _counts_up(taken: Sequence[Ordered]) -> bool:
    """Tell whether the numbers are 1, 2, 3 and so on, with few exceptions."""
    numbers = [ordered.candidate.number for ordered in taken]
    steps = sum(after == before + 1 for before, after in pairwise(numbers))
    return (
        numbers[0] <= 2 and len(numbers) >= _SUPPORTED and steps * 5 >= len(numbers) * 3
    )


def _are_distinct(taken: Sequence[Ordered]) -> bool:
    """Tell whether one number stands before different titles: 卷上 甲, 卷上 乙."""
    titles = {ordered.candidate.title for ordered in taken}
    enough = len(titles) * 10 >= len(taken) * 9 >= _SUPPORTED * 9
    return "" not in titles and enough


def is_strict(numbering: Sequence[Ordered]) -> bool:
    """Tell whether a numbering is of a family that nothing else speaks for."""
    return numbering[0].candidate.family.strict


def without_strays(numberings: Iterable[list[Ordered]]) -> list[list[Ordered]]:
    """Return the numberings but for those that a much longer one belies."""
    found = [numbering for numbering in numberings if numbering]
    longest = max(map(len, found), default=0)
    return [n for n in found if not _is_stray(n, longest)]


def _is_stray(numbering: Sequence[Ordered], longest: int) -> bool:
    numbers = [ordered.number for ordered in numbering]
    few = len(numbering) <= 2 and longest >= 5
    return few and 1 not in numbers and numbers[-1] != numbers[0] + 1
