"""Tables and figures that a Markdown text has in HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.markdown.desk import Desk
from pipeline.markdown.element import Element
from pipeline.markup.blocks import blocks
from pipeline.markup.illustrations import width
from pipeline.markup.pruning import prune
from pipeline.markup.resolved import Resolved
from pipeline.model import Flow, Heading, Image, Inline, Paragraph, Strong, Title
from pipeline.source import Span
from pipeline.tree import Element as Markup
from pipeline.tree import Malformed, descendants, find, parse_html

_ISLANDS = ("<table", "<figure")


def is_island(element: Element) -> bool:
    """Tell whether a block of HTML is one that a book has a place for."""
    is_html = element.kind == "html_block"
    return is_html and element.content.lower().startswith(_ISLANDS)


def flow(element: Element, desk: Desk) -> Iterator[Flow]:
    """Yield what a block of HTML holds, without its programs."""
    source, first = element.span.source, element.span.first
    match parse_html("\n" * (first - 1) + element.content):
        case Malformed():
            desk.drop_lines(element.span, "html")
        case Markup() as page:
            body = prune(find(page, "body") or page, source)
            desk.drops += body.drops
            yield from _flow(body.root, source, desk)


def _flow(root: Markup, source: str, desk: Desk) -> Iterator[Flow]:
    for block in blocks(root, _resolved(root, source, desk)):
        match block:
            case Heading(children=children) | Title(children=children):
                strong = Strong(children, span=block.span)
                yield Paragraph((strong,), span=block.span)
            case _:
                yield block


def _resolved(root: Markup, source: str, desk: Desk) -> Resolved:
    shown: dict[Markup, tuple[Inline, ...]] = {}
    targets: dict[Markup, str] = {}
    for below in descendants(root):
        if below.name == "img":
            span = Span(source, below.line, below.line)
            found = desk.gallery.show(below.get("src"), below.get("alt"), span)
            if isinstance(found, Image):
                found = replace(found, width=width(below))
            shown[below] = (found,) if found else ()
        elif below.name == "a":
            targets[below] = below.get("href").strip()
    return Resolved(source, shown, targets)
