"""The marks , . : ; ? ! where Chinese surrounds them (GB/T 15834-2011, 4.1-4.7).

Numbers, times, addresses and Latin sentences have no Han beside their marks;
the numbers of list items do, and keep theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.passes.normalisation.context import (
    HAN,
    addresses,
    after,
    before,
    is_chinese,
    is_latin,
)
from pipeline.passes.normalisation.editing import Change

RULES = {
    ",": ("，", "comma"),
    ".": ("。", "full-stop"),
    ":": ("：", "colon"),
    ";": ("；", "semicolon"),
    "?": ("？", "question-mark"),
    "!": ("！", "exclamation-mark"),
}

_STOP = re.compile(r"(?<!\.)\.(?!\.)|[,:;?!]")
# 一. before the words of an item is its number, not a sentence.
_NUMBER = re.compile(r"[\s（(]*[〇零一二三四五六七八九十百]+[.,]")
_SMILEY = re.compile(r"[:;]-?[()DP](?![A-Za-z])")
_WORDS = re.compile(r"[A-Za-z'’]+[ ,]+[A-Za-z'’]+$")
_CLOSES = re.compile(r"[\"'”’」』]|[\s)）]*$|[ \u00a0]*\n")
_TAIL = 4
_LAST_POINT = re.compile(rf"[{HAN}]\.[\s\"'”’」』)]*$")
_LAST_STOP = re.compile(r"。[\s\"'”’」』)）]*$")


def find(text: str, *, points_end: bool) -> Iterator[Change]:
    """Yield what makes stops of ``text`` full-width.

    A point between Han ends a sentence only where the whole text writes it so:
    elsewhere it parts the members of a foreign name.
    """
    known = addresses(text)
    number = _NUMBER.match(text)
    for match in _STOP.finditer(text, number.end() if number else 0):
        at = match.start()
        if any(first <= at < last for first, last in known):
            continue
        if match[0] == ".":
            ends = _ends_sentence(text, at) or (points_end and _may_end(text, at))
        else:
            ends = _is_chinese_stop(text, at)
        if ends:
            yield Change(at, at + 1, *RULES[match[0]])


def points_end(texts: Iterable[str]) -> bool:
    """Tell whether most sentences that end a paragraph end with a point."""
    points = stops = 0
    for text in texts:
        tail = text[-_TAIL:]
        points += bool(_LAST_POINT.search(tail))
        stops += bool(_LAST_STOP.search(tail))
    return points > stops


def _is_chinese_stop(text: str, at: int) -> bool:
    left, right = before(text, at), after(text, at + 1)
    if _SMILEY.match(text, at):
        return False
    if is_chinese(left):
        return True
    if not left or not is_chinese(right) or left in "([{<":
        return False
    return text[at] not in "!?" or not _WORDS.search(text, 0, at)


def _ends_sentence(text: str, at: int) -> bool:
    return _may_end(text, at) and _CLOSES.match(text, at + 1) is not None


def _may_end(text: str, at: int) -> bool:
    return is_chinese(before(text, at)) and not is_latin(text[at + 1 : at + 2])
