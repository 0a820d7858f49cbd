"""Headings that a text says twice: 第一章 雨, 第一章 雨."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.structure import candidates, contents
from pipeline.structure.candidates import Candidate, Form
from pipeline.structure.rows import Row
from pipeline.structure.sequence import Ordered

_MOST_BETWEEN = 4


def without(family: Sequence[Candidate], passed: set[int]) -> list[Candidate]:
    """Return the candidates but those that only say a heading again.

    Of 第三章 and 第三章 归人 the one with the title stays, else the first.
    ``passed`` are rows that are no text.
    """
    kept: list[Candidate] = []
    passed = set(passed)
    for candidate in family:
        if not (kept and _are_doubles(kept[-1], candidate, passed)):
            kept.append(candidate)
        elif not kept[-1].title and candidate.title:
            kept[-1] = candidate
        passed.add(candidate.row.index)
    return kept


def among(
    family: Sequence[Candidate], taken: Sequence[Ordered], passed: set[int]
) -> Iterator[int]:
    """Yield the rows of candidates that only say a heading again."""
    kept = {ordered.candidate.row.index for ordered in taken}
    rejected = {candidate.row.index for candidate in family} - kept
    passed = passed | rejected
    for before, after in pairwise(family):
        if _are_doubles(before, after, passed):
            yield from rejected & {before.row.index, after.row.index}


def below(heading: Candidate, rows: Sequence[Row], passed: set[int]) -> Iterator[int]:
    """Yield the row below a heading if it only says the title again."""
    index = heading.row.index + 1
    if index < len(rows) and index not in passed:
        title = candidates.normalised(heading.title)
        if title and candidates.normalised(rows[index].text) == title:
            yield index


def _are_doubles(first: Candidate, second: Candidate, passed: set[int]) -> bool:
    """Tell whether two headings with one number have no text between them."""
    if first.number != second.number or second.form is Form.PROSE:
        return False
    between = range(first.row.index + 1, second.row.index)
    if len(between) > _MOST_BETWEEN or not all(index in passed for index in between):
        return False
    both = first.title and second.title
    return not both or contents.alike(first.title, second.title)
