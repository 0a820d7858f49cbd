"""What the head of a page says about the work."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from pipeline.markup.languages import language
from pipeline.model import Creator, Metadata
from pipeline.tree import Element, descendants, find, text

# Where each fact may stand, the most trustworthy first: Dublin Core, Open Graph,
# schema.org, and the names that Chinese publishers and governments use (GB/T
# 政府网站发展指引, 附件 3: ArticleTitle, PubDate, ContentSource).
_NAMES = {
    "title": ("dc.title", "dcterms.title", "og:title", "articletitle", "twitter:title"),
    "author": ("dc.creator", "author", "article:author", "og:article:author"),
    "publisher": ("dc.publisher", "contentsource", "og:site_name", "publisher"),
    "date": (
        *("dc.date", "article:published_time", "og:published_time", "pubdate"),
        *("publishdate", "datepublished"),
    ),
    "description": ("dc.description", "description", "og:description"),
    "rights": ("dc.rights", "copyright"),
    "url": ("og:url", "twitter:url"),
}
_DATE = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{2}:\d{2})(:\d{2})?)?"
)
_PEOPLE = re.compile(r"[,，、;；|/]+|\s{2,}")
_ROLE = re.compile(r"^(?:作者|记者|編輯|编辑|责任编辑)\s*[:：]\s*")
_NO_PERSON = re.compile(r"@|://|^\d+$|^(?:name|author|admin)$", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:无标题|無標題|未命名|新建|new|untitled|no title|document|index|网页|page)"
    r"[\s\d文档網网頁页documentpage.html]*",
    re.IGNORECASE,
)
_NAME_LENGTHS = range(1, 25)
_TAIL = re.compile(r"\s*(?:[_|｜»>]+|\s[-–—·]+\s|--+|-(?=[^-]{2,12}$))\s*")


def metadata(page: Element, body: str) -> Metadata:
    """Return what the head of ``page`` tells, and its linked data.

    ``body`` is the text itself, by which the language is judged.
    """
    said = _said(page)
    linked = _linked(page)
    facts = {
        fact: next((said[name] for name in names if said.get(name)), "")
        or linked.get(fact, "")
        for fact, names in _NAMES.items()
    }
    owners = facts["publisher"] + facts["rights"]
    return Metadata(
        title=facts["title"] or shorn(window_title(page)),
        creators=tuple(map(Creator, _people(facts["author"], owners))),
        publisher=facts["publisher"],
        date=iso(facts["date"]),
        source_url=_web(_canonical(page)) or _web(facts["url"]),
        language=language(page.get("lang") or page.get("xml:lang"), body),
        rights=facts["rights"],
        description=facts["description"],
    )


def window_title(page: Element) -> str:
    """Return the title that a browser shows, with the site's name in it."""
    title = find(page, "title")
    return " ".join(text(title).split()) if title else ""


def shorn(title: str) -> str:
    """Return a browser's title without the names of section and site."""
    return _TAIL.split(title)[0] or title


def is_title(said: str) -> bool:
    """Tell whether a browser's title is more than what an editor puts there."""
    return bool(said) and not _NO_TITLE.fullmatch(said)


def base(page: Element) -> str:
    """Return the URL to which the links of ``page`` are relative, if known."""
    element = find(page, "base")
    said = _web(element.get("href")) if element else ""
    return said or _web(_canonical(page)) or _web(_said(page).get("og:url", ""))


def iso(said: str) -> str:
    """Return the first date in ``said`` as ISO 8601, empty where there is none."""
    if not (match := _DATE.search(said)):
        return ""
    year, month, day, time, seconds = match.groups()
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return ""
    date = f"{year}-{int(month):02}-{int(day):02}"
    return f"{date}T{time}{seconds or ':00'}" if time else date


def _said(page: Element) -> dict[str, str]:
    said: dict[str, str] = {}
    for element in descendants(page):
        if element.name == "meta":
            name = element.get("name") or element.get("property")
            value = " ".join(element.get("content").split())
            said.setdefault(name.strip().lower(), value)
    return said


def _canonical(page: Element) -> str:
    for element in descendants(page):
        if element.name == "link" and "canonical" in element.get("rel").lower():
            return element.get("href")
    return ""


def _web(url: str) -> str:
    url = url.strip()
    sound = re.fullmatch(r"https?://[^\s\"<>]+", url)
    return url if sound else ""


def _people(said: str, owners: str) -> Iterator[str]:
    """Yield names of persons; many sites put their own or a number there."""
    for part in _PEOPLE.split(said):
        name = _ROLE.sub("", part.strip())
        if (
            len(name) in _NAME_LENGTHS
            and not _NO_PERSON.search(name)
            and name not in owners
        ):
            yield name


def _linked(page: Element) -> dict[str, str]:
    """Return the facts that the page's JSON-LD tells (schema.org/Article)."""
    for element in descendants(page):
        if element.name == "script" and "ld+json" in element.get("type"):
            for thing in _things(_loaded(text(element))):
                if "headline" in thing or "datePublished" in thing:
                    return {
                        "title": _name(thing.get("headline")),
                        "author": _name(thing.get("author")),
                        "publisher": _name(thing.get("publisher")),
                        "date": _name(thing.get("datePublished")),
                    }
    return {}


def _loaded(said: str) -> object:
    try:
        return json.loads(said, strict=False)
    except (ValueError, RecursionError):
        return None


def _things(value: object) -> Iterator[Mapping[str, object]]:
    match value:
        case dict():
            yield value
            yield from _things(value.get("@graph"))
        case list():
            for item in value:
                yield from _things(item)
        case _:
            return


def _name(value: object) -> str:
    match value:
        case str():
            return " ".join(value.split())
        case {"name": name}:
            return _name(name)
        case list():
            return "、".join(filter(None, map(_name, value)))
        case _:
            return ""
