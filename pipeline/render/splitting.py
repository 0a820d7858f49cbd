"""Which part of a book is a document of its own, and where a long one is cut.

Reading systems load a whole document before they show its first page; the
older ones give up on one that is too long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from pipeline.model import CodeBlock, Flow, Kind, Node, Section, Text

LIMIT = 220_000
"""Bytes of markup at which a document is cut; marks of pages still come to it."""

Content: TypeAlias = tuple[Flow | Section, ...]
Size: TypeAlias = Callable[[Node], int]

# Markup makes text longer, but hardly ever three times as long.
_LONG = LIMIT // 3
_BYTES_A_CHARACTER = 3


def documents(sections: Iterable[Section]) -> Iterator[Section]:
    """Yield what opens on a page of its own: volumes and parts, and all chapters."""
    for section in sections:
        if section.kind in {Kind.PART, Kind.VOLUME} and section.sections:
            yield replace(section, sections=())
            yield from documents(section.sections)
        else:
            yield section


def is_long(nodes: Iterable[Node]) -> bool:
    """Tell whether ``nodes``, all there are, may be too long for one document."""
    texts = (node.value for node in nodes if isinstance(node, Text | CodeBlock))
    return _BYTES_A_CHARACTER * sum(map(len, texts)) >= _LONG


def cut(section: Section, size: Size) -> Iterator[Content]:
    """Yield the content of each document that ``section`` takes, in order.

    It is cut before sections within it, and where one alone is too long, before
    its paragraphs. ``size`` tells how many bytes of markup a node makes.
    """
    if size(section) <= LIMIT:
        yield (section,)
        return
    first, *others = _packed(section, size)
    kept = tuple(node for node in first if isinstance(node, Section))
    flow = tuple(node for node in first if not isinstance(node, Section))
    yield (replace(section, flow=flow, sections=kept),)
    yield from others


def _packed(section: Section, size: Size) -> Iterator[Content]:
    """Yield what is below the title, in portions that are small enough."""
    # A title keeps the first paragraph, which it may even run into.
    portion: list[Flow | Section] = list(section.flow[:1])
    total = size(replace(section, flow=section.flow[:1], sections=()))
    is_first = True
    for node in (*section.flow[1:], *section.sections):
        length = size(node)
        is_alone = isinstance(node, Section) and length > LIMIT
        if (portion or is_first) and (is_alone or total + length > LIMIT):
            yield tuple(portion)
            portion, total, is_first = [], 0, False
        if isinstance(node, Section) and is_alone:
            yield from cut(node, size)
        else:
            portion.append(node)
            total += length
    if portion or is_first:
        yield tuple(portion)
