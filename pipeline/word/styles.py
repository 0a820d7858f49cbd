"""What the styles of a Word file mean: headings, titles, quotations, captions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from pipeline.tree import Element


class Use(Enum):
    """What paragraphs of a style are for."""

    TEXT = "text"
    TITLE = "title"
    SUBTITLE = "subtitle"
    CONTENTS = "contents"
    QUOTE = "quote"
    VERSE = "verse"
    CODE = "code"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Place:
    """A numbered paragraph's list, and its level in it from 0."""

    number: str
    level: int


# Names in the languages of Word and WPS; the file has English ones for most.
_USES = (
    (Use.TITLE, r"title|标题|標題|书名|書名|文档标题|文件標題"),
    (Use.SUBTITLE, r"subtitle|副标题|副標題"),
    (Use.CONTENTS, r"(?:toc|目录|目錄)\s*(?:\d|heading|标题|標題)|toc标题|toc標題"),
    (
        Use.QUOTE,
        r"(?:intense )?quote|(?:明显|鮮明)?引[用文]|block text|文本块|quotations",
    ),
    (Use.VERSE, r"verse|poem|poetry|诗|詩|诗歌|詩歌|韵文|韻文"),
    (
        Use.CODE,
        r"code|source code|代码|程式碼|html preformatted|html 预设格式|macro"
        r"|preformatted text|预格式化文本",
    ),
    (Use.CAPTION, r"caption|题注|題注|标号|標號|图题|表题"),
)
_CODE = re.compile(
    r"(?:verbatim|code|html code|html typewriter|source text|inline ?code)(?: char)?"
    r"|(?:代码|程式碼|行内代码|html 代码|源文本)(?: 字符| 字元)?",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_LEVELS = frozenset("012345678")


class Styles:
    """The styles of a file, each with what it takes from those it is based on."""

    def __init__(self, root: Element | None) -> None:
        found = root.elements if root else ()
        self._styles = {e.get("w:styleId"): e for e in found if e.name == "w:style"}
        self._default = next(
            (
                style.get("w:styleId")
                for style in self._styles.values()
                if style.get("w:type") == "paragraph" and is_on(style, "w:default")
            ),
            "",
        )
        # What paragraphs take from their styles, by the names of these.
        self._uses: dict[str, Use] = {}
        self._outlines: dict[str, str] = {}
        self._lists: dict[str, list[Element]] = {}

    def use(self, paragraph: Element) -> Use:
        """Return what a paragraph is for, by the names of its styles."""
        name = _style_of(paragraph) or self._default
        if name not in self._uses:
            self._uses[name] = self._use(name)
        return self._uses[name]

    def level(self, paragraph: Element) -> int | None:
        """Return the level of a heading from 1, or None for other paragraphs."""
        own = value(properties(paragraph), "w:outlineLvl")
        name = _style_of(paragraph)
        if name not in self._outlines:
            inherited = map(_outline, self._chain(name))
            self._outlines[name] = next(filter(None, inherited), "")
        said = own or self._outlines[name]
        return int(said) + 1 if said in _LEVELS else None

    def place(self, paragraph: Element) -> Place | None:
        """Return where a paragraph stands in which list, if it is in one."""
        own = properties(paragraph)
        name = _style_of(paragraph)
        if name not in self._lists:
            chain = filter(None, map(properties, self._chain(name)))
            self._lists[name] = [n for p in chain if (n := child(p, "w:numPr"))]
        said = child(own, "w:numPr") if own else None
        listed = [said, *self._lists[name]] if said else self._lists[name]
        number = next((v for n in listed if (v := value(n, "w:numId"))), "")
        level = next((v for n in listed if (v := value(n, "w:ilvl"))), "0")
        if number in {"", "0"}:
            return None
        return Place(number, int(level) if level in _LEVELS else 0)

    def is_code(self, run: Element) -> bool:
        """Tell whether a run is program text, by the names of its styles."""
        own = child(run, "w:rPr")
        names = (value(s, "w:name") for s in self._chain(value(own, "w:rStyle")))
        return any(_CODE.fullmatch(name.strip()) for name in names)

    def run_properties(self, run: Element) -> Iterator[Element]:
        """Yield the properties of a run, its own before those of its style."""
        own = child(run, "w:rPr")
        if own:
            yield own
            for style in self._chain(value(own, "w:rStyle")):
                if below := child(style, "w:rPr"):
                    yield below

    def _use(self, name: str) -> Use:
        for style in self._chain(name):
            called = value(style, "w:name").strip().lower()
            for use, pattern in _USES:
                if re.fullmatch(pattern, called):
                    return use
        return Use.TEXT

    def _chain(self, name: str) -> Iterator[Element]:
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            yield style
            name = value(style, "w:basedOn")


def child(element: Element, name: str) -> Element | None:
    """Return the first element of ``name`` directly below."""
    for below in element.children:
        if not isinstance(below, str) and below.name == name:
            return below
    return None


def value(element: Element | None, name: str) -> str:
    """Return the ``w:val`` of a property directly below, empty where it is not."""
    found = child(element, name) if element else None
    return found.get("w:val") if found else ""


def properties(element: Element) -> Element | None:
    """Return the paragraph properties of a paragraph or a style."""
    return child(element, "w:pPr")


def is_on(element: Element, attribute: str = "w:val") -> bool:
    """Tell whether a toggle is on: ST_OnOff; without a value it is."""
    said = element.attributes.get(attribute)
    if said is None:
        return attribute == "w:val"
    return said not in {"0", "false", "off", "none"}


def _style_of(paragraph: Element) -> str:
    return value(properties(paragraph), "w:pStyle")


def _outline(style: Element) -> str:
    said = value(properties(style), "w:outlineLvl")
    named = _HEADING.fullmatch(value(style, "w:name").strip())
    return said or (str(int(named[1]) - 1) if named else "")
