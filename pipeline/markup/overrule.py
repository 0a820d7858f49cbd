"""What a person said about lines of a document that marks its own headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.model import (
    Block,
    Drop,
    Heading,
    Inline,
    Kind,
    Paragraph,
    Text,
    plain,
    walk,
)
from pipeline.reader import HeadingHint, Hints


def headings(blocks: Iterable[Block], hints: Hints) -> Iterator[Block]:
    """Yield ``blocks`` with the headings that ``hints`` add and take away.

    A heading without a level is on that of the heading before it.
    """
    pattern = re.compile(hints.headings_pattern) if hints.headings_pattern else None
    added = {hint.line: hint for hint in hints.headings_add}
    level = 1
    for block in blocks:
        match block:
            case Heading(children=children, span=span):
                level = block.level
                removed = span.first in hints.headings_remove
                text = Paragraph(children, anchor=block.anchor, span=span)
                yield text if removed else block
            case Paragraph(children=children, span=span):
                hint = added.get(span.first)
                if hint or (pattern and pattern.fullmatch(plain(children))):
                    level = (hint.level if hint else None) or level
                    title = _title(hint, block)
                    anchor = block.anchor
                    yield Heading(level, Kind.SECTION, title, anchor=anchor, span=span)
                else:
                    yield block
            case _:
                yield block


def without(
    blocks: Iterable[Block], hints: Hints
) -> tuple[tuple[Block, ...], tuple[Drop, ...]]:
    """Return ``blocks`` less those that a person left out, and these as drops."""
    kept: list[Block] = []
    drops: list[Drop] = []
    for block in blocks:
        if block.span.first in hints.drop:
            said = "".join(n.value for n in walk(block) if isinstance(n, Text))
            drops.append(Drop(block.span, "asked", said))
        else:
            kept.append(block)
    return tuple(kept), tuple(drops)


def _title(hint: HeadingHint | None, paragraph: Paragraph) -> tuple[Inline, ...]:
    if hint is None or hint.title is None:
        return paragraph.children
    return (Text(hint.title, span=paragraph.span),)
