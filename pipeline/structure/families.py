"""The families of markers that headings open with, from parts down to ①."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from pipeline.model import Kind


class Sort(Enum):
    """How a family is judged."""

    DIVISION = "division"
    """第一章, 卷二, Chapter 3: says by a word what it divides."""
    ARTICLE = "article"
    """第一条: numbers provisions, whose text follows on the line."""
    ENUMERATION = "enumeration"
    """一、（一）1.: numbers anything, headings as well as items."""
    BARE = "bare"
    """A number that stands alone, or before a title."""
    NAMED = "named"
    """楔子, 后记, 番外: no number is needed."""


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """Markers that share one numbering. A lower ``rank`` encloses a higher one.

    Each is made once, and stands for itself alone.

    The unit of a weak family is also an everyday word (第一部队, 第一封信): it
    needs a blank, a mark or nothing behind it. A ``strict`` one is no division
    but by its numbering.
    """

    name: str
    sort: Sort
    kind: Kind
    rank: int
    weak: bool = False
    strict: bool = False


def _division(name: str, kind: Kind, rank: int, *, weak: bool = True) -> Family:
    return Family(name, Sort.DIVISION, kind, rank, weak)


def _enumeration(name: str, rank: int) -> Family:
    return Family(name, Sort.ENUMERATION, Kind.SECTION, rank)


UNITS = {
    "部分": _division("部分", Kind.PART, 10),
    "部": _division("部", Kind.PART, 11),
    "编": _division("编", Kind.PART, 12),
    "分编": _division("分编", Kind.PART, 13),
    "册": _division("册", Kind.VOLUME, 18),
    "卷": _division("卷", Kind.VOLUME, 20),
    "季": _division("季", Kind.VOLUME, 21),
    "集": _division("集", Kind.VOLUME, 22),
    "辑": _division("辑", Kind.VOLUME, 22),
    "本": _division("本", Kind.VOLUME, 23),
    "篇": _division("篇", Kind.VOLUME, 24),
    "单元": _division("单元", Kind.PART, 25),
    "章": _division("章", Kind.CHAPTER, 30, weak=False),
    "回": _division("回", Kind.CHAPTER, 31, weak=False),
    "讲": _division("讲", Kind.CHAPTER, 32),
    "课": _division("课", Kind.CHAPTER, 32),
    "话": _division("话", Kind.CHAPTER, 32),
    "幕": _division("幕", Kind.CHAPTER, 33),
    "出": _division("出", Kind.CHAPTER, 34),
    "折": _division("折", Kind.CHAPTER, 34),
    "则": _division("则", Kind.CHAPTER, 35),
    "段": _division("段", Kind.CHAPTER, 35),
    "场": _division("场", Kind.SECTION, 36),
    "节": _division("节", Kind.SECTION, 40, weak=False),
    "条": Family("条", Sort.ARTICLE, Kind.ARTICLE, 50),
}
"""The families whose markers are 第N and a unit, by the unit in simplified form."""


@cache
def of_unit(unit: str) -> Family:
    """Return the family of a unit that is no usual one: 第一笑, 第二则."""
    return Family(unit, Sort.DIVISION, Kind.CHAPTER, 33, weak=True, strict=True)


TRAILING = Family("…第一", Sort.DIVISION, Kind.CHAPTER, 33, weak=True, strict=True)
"""Numbers behind their titles: 学而第一."""
CHAPTER = _division("Chapter", Kind.CHAPTER, 30)
ENGLISH_PART = _division("Part", Kind.PART, 11)
VOLUME_OF_A_SET = _division("上卷", Kind.VOLUME, 17)

HAN_COMMA = _enumeration("一、", 60)
HAN_PARENTHESES = _enumeration("（一）", 62)
ARABIC = _enumeration("1.", 64)
ARABIC_PARENTHESES = _enumeration("（1）", 66)
ARABIC_HALF_PARENTHESIS = _enumeration("1）", 67)
CIRCLED = _enumeration("①", 68)
DECIMALS = tuple(_enumeration("1" + ".1" * depth, 51 + depth) for depth in range(1, 4))

BARE_HAN = Family("一", Sort.BARE, Kind.SECTION, 56)
BARE_ARABIC = Family("1", Sort.BARE, Kind.SECTION, 57)
TITLED_HAN = Family("一 …", Sort.BARE, Kind.CHAPTER, 35)
TITLED_ARABIC = Family("1 …", Sort.BARE, Kind.CHAPTER, 35)

FRONT = Family("front", Sort.NAMED, Kind.FRONT, 30)
BACK = Family("back", Sort.NAMED, Kind.BACK, 30)
UNTITLED = Family("untitled", Sort.NAMED, Kind.CHAPTER, 45)
"""Titles without any marker."""
