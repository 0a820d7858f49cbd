"""White space as CSS sees it: runs collapse, and line ends between Han vanish.

CSS Text 3, 4.1: a line end in the source becomes a space, but between Chinese
characters nothing, for nobody writes a space there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.model import (
    Break,
    Code,
    Image,
    Inline,
    Link,
    Math,
    Note,
    Phrase,
    Ruby,
    Text,
    plain,
)

INDENT = "\u3000\xa0\u2002\u2003\ufeff\u200b"
"""The blanks, beside white space, by which paragraphs are set in."""

_SPACE = re.compile("([ \t\n\r\f]+)")
_HAN = re.compile(
    "[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60“”‘’…—·"
    "\U00020000-\U0003ffff]"
)


def collapse(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return a paragraph's content with its white space collapsed.

    Blanks at the ends go, and with them the full-width indent. Neighbouring
    texts become one, and elements without content vanish.
    """
    return trim(_Line().flow(inlines))


def trim(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return ``inlines`` without the blanks and line breaks at their end."""
    while inlines:
        *before, last = inlines
        match last:
            case Text(value=value):
                if stripped := value.rstrip(" " + INDENT):
                    return (*before, replace(last, value=stripped))
            case Break():
                pass
            case _:
                return inlines
        inlines = tuple(before)
    return ()


@dataclass(slots=True)
class _Line:
    """Where we are: the last character, and the white space after it."""

    last: str = ""
    waiting: str = ""

    def flow(self, inlines: Iterable[Inline]) -> tuple[Inline, ...]:
        return tuple(_joined(part for node in inlines for part in self._spaced(node)))

    def _spaced(self, node: Inline) -> Iterator[Inline]:
        match node:
            case Text(value=value):
                if clean := self._text(value):
                    yield node if clean == value else replace(node, value=clean)
            case Phrase(children=children) | Link(children=children):
                # A space belongs before emphasis, not into it.
                yield from self._space_before(node)
                if children := self.flow(children):
                    yield replace(node, children=children)
            case Break():
                self.last = self.waiting = ""
                yield node
            case Note():
                yield node
            case Ruby(base=value) | Code(value=value) | Math(tex=value):
                yield from self._opaque(node, value)
            case Image():
                yield from self._opaque(node, "x")

    def _space_before(self, node: Inline) -> Iterator[Inline]:
        value = plain((node,))
        word = value.lstrip(" \t\n\r\f")
        self.waiting += value[: len(value) - len(word)]
        if word and (space := self._space(word[0])):
            self.last, self.waiting = space, ""
            yield Text(space, span=node.span)

    def _opaque(self, node: Inline, value: str) -> Iterator[Inline]:
        if space := self._space(value[:1]):
            yield Text(space, span=node.span)
        self.last, self.waiting = value[-1:] or "x", ""
        yield node

    def _text(self, value: str) -> str:
        if self.last and value and not self.waiting and not _SPACE.search(value):
            self.last = value[-1]
            return value
        pieces: list[str] = []
        for piece in _SPACE.split(value):
            word = piece if self.last else piece.lstrip(INDENT)
            if not piece or _SPACE.fullmatch(piece):
                self.waiting += piece
            elif word:
                pieces += (self._space(word[0]), word)
                self.last, self.waiting = word[-1], ""
        return "".join(pieces)

    def _space(self, following: str) -> str:
        if self.last in {"", " "} or not self.waiting:
            return ""
        breaks = any(end in self.waiting for end in "\r\n")
        han = _HAN.match(self.last) and _HAN.match(following)
        return "" if breaks and han else " "


def _joined(nodes: Iterable[Inline]) -> Iterator[Inline]:
    before: Inline | None = None
    for node in nodes:
        if isinstance(before, Text) and isinstance(node, Text):
            before = replace(before, value=before.value + node.value)
            continue
        if before is not None:
            yield before
        before = node
    if before is not None:
        yield before
