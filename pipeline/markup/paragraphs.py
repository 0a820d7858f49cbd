"""Where one paragraph ends and the next begins, in text broken by <br>."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from pipeline.markup.spacing import INDENT, collapse
from pipeline.model import Break, Image, Inline, Text, plain

Inlines: TypeAlias = tuple[Inline, ...]

# A length that no line of verse, of an address or of a signature reaches.
_PROSE = 40


def paragraphs(inlines: Iterable[Inline]) -> Iterator[Inlines]:
    """Yield the paragraphs in ``inlines``, their white space collapsed.

    A blank line or an indent opens a paragraph; where several lines are long,
    every line is one, and so is a line of pictures. Other line breaks belong to
    their paragraph.
    """
    lines = _lines(inlines)
    if len(lines) == 1:
        yield from _whole(lines[0])
        return
    prose = sum(len(plain(line)) > _PROSE for line in lines) > 1
    group: list[Inline] = []
    apart = False
    for line in lines:
        pictures = _is_of_pictures(line)
        if prose or apart or pictures or _is_set_in(line):
            yield from _whole(group)
            group = []
        group += line
        apart = pictures or not _whole(line)
    yield from _whole(group)


def _lines(inlines: Iterable[Inline]) -> list[list[Inline]]:
    """Split behind each line break."""
    lines: list[list[Inline]] = [[]]
    for node in inlines:
        lines[-1].append(node)
        if isinstance(node, Break):
            lines.append([])
    return lines


def _is_of_pictures(line: list[Inline]) -> bool:
    pictures = any(isinstance(node, Image) for node in line)
    return pictures and all(
        isinstance(node, Image | Break) or not plain((node,)).strip() for node in line
    )


def _is_set_in(line: list[Inline]) -> bool:
    if not (line and isinstance(line[0], Text)):
        return False
    margin = line[0].value.strip(" \t\r\n\f")[:2]
    return len(margin) == 2 and not margin.strip(INDENT)


def _whole(group: list[Inline]) -> tuple[Inlines, ...]:
    content = collapse(group)
    return (content,) if content else ()
