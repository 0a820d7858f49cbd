"""Classify one line by what it opens with: 第一章, 一、, （一）, 楔子 ..."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.structure import families, numerals
from pipeline.structure.families import Family, Sort
from pipeline.structure.rows import BLANKS
from pipeline.structure.script import TRADITIONAL, simplified


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker in a line: offsets are counted from the start of the line's text.

    ``start`` and ``end`` bound the label, such as 第一章; the title begins at
    ``title``. ``prefix`` bounds what stands before, such as 正文.
    """

    family: Family
    number: int | None
    start: int
    end: int
    title: int
    prefix: tuple[int, int] = (0, 0)

    def direct(self) -> bool:
        """Tell whether the title follows the label without a mark between."""
        return self.title == self.end


_LONGEST_PREFIX = 24
_NUMERAL = f"[0-9０-９{numerals.HAN}]"
_NUMBER = f"{_NUMERAL}(?:[ 　]*{_NUMERAL}){{0,11}}"
_UNIT = "部分|分编|单元|[部编册卷季集辑本篇章回讲课话幕出折则段场节条]"
_HAN = "一-鿿"
_ORDINAL = re.compile(
    rf"第[ 　]*({_NUMBER})(?:[-~—–～至到、]({_NUMBER}))?[ 　]*({_UNIT}|[{_HAN}])"
    rf"(?:之({_NUMBER})(?=[ 　]))?"
)
_INVERTED = re.compile(
    rf"([卷部篇章回集册])[ 　]*(?:之|第)?[ 　]*({_NUMERAL}{{1,12}})"
    rf"(?:[ 　]*[上中下](?![{_HAN}]))?"
)
_TRAILING = re.compile(rf"[{_HAN}]{{1,12}}[ 　]*(第[ 　]*({_NUMBER}))$")
_NAMED_AFTER = re.compile(
    rf"[{_HAN}]{{1,8}}(?=第{_NUMBER}[章回][ 　]|卷[之第]?{_NUMBER}(?![{_HAN}]))"
)
_OF_A_SET = re.compile(r"([上中下])(?:部|卷|篇|编|册|集)|卷之?([上中下])")
_ENGLISH = re.compile(
    r"(?i:(chapter|part|book|volume))[ 　]*([0-9０-９]{1,4}|[IVXLC]+)(?![a-zA-Z])\.?"
)
_HAN_ITEM = re.compile(
    f"([{numerals.HAN}]{{1,5}})[ 　]*[、．.](?![{numerals.HAN}]+[、，个個])"
)
_HAN_BRACKETED = re.compile(f"[（(][ 　]*([{numerals.HAN}]{{1,5}})[ 　]*[）)][、．.]?")
_ARABIC_BRACKETED = re.compile(r"[（(][ 　]*([0-9０-９]{1,3})[ 　]*[）)][、．.]?")
_ARABIC_HALF = re.compile(r"([0-9０-９]{1,3})[）)]")
_DECIMAL = re.compile(
    r"([0-9]{1,2}(?:[.．][0-9]{1,2}){1,3})[.．、]?"
    r"(?=[ 　]|[一-鿿])(?![ 　]?[亿万億萬元个個倍米吨噸年月日百千])"
)
_ARABIC_ITEM = re.compile(r"([0-9０-９]{1,3})[、．.](?![0-9０-９])")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BARE = re.compile(
    rf"([0-9０-９]{{1,4}}|[{numerals.HAN}]{{1,7}})(?:[ 　]+(?=\S)|[】\]］]*$)"
)
_OPENERS = re.compile("[第卷部篇章回集册上中下cCpPbBvV]")

_FRONT_NAMES = (
    "楔子|引子|引言|引文|引论|序言|序章|序幕|序曲|序文|序诗|序|前言|绪论|绪言|导言|导论|导读|凡例|例言|弁言"
    "|题记|题辞|题词|缘起|卷首语|开场白|内容简介|内容提要|作品简介|简介|出版说明|出版前言|编者的话|作者的话"
    "|写在前面|献词|致读者|摘要|文案"
    "|(?:自|代|总|原|新|小|译|译者|作者|编者|再版|初版|新版|重版|重印)(?:序|序言|前言)"
)
_BACK_NAMES = (
    "后记|跋|跋语|附录|附记|附件|番外|番外篇|外传|尾声|终章|终曲|尾章|后序|补遗|参考文献|致谢|鸣谢|结束语"
    "|编后记|译后记|译者后记|完本感言|完结感言|上架感言|新书感言|索引|注释|大事年表|年表"
)
_NAMED = re.compile(
    rf"(?:(?P<front>{_FRONT_NAMES})|(?P<back>{_BACK_NAMES}))"
    rf"[ 　]*(?P<number>[（(]?(?:{_NUMBER}|[上中下])[）)]?)?"
    r"(?P<gap>[ 　:：、.．—－-]+(?=\S)|$)"
)
_AFTER_PREFIX = re.compile(
    rf"[^，。；：！？,;:!?“”「」]{{1,{_LONGEST_PREFIX}}}[{BLANKS}》】］\]·:：_\-）)]"
    rf"(?=第[ 　]*{_NUMERAL}|卷[之第]?[ 　]*{_NUMERAL})"
)
_GAP = re.compile(r"[ 　\t:：、.．·•・,—–\-－~]+")
_STARS = re.compile(r"[☆★◆◇■□●○※＊*]+[ 　、.．]*|#{1,6}[ 　]+")
_RULED = re.compile(r"(?:[=＝\-－—─_~*＊]{2,})[ 　]*")
_BRACKETS = {
    "【": "】",
    "[": "]",
    "［": "］",
    "〖": "〗",
    "〔": "〕",
    "「": "」",
    "『": "』",
}
_BOOK_NAME = re.compile("《[^》]{1,30}》[ 　]*(?=.)")
_BODY_WORDS = re.compile(r"(?:正文|VIP章节|VIP卷|作品相关|[Vv][Ii][Pp])[ 　:：_\-]*")
_LONGEST_TITLE = 40
_CLAUSE = re.compile("[，。；：！？,;!?“”「」]")


def read(text: str) -> tuple[Marker, ...]:
    """Return the markers that ``text`` may open with, likeliest first.

    Two divisions on a line, such as 第九卷 第二章, give a marker each: the
    outer one first.
    """
    start = _skip_ornaments(text)
    opening = text[: start + _LONGEST_PREFIX]
    if not (_STARTS.match(text, start) or "第" in opening or "卷" in opening):
        return ()
    text = simplified(text)
    if marker := _division(text, start):
        return (marker, *_second(text, marker))
    for reader in _READERS:
        if marker := reader(text, start):
            return (marker,)
    return ()


def _skip_ornaments(text: str) -> int:
    start = 0
    for pattern in (_RULED, _STARS, _BOOK_NAME, _BODY_WORDS):
        if match := pattern.match(text, start):
            start = match.end()
    if text[start : start + 1] in _BRACKETS and start < len(text) - 2:
        inner = _BODY_WORDS.match(text, start + 1)
        start = inner.end() if inner else start + 1
    return 0 if start >= len(text) else start


def _division(text: str, start: int) -> Marker | None:
    if not _OPENERS.match(text, start):
        return None
    for reader in (_ordinal, _inverted, _of_a_set, _english):
        if marker := reader(text, start):
            return marker
    return None


def _second(text: str, outer: Marker) -> tuple[Marker, ...]:
    """Return the inner division of a line such as 第一卷 风起 第二章 云涌."""
    for match in _ORDINAL.finditer(text, outer.end, outer.end + _LONGEST_PREFIX):
        blank = text[match.start() - 1] in BLANKS + "】］]·:：、_-"
        inner = _ordinal(text, match.start())
        if inner and blank and inner.family.rank > outer.family.rank:
            return (inner,)
    return ()


def _inside(text: str, start: int) -> Marker | None:
    """Return a 第N章 or 卷N that stands behind a prefix such as the book's name."""
    found = _AFTER_PREFIX.match(text, start)
    if not found:
        return None
    marker = _ordinal(text, found.end()) or _inverted(text, found.end())
    if marker is None or marker.family.strict:
        return None
    return marker if marker.family.sort is Sort.DIVISION else None


def _named_after(text: str, start: int) -> Marker | None:
    """Return the marker that a name stands before without a blank: 某书卷一."""
    match = _NAMED_AFTER.match(text, start)
    if not match or len(text) > _LONGEST_TITLE or _CLAUSE.search(text):
        return None
    return _ordinal(text, match.end()) or _inverted(text, match.end())


def _trailing(text: str, start: int) -> Marker | None:
    """Return the number that stands behind its title, as in 学而第一."""
    match = _TRAILING.match(text, start)
    if not match or (number := numerals.value(match[2])) is None:
        return None
    return Marker(
        families.TRAILING, number, start, match.end(), match.end(), (0, start)
    )


def _ordinal(text: str, start: int) -> Marker | None:
    if not (match := _ORDINAL.match(text, start)):
        return None
    number = numerals.value(match[2] or match[1])
    family = families.UNITS.get(match[3]) or families.of_unit(match[3])
    if family.strict and text[match.end() : match.end() + 1].strip(BLANKS):
        return None
    return _marker(family, number, text, match)


def _inverted(text: str, start: int) -> Marker | None:
    match = _INVERTED.match(text, start)
    if not match or not _ends_label(text, match.end()):
        return None
    unit = match[1]
    return _marker(families.UNITS[unit], numerals.value(match[2]), text, match)


def _of_a_set(text: str, start: int) -> Marker | None:
    match = _OF_A_SET.match(text, start)
    if not match or not _ends_label(text, match.end()):
        return None
    number = "上中下".index(match[1] or match[2]) + 1
    return _marker(families.VOLUME_OF_A_SET, number, text, match)


def _english(text: str, start: int) -> Marker | None:
    if not (match := _ENGLISH.match(text, start)):
        return None
    is_chapter = match[1].lower() == "chapter"
    family = families.CHAPTER if is_chapter else families.ENGLISH_PART
    return _marker(family, numerals.value(match[2].upper()), text, match)


def _ends_label(text: str, end: int) -> bool:
    return end == len(text) or bool(_GAP.match(text, end)) or text[end] in "】］]《（("


def _marker(
    family: Family, number: int | None, text: str, match: re.Match[str]
) -> Marker | None:
    if number is None:
        return None
    gap = _GAP.match(text, match.end())
    title = gap.end() if gap else match.end()
    prefix = (0, match.start())
    return Marker(family, number, match.start(), match.end(), title, prefix)


def _named(text: str, start: int) -> Marker | None:
    match = _NAMED.match(text, start)
    if not match:
        return None
    family = families.FRONT if match["front"] else families.BACK
    numeral = (match["number"] or "").strip("（()）")
    end = match.start("gap")
    title = match.end()
    return Marker(family, numerals.value(numeral), start, end, title, (0, start))


def _item(pattern: re.Pattern[str], family: Family) -> Callable[..., Marker | None]:
    def reader(text: str, start: int) -> Marker | None:
        match = pattern.match(text, start)
        return _marker(family, numerals.value(match[1]), text, match) if match else None

    return reader


def _circled(text: str, start: int) -> Marker | None:
    place = _CIRCLED.find(text[start])
    if place < 0:
        return None
    match = re.compile(".").match(text, start)
    return _marker(families.CIRCLED, place + 1, text, match) if match else None


def _decimal(text: str, start: int) -> Marker | None:
    if not (match := _DECIMAL.match(text, start)):
        return None
    parts = re.split("[.．]", match[1])
    family = families.DECIMALS[len(parts) - 2]
    return _marker(family, int(parts[-1]), text, match)


def _bare(text: str, start: int) -> Marker | None:
    match = _BARE.match(text, start)
    if not match or (number := numerals.value(match[1])) is None:
        return None
    alone = match.end() == len(text)
    if match[1].isdecimal():
        family = families.BARE_ARABIC if alone else families.TITLED_ARABIC
    else:
        family = families.BARE_HAN if alone else families.TITLED_HAN
    return Marker(family, number, start, match.end(1), match.end(), (0, start))


_FIRST_OF_NAMES = {name[0] for name in f"{_FRONT_NAMES}|{_BACK_NAMES}".split("|")}
_STARTS = re.compile(
    "[第卷部篇章回集册上中下cCpPbBvV（(0-9０-９自代总原新小译作编再初重"
    + _CIRCLED
    + numerals.HAN
    + TRADITIONAL
    + "".join(_FIRST_OF_NAMES)
    + "]"
)
_READERS: tuple[Callable[[str, int], Marker | None], ...] = (
    _inside,
    _named_after,
    _trailing,
    _named,
    _item(_HAN_ITEM, families.HAN_COMMA),
    _item(_HAN_BRACKETED, families.HAN_PARENTHESES),
    _item(_ARABIC_BRACKETED, families.ARABIC_PARENTHESES),
    _decimal,
    _item(_ARABIC_ITEM, families.ARABIC),
    _item(_ARABIC_HALF, families.ARABIC_HALF_PARENTHESIS),
    _circled,
    _bare,
)
