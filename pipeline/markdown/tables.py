"""Tables, and the paragraphs beside them that say what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.diagnostics import Code
from pipeline.markdown.desk import Desk
from pipeline.markdown.element import Element, text
from pipeline.markdown.inlines import Inlines
from pipeline.markdown.paragraphs import trimmed
from pipeline.model import Align, Cell, Paragraph, Row, Table

# Pandoc's mark of a caption goes; a label such as 表 2-1 is part of it.
_MARK = re.compile(r"(?:[Tt]able)?:[ \t]+")
_LABEL = re.compile(
    r"[表附][ 　表]?[0-9０-９一二三四五六七八九十]+(?:[-－.．][0-9]+)?[ 　：:]"
)
_LONGEST_LABEL = 60
_ALIGNMENTS = {"text-align:center": Align.CENTER, "text-align:right": Align.END}


def captioned(elements: Sequence[Element]) -> Iterator[Element]:
    """Yield ``elements``, the caption beside each table moved into it."""
    captions = _captions(elements)
    for place, element in enumerate(elements):
        if place in captions:
            caption = elements[captions[place]]
            yield replace(element, children=(*element.children, _caption(caption)))
        elif place not in captions.values():
            yield element


def table(element: Element, inlines: Inlines, desk: Desk) -> Table:
    """Return a table. Cells that its head has no column for are reported."""
    found: dict[str, list[Row]] = {"thead": [], "tbody": []}
    caption: tuple[Element, ...] = ()
    for group in element.children:
        if group.kind == "caption":
            caption = group.children
        else:
            found[group.kind] += [_row(row, inlines, desk) for row in group.children]
    return Table(
        trimmed(inlines.convert(inlines.settle(caption))),
        tuple(found["thead"]),
        tuple(found["tbody"]),
        span=element.span,
    )


def _captions(elements: Sequence[Element]) -> dict[int, int]:
    """Return the places of tables with the places of their captions."""
    captions: dict[int, int] = {}
    tables = {n for n, element in enumerate(elements) if element.kind == "table"}
    for place, element in enumerate(elements):
        if element.kind != "paragraph" or not element.children:
            continue
        opening = element.children[0].content
        if _MARK.match(opening) and place - 1 in tables - captions.keys():
            captions[place - 1] = place
        elif place + 1 in tables and (_MARK.match(opening) or _is_label(element)):
            captions[place + 1] = place
    return captions


def _is_label(element: Element) -> bool:
    whole = text(element.children)
    return bool(_LABEL.match(whole)) and len(whole) <= _LONGEST_LABEL


def _caption(paragraph: Element) -> Element:
    first, *rest = paragraph.children
    if mark := _MARK.match(first.content):
        span, start = first.span, first.span.start
        if start is not None:
            span = replace(span, start=start + mark.end())
        first = replace(first, content=first.content[mark.end() :], span=span)
    return Element("caption", paragraph.span, children=(first, *rest))


def _row(element: Element, inlines: Inlines, desk: Desk) -> Row:
    cells: list[Cell] = []
    for child in element.children:
        if child.kind == "surplus":
            desk.say(Code.SURPLUS_CELL, child.span, text=child.content)
            desk.drop(child.span, "surplus-cell", child.content)
        else:
            cells.append(_cell(child, inlines))
    return Row(tuple(cells), span=element.span)


def _cell(element: Element, inlines: Inlines) -> Cell:
    span = element.span
    content = trimmed(inlines.convert(inlines.settle(element.children)))
    return Cell(
        (Paragraph(content, span=span),) if content else (),
        element.kind == "th",
        _ALIGNMENTS.get(element.attributes.get("style", ""), Align.START),
        span=span,
    )
