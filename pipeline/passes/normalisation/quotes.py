"""Quotation marks: straight ones become the pairs that the text should have.

A quotation may run over several paragraphs: each opens it anew, only the last
closes it (GB/T 15834-2011, 4.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.passes.normalisation.editing import Change
from pipeline.passes.normalisation.marks import is_chinese

DOUBLE = "double-quotation-mark"
SINGLE = "single-quotation-mark"

_HAN = re.compile("[\u3400-\u9fff]")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z0-9])'(?=[A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Style:
    """The four marks of a text: outer pair, then inner pair."""

    double: str = "“”"
    single: str = "‘’"


MAINLAND = Style()
CORNER = Style("「」", "『』")


def style_of(text: str) -> Style:
    """Return the marks that ``text`` uses itself; without any, those of GB/T 15834."""
    return CORNER if text.count("「") > text.count("“") else MAINLAND


@dataclass(frozen=True, slots=True)
class Pairing:
    """What should change in a line; not ``decided`` when its marks do not pair."""

    changes: tuple[Change, ...] = ()
    decided: bool = True


def pair(lines: Sequence[str], style: Style) -> list[Pairing]:
    """Pair the straight quotation marks of each line of a text in order."""
    following = [*lines[1:], ""][: len(lines)]
    return [
        _pair(line, after, style) for line, after in zip(lines, following, strict=True)
    ]


def _pair(line: str, after: str, style: Style) -> Pairing:
    if not ('"' in line or "'" in line) or not _HAN.search(line):
        return Pairing()
    double = _double(line, after, style.double)
    single = _marks(line, "'", style.single, SINGLE)
    if double is None:
        return Pairing(tuple(single or ()), decided=False)
    return Pairing(tuple(sorted((*double, *(single or ())))))


def _double(line: str, after: str, marks: str) -> list[Change] | None:
    found = _marks(line, '"', marks, DOUBLE)
    goes_on = line.startswith(('"', marks[0])) and after.startswith(('"', marks[0]))
    if found is None and goes_on:
        return _marks(line + '"', '"', marks, DOUBLE, keep=len(line))
    return found


def _marks(
    line: str, straight: str, marks: str, rule: str, keep: int | None = None
) -> list[Change] | None:
    """Return the changes that pair all marks of a kind, or None where they don't.

    Marks that are right already take part in the pairing.
    """
    opened: list[int] = []
    found: list[Change] = []
    for at, character in _quotes(line, straight, marks):
        if character == marks[0] or (character == straight and not opened):
            opened.append(at)
        elif not opened:
            return None
        else:
            found += _changes(line, (opened.pop(), at), marks, rule)
    if opened:
        return None
    return [change for change in found if keep is None or change.end <= keep]


def _quotes(line: str, straight: str, marks: str) -> Iterator[tuple[int, str]]:
    apostrophes = {match.start() for match in _APOSTROPHE.finditer(line)}
    for at, character in enumerate(line):
        if character in (straight, *marks) and at not in apostrophes:
            yield at, character


def _changes(
    line: str, places: tuple[int, int], marks: str, rule: str
) -> Iterator[Change]:
    first, last = places
    outside = line[first - 1 : first] if first else "", line[last + 1 : last + 2]
    if not (_HAN.search(line[first:last]) or any(map(is_chinese, outside))):
        return
    for at, mark in zip(places, marks, strict=True):
        if line[at] not in marks:
            yield Change(at, at + 1, mark, rule)
