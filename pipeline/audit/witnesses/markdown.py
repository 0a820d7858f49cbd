"""What a Markdown text says: the texts that its grammar finds, without marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from pipeline import decoding
from pipeline.audit.statement import Statement, unheard
from pipeline.audit.strand import OBJECT
from pipeline.markdown import boxes, front_matter, grammar, notes, tables
from pipeline.markdown.element import Element
from pipeline.source import Source

_FORMULAS = ("math_block", "math_block_eqno", "math_inline", "math_inline_double")
_TEXTS = frozenset(
    ("code_block", "code_inline", "fence", "ruby", "softbreak", "surplus", "text")
) | frozenset(_FORMULAS)
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
        yield from _markup(element)
    elif element.kind != "admonition_title":  # the parser's, or read with its box
        if element.kind == "image":
            yield Statement(OBJECT, element.span)
        if element.kind in {"box", "admonition"}:
            yield Statement(boxes.box(element.info)[1], element.span)
        for child in tables.captioned(sorted(element.children, key=_is_no_caption)):
            yield from _statements(child, defined)
    if title := element.attributes.get("title"):
        yield Statement(title, element.span)


def _markup(element: Element) -> Iterator[Statement]:
    """Yield the characters of HTML, and its pictures with their descriptions."""
    shown = not _UNREAD.match(element.content)
    done = 0
    for tag in _TAGS.finditer(element.content):
        yield Statement(element.content[done : tag.start()], element.span)
        done = tag.end()
        if shown and _PICTURE.match(tag[0]):
            yield Statement(OBJECT, element.span)
            if alt := _ALT.search(tag[0]):
                yield Statement(unescape(alt[1] or alt[2]), element.span)
    yield Statement(element.content[done:], element.span)


def _is_no_caption(element: Element) -> bool:
    """Sort captions first: a table's stands above it, wherever it was written."""
    return element.kind != "caption"
