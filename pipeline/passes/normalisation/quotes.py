"""Straight quotation marks become the pairs of GB/T 15834-2011, 4.8.

Each mark opens or closes. What stands beside it speaks for the one or the
other, and so do the marks around it, which should open and close in turn; the
cheapest reading of all marks of a passage wins. A mark whose other direction
would cost hardly more stays as it is, and is reported.

A quotation may run over several paragraphs; each of them opens it anew, or none
does, and the last one closes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.passes.normalisation.context import HAN, is_chinese
from pipeline.passes.normalisation.directions import Mark, settle
from pipeline.passes.normalisation.editing import Change
from pipeline.passes.normalisation.passages import Passage, Setting

DOUBLE = "double-quotation-mark"
SINGLE = "single-quotation-mark"


@dataclass(frozen=True, slots=True)
class Style:
    """The four marks of a text: outer pair, then inner pair."""

    double: str = "“”"
    single: str = "‘’"


MAINLAND = Style()
CORNER = Style("「」", "『』")


@dataclass(frozen=True, slots=True)
class Pairing:
    """What should change in a passage, and whether all its marks are in turn."""

    changes: tuple[Change, ...] = ()
    in_turn: bool = True


_HAN = re.compile(f"[{HAN}]")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z0-9])['’](?=[A-Za-z])|(?<=[sS])'(?= [A-Za-z])")
_ATTRIBUTE = re.compile(r"(?<=[A-Za-z]=)\"[^\"]*\"")
_SAMPLE = 0x4000


def style_of(texts: Sequence[str], language: str) -> Style:
    """Return the marks for a work: corners where traditional text uses them."""
    corners = sum(text.count("「") for text in texts)
    if corners <= sum(text.count("“") for text in texts):
        return MAINLAND
    traditional = language.startswith("zh-Hant") if language else _is_traditional(texts)
    return CORNER if traditional else MAINLAND


def pair(found: Sequence[Passage], style: Style) -> list[Pairing]:
    """Return, for each passage, how its quotation marks pair."""
    pairer = _Pairer(style)
    for place, passage in enumerate(found):
        goes_on = _goes_on(found, place, style)
        if passage.setting is Setting.NOTE:
            pairer.take_apart(passage, goes_on=goes_on)
        else:
            pairer.take(passage, goes_on=goes_on)
    return pairer.pairings()


class _Pairer:
    """Pairs passage by passage; knows which one opened what is still open."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._pairings: list[Pairing] = []
        self._opener: int | None = None
        self._section = 0

    def take(self, passage: Passage, *, goes_on: bool) -> None:
        """Pair the next passage of the text."""
        if passage.section != self._section:
            self._doubt()
        self._section = passage.section
        inside = self._opener is not None
        in_turn, left_open = self._pair(passage, inside=inside, goes_on=goes_on)
        if inside and not in_turn:
            self._doubt()
        if not left_open:
            self._opener = None
        elif self._opener is None:
            self._opener = len(self._pairings) - 1

    def take_apart(self, passage: Passage, *, goes_on: bool) -> None:
        """Pair a passage that is no part of the text around it."""
        self._pair(passage, inside=False, goes_on=goes_on)

    def pairings(self) -> list[Pairing]:
        """Return the pairings of all passages taken."""
        self._doubt()
        return self._pairings

    def _pair(
        self, passage: Passage, *, inside: bool, goes_on: bool
    ) -> tuple[bool, bool]:
        text = passage.text
        double, left_open = _doubles(text, self._style, inside=inside, goes_on=goes_on)
        single = _singles(text, self._style)
        changes = tuple(sorted((*double.changes, *single.changes)))
        self._pairings.append(Pairing(changes, double.in_turn and single.in_turn))
        return double.in_turn, left_open

    def _doubt(self) -> None:
        """Report the passage that opened a quotation which nothing closes."""
        if self._opener is not None and self._pairings[self._opener].changes:
            opener = self._pairings[self._opener]
            self._pairings[self._opener] = replace(opener, in_turn=False)
        self._opener = None


def _goes_on(found: Sequence[Passage], place: int, style: Style) -> bool:
    """Tell whether the next passage begins with a mark that may open anew."""
    if place + 1 == len(found) or found[place + 1].section != found[place].section:
        return False
    return found[place + 1].text.lstrip().startswith(('"', "＂", style.double[0]))


def _doubles(
    text: str, style: Style, *, inside: bool, goes_on: bool
) -> tuple[Pairing, bool]:
    marks: Sequence[Mark] = ()
    if '"' in text or "＂" in text:
        marks = _without_inches(text, tuple(_double_marks(text, style)))
    if all(mark.written is not None for mark in marks) or not _HAN.search(text):
        first, last = (text.rfind(mark) for mark in style.double)
        return Pairing(), inside if first == last else first > last
    if not inside and (nested := _nested(marks)):
        return Pairing(tuple(_changes(text, nested, style.single, DOUBLE))), False
    found = settle(text, marks, inside=inside, goes_on=goes_on)
    settled = tuple(zip(marks, found.opens, strict=True))
    changes = tuple(_changes(text, settled, style.double, DOUBLE))
    return Pairing(changes, found.in_turn), found.left_open


def _singles(text: str, style: Style) -> Pairing:
    if "'" not in text or not _HAN.search(text):
        return Pairing()
    apostrophes = {match.start() for match in _APOSTROPHE.finditer(text)}
    marks = [m for m in _marks(text, "'", style.single) if m.at not in apostrophes]
    if all(mark.written is not None for mark in marks):
        return Pairing()
    found = settle(text, marks, inside=False, goes_on=False)
    settled = tuple(zip(marks, found.opens, strict=True))
    return Pairing(tuple(_changes(text, settled, style.single, SINGLE)), found.in_turn)


def _double_marks(text: str, style: Style) -> Iterator[Mark]:
    attributes = [match.span() for match in _ATTRIBUTE.finditer(text)]
    for mark in _marks(text, '"＂', style.double):
        if not any(first <= mark.at < last for first, last in attributes):
            yield mark


def _without_inches(text: str, marks: Sequence[Mark]) -> Sequence[Mark]:
    """Leave out a mark too many that stands behind a number, as in 5"."""
    straight = [mark for mark in marks if mark.written is None]
    inches = [mark for mark in straight if text[mark.at - 1 : mark.at].isdecimal()]
    if len(straight) % 2 == 0 or len(inches) != 1:
        return marks
    return [mark for mark in marks if mark not in inches]


def _marks(text: str, straight: str, pair: str) -> Iterator[Mark]:
    written = {pair[0]: True, pair[1]: False}
    for match in re.finditer(f"[{straight}{pair}]", text):
        yield Mark(match.start(), written.get(match[0]))


_Settled = tuple[tuple[Mark, bool | None], ...]


def _nested(marks: Sequence[Mark]) -> _Settled | None:
    """Pair straight marks as inner ones, within outer pairs that are right already."""
    right = [mark for mark in marks if mark.written is not None]
    straight = [mark for mark in marks if mark.written is None]
    turns = [mark.written for mark in right]
    if not right or turns != [True, False] * (len(right) // 2) or len(straight) % 2:
        return None
    outer = [sum(mark.at < one.at for mark in right) for one in straight]
    if outer[::2] != outer[1::2] or any(count % 2 == 0 for count in outer):
        return None
    return tuple((mark, place % 2 == 0) for place, mark in enumerate(straight))


def _changes(text: str, settled: _Settled, pair: str, rule: str) -> Iterator[Change]:
    """Yield the changes of marks, but for pairs in Latin surroundings."""
    latin = {at for places in _latin_pairs(text, settled) for at in places}
    for mark, opens in settled:
        if opens is not None and mark.at not in latin:
            after = pair[0] if opens else pair[1]
            if text[mark.at] != after:
                yield Change(mark.at, mark.at + 1, after, rule)


def _latin_pairs(text: str, settled: _Settled) -> Iterator[tuple[int, int]]:
    for (one, opens), (other, closes) in pairwise(settled):
        if opens is True and closes is False:
            outside = text[one.at - 1 : one.at], text[other.at + 1 : other.at + 2]
            within = _HAN.search(text, one.at, other.at)
            if not within and not any(map(is_chinese, outside)):
                yield one.at, other.at


def _is_traditional(texts: Sequence[str]) -> bool:
    """Tell whether Big5 has more of the characters than GB/T 2312."""
    sample = "".join(texts)[:_SAMPLE]
    big5 = len(sample.encode("big5", "ignore"))
    return big5 > len(sample.encode("gb2312", "ignore"))
