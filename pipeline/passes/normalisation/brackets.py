"""Brackets ( ) that hold Chinese or stand in it (GB/T 15834-2011, 4.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.passes.normalisation.context import (
    FULL_WIDTH,
    HAN,
    after,
    before,
    is_chinese,
    is_han,
    is_latin,
)
from pipeline.passes.normalisation.editing import Change

RULE = "bracket"

_BRACKET = re.compile(r"[()（）]")
_CHINESE_WITHIN = re.compile(f"[{HAN}{FULL_WIDTH}]")
_NUMBER = re.compile(r"\s*[〇零一二三四五六七八九十百]+\)")
_TELEPHONE = re.compile(r"\(\+?[0-9-]+\)[ -]?[0-9]")


def find(text: str) -> Iterator[Change]:
    """Yield what makes brackets of ``text`` full-width."""
    for first, last in _match(text)[0]:
        if _is_chinese_pair(text, first, last):
            for at, full in ((first, "（"), (last, "）")):
                if text[at] != full:
                    yield Change(at, at + 1, full, RULE)


def unpaired(text: str) -> list[int]:
    """Return where half-width brackets behind Han have no partner.

    A bracket behind the number of an item, as in 一), needs none.
    """
    alone = _match(text)[1]
    return [
        at
        for at in alone
        if text[at] in "()" and is_han(text[at - 1 : at]) and not _NUMBER.match(text)
    ]


def _match(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the places of brackets that belong together, and of others."""
    opened: list[int] = []
    paired: list[tuple[int, int]] = []
    alone: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] in "(（":
            opened.append(match.start())
        elif opened:
            paired.append((opened.pop(), match.start()))
        else:
            alone.append(match.start())
    return paired, sorted((*alone, *opened))


def _is_chinese_pair(text: str, first: int, last: int) -> bool:
    if _CHINESE_WITHIN.search(text, first, last) or text[last] == "）":
        return True
    if _TELEPHONE.match(text, first) or last == first + 1:
        return False
    if first and (is_latin(text[first - 1]) or text[first - 1] in ")]"):
        return False
    left = before(text, first)
    return is_chinese(left) or (not left and is_chinese(after(text, last + 1)))
