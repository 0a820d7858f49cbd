"""Text from right to left within a line from left to right: Hebrew, Arabic.

Pango gives its glyphs in the order in which they are seen. They are painted word
by word as they are read, each word as it is seen: programs that copy text turn
words by themselves, but PDFium, and so Chrome, leaves words where they are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise

_LETTERS = frozenset({"R", "AL", "NSM"})  # of Unicode Standard Annex 9


def reading_order(text: str, clusters: Sequence[int]) -> list[int]:
    """Return the glyphs of ``text`` in the order in which they are to be painted.

    ``clusters`` has the first byte of what each glyph stands for, as seen from left
    to right.
    """
    words = dict(_words(text))

    def place(glyph: int) -> tuple[int, int]:
        number, is_turned = words[clusters[glyph]]
        return number, glyph if is_turned else clusters[glyph]

    return sorted(range(len(clusters)), key=place)


def moves(order: Sequence[int], widths: Sequence[int]) -> list[int]:
    """Return how far glyphs in ``order`` are from where they would come by it."""
    seen = list(accumulate(widths, initial=0))
    painted = accumulate((widths[glyph] for glyph in order), initial=0)
    return [seen[glyph] - place for glyph, place in zip(order, painted, strict=False)]


def texts(text: str, clusters: Sequence[int]) -> list[str]:
    """Return what each glyph stands for, of those in the order of ``clusters``."""
    encoded = text.encode()
    ends = dict(pairwise(sorted({*clusters, len(encoded)})))
    found: list[str] = []
    for at, group in groupby(clusters):
        own, size = encoded[at : ends[at]].decode(), len(list(group))
        # Accents come before their letter.
        found += own[::-1] if size == len(own) else [""] * (size - 1) + [own]
    return found


def _words(text: str) -> Iterator[tuple[int, tuple[int, bool]]]:
    """Yield for each byte where a character starts the number of its word.

    What stands between words is a word too, but none that is turned.
    """
    at = 0
    groups = groupby(text, lambda c: unicodedata.bidirectional(c) in _LETTERS)
    for number, (is_turned, word) in enumerate(groups):
        for character in word:
            yield at, (number, is_turned)
            at += len(character.encode())
