"""Judge a family as a whole: which of its candidates number the document."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


def order(candidates: Sequence[Candidate]) -> list[Ordered]:
    """Return those candidates of one family that fit into a numbering.

    A clear title is taken unless the numbering runs on without it. A line that
    could be prose is taken only where the numbering has a gap for it.
    """
    following = _next_titles(candidates)
    taken: list[Ordered] = []
    last = 0
    for candidate, after in zip(candidates, following, strict=True):
        if fit := _fit(candidate, last, after):
            taken.append(fit)
            last = fit.number
    return taken if _is_numbering(taken) else []


def _next_titles(candidates: Sequence[Candidate]) -> list[int | None]:
    following: list[int | None] = []
    number = None
    for candidate in reversed(candidates):
        following.append(number)
        if candidate.form is Form.TITLE:
            number = candidate.number
    return following[::-1]


def _fit(candidate: Candidate, last: int, after: int | None) -> Ordered | None:
    number, expected = candidate.number, last + 1
    runs_on = number == expected
    starts = number == 1 and after == 2
    match candidate.form:
        case Form.TITLE:
            if runs_on or starts:
                return Ordered(candidate, number, 0.99, "sequence")
            if after == expected and number != last:
                return None
            if after == expected + 1 and last:
                return Ordered(candidate, expected, 0.8, "misnumbered")
            return Ordered(candidate, number, 0.8, "form")
        case Form.DOUBTFUL:
            near = last < number <= last + 3 and after == number + 1
            if runs_on or starts or near:
                return Ordered(candidate, number, 0.85, "sequence")
        case Form.PROSE:
            fills = runs_on and last and after == number + 1
            if fills and not candidate.marker.direct():
                return Ordered(candidate, number, 0.6, "gap")
    return None


def _is_numbering(taken: Sequence[Ordered]) -> bool:
    if not taken:
        return False
    family = taken[0].candidate.family
    steps = sum(
        after.number in (before.number + 1, 1)
        for before, after in itertools.pairwise(taken)
    )
    if len(taken) == 1:
        return not family.weak or taken[0].candidate.row.isolated
    weak = family.weak or family.sort is Sort.ARTICLE
    return not weak or steps * 2 >= len(taken) - 1


def without_strays(numberings: Iterable[list[Ordered]]) -> list[list[Ordered]]:
    """Return the numberings but for those that a much longer one belies."""
    found = [numbering for numbering in numberings if numbering]
    longest = max(map(len, found), default=0)
    return [n for n in found if not _is_stray(n, longest)]


def _is_stray(numbering: Sequence[Ordered], longest: int) -> bool:
    numbers = {ordered.number for ordered in numbering}
    few = len(numbering) <= 2 and longest >= 5
    return few and 1 not in numbers
