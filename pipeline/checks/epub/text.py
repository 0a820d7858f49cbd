"""What stands in an EPUB, read without the model: to prove it against others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.checks.epub.publication import HEADINGS, Document, read
from pipeline.tree import Element

_BLOCKS = ("caption", "dd", "div", "dt", "figcaption", "li", "p", "pre", "td", "th")
_LINES = HEADINGS | {"br", *_BLOCKS}
# Names of elements, and words of their epub:type, role or class.
_UNSPOKEN = frozenset({"backlink", "noteref", "rp", "rt"})
_NOTES = frozenset({"endnote", "footnote"})
_BODY = frozenset({"backmatter", "bodymatter"})


def body_text(source: Path | bytes, *, with_notes: bool = True) -> str:
    """Return the characters of the text in reading order, a line a block.

    Cover, title page, contents page and colophon are left out, and so are the
    readings of ruby, the numbers of notes, and formulas. The notes of a
    document stand at its end. Raises Unreadable.
    """
    omitted = _UNSPOKEN | {"math"} | (frozenset() if with_notes else _NOTES)
    texts = filter(_is_text, read(source).spine)
    bodies = (body for text in texts for body in text.elements("body"))
    lines = "".join(run for body in bodies for run in _runs(body, omitted))
    return "\n".join(line for line in lines.split("\n") if line.strip(" \t"))


def note_text(source: Path | bytes) -> str:
    """Return the characters of the notes, in the order of the spine.

    Raises Unreadable.
    """
    notes = (
        element
        for document in filter(_is_text, read(source).spine)
        for element in document.elements("aside", "div", "li", "section")
        if _NOTES & element.words
    )
    return "".join(run for note in notes for run in _runs(note, _UNSPOKEN | {"math"}))


def visible(element: Element) -> str:
    """Return the characters of ``element``, without readings and note numbers.

    A formula counts as its alternative text.
    """
    return "".join(_runs(element, _UNSPOKEN))


def _is_text(document: Document) -> bool:
    said = frozenset[str]().union(
        *(element.words for element in document.elements("body", "section"))
    )
    return bool(said & _BODY) and "colophon" not in said


def _runs(element: Element, omitted: frozenset[str]) -> Iterator[str]:
    if omitted & {element.name, *element.words}:
        return
    around = "\n" if element.name in _LINES else ""
    yield around
    if element.name == "math":
        yield element.get("alttext")
        return
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _runs(child, omitted)
    yield around
