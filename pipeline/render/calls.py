"""The sign that calls a note stays with what it is about.

Between a Chinese character and a number a line may end, and style sheets can't
bind what follows an element to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Node, Note, Text

# A character that is not bound to a number anyway, and what varies it.
_LAST = re.compile("[^\\x00-\\u2e7f][\\ufe00-\\ufe0f\\U000e0100-\\U000e01ef]*\\Z")


@dataclass(frozen=True, slots=True)
class Called:
    """The last character of a text, and the notes that are called behind it."""

    nodes: tuple[Node, ...]


def bound(nodes: Sequence[Node]) -> Iterable[Node | Called]:
    """Return ``nodes``, those bound together that no line may part."""
    return _bound(nodes) if any(isinstance(n, Note) for n in nodes) else nodes


def _bound(nodes: Sequence[Node]) -> Iterator[Node | Called]:
    at = 0
    while at < len(nodes):
        node, end = nodes[at], at + 1
        while end < len(nodes) and isinstance(nodes[end], Note):
            end += 1
        last = _LAST.search(node.value) if isinstance(node, Text) else None
        if isinstance(node, Text) and last and end > at + 1:
            if last.start():
                yield replace(node, value=node.value[: last.start()])
            yield Called((replace(node, value=last[0]), *nodes[at + 1 : end]))
        else:
            yield from nodes[at:end]
        at = end
