"""What stands above a document between --- (YAML) or +++ (TOML): its metadata."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.markup import languages
from pipeline.model import Creator, Drop, Metadata
from pipeline.source import Line, Source, Span, printable

_ENDS = {"---": ("---", "..."), "+++": ("+++",)}
_FIRST_KEY = re.compile(r"[^\s\-#\[{>|*`][^:]*:(?:\s|$)")
_SEPARATOR = re.compile("[、；;]")
_DATE = re.compile(
    r"(\d{4})年?(?:[-/.]?(\d{1,2})月?(?:[-/.]?(\d{1,2})日?"
    r"(?:[T ]+(\d\d:\d\d(?::\d\d)?).*)?)?)?"
)
_TEXTS = {
    "title": ("title", "书名", "書名", "标题", "標題"),
    "subtitle": ("subtitle", "副题", "副題", "副标题", "副標題"),
    "publisher": ("publisher", "出版社", "出版者"),
    "source_url": ("source_url", "source", "url", "网址", "網址"),
    "rights": ("rights", "copyright", "版权", "版權"),
    "description": ("description", "abstract", "summary", "简介", "簡介", "摘要"),
    "identifier": ("identifier", "isbn", "标识", "標識"),
}
# https://www.loc.gov/marc/relators/
_ROLES = {
    "aut": ("author", "authors", "creator", "作者"),
    "trl": ("translator", "translators", "译者", "譯者"),
    "edt": ("editor", "editors", "编者", "編者"),
    "ill": ("illustrator", "illustrators", "绘者", "繪者"),
}
_DATES = ("date", "pubdate", "日期")
_SUBJECTS = ("subjects", "subject", "tags", "keywords")
_LANGUAGES = ("language", "lang", "语言", "語言")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The metadata of a document, and the lines that hold them.

    ``cover`` is the address of a picture, or empty.
    """

    meta: Metadata = field(default_factory=Metadata)
    cover: str = ""
    drops: tuple[Drop, ...] = ()

    @property
    def lines(self) -> range:
        """Return the numbers of its lines, from 1."""
        return range(1, self.drops[0].span.last + 1) if self.drops else range(0)


def split(source: Source, report: Report) -> FrontMatter:
    """Return the front matter of ``source``. A rule at its head opens none."""
    inside = _inside(source.lines)
    if not inside:
        return FrontMatter()
    span = source.span(0, source.lines[len(inside) + 1].end)
    text = source.text[span.start : span.end]
    table = _table("\n".join(line.text for line in inside), source, report)
    meta = _metadata(table, span, report)
    drop = Drop(span, "front-matter", text)
    return FrontMatter(meta, "".join(_texts(table, ("cover",))[:1]), (drop,))


def _inside(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines between the marks: none, where the first is no setting."""
    ends = _ENDS.get(lines[0].text.rstrip(), ()) if lines else ()
    for number, line in enumerate(lines[1:], start=1):
        if line.text.rstrip() in ends:
            inside = lines[1:number]
            first = next((x.text for x in inside if _says_something(x.text)), "")
            is_toml = ends == _ENDS["+++"]
            return inside if is_toml or _FIRST_KEY.match(first) else ()
    return ()


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _table(text: str, source: Source, report: Report) -> Mapping[str, object]:
    is_toml = source.lines[0].text.startswith("+++")
    try:
        # BaseLoader makes texts, lists and mappings, and nothing else.
        found = tomllib.loads(text) if is_toml else yaml.load(text, yaml.BaseLoader)  # noqa: S506
    except (tomllib.TOMLDecodeError, yaml.YAMLError, RecursionError) as error:
        line, problem = _problem(error)
        values = {"form": "TOML" if is_toml else "YAML", "problem": problem}
        span = Span(source.name, line, line)
        report(Diagnostic(Code.BROKEN_FRONT_MATTER, span, values))
        return {}
    if not isinstance(found, Mapping):
        return {}
    return {str(key).lower(): value for key, value in found.items()}


def _problem(error: Exception) -> tuple[int, str]:
    """Return the line of the source, and what is wrong there."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return error.problem_mark.line + 2, str(error.problem)
    place = re.search(r"\(at line (\d+), column \d+\)", str(error))
    problem = str(error).partition(" (at ")[0].partition("\n")[0]
    return (int(place[1]) + 1 if place else 2), problem


def _metadata(table: Mapping[str, object], span: Span, report: Report) -> Metadata:
    texts: dict[str, Any] = {
        name: "".join(_texts(table, keys)[:1]) for name, keys in _TEXTS.items()
    }
    language = "".join(_texts(table, _LANGUAGES)[:1])
    return Metadata(
        **texts,
        creators=tuple(_creators(table)),
        date=_date("".join(_texts(table, _DATES)[:1]), span, report),
        language=languages.known(language),
        subjects=tuple(_texts(table, _SUBJECTS)),
    )


def _creators(table: Mapping[str, object]) -> Iterator[Creator]:
    for role, keys in _ROLES.items():
        for text in _texts(table, keys):
            names = map(str.strip, _SEPARATOR.split(text))
            yield from (Creator(name, role) for name in names if name)


def _date(text: str, span: Span, report: Report) -> str:
    """Return a date as ISO 8601 writes it, or report it."""
    if not text:
        return ""
    match = _DATE.fullmatch(text)
    if not match or not _is_possible(match):
        report(Diagnostic(Code.UNKNOWN_DATE, span, {"value": text}))
        return ""
    year, month, day, time = match.groups()
    days = "-".join(part.zfill(2) for part in (year, month, day) if part)
    return f"{days}T{time}" if time else days


def _is_possible(match: re.Match[str]) -> bool:
    return 1 <= int(match[2] or 1) <= 12 and 1 <= int(match[3] or 1) <= 31


def _texts(table: Mapping[str, object], keys: Sequence[str]) -> list[str]:
    """Return the texts of the first key that has any: alone, listed or named."""
    for key in keys:
        value = table.get(key)
        entries = value if isinstance(value, list) else [value]
        names = (e.get("name", "") if isinstance(e, Mapping) else e for e in entries)
        said = (str(n) for n in names if n and not isinstance(n, list | Mapping))
        plain = map(printable, said)  # YAML and TOML can spell any character
        if texts := [" ".join(text.split()) for text in plain if text.strip()]:
            return texts
    return []
