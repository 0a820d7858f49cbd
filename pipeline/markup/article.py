"""Which part of a web page is its article.

The choice is that of readability-lxml, which finds the article of Chinese pages
with the least around it. Only its choice is taken, never its markup: that loses
tables, notes and ruby.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import readability

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.markup.elements import is_block
from pipeline.markup.pruning import Pruned, dropped
from pipeline.model import Drop
from pipeline.source import Span
from pipeline.tree import (
    Child,
    Element,
    Malformed,
    descendants,
    find,
    parse_html,
    with_children,
)

_MARK = "data-mark"
_VOID = frozenset({"br", "hr", "img", "col", "wbr", "area", "source", "track"})
_NAME = re.compile("[A-Za-z][A-Za-z0-9:-]*")

# Shorter paragraphs are captions, labels and buttons as often as text.
_SENTENCE = 30
# Sites around an article have a greater share of their text in links.
_SOME_LINKS = 0.08
# What readability left out whole; a paragraph or a table it may have misjudged.
_CONTAINERS = frozenset(
    {
        *("div", "section", "aside", "footer", "header", "nav", "form", "ul", "ol"),
        *("li", "dl", "center", "article", "main"),
    }
)
_MANY_LINKS = 3
_NEARLY_ALL = 0.95
_MOST = 0.9
_HARDLY_ANY = 0.1


@dataclass(frozen=True, slots=True)
class _Measure:
    """How many characters an element has, and how many of them are what."""

    total: int = 0
    kept: int = 0
    linked: int = 0
    prose: int = 0

    def plus(self, other: _Measure) -> _Measure:
        return _Measure(
            self.total + other.total,
            self.kept + other.kept,
            self.linked + other.linked,
            self.prose + other.prose,
        )


def choose(page: Element, body: Element, source: str, report: Report) -> Pruned:
    """Return the article in ``body``, the pruned body of ``page``.

    A document without a site around it is taken whole, and so is, with a
    warning, a page in which no article can be found.
    """
    marks = {element: number for number, element in enumerate(descendants(body))}
    kept = _readable(body, marks)
    measures: dict[Element, _Measure] = {}
    _measure(body, frozenset(e for e, n in marks.items() if n in kept), measures)
    path = _path(body, measures)
    whole, choice = measures[body], measures[path[-1]]
    if _is_document(page, whole, choice):
        return Pruned(body, ())
    if choice.kept <= _HARDLY_ANY * whole.prose:
        report(Diagnostic(Code.NO_ARTICLE, Span(source, body.line, body.line)))
        return Pruned(body, ())
    drops: list[Drop] = []
    root = _Selection(measures, source, drops).along(path)
    return Pruned(root, tuple(drops))


def _is_document(page: Element, whole: _Measure, choice: _Measure) -> bool:
    """Tell whether a page has neither programs nor links enough for a site."""
    if whole.linked > _SOME_LINKS * whole.total:
        return False
    complete = choice.prose > _MOST * whole.prose
    return not complete or find(page, "script") is None


def _readable(body: Element, marks: Mapping[Element, int]) -> frozenset[int]:
    """Return the marks of the elements that readability takes for the article."""
    logging.getLogger("readability").setLevel(logging.CRITICAL)
    page = f"<html>{''.join(_markup(body, marks))}</html>"
    try:
        summary = readability.Document(page).summary()
    except readability.Unparseable:
        return frozenset()
    found = parse_html(summary)
    if isinstance(found, Malformed):
        return frozenset()
    said = (element.get(_MARK) for element in descendants(found))
    return frozenset(int(mark) for mark in said if mark)


def _markup(element: Element, marks: Mapping[Element, int]) -> Iterator[str]:
    # Hidden things are gone; a style would hide what a program shows later.
    attributes = {n: v for n, v in element.attributes.items() if n != "style"}
    attributes[_MARK] = str(marks[element])
    said = (
        f' {name}="{html.escape(value)}"'
        for name, value in attributes.items()
        if _NAME.fullmatch(name)
    )
    tag = element.name if _NAME.fullmatch(element.name) else "span"
    yield f"<{tag}{''.join(said)}>"
    for child in element.children:
        if isinstance(child, str):
            yield html.escape(child)
        else:
            yield from _markup(child, marks)
    if tag not in _VOID:
        yield f"</{tag}>"


def _measure(
    element: Element, kept: frozenset[Element], measures: dict[Element, _Measure]
) -> _Measure:
    """Measure ``element`` and all below it into ``measures``."""
    own = sum(_length(child) for child in element.children if isinstance(child, str))
    found = _Measure(own, own if element in kept else 0)
    line = found
    for child in element.elements:
        below = _measure(child, kept, measures)
        found = found.plus(below)
        line = line if is_block(child) else line.plus(below)
    if element.name == "a" and not element.get("href").startswith("#"):
        found = replace(found, linked=found.total)
    if is_block(element) and line.total >= _SENTENCE and line.linked * 2 <= line.total:
        found = replace(found, prose=found.prose + line.total)
    measures[element] = found
    return found


def _length(value: str) -> int:
    return len("".join(value.split()))


def _path(body: Element, measures: Mapping[Element, _Measure]) -> tuple[Element, ...]:
    """Return the elements from ``body`` down to the one that holds the article."""
    path = [body]
    whole = measures[body]
    while True:
        inner = [
            child
            for child in path[-1].elements
            if measures[child].kept > _NEARLY_ALL * whole.kept
            and measures[child].prose > _HARDLY_ANY * whole.prose
        ]
        if not inner:
            return tuple(path)
        path += inner


@dataclass(frozen=True, slots=True)
class _Selection:
    """What of the page is article, and the record of what is not."""

    measures: Mapping[Element, _Measure]
    source: str
    drops: list[Drop]

    def along(self, path: tuple[Element, ...]) -> Element:
        for around, inner in pairwise(path):
            self._drop(with_children(around, _without(inner, around)))
        return self._selected(path[-1])

    def _selected(self, element: Element) -> Element:
        return with_children(element, self._children(element))

    def _children(self, element: Element) -> Iterator[Child]:
        kept = [n for n, c in enumerate(element.children) if self._is_kept(c)]
        between = range(kept[0], kept[-1]) if kept else range(0)
        for place, child in enumerate(element.children):
            if isinstance(child, str):
                yield child
            elif self._belongs(child, inside=place in between):
                yield self._selected(child)
            else:
                self._drop(child)

    def _is_kept(self, child: Child) -> bool:
        return isinstance(child, Element) and self.measures[child].kept > 0

    def _belongs(self, element: Element, *, inside: bool) -> bool:
        """Tell whether an element is the article's; ``inside``: between two that are.

        There, what holds no links is as likely a heading as anything else.
        """
        found = self.measures[element]
        if _is_of_links(element, found):
            return False
        if found.kept or not found.total or (inside and not found.linked):
            return True
        return element.name not in _CONTAINERS

    def _drop(self, element: Element) -> None:
        self.drops.extend(dropped(element, "page", self.source))


def _without(inner: Element, around: Element) -> Iterator[Child]:
    return (child for child in around.children if child is not inner)


def _is_of_links(element: Element, found: _Measure) -> bool:
    links = sum(below.name == "a" for below in descendants(element))
    return links >= _MANY_LINKS and found.linked * 3 > found.total * 2
