"""The HTML in a Markdown text: few tags mean something in a book."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import TypeAlias

from pipeline.markdown.element import Element, text
from pipeline.source import Span

# HTML Living Standard 4.5: elements whose meaning Markdown or the model has too.
_PAIRS = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "mark", "cite", "dfn", "ins"), "em"),
    "u": "proper_name",  # HTML, 4.5.23: a proper name in Chinese text
    "small": "",
    **dict.fromkeys(("s", "del", "strike"), "s"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code_inline"),
    **{name: name for name in ("sub", "sup", "ruby", "rt", "rp", "rb")},
    "a": "link",
}
# The classes of our own marks: see render/templates/nodes.
_CLASSES = {"proper-name": "proper_name", "work-title": "work_title", "gloss": "gloss"}
_HAN = re.compile("[\u3400-\u9fff]")
_SINGLES = {"br": "hardbreak", "img": "image"}
MEANINGFUL = frozenset(name for name, kind in _PAIRS.items() if kind)
"""The tags that mean something as long as they are paired."""

# HTML Living Standard 4.5.11: these may stay open until their ruby closes.
_MAY_STAY_OPEN = frozenset({"rt", "rp", "rb"})
# Prose before one of these is a paragraph of its own.
_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "caption", "center"),
        *("dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer"),
        *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "p", "section", "summary", "table", "tbody", "td", "tfoot"),
        *("th", "thead", "tr", "ul"),
    ]
)

Refuse: TypeAlias = Callable[[Element, str], None]
"""Is told each tag without a place in a book, and its name: none for a comment."""


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tag: its name in lower case, and whether it opens or closes."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    closes: bool = False


def settle(elements: Sequence[Element], refuse: Refuse) -> tuple[Element, ...]:
    """Return ``elements`` with their pairs of tags made elements.

    Tags without a meaning and those without their other half are refused; what
    stands between them stays. Where a block of HTML began or ended, there is an
    element ``paragraph_end``.
    """
    level = _Level(refuse)
    for element in elements:
        if element.kind == "html_inline":
            level.meet(element, _tag(element.content))
        else:
            children = settle(element.children, refuse)
            level.add(replace(element, children=children))
    return level.whole()


def without_tags(markup: str) -> str:
    """Return the characters of a piece of HTML."""
    collector = _Collector()
    collector.feed(markup)
    collector.close()
    return collector.text


class _Level:
    """Siblings, while tags among them wait for their other half."""

    def __init__(self, refuse: Refuse) -> None:
        self._refuse = refuse
        self._waiting: list[tuple[Element, _Tag]] = []
        self._found: list[list[Element]] = [[]]

    def add(self, *elements: Element) -> None:
        self._found[-1] += elements

    def meet(self, element: Element, tag: _Tag | None) -> None:
        if tag is None:
            self._refuse(element, "")
        elif tag.name in _SINGLES:
            kind = _SINGLES[tag.name]
            self.add(Element(kind, element.span, "", "", tag.attributes))
        elif tag.name in _PAIRS and not tag.closes and _kind(tag):
            self._waiting.append((element, tag))
            self._found.append([])
        elif tag.name in _PAIRS and any(t.name == tag.name for _, t in self._waiting):
            self._close(element, tag)
        else:
            self._refuse(element, tag.name)
            if tag.name in _BLOCKS:
                self.add(Element("paragraph_end", element.span))

    def whole(self) -> tuple[Element, ...]:
        while self._waiting:
            self._give_up()
        return tuple(self._found[0])

    def _close(self, element: Element, tag: _Tag) -> None:
        while (inner := self._waiting[-1][1].name) != tag.name:
            if tag.name == "ruby" and inner in _MAY_STAY_OPEN:
                self._close(element, _Tag(inner, closes=True))
            else:
                self._give_up()
        opening, opened = self._waiting.pop()
        children = tuple(self._found.pop())
        span = Span(element.span.source, opening.span.first, element.span.last)
        if opened.name == "rp":
            self._refuse(Element("html_inline", span, text(children)), "")
        else:
            self.add(*_paired(opened, children, span))

    def _give_up(self) -> None:
        element, tag = self._waiting.pop()
        self._refuse(element, tag.name)
        self.add(*self._found.pop())


def _paired(tag: _Tag, children: tuple[Element, ...], span: Span) -> Iterator[Element]:
    match _kind(tag):
        case "code_inline":
            yield Element("code_inline", span, text(children))
        case "ruby":
            yield from _ruby(children, span)
        case "link" if "href" not in tag.attributes:
            name = tag.attributes.get("id") or tag.attributes.get("name", "")
            yield Element("anchor", span, info=name)
            yield from children
        case "em" if tag.name == "cite" and _HAN.search(text(children)):
            yield from children  # Chinese titles bring their own marks
        case kind:
            yield Element(kind, span, "", "", tag.attributes, children)


def _kind(tag: _Tag) -> str:
    """Return what a tag means; empty where only a class would say it."""
    words = tag.attributes.get("class", "").split()
    marks = (_CLASSES[word] for word in words if word in _CLASSES)
    if tag.name == "u" and "wavy" in tag.attributes.get("style", "").lower():
        return "work_title"
    return next(marks, _PAIRS[tag.name])


def _ruby(children: Sequence[Element], span: Span) -> Iterator[Element]:
    base: list[Element] = []
    for child in children:
        if child.kind == "rt":
            reading = text(child.children).strip()
            whole = {"group": "ruby"}
            yield Element("ruby", span, text(tuple(base)).strip(), reading, whole)
            base = []
        else:
            base.append(child)
    yield from base


def _tag(markup: str) -> _Tag | None:
    if not re.match("</?[a-zA-Z]", markup):
        return None
    collector = _Collector()
    collector.feed(markup)
    return collector.tag


class _Collector(HTMLParser):
    """Remembers the last tag that it read, and all characters."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tag: _Tag | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tag = _Tag(tag, {name: value or "" for name, value in attrs})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.tag = _Tag(tag, closes=True)

    def handle_data(self, data: str) -> None:
        self.text += data
