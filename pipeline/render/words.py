"""Where the words of a title end, as far as that can be told without a dictionary.

Titles of documents, laws and books are made of a small stock of words, and the
rest of their words mostly have two characters. The stock here is what such
titles share, whatever they are about: ``words/verbs.txt`` has what a phrase
begins with, ``words/nouns.txt`` the rest. What it lacks is cut into pairs.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from importlib.resources import files
from math import inf


class Joint(IntEnum):
    """What stands at a place between two characters, from the best for a break."""

    BEFORE_VERB = 0
    """A verb begins a phrase here (在市场监管领域 | 全面推行…)."""
    AFTER_VERB = 1
    """What a verb is about begins here (关于加强 | 网上舆论…)."""
    WORDS = 2
    """One known word ends and another begins."""
    KNOWN = 3
    """A known word ends or begins."""
    UNKNOWN = 4
    """Nobody knows."""
    WITHIN = 5
    """A known word stands on both sides."""


def _read(name: str) -> frozenset[str]:
    listed = (files(__package__) / "words" / f"{name}.txt").read_text("utf-8")
    return frozenset(listed.split())


_VERBS = _read("verbs")
_WORDS = _VERBS | _read("nouns")
_LONGEST = max(map(len, _WORDS))


@cache
def joints(text: str) -> tuple[Joint, ...]:
    """Return what stands before each character of ``text``, and at its end."""
    found = [Joint.UNKNOWN] * (len(text) + 1)
    for start, end in _cuts(text):
        word = text[start:end]
        if word in _WORDS:
            is_verb = word in _VERBS
            before = Joint.BEFORE_VERB if is_verb else _known(found[start])
            # Between two verbs nothing ends: 全面 and 推行 tell one thing.
            found[start] = (
                Joint.WITHIN if found[start] is Joint.AFTER_VERB and is_verb else before
            )
            found[end] = Joint.AFTER_VERB if is_verb else Joint.KNOWN
            found[start + 1 : end] = [Joint.WITHIN] * (end - start - 1)
    return tuple(found)


def _known(joint: Joint) -> Joint:
    """Return what a known word makes of the place where it begins."""
    match joint:
        case Joint.UNKNOWN:
            return Joint.KNOWN
        case Joint.KNOWN:
            return Joint.WORDS
        case _:
            return joint


def _cuts(text: str) -> list[tuple[int, int]]:
    """Return the cheapest way to cut ``text``: into known words, and characters."""
    best: list[tuple[float, int]] = [(0, 0)] + [(inf, 0)] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - _LONGEST), end):
            word = text[start:end]
            if word in _WORDS or end - start == 1:
                # A character on its own costs as much as a word and a half.
                cost = best[start][0] + (1 if word in _WORDS else 1.5)
                if cost < best[end][0]:
                    best[end] = cost, start
    cuts, end = [], len(text)
    while end:
        cuts.append((best[end][1], end))
        end = best[end][1]
    return cuts[::-1]
