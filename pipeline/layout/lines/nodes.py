"""What the inline content of a block is to us: texts, boxes with texts, other boxes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.layout.lines.glosses import Gloss
from pipeline.layout.lines.glyphs import Glyphs
from pipeline.layout.lines.host import Box
from pipeline.layout.lines.lightbox import Source


@dataclass(slots=True)
class Leaf:
    """A text box: characters ``start`` to ``end`` of the paragraph."""

    box: Box
    start: int
    end: int
    glyphs: Glyphs
    line_height: float
    source: Source


@dataclass(slots=True)
class Branch:
    """An inline box with what it holds."""

    box: Box
    start: int
    end: int
    children: tuple[Node, ...]


@dataclass(slots=True)
class Object:
    """A box of its own, laid out: a single character of the paragraph."""

    box: Box
    start: int
    end: int


Node: TypeAlias = Leaf | Branch | Object | Gloss

Place: TypeAlias = Callable[[Box], Box]
"""Lays out a box of its own, and returns it with its width."""


class UnsuitableError(Exception):
    """Inline content that stock layout has to set."""


def leaves(nodes: Sequence[Node]) -> list[Leaf]:
    """Return the text boxes below ``nodes``, in order."""
    found: list[Leaf] = []
    for node in nodes:
        match node:
            case Leaf():
                found.append(node)
            case Branch():
                found += leaves(node.children)
            case Object() | Gloss():
                pass
    return found
