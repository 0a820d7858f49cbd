"""Where a paragraph of Markdown is more than one, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.markdown.element import Element
from pipeline.model import Break, Inline, Text
from pipeline.source import Span

_PARAGRAPH_ENDS = frozenset({"indent", "paragraph_end"})
_LINE_ENDS = frozenset({"softbreak", "hardbreak", "indent"})
_BLANKS = " \t\n\u3000\xa0"


def parts(elements: Iterable[Element]) -> Iterator[tuple[Element, ...]]:
    """Yield the paragraphs in ``elements``: a line set in begins another."""
    return _divided(elements, _PARAGRAPH_ENDS)


def lines(elements: Iterable[Element]) -> Iterator[tuple[Element, ...]]:
    """Yield the lines in ``elements``, whatever ends them."""
    return _divided(elements, _LINE_ENDS)


def first_line(
    elements: Sequence[Element],
) -> tuple[tuple[Element, ...], tuple[Element, ...]]:
    """Return the elements before the first line end, and those behind it."""
    for place, element in enumerate(elements):
        if element.kind in _LINE_ENDS:
            return tuple(elements[:place]), tuple(elements[place + 1 :])
    return tuple(elements), ()


def span(elements: Sequence[Element]) -> Span:
    """Return the span of neighbouring inlines."""
    first, last = elements[0].span, elements[-1].span
    return Span(first.source, first.first, last.last)


def trimmed(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """Return ``inlines`` without the blanks and line breaks at their ends."""
    found = list(inlines)
    while found and (ends := _without_start(found[0])) is not found[0]:
        found[:1] = [ends] if ends else []
    while found and (ends := _without_end(found[-1])) is not found[-1]:
        found[-1:] = [ends] if ends else []
    return tuple(found)


def _divided(
    elements: Iterable[Element], ends: frozenset[str]
) -> Iterator[tuple[Element, ...]]:
    part: list[Element] = []
    for element in elements:
        if element.kind in ends:
            yield from _whole(part)
            part = []
        else:
            part.append(element)
    yield from _whole(part)


def _whole(part: Sequence[Element]) -> tuple[tuple[Element, ...], ...]:
    return (tuple(part),) if part else ()


def _without_start(inline: Inline) -> Inline | None:
    match inline:
        case Break():
            return None
        case Text(value=value) if value[:1] in _BLANKS:
            kept = value.lstrip(_BLANKS)
            start, end = inline.span.start, inline.span.end
            if start is not None:
                start += len(value) - len(kept)
            return _cut(inline, kept, start, end)
        case _:
            return inline


def _without_end(inline: Inline) -> Inline | None:
    match inline:
        case Break():
            return None
        case Text(value=value) if value[-1:] in _BLANKS:
            kept = value.rstrip(_BLANKS)
            start, end = inline.span.start, inline.span.end
            if end is not None:
                end -= len(value) - len(kept)
            return _cut(inline, kept, start, end)
        case _:
            return inline


def _cut(text: Text, value: str, start: int | None, end: int | None) -> Text | None:
    span = replace(text.span, start=start, end=end)
    return Text(value, span=span) if value else None
