"""From phrasing content of HTML to inlines of the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from pipeline.markup.formulas import formula
from pipeline.markup.resolved import Resolved
from pipeline.model import (
    Break,
    Code,
    Deleted,
    Emphasis,
    Gloss,
    Inline,
    Link,
    Mark,
    ProperName,
    Ruby,
    Strong,
    Subscript,
    Superscript,
    Text,
    WorkTitle,
    plain,
)
from pipeline.source import Span
from pipeline.tree import Child, Element, text

_WRAPPERS: dict[str, type[Mark]] = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), Emphasis),
    **dict.fromkeys(("strong", "b"), Strong),
    **dict.fromkeys(("del", "s", "strike"), Deleted),
    "sup": Superscript,
    "sub": Subscript,
}
# The classes of our own marks: see render/templates/nodes.
_CLASSES: dict[str, type[Mark]] = {
    "proper-name": ProperName,
    "work-title": WorkTitle,
    "gloss": Gloss,
}
_HAN = re.compile("[\u3400-\u9fff]")
_STYLES: tuple[tuple[re.Pattern[str], type[Mark]], ...] = (
    (re.compile(r"text-decoration[a-z-]*\s*:[^;]*\bwavy"), WorkTitle),
    (re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through"), Deleted),
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)"), Emphasis),
    (re.compile(r"text-emphasis(?:-style)?\s*:\s*(?!none)"), Emphasis),
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)"), Strong),
)


def inlines(
    nodes: Iterable[Child], resolved: Resolved, line: int
) -> tuple[Inline, ...]:
    """Return ``nodes`` as inlines, their white space as it stands.

    ``line`` is that of the element around them.
    """
    found: list[Inline] = []
    for node in nodes:
        if isinstance(node, Element):
            found += _inline(node, resolved)
        else:
            found.append(Text(node, span=resolved.span(line)))
    return tuple(found)


def _inline(element: Element, resolved: Resolved) -> tuple[Inline, ...]:
    if element in resolved.replaced:
        return resolved.replaced[element]
    span = resolved.span(element.line)
    match element.name:
        case "br":
            return (Break(span=span),)
        case "ruby":
            return tuple(_ruby(element, resolved))
        case "code" | "kbd" | "samp" | "tt":
            value = " ".join(text(element).split())
            return (Code(value, span=span),) if value else ()
        case "math":
            return formula(element, span)
        case _:
            children = inlines(element.children, resolved, element.line)
            return _styled(element, children, resolved) if children else ()


def _styled(
    element: Element, children: tuple[Inline, ...], resolved: Resolved
) -> tuple[Inline, ...]:
    span = resolved.span(element.line)
    if wrapper := _wrapper(element, children):
        return (wrapper(children, span=span),)
    match element.name:
        case "cite":
            return children
        case "a":
            target = resolved.targets.get(element)
            return (Link(target, children, span=span),) if target else children
        case "q":
            return (Text("“", span=span), *children, Text("”", span=span))
        case _:
            return _by_style(element.get("style").lower(), children, span)


def _wrapper(element: Element, children: tuple[Inline, ...]) -> type[Mark] | None:
    for name, mark in _CLASSES.items():
        if name in element.words:
            return mark
    match element.name:
        case "u":  # HTML, 4.5.23: a proper name in Chinese text
            return WorkTitle if "wavy" in element.get("style").lower() else ProperName
        case "cite" if _HAN.search(plain(children)):
            return None  # Chinese titles bring their own marks
        case name:
            return _WRAPPERS.get(name)


def _by_style(
    style: str, children: tuple[Inline, ...], span: Span
) -> tuple[Inline, ...]:
    for pattern, wrapper in _STYLES:
        if pattern.search(style):
            children = (wrapper(children, span=span),)
    return children


def _ruby(element: Element, resolved: Resolved) -> Iterator[Inline]:
    """Yield bases with their readings: both 漢<rt>hàn and <rb>漢<rb>字<rt>hàn<rt>zì."""
    bases: list[str] = []
    readings: list[str] = []
    for (name, _), pieces in groupby(_ruby_parts(element, element), itemgetter(0)):
        value = " ".join("".join(piece for _, piece in pieces).split())
        if value and name == "rt":
            readings.append(value)
        elif value:
            if readings:
                yield from _paired(bases, readings, resolved.span(element.line))
                bases, readings = [], []
            bases.append(value)
    yield from _paired(bases, readings, resolved.span(element.line))


def _ruby_parts(
    element: Element, owner: Element
) -> Iterator[tuple[tuple[str, Element], str]]:
    """Yield the texts of a ruby, each with its <rb> or <rt>, however deep.

    The HTML parser puts what follows an open <rb> or <rt> inside it.
    """
    for child in element.children:
        if isinstance(child, str):
            yield ("rt" if owner.name == "rt" else "rb", owner), child
        elif child.name != "rp":
            below = child if child.name in {"rb", "rt"} else owner
            yield from _ruby_parts(child, below)


def _paired(bases: list[str], readings: list[str], span: Span) -> Iterator[Inline]:
    if not (bases and readings):
        yield Text(" ".join(bases or readings), span=span)
    elif len(bases) == len(readings):
        for base, reading in zip(bases, readings, strict=True):
            yield Ruby(base, reading, span=span)
    else:
        yield Ruby("".join(bases), " ".join(readings), span=span)
