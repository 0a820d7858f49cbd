"""Inline elements of Markdown to inlines of the model."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from pipeline import math, pictures
from pipeline.diagnostics import Code
from pipeline.markdown import html, notes
from pipeline.markdown.desk import Desk
from pipeline.markdown.element import Element, text
from pipeline.model import (
    Break,
    Deleted,
    Emphasis,
    Gloss,
    Image,
    Inline,
    Link,
    Mark,
    Math,
    Note,
    ProperName,
    Ruby,
    Strong,
    Subscript,
    Superscript,
    Text,
    WorkTitle,
)
from pipeline.model import Code as CodeSpan

_WRAPPERS: dict[str, type[Mark]] = {
    "em": Emphasis,
    "strong": Strong,
    "s": Deleted,
    "sup": Superscript,
    "sub": Subscript,
    "proper_name": ProperName,
    "work_title": WorkTitle,
    "gloss": Gloss,
}
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:|//")


class Inlines:
    """Converts what stands within the blocks of one document."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waiting: deque[Sequence[Element]] | None = None
        self._within: set[str] = set()

    def settle(self, elements: Sequence[Element]) -> tuple[Element, ...]:
        """Return ``elements`` with the HTML among them made sense of."""
        return html.settle(elements, self._desk.refuse)

    def convert(self, elements: Sequence[Element]) -> tuple[Inline, ...]:
        """Return settled elements as inlines; adjoining pieces of text are one."""
        found = (i for element in elements for i in self._inlines(element))
        return tuple(_joined(found))

    def _inlines(self, element: Element) -> Iterator[Inline]:  # noqa: C901 - an arm for each kind
        span = element.span
        match element.kind:
            case "text":
                yield Text(element.content, span=span)
            case "softbreak" if element.content:
                yield Text(element.content, span=span)
            case "hardbreak":
                yield Break(span=span)
            case "code_inline":
                yield CodeSpan(element.content, span=span)
            case "math_inline" | "math_inline_double":
                yield self._formula(element)
            case "ruby":
                yield from _ruby(element)
            case "image":
                yield from self._picture(element)
            case "link":
                yield from self._link(element)
            case "footnote_ref" | "footnote_inline":
                yield from self._note(element)
            case kind if kind in _WRAPPERS:
                if children := self.convert(element.children):
                    yield _WRAPPERS[kind](children, span=span)
            case _:
                yield from self.convert(element.children)

    def _formula(self, element: Element) -> Inline:
        tex = " ".join(element.content.split())
        match math.inline(tex):
            case math.Misread(problem=problem):
                self._desk.say(Code.UNREADABLE_FORMULA, element.span, problem=problem)
                return CodeSpan(tex, span=element.span)
            case mathml:
                return Math(tex, mathml, span=element.span)

    def picture(self, element: Element) -> tuple[Image | Text | None, str]:
        """Return a picture, or its description, and its title."""
        address = element.attributes.get("src", "")
        alt = text(element.children) or element.attributes.get("alt", "")
        if _is_file_name(alt, address):
            self._desk.drop(element.span, "file-name", alt)
            alt = ""
        shown = self._desk.gallery.show(address, alt, element.span)
        if isinstance(shown, Image):
            width = pictures.width(element.attributes.get("width", ""))
            shown = replace(shown, width=width)
        else:
            self._desk.drop(element.span, "missing-picture", _readable(address))
        return shown, element.attributes.get("title", "")

    def _picture(self, element: Element) -> Iterator[Inline]:
        shown, title = self.picture(element)
        self._desk.drop(element.span, "link-title", title)
        if shown is not None:
            yield shown

    def _link(self, element: Element) -> Iterator[Inline]:
        href = element.attributes.get("href", "")
        self._desk.drop(element.span, "link-title", element.attributes.get("title", ""))
        children = self.convert(element.children)
        if children and href:
            yield Link(_readable(href), children, span=element.span)
        elif children:
            yield from children
        else:
            self._desk.drop(element.span, "empty-link", _readable(href))

    def _note(self, element: Element) -> Iterator[Inline]:
        label = element.info
        if element.kind == "footnote_inline":
            content: tuple[Sequence[Element], ...] = (element.children,)
        elif label in self._desk.notes:
            content = self._defined(label)
        else:
            self._desk.say(Code.UNDEFINED_NOTE, element.span, label=label)
            yield Text(f"[^{label}]", span=element.span)
            return
        if self._waiting is not None:
            # A note within a note: its text follows the outer note's.
            self._waiting += content
        elif paragraphs := tuple(self._paragraphs(content)):
            yield Note(paragraphs, span=element.span)

    def _defined(self, label: str) -> tuple[Sequence[Element], ...]:
        if label in self._within:
            return ()
        self._within.add(label)
        self._desk.called.add(label)
        found = notes.paragraphs(self._desk.notes[label])
        return tuple(self.settle(paragraph) for paragraph in found)

    def _paragraphs(
        self, content: Sequence[Sequence[Element]]
    ) -> Iterator[tuple[Inline, ...]]:
        self._waiting = deque(content)
        while self._waiting:
            if paragraph := self.convert(self._waiting.popleft()):
                yield paragraph
        self._waiting = None
        self._within.clear()


def _ruby(element: Element) -> Iterator[Inline]:
    base, span = element.content, element.span
    readings = element.info.split("|") if "|" in element.info else element.info.split()
    if not (base and readings):
        yield Text(base or element.info, span=span)
    elif "group" not in element.attributes and len(base) == len(readings):
        for character, reading in zip(base, readings, strict=True):
            yield Ruby(character, reading.strip(), span=span)
    else:
        yield Ruby(base, " ".join(readings), span=span)


def _is_file_name(alt: str, address: str) -> bool:
    """Tell whether an editor has put a name where a description belongs."""
    name = unquote(address).rpartition("/")[2]
    return bool(alt) and alt.strip() in {name, name.rpartition(".")[0]}


def _readable(href: str) -> str:
    """Return links within the book as they were written, and URLs as they are."""
    return href if _ELSEWHERE.match(href) else unquote(href)


def _joined(inlines: Iterable[Inline]) -> Iterator[Inline]:
    before: Inline | None = None
    for inline in inlines:
        if joined := _adjoining(before, inline):
            before = joined
            continue
        if before is not None:
            yield before
        before = inline
    if before is not None:
        yield before


def _adjoining(first: Inline | None, second: Inline) -> Text | None:
    """Return two texts as one, if they stand side by side in the source."""
    if not (isinstance(first, Text) and isinstance(second, Text)):
        return None
    if first.span.end is None or first.span.end != second.span.start:
        return None
    span = replace(first.span, last=second.span.last, end=second.span.end)
    return Text(first.value + second.value, span=span)
