"""What stands above the text: title, authors, site, date; and what they tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from pipeline.model import Creator, Metadata
from pipeline.structure import furniture
from pipeline.structure.layout import Layout
from pipeline.structure.rows import BLANKS, Row


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The title's pieces as offsets, what is dropped, and what is known.

    ``drops`` are offsets with a reason.
    """

    title: tuple[tuple[int, int], ...] = ()
    rows: frozenset[int] = frozenset()
    drops: tuple[tuple[int, int, str], ...] = ()
    meta: Metadata = field(default_factory=Metadata)


_ZONE_ROWS = 24
_TITLE_LENGTH = 60
_FIELD = re.compile(
    r"[【\[（(●◎■\s]*(书\s*名|書\s*名|作品名称?|题\s*名|作\s*者|著\s*者|原\s*著|编\s*者|編\s*者|主\s*编|主\s*編|编\s*著"
    r"|译\s*者|譯\s*者|翻\s*译|翻\s*譯|出\s*版\s*社|出版|出版者|发布机构|發布機構|发文机关|来\s*源|來\s*源|文章来源|稿源"
    r"|发布时间|發布時間|发布日期|發布日期|发表时间|時間|时间|日期|出版日期|出版时间|成文日期|更新时间|浏览次数|浏览量?|点击率?|点击量|点击数|阅读量?|人气)"
    r"\s*[】\]）)]?\s*[:：]\s*(.*)"
)
_ROLES = {
    "作者": "aut",
    "著者": "aut",
    "原著": "aut",
    "编著": "aut",
    "编者": "edt",
    "編者": "edt",
    "主编": "edt",
    "主編": "edt",
    "译者": "trl",
    "譯者": "trl",
    "翻译": "trl",
    "翻譯": "trl",
}
_TITLES = frozenset({"书名", "書名", "作品名", "作品名称", "题名"})
_PUBLISHERS = frozenset(
    [
        "出版社",
        "出版",
        "出版者",
        "发布机构",
        "發布機構",
        "发文机关",
        "来源",
        "來源",
        "文章来源",
        "稿源",
    ]
)
_VISITS = frozenset(
    [
        "浏览次数",
        "浏览",
        "浏览量",
        "点击",
        "点击率",
        "点击量",
        "点击数",
        "阅读",
        "阅读量",
        "人气",
    ]
)
_DATE = re.compile(
    r"[（(【\[]?\s*(\d{4})\s*[-/年.]\s*(\d{1,2})\s*[-/月.]\s*(\d{1,2})\s*[日号]?"
    r"[\sT]*(?:(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?)?\s*[）)】\]]?"
)
_SITE = re.compile(
    r"[^\s，。、；：！？,:《》()（）]{2,16}(?:网|網|网站|網站|在线|论坛|論壇|频道|頻道|文库|书屋|書屋|小说网|读书|图书馆|信息港|门户)"
)
_BOOK_AND_AUTHOR = re.compile(
    r"《(?P<title>[^》]{1,40})》\s*(?:作\s*者\s*[:：]|[/／]|——)?\s*"
    r"(?P<author>[^《》，。：:]{1,24}?)?\s*(?P<verb>著|撰|编|編|编著|编译|译|譯)?"
)
_BRACKETED = re.compile(
    r"[\[【]\s*(?P<title>[^/／\]】]{1,40}?)\s*[/／]\s*(?P<author>[^/／\]】]{1,24}?)\s*(?P<verb>著|撰|编|編|译|譯)?\s*[\]】]"
)
_TITLE_THEN_AUTHOR = re.compile(
    r"(?P<title>[^\s，。]{1,30})\s+(?P<author>[^\s，。：:]{1,12}(?:\s[^\s，。：:]{1,8})?)\s+(?P<verb>著|撰|编|編|编著|译|譯)"
)
_AUTHOR_ROW = re.compile(
    r"(?P<author>(?:[\[（(〔【][^\])）〕】]{1,4}[\])）〕】])?\s*[^\s，。：:、]{1,10}(?:\s[^\s，。：:、]{1,6})?)\s*(?P<verb>著|撰|编著|编|編|译|譯)"
)
_VERBS = {"编": "edt", "編": "edt", "译": "trl", "譯": "trl", "编译": "trl"}
_DOCUMENT_NOUN = re.compile(
    r".*(?:通知|意见|决定|办法|规定|方案|报告|讲话|批复|公告|条例|通告|命令|纪要|规划|纲要|计划|规则|细则|建议|要点|思考"
    r"|总结|发言|材料|提纲|实践|探索|经验|致辞|公报|决议|说明|函|清单|制度|标准|措施)(?:[（(].{1,20}[）)])?"
)
_NO_TITLE_END = tuple("。；，：、,;:")
_SITE_ENDS = re.compile(r"(?i)(?:^|[-_—|])(?:\s*\S{2,12}(?:网|網|\.com|\.net))\s*$")


def read(
    rows: Sequence[Row],
    layout: Layout,
    headings: set[int],
    passed: set[int],
    file_name: str,
) -> FrontMatter:
    """Read the rows above the first of the ``headings``, but not those ``passed``."""
    matter = FrontMatter(meta=_from_file_name(file_name))
    zone = [row for row in _zone(rows, layout, headings) if row.index not in passed]
    for row in zone:
        if row.index not in matter.rows:
            matter = _read_row(row, matter, zone)
    return matter


def _zone(rows: Sequence[Row], layout: Layout, headings: set[int]) -> list[Row]:
    zone: list[Row] = []
    for row in rows[:_ZONE_ROWS]:
        if row.index in headings or _is_prose(row, layout):
            break
        zone.append(row)
    return zone


def _is_prose(row: Row, layout: Layout) -> bool:
    if row.columns > 160 or (row.columns > 60 and row.text.endswith("。")):
        return True
    if layout.is_full(row):
        return True
    return row.indent == layout.indent > 0 and "，" in row.text


def _read_row(row: Row, matter: FrontMatter, zone: Sequence[Row]) -> FrontMatter:
    for reader in (_book_and_author, _field, _date, _site, _author):
        if found := reader(row, matter):
            return found
    if not matter.title and _is_title(row):
        return _title(row, matter, zone)
    return matter


def _book_and_author(row: Row, matter: FrontMatter) -> FrontMatter | None:
    if matter.title:
        return None
    for pattern in (_BRACKETED, _BOOK_AND_AUTHOR, _TITLE_THEN_AUTHOR):
        if match := pattern.fullmatch(row.text):
            break
    else:
        return None
    start, end = (row.start + offset for offset in match.span("title"))
    drops = [(row.start, start, "byline"), (end, row.end, "byline")]
    meta = replace(matter.meta, title=match["title"].strip())
    return FrontMatter(
        ((start, end),),
        matter.rows | {row.index},
        matter.drops + tuple(drop for drop in drops if drop[0] < drop[1]),
        _with_creator(meta, match["author"] or "", _VERBS.get(match["verb"], "aut")),
    )


def _field(row: Row, matter: FrontMatter) -> FrontMatter | None:
    if not (match := _FIELD.fullmatch(row.text)):
        return None
    name = re.sub(r"\s", "", match[1])
    value = match[2].strip(BLANKS + "】]）)")
    if name in _TITLES:
        return _titled_field(row, matter, value)
    if name in _ROLES:
        meta = _with_creator(matter.meta, value, _ROLES[name])
        return _drop(row, replace(matter, meta=meta), "byline")
    if name in _VISITS:
        return _drop(row, matter, "navigation")
    if name in _PUBLISHERS:
        # A date or a count of visits may follow on the line.
        publisher = value.split()[0] if value else ""
        meta = replace(matter.meta, publisher=matter.meta.publisher or publisher)
        if date := _iso(value):
            meta = replace(meta, date=meta.date or date)
        return _drop(row, replace(matter, meta=meta), "publisher")
    date = _iso(value)
    if not date:
        return None
    meta = replace(matter.meta, date=matter.meta.date or date)
    return _drop(row, replace(matter, meta=meta), "date")


def _titled_field(row: Row, matter: FrontMatter, value: str) -> FrontMatter | None:
    value = value.strip("《》" + BLANKS)
    if matter.title or not value:
        return None
    start = row.start + row.text.rindex(value)
    end = start + len(value)
    drops = [(row.start, start, "byline"), (end, row.end, "byline")]
    return replace(
        matter,
        title=((start, end),),
        rows=matter.rows | {row.index},
        drops=matter.drops + tuple(drop for drop in drops if drop[0] < drop[1]),
        meta=replace(matter.meta, title=value),
    )


def _date(row: Row, matter: FrontMatter) -> FrontMatter | None:
    if not _DATE.fullmatch(row.text) or not matter.title:
        return None
    meta = replace(matter.meta, date=matter.meta.date or _iso(row.text))
    return _drop(row, replace(matter, meta=meta), "date")


def _iso(text: str) -> str:
    if not (match := _DATE.search(text)):
        return ""
    year, month, day = (int(match[group]) for group in (1, 2, 3))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    date = f"{year:04}-{month:02}-{day:02}"
    if match[4] is None:
        return date
    return f"{date}T{int(match[4]):02}:{match[5]}:{match[6] or '00'}"


def _site(row: Row, matter: FrontMatter) -> FrontMatter | None:
    if not _SITE.fullmatch(row.text) or matter.meta.publisher:
        return None
    if not matter.title and row.index == 0 and row.columns > 16:
        return None
    return _drop(
        row, replace(matter, meta=replace(matter.meta, publisher=row.text)), "publisher"
    )


def _author(row: Row, matter: FrontMatter) -> FrontMatter | None:
    match = _AUTHOR_ROW.fullmatch(row.text)
    if not match or not matter.title:
        return None
    role = _VERBS.get(match["verb"], "aut")
    meta = _with_creator(matter.meta, match["author"], role)
    return _drop(row, replace(matter, meta=meta), "byline")


def _with_creator(meta: Metadata, names: str, role: str) -> Metadata:
    known = {creator.name for creator in meta.creators}
    found = tuple(
        Creator(name, role)
        for part in re.split(r"[、，,/／;；]", names)
        if (name := part.strip(BLANKS)) and name not in known
    )
    return replace(meta, creators=meta.creators + found)


def _drop(row: Row, matter: FrontMatter, reason: str) -> FrontMatter:
    return replace(
        matter,
        rows=matter.rows | {row.index},
        drops=(*matter.drops, (row.start, row.end, reason)),
    )


def _is_title(row: Row) -> bool:
    text = row.text
    return (
        len(text) <= _TITLE_LENGTH
        and (len(text) > 1 or row.below > 0)
        and not text.endswith(_NO_TITLE_END)
        and not furniture.is_rule(text)
        and not text.startswith(("——", "--", "“", "「", "（", "("))
    )


def _title(row: Row, matter: FrontMatter, zone: Sequence[Row]) -> FrontMatter:
    pieces = [row]
    for after in zone[zone.index(row) + 1 :]:
        if not _goes_on(pieces, after):
            break
        pieces.append(after)
    return replace(
        matter,
        title=tuple((piece.start, piece.end) for piece in pieces),
        rows=matter.rows | {piece.index for piece in pieces},
        meta=replace(matter.meta, title="".join(piece.text for piece in pieces)),
    )


def _goes_on(pieces: Sequence[Row], row: Row) -> bool:
    """Tell whether ``row`` is the rest of a title that needs more lines."""
    if row.above or not _is_title(row) or len(pieces) > 3:
        return False
    so_far = "".join(piece.text for piece in pieces)
    if _DATE.fullmatch(row.text) or _SITE.fullmatch(row.text):
        return False
    return bool(_DOCUMENT_NOUN.fullmatch(row.text)) and not _DOCUMENT_NOUN.fullmatch(
        so_far
    )


_FILE_AUTHOR = re.compile(
    r"《(?P<title>[^》]+)》\s*(?:作者|著者)?\s*[:：_-]?\s*(?P<author>[^（(\[【]*)"
)
_FILE_TITLE_AUTHOR = re.compile(
    r"(?P<title>.+?)\s*(?:作者|by|BY)\s*[:：_ ]\s*(?P<author>.+)"
)


def _from_file_name(name: str) -> Metadata:
    stem = PurePath(name).stem
    match = _FILE_AUTHOR.match(stem) or _FILE_TITLE_AUTHOR.fullmatch(stem)
    if not match:
        return Metadata()
    meta = Metadata(title=match["title"].strip())
    return _with_creator(meta, match["author"].strip(), "aut")


def stem(name: str) -> str:
    """Return the title that a file name gives, such as 论语 for 论语.txt."""
    return _from_file_name(name).title or PurePath(name).stem
