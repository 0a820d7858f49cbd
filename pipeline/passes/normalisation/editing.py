"""Change text and keep the record: where each edit stands in the source."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.model import (
    Break,
    Code,
    Deleted,
    Edit,
    Emphasis,
    Image,
    Inline,
    Link,
    Math,
    Note,
    Ruby,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from pipeline.source import Span

# What stands in a line and is not text of the work: U+FFFC, OBJECT REPLACEMENT.
OBJECT = "\ufffc"


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """Characters of a string, half open, and what ``rule`` puts in their place."""

    start: int
    end: int
    after: str
    rule: str


def line_of(inlines: Iterable[Inline]) -> str:
    """Return the text of a line; what is no text shows as one OBJECT."""
    return "".join(value for _, value in _pieces(inlines))


def edited(
    inlines: tuple[Inline, ...], changes: Iterable[Change]
) -> tuple[tuple[Inline, ...], tuple[Edit, ...]]:
    """Return ``inlines`` with ``changes`` made, and an edit for each.

    ``changes`` count in ``line_of(inlines)``. One that reaches over the border
    of two nodes is cut there; one that touches an OBJECT is left out. A changed
    text keeps its span: that is where it came from.
    """
    todo = sorted(changes)
    if not todo:
        return inlines, ()
    cutter = _Cutter(todo)
    return cutter.rewritten(inlines), tuple(cutter.edits)


def _pieces(inlines: Iterable[Inline]) -> Iterator[tuple[Inline, str]]:
    for inline in inlines:
        match inline:
            case Text(value=value):
                yield inline, value
            case (
                Emphasis(children=children)
                | Strong(children=children)
                | Deleted(children=children)
                | Superscript(children=children)
                | Subscript(children=children)
                | Link(children=children)
            ):
                yield from _pieces(children)
            case Ruby() | Code() | Math() | Image() | Break() | Note():
                yield inline, OBJECT


class _Cutter:
    """Walks the nodes of a line once, with the changes at hand in order."""

    def __init__(self, changes: list[Change]) -> None:
        self._changes = deque(changes)
        self._offset = 0
        self.edits: list[Edit] = []

    def rewritten(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(map(self._rewritten, inlines))

    def _rewritten(self, inline: Inline) -> Inline:
        match inline:
            case Text():
                return self._text(inline)
            case (
                Emphasis(children=children)
                | Strong(children=children)
                | Deleted(children=children)
                | Superscript(children=children)
                | Subscript(children=children)
                | Link(children=children)
            ):
                return replace(inline, children=self.rewritten(children))
            case Ruby() | Code() | Math() | Image() | Break() | Note():
                self._offset += len(OBJECT)
                return inline

    def _text(self, text: Text) -> Text:
        first, last = self._offset, self._offset + len(text.value)
        self._offset = last
        value, done = "", 0
        for change in self._within(first, last):
            start, end = change.start - first, change.end - first
            before = text.value[start:end]
            value += text.value[done:start] + change.after
            done = end
            span = _part(text, start, end)
            self.edits.append(Edit(span, before, change.after, change.rule))
        return replace(text, value=value + text.value[done:]) if done else text

    def _within(self, first: int, last: int) -> Iterator[Change]:
        while self._changes and self._changes[0].start < last:
            change = self._changes.popleft()
            if change.end > last:  # the rest belongs to the next node
                rest = Change(last, change.end, "", change.rule)
                self._changes.appendleft(rest)
                change = replace(change, end=last)
            if change.start >= first:
                yield change


def _part(text: Text, start: int, end: int) -> Span:
    span = text.span
    if span.start is None:
        return span
    return replace(span, start=span.start + start, end=span.start + end)
