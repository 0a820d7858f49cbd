"""What a Markdown text says: the texts that its grammar finds, without marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from pipeline import decoding
from pipeline.audit.statement import Statement, unheard
from pipeline.audit.strand import OBJECT
from pipeline.audit.witnesses import trees
from pipeline.markdown import boxes, front_matter, grammar, islands, notes, tables
from pipeline.markdown.element import Element, descendants
from pipeline.source import Source
from pipeline.tree import Child, find, parse_html, rebuild
from pipeline.tree import Element as Markup

_FORMULAS = (
    *("amsmath", "math_block", "math_block_eqno"),
    *("math_inline", "math_inline_double"),
)
_TEXTS = frozenset(
    ("code_block", "code_inline", "fence", "ruby", "softbreak", "surplus", "text")
) | frozenset(_FORMULAS)
_DESCRIBING = frozenset({"code_inline", "math_inline", "ruby", "softbreak", "text"})
_HTML = frozenset({"html_block", "html_inline"})
_TAGS = re.compile(r"<[^>]*>")
_UNREAD = re.compile(r"(?i)\s*<(?:!|script|style)")
_PICTURE = re.compile(r"(?i)<img\b")
_ALT = re.compile(r"""(?i)\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def statements(data: bytes, name: str, encoding: str | None) -> Iterator[Statement]:
    """Yield the characters that are no marks, in their order."""
    source = decoding.decode(data, name, unheard, encoding)
    front = front_matter.split(source, unheard)
    for drop in front.drops:
        yield Statement(drop.text, drop.span)
    elements = grammar.parse(source, dict.fromkeys(front.lines, ""))
    defined = frozenset(notes.definitions(elements))
    for element in tables.captioned(elements):
        if element.kind == "reference":
            yield _lines(element, source)
        yield from _statements(element, defined)


def _lines(element: Element, source: Source) -> Statement:
    lines = source.lines[element.span.first - 1 : element.span.last]
    span = source.span(lines[0].start, lines[-1].end)
    return Statement(source.text[lines[0].start : lines[-1].end], span)


def _statements(element: Element, defined: frozenset[str]) -> Iterator[Statement]:
    if element.kind in _TEXTS:
        yield Statement(element.content, element.span)
    elif element.kind == "footnote_ref" and element.info not in defined:
        yield Statement(f"[^{element.info}]", element.span)
    elif element.kind in _HTML:
        yield from _html(element)
    elif element.kind == "image":
        yield from _picture(element)
    elif element.kind != "admonition_title":  # the parser's, or read with its box
        if element.kind in {"box", "admonition"}:
            yield Statement(boxes.box(element.info)[1], element.span)
        for child in tables.captioned(sorted(element.children, key=_is_no_caption)):
            yield from _statements(child, defined)
    if title := element.attributes.get("title"):
        yield Statement(title, element.span)


def _picture(element: Element) -> Iterator[Statement]:
    """Yield an object and its description, in which there are no others."""
    yield Statement(OBJECT, element.span)
    for said in descendants(element):
        if said.kind in _DESCRIBING:
            yield Statement(said.content, said.span)


def _html(element: Element) -> Iterator[Statement]:
    return _island(element) if islands.is_island(element) else _markup(element)


def _island(element: Element) -> Iterator[Statement]:
    """Yield the characters of a table or a figure in HTML, and its pictures."""
    page = parse_html("\n" * (element.span.first - 1) + element.content)
    if isinstance(page, Markup):
        (body,) = rebuild(find(page, "body") or page, _with_objects)
        if isinstance(body, Markup):
            yield from trees.statements(body, element.span.source)


def _with_objects(markup: Markup) -> tuple[Child, ...]:
    """Put an object, and then its description, in the place of a picture."""
    if markup.name != "img":
        return (markup,)
    return (Markup("span", {}, (OBJECT, markup.get("alt")), markup.line),)


def _markup(element: Element) -> Iterator[Statement]:
    """Yield the characters of HTML, and its pictures with their descriptions."""
    shown = not _UNREAD.match(element.content)
    done = 0
    for tag in _TAGS.finditer(element.content):
        yield Statement(_said(element, done, tag.start()), element.span)
        done = tag.end()
        if shown and _PICTURE.match(tag[0]):
            yield Statement(OBJECT, element.span)
            if alt := _ALT.search(tag[0]):
                yield Statement(unescape(alt[1] or alt[2]), element.span)
    yield Statement(_said(element, done, None), element.span)


def _said(element: Element, start: int, end: int | None) -> str:
    """Return what a reader makes of a stretch of HTML: a block has entities."""
    text = element.content[start:end]
    return unescape(text) if element.kind == "html_block" else text


def _is_no_caption(element: Element) -> bool:
    """Sort captions first: a table's stands above it, wherever it was written."""
    return element.kind != "caption"
