"""What stands in an EPUB, read without the model: to prove it against others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.checks.epub.publication import (
    HEADINGS,
    XHTML,
    Document,
    Element,
    read,
    types,
)

_LINES = frozenset(
    f"{XHTML}{name}"
    for name in ("p", "caption", "figcaption", "dt", "dd", "li", "td", "th", "pre")
) | frozenset(HEADINGS)
_BREAK = f"{XHTML}br"
_READINGS = frozenset({f"{XHTML}rt", f"{XHTML}rp"})
_NOTE_LINKS = frozenset({"noteref", "backlink"})
_NOTES = frozenset({"footnote", "endnote"})
_BODY = frozenset({"bodymatter", "backmatter"})


def body_text(source: Path | bytes, *, with_notes: bool = True) -> str:
    """Return the characters of the text in reading order, a line a block.

    Cover, title page, contents page and colophon are left out, and so are the
    readings of ruby and the numbers of notes. The notes of a document stand
    at its end.
    """
    documents = filter(_is_text, read(source).spine)
    lines = "".join(map(_body, documents) if with_notes else map(_flow, documents))
    return "\n".join(line for line in lines.split("\n") if line.strip(" \t"))


def visible(element: Element) -> str:
    """Return the characters of ``element``, without readings and note numbers."""
    return "".join(_runs(element, frozenset()))


def _is_text(document: Document) -> bool:
    elements = document.root.iter(f"{XHTML}body", f"{XHTML}section")
    said = frozenset[str]().union(*map(types, elements))
    return bool(said & _BODY) and "colophon" not in said


def _body(document: Document) -> str:
    return "".join(_runs(_root(document), frozenset()))


def _flow(document: Document) -> str:
    return "".join(_runs(_root(document), _NOTES))


def _root(document: Document) -> Element:
    return next(document.root.iter(f"{XHTML}body"))


def _runs(element: Element, omitted: frozenset[str]) -> Iterator[str]:
    if element.tag in _READINGS or types(element) & (_NOTE_LINKS | omitted):
        return
    block = element.tag in _LINES
    if block or element.tag == _BREAK:
        yield "\n"
    yield element.text or ""
    for child in element:
        yield from _runs(child, omitted)
        yield child.tail or ""
    if block:
        yield "\n"
