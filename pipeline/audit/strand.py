"""Characters in order, each with the place where it stands.

Blanks are not counted: a line that breaks elsewhere, or an indent, is no loss.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter

OBJECT = "\ufffc"
"""Stands for a picture or a formula."""

# What no reader can see, and what may stand at the end of any line.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True)
class Strand:
    """A text without blanks. ``places[i]`` is where ``text[starts[i]:]`` begins."""

    text: str
    starts: tuple[int, ...]
    places: tuple[str, ...]

    def place(self, at: int) -> str:
        """Return where the character at ``at`` stands; empty in an empty strand."""
        if not self.places:
            return ""
        return self.places[max(0, bisect_right(self.starts, at) - 1)]

    def without(self, character: str) -> Strand:
        """Return the strand less one character, wherever it stands."""
        if character not in self.text:
            return self
        return spun(
            (text.replace(character, ""), place)
            for text, place in self.pieces(0, len(self.text))
        )

    def pieces(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        """Yield ``text[start:end]`` in pieces, each with its place."""
        while start < end:
            stop = min(end, self._next_start(start))
            yield self.text[start:stop], self.place(start)
            start = stop

    def after(self, opening: str) -> Strand:
        """Return the strand less what it opens with."""
        if not self.text.startswith(opening):
            return self
        return spun(self.pieces(len(opening), len(self.text)))

    def first(self, place: str) -> int | None:
        """Return where ``place`` begins, or None where nothing stands there."""
        return self._firsts.get(place)

    @cached_property
    def _firsts(self) -> dict[str, int]:
        pairs = zip(reversed(self.places), reversed(self.starts), strict=True)
        return dict(pairs)

    def _next_start(self, at: int) -> int:
        index = bisect_right(self.starts, at)
        return self.starts[index] if index < len(self.starts) else len(self.text)


def spun(pieces: Iterable[tuple[str, str]]) -> Strand:
    """Return the strand of ``pieces``: characters, and the place of all of them."""
    texts: list[str] = []
    starts: list[int] = []
    places: list[str] = []
    length = 0
    for place, alike in groupby(pieces, key=itemgetter(1)):
        bare = squeezed("".join(text for text, _ in alike))
        if not bare:
            continue
        if not places or places[-1] != place:
            starts.append(length)
            places.append(place)
        texts.append(bare)
        length += len(bare)
    return Strand("".join(texts), tuple(starts), tuple(places))


def squeezed(text: str) -> str:
    """Return ``text`` without blanks and without what nobody sees."""
    for character in _UNSEEN:
        text = text.replace(character, "")
    return "".join(text.split())
