"""Defects within a line: marks that are not where or what they should be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.checks.typography.lines import Line

CLOSING = "，。、；：？！）》〉」』】〕〗”’"
OPENING = "（《〈「『【〔〖“‘"
# CLREQ, strict level: neither dashes nor ellipses start a line.
_NEVER_STARTS = frozenset(CLOSING + "·・～—…⋯％‰℃,.;:!?)]}%")
_NEVER_ENDS = frozenset(OPENING + "￥＄＃¥$#([{")
_PAIR = re.compile(f"[{CLOSING}](?=[{CLOSING}{OPENING}])|[{OPENING}](?=[{OPENING}])")
_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
_LATIN = r"[0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]"
_HALF_WIDTH = re.compile(
    rf"""(?<={_HAN})(?:[,;:!?()"']|\.(?!{_LATIN}|\.))|[("'](?={_HAN})"""
)
_BORDER = re.compile(f"{_HAN}(?={_LATIN})|{_LATIN}(?={_HAN})")
_QUOTES = re.compile(rf"[“‘](?={_HAN})|(?<={_HAN})[”’](?={_HAN})")
# Distances in em.
_FULL_PITCH = 0.8
_BLANK = 0.52
# An eighth (CLREQ 3.5.3), less what a full line may take from each of its slots.
_LEAST_SPACE = 0.09
_LATIN_QUOTE = 0.6


class Found(NamedTuple):
    """Characters of a line that are at fault, and how far, in em."""

    text: str
    distance: float


def prohibited_start(line: Line) -> str | None:
    """Return the mark that must not start ``line``, if it does."""
    return line.text[0] if line.text[0] in _NEVER_STARTS else None


def prohibited_end(line: Line) -> str | None:
    """Return the mark that must not end ``line``, if it does."""
    return line.text[-1] if line.text[-1] in _NEVER_ENDS else None


def uncompressed(line: Line) -> Iterator[Found]:
    """Yield pairs of marks that keep the blank halves between them.

    The ink tells: marks that stand in the middle of their squares, as in
    Traditional Chinese, have less between them.
    """
    for found in _PAIR.finditer(line.text):
        first = found.start()
        step = (line.places[first + 1] - line.places[first]) / line.size
        blank = step - line.inks[first].right + line.inks[first + 1].left
        known = line.guessed.isdisjoint((first, first + 1))
        if known and step > _FULL_PITCH and blank > _BLANK:
            yield Found(line.text[first : first + 2], step)


def half_width(line: Line) -> Iterator[Found]:
    """Yield marks of Latin script that stand beside Han."""
    for found in _HALF_WIDTH.finditer(line.text):
        first = max(found.start() - 1, 0)
        yield Found(line.text[first : found.end() + 1], 0.0)


def unspaced(line: Line) -> Iterator[Found]:
    """Yield a Han character and a Latin one with no space between them."""
    for found in _BORDER.finditer(line.text):
        first = found.start()
        step = (line.places[first + 1] - line.places[first]) / line.size
        space = step - line.inks[first].advance
        known = line.guessed.isdisjoint((first, first + 1))
        stands = any(map(line.fills_square, (first, first + 1)))
        if known and not stands and -_FULL_PITCH < space < _LEAST_SPACE:
            yield Found(line.text[first : first + 2], space)


def latin_quotes(line: Line) -> Iterator[Found]:
    """Yield quotes beside Han that come from a Latin face: they fill no half."""
    for found in _QUOTES.finditer(line.text):
        advance = line.inks[found.start()].advance
        if advance < _LATIN_QUOTE:
            first = max(found.start() - 1, 0)
            yield Found(line.text[first : found.end() + 1], advance)
