"""What of a page never reaches a book: programs, controls, hidden things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.markup.elements import SILENT, is_block
from pipeline.model import Drop
from pipeline.source import Span
from pipeline.tree import Child, Element, descendants, text, with_children

_CONTROLS = frozenset(
    {
        *("input", "select", "textarea", "button", "option", "optgroup", "datalist"),
        *("progress", "meter", "keygen", "isindex"),
    }
)
_EMBEDDED = frozenset(
    {
        *("iframe", "frame", "frameset", "noframes", "noscript", "object", "embed"),
        *("applet", "audio", "video", "canvas", "svg", "map", "portal", "bgsound"),
    }
)
_PROSE = frozenset({"p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "article"})
_NOT_DISPLAYED = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)
_INVISIBLE = re.compile(r"(?:^|;)\s*visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pruned:
    """What is left of a document, and the record of what went."""

    root: Element
    drops: tuple[Drop, ...]


def prune(root: Element, source: str) -> Pruned:
    """Return ``root`` without what never passes; ``source`` is named in spans."""
    body = len(text(root))
    drops: list[Drop] = []
    pruned = _Pruning(source, body, drops).prune(root)
    return Pruned(pruned, tuple(drops))


def dropped(element: Element, reason: str, source: str) -> Iterator[Drop]:
    """Yield a drop for each paragraph in ``element``."""
    for of_blocks, nodes in groupby(element.children, is_block):
        below = tuple(nodes)
        if of_blocks:
            for node in below:
                assert isinstance(node, Element)
                yield from dropped(node, reason, source)
        elif said := " ".join(_words(below)):
            yield Drop(Span(source, element.line, element.line), reason, said)


def _words(nodes: Iterable[Child]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield from node.split()
        elif node.name not in SILENT:
            yield from _words(node.children)


@dataclass(frozen=True, slots=True)
class _Pruning:
    source: str
    length: int
    drops: list[Drop]

    def prune(self, element: Element) -> Element:
        return with_children(element, self._kept(element))

    def _kept(self, element: Element) -> Iterator[Child]:
        for child in element.children:
            if isinstance(child, str):
                yield child
            elif child.name in SILENT:
                continue
            elif reason := self._reason(child):
                self.drops.extend(dropped(child, reason, self.source))
            else:
                yield self.prune(child)

    def _reason(self, element: Element) -> str | None:
        if element.name in _CONTROLS or _is_mere_form(element):
            return "control"
        if element.name in _EMBEDDED:
            return "embedded"
        return "hidden" if self._is_hidden(element) else None

    def _is_hidden(self, element: Element) -> bool:
        style = element.get("style")
        if "hidden" in element.attributes or _NOT_DISPLAYED.search(style):
            return True
        if element.name == "dialog" and "open" not in element.attributes:
            return True
        # Some pages reveal their article by a program once it is loaded.
        return bool(_INVISIBLE.search(style)) and len(text(element)) * 2 < self.length


def _is_mere_form(element: Element) -> bool:
    """Tell whether a form is one to fill in; some hold a whole page instead."""
    if element.name != "form":
        return False
    return not any(below.name in _PROSE for below in descendants(element))
