"""The title of a work among its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.model import Block, Heading, Paragraph, Title, plain

_IGNORED = re.compile(r"[\s\u3000“”\"'‘’《》]+")
_FIRST_BLOCKS = 8


def entitle(blocks: Sequence[Block], title: Title | None) -> tuple[Block, ...]:
    """Return ``blocks`` with ``title``, and no other.

    A block near the beginning that says the same is the title itself. Where no
    title is known, the only heading of the highest level is, if it comes first.
    """
    if title is None:
        return _by_level(blocks)
    for number, block in enumerate(blocks[:_FIRST_BLOCKS]):
        if isinstance(block, Title | Heading | Paragraph) and _says(block, title):
            found = Title(block.children, block.anchor, span=block.span)
            return (
                *_untitled(blocks[:number]),
                found,
                *_untitled(blocks[number + 1 :]),
            )
    return (title, *_untitled(blocks))


def compared(value: str) -> str:
    """Return ``value`` without what differs between copies of a title."""
    return _IGNORED.sub("", value)


def _says(block: Title | Heading | Paragraph, title: Title) -> bool:
    return compared(plain(block.children)) == compared(plain(title.children))


def _untitled(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(
        Paragraph(block.children, anchor=block.anchor, span=block.span)
        if isinstance(block, Title)
        else block
        for block in blocks
    )


def _by_level(blocks: Sequence[Block]) -> tuple[Block, ...]:
    headings = [block for block in blocks if isinstance(block, Heading)]
    top = min((heading.level for heading in headings), default=0)
    highest = [heading for heading in headings if heading.level == top]
    if len(highest) != 1 or highest[0] not in blocks[:1]:
        return tuple(blocks)
    return tuple(
        Title(block.children, block.anchor, span=block.span)
        if block is highest[0]
        else block
        for block in blocks
    )
