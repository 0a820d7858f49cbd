"""What one line says about a work: its title, its authors, its publisher, its date.

Patterns are in simplified characters; match ``script.simplified(line)``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from pipeline.structure.rows import BLANKS
from pipeline.structure.script import simplified


@dataclass(frozen=True, slots=True)
class Byline:
    """Where a line names title and author, as offsets; ``role`` is a MARC code."""

    title: tuple[int, int]
    author: tuple[int, int]
    role: str = "aut"


@dataclass(frozen=True, slots=True)
class Field:
    """A line such as 作者：某甲. ``value`` bounds what follows the colon."""

    name: str
    value: tuple[int, int]


ROLES = {
    "作者": "aut",
    "著者": "aut",
    "原著": "aut",
    "编著": "aut",
    "编者": "edt",
    "主编": "edt",
    "译者": "trl",
    "翻译": "trl",
    "Author": "aut",
    "Translator": "trl",
    "Editor": "edt",
}
"""Fields that name a person, with MARC relator codes."""
TITLES = frozenset({"书名", "作品名", "作品名称", "题名", "Title"})
PUBLISHERS = frozenset(
    {"出版社", "出版", "出版者", "发布机构", "发文机关", "来源", "文章来源", "稿源"}
)
VISITS = frozenset(
    {"浏览次数", "浏览量", "点击率", "点击量", "点击数", "阅读量", "人气"}
)
DATES = frozenset(
    {
        "发布时间",
        "发布日期",
        "发表时间",
        "时间",
        "日期",
        "出版日期",
        "出版时间",
        "成文日期",
        "更新时间",
    }
)

_NAMES = sorted({*ROLES, *TITLES, *PUBLISHERS, *VISITS, *DATES}, key=len, reverse=True)
_SPACED_NAMES = "|".join(r"\s*".join(name) for name in _NAMES)
_FIELD = re.compile(
    rf"[【\[（(●◎■\s]*(?P<name>{_SPACED_NAMES})\s*[】\]）)]?\s*[:：]\s*(?P<value>.*)"
)
_VERBS = {"编": "edt", "译": "trl", "编译": "trl"}
_VERB = "(?P<verb>著|撰|编著|编译|编|译)"
_BYLINES = (
    re.compile(
        r"[\[【]\s*(?P<title>[^/／\]】]{1,40}?)\s*[/／]"
        rf"\s*(?P<author>[^/／\]】]{{1,24}}?)\s*{_VERB}?\s*[\]】]"
    ),
    re.compile(
        r"《(?P<title>[^》]{1,40})》\s*(?:作\s*者\s*[:：]|[/／]|——)?\s*"
        rf"(?P<author>[^《》，。：:]{{0,24}}?)\s*{_VERB}?"
    ),
    re.compile(
        r"(?P<title>[^\s，。：:]{1,30})\s+"
        rf"(?P<author>[^\s，。：:]{{1,12}}(?:\s[^\s，。：:]{{1,8}})?)\s+{_VERB}"
    ),
)
_AUTHOR = re.compile(
    r"(?P<author>(?:[\[（(〔【][^\])）〕】]{1,4}[\])）〕】])?\s*"
    rf"[^\s，。：:、]{{1,10}}(?:\s[^\s，。：:、]{{1,6}})?)\s*{_VERB}"
)
_DATE = re.compile(
    r"[（(【\[]?\s*(\d{4})\s*[-/年.]\s*(\d{1,2})\s*[-/月.]\s*(\d{1,2})\s*[日号]?"
    r"[\sT]*(?:(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?)?\s*[）)】\]]?"
)
_SITE = re.compile(
    r"[^\s，。、；：！？,:《》()（）]{2,16}"
    r"(?:网|网站|在线|论坛|频道|文库|书屋|读书|图书馆|信息港|门户)"
)
_DOCUMENT = re.compile(
    ".*(?:通知|意见|决定|办法|规定|方案|报告|讲话|批复|公告|条例|通告|命令|纪要|规划|纲要|计划"
    "|规则|细则|建议|要点|思考|总结|发言|材料|提纲|实践|探索|经验|致辞|公报|决议|说明|函|清单"
    "|制度|标准|措施)(?:[（(].{1,20}[）)])?"
)
_IN_FILE_NAME = (
    re.compile(
        r"《(?P<title>[^》]+)》\s*(?:作者|著者)?\s*[:：_-]?\s*(?P<author>[^（(\[【]*)"
    ),
    re.compile(r"(?P<title>.+?)\s*(?:作者|by|BY)\s*[:：_ ]\s*(?P<author>.+)"),
)


def byline(text: str) -> Byline | None:
    """Return title and author of a line such as 《某书》作者：某甲."""
    for pattern in _BYLINES:
        if match := pattern.fullmatch(simplified(text)):
            role = _VERBS.get(match["verb"] or "", "aut")
            return Byline(match.span("title"), match.span("author"), role)
    return None


def author(text: str) -> tuple[str, str] | None:
    """Return name and role of a line such as 某甲 著."""
    match = _AUTHOR.fullmatch(simplified(text))
    if not match:
        return None
    return text[slice(*match.span("author"))], _VERBS.get(match["verb"], "aut")


def field(text: str) -> Field | None:
    """Return the field that a line gives."""
    match = _FIELD.fullmatch(simplified(text))
    if not match:
        return None
    value = match["value"].rstrip(BLANKS + "】]）)")
    end = match.start("value") + len(value)
    return Field(re.sub(r"\s", "", match["name"]), (match.start("value"), end))


def is_date(text: str) -> bool:
    """Tell whether a line is a date, with or without the time."""
    return bool(_DATE.fullmatch(text))


def iso_date(text: str) -> str:
    """Return the first date in ``text`` after ISO 8601, empty without one."""
    if not (match := _DATE.search(text)):
        return ""
    year, month, day = (int(match[group]) for group in (1, 2, 3))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    date = f"{year:04}-{month:02}-{day:02}"
    if match[4] is None:
        return date
    return f"{date}T{int(match[4]):02}:{match[5]}:{match[6] or '00'}"


def is_site(text: str) -> bool:
    """Tell whether a line is the name of a web site."""
    return bool(_SITE.fullmatch(simplified(text)))


def names_document(text: str) -> bool:
    """Tell whether a title ends with the kind of its document, such as 通知."""
    return bool(_DOCUMENT.fullmatch(simplified(text)))


def in_file_name(name: str) -> tuple[str, str]:
    """Return title and author that a file name gives, the author often empty."""
    stem = PurePath(name).stem
    for pattern in _IN_FILE_NAME:
        if match := pattern.match(stem):
            return match["title"].strip(), match["author"].strip()
    return stem, ""


def people(names: str) -> list[str]:
    """Return the names in a list of people."""
    parts = re.split(r"[、，,/／;；]", names)
    return [name for part in parts if (name := part.strip(BLANKS))]
