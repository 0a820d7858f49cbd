"""Western marks in Chinese text: quotes and apostrophes that look like Chinese ones.

Unicode has one “ ” ‘ ’ for both. Within Western words and sentences they are
narrow, from a Western face, and stand by the rules of UAX 14 (CLREQ 3.1.2).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from pipeline.typeset.classes import HAN, LETTER, NUMERAL, OTHER

_QUOTES: Final = {"“": "”", "‘": "’"}
_APOSTROPHE = "’"
_MARKS: Final = frozenset("‘’“”")
_LETTER = re.compile("[A-Za-z]")
_INSIDE = re.compile(r"[A-Za-z].[A-Za-z]")
_SKIPPED = _MARKS | frozenset(" —–…")
_WESTERN = frozenset(LETTER + NUMERAL + OTHER)


def may_have_western_marks(text: str) -> bool:
    """Tell, at little cost, whether it is worth a look."""
    return not _MARKS.isdisjoint(text) and bool(_LETTER.search(text))


def western_marks(text: str, classes: str) -> frozenset[int]:
    """Return where the quotes and apostrophes of Western text are."""
    found: set[int] = set()
    opened: list[int] = []
    for at, character in enumerate(text):
        if character in _QUOTES:
            opened.append(at)
        elif opened and character == _QUOTES[text[opened[-1]]] and not _joins(text, at):
            first = opened.pop()
            if _is_western(classes, text, first, at):
                found |= {first, at}
        elif character == _APOSTROPHE and _follows_letter(classes, at):
            found.add(at)
    return frozenset(found)


def reclassify(classes: str, places: Collection[int], kind: str = OTHER) -> str:
    """Return the classes, but for ``places``, which are those of Western marks."""
    changed = list(classes)
    for at in places:
        changed[at] = kind
    return "".join(changed)


def _joins(text: str, at: int) -> bool:
    """Tell whether a mark is inside a word, as in It’s."""
    return bool(_INSIDE.match(text, at - 1)) if at else False


def _follows_letter(classes: str, at: int) -> bool:
    return at > 0 and classes[at - 1] in _WESTERN


def _is_western(classes: str, text: str, first: int, last: int) -> bool:
    """Tell whether a pair of quotes has Western text on both sides, and in it."""
    before = _neighbour(text, classes, range(first - 1, -1, -1))
    after = _neighbour(text, classes, range(last + 1, len(text)))
    within = _neighbour(text, classes, range(first + 1, last))
    if within not in _WESTERN:
        return False
    outside = {before, after} - {""}
    return outside <= _WESTERN if outside else HAN not in classes[first:last]


def _neighbour(text: str, classes: str, places: range) -> str:
    """Return the class of the first character in ``places`` that is of a script."""
    return next((classes[at] for at in places if text[at] not in _SKIPPED), "")
