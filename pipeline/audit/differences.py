"""Where two strands differ, in a time that hardly grows where they agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from pipeline import limits
from pipeline.audit.strand import Strand

# Characters that a piece of a text has when it is compared whole.
_PIECE = 96
_ENDS = frozenset("。！？；，：”’」』》）")


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands in one strand only: ``missing`` was claimed, ``extra`` was not.

    ``source`` and ``edition`` are the places where the two part.
    """

    missing: str
    extra: str
    source: str
    edition: str


def differences(claimed: Strand, found: Strand) -> Iterator[Difference]:
    """Yield all differences, in order."""
    first, last = _common(claimed.text, found.text)
    if first == len(claimed.text) == len(found.text):
        return
    ours = claimed.text[first : len(claimed.text) - last]
    theirs = found.text[first : len(found.text) - last]
    for a, b, c, d in _hunks(ours, theirs):
        yield Difference(
            ours[a:b],
            theirs[c:d],
            claimed.place(min(first + a, len(claimed.text) - 1)),
            found.place(min(first + c, len(found.text) - 1)),
        )


def _common(ours: str, theirs: str) -> tuple[int, int]:
    """Return how many characters two texts have in common at start and end."""
    first = _shared(ours, theirs)
    rest = min(len(ours), len(theirs)) - first
    ends = (ours[len(ours) - rest :][::-1], theirs[len(theirs) - rest :][::-1])
    return first, _shared(*ends)


def _shared(ours: str, theirs: str) -> int:
    """Return how many characters two texts have in common, by halving."""
    low, high = 0, min(len(ours), len(theirs))
    while low < high:
        middle = (low + high + 1) // 2
        if ours[low:middle] == theirs[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _hunks(ours: str, theirs: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield the ranges that differ: first by pieces, then by characters."""
    a, b = _pieces(ours), _pieces(theirs)
    starts = [0, *accumulate(map(len, a))], [0, *accumulate(map(len, b))]
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        left, right = starts[0][i], starts[1][k]
        mine, other = ours[left : starts[0][j]], theirs[right : starts[1][m]]
        if len(mine) * len(other) > limits.AUDIT_PAIRS:
            yield left, left + len(mine), right, right + len(other)
            continue
        exact = SequenceMatcher(None, mine, other, autojunk=False).get_opcodes()
        for kind, p, q, r, s in exact:
            if kind != "equal":
                yield left + p, left + q, right + r, right + s


def _pieces(text: str) -> list[str]:
    """Cut a text where both strands would be cut: behind marks."""
    found: list[str] = []
    start = 0
    for at, character in enumerate(text, 1):
        if character in _ENDS or at - start >= _PIECE:
            found.append(text[start:at])
            start = at
    if start < len(text):
        found.append(text[start:])
    return found
