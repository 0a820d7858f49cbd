"""What stands in an EPUB, read without the model: to prove it against others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from pipeline.checks.epub.publication import HEADINGS, Document, read
from pipeline.tree import Element

_BLOCKS = ("caption", "dd", "div", "dt", "figcaption", "li", "p", "pre", "td", "th")
_LINES = HEADINGS | {"br", *_BLOCKS}
# Names of elements, and words of their epub:type, role or class.
_UNSPOKEN = frozenset({"backlink", "noteref", "rp", "rt"})
_NOTES = frozenset({"endnote", "footnote"})
_BODY = frozenset({"backmatter", "bodymatter"})


@dataclass(frozen=True, slots=True)
class _PageBreak:
    """A place where a page of a printed edition starts, and how that is called."""

    label: str


_Run: TypeAlias = str | _PageBreak


def body_text(source: Path | bytes, *, with_notes: bool = True) -> str:
    """Return the characters of the text in reading order, a line a block.

    Cover, title page, contents page and colophon are left out, and so are the
    readings of ruby, the numbers of notes, and formulas. The notes of a
    document stand at its end. Raises Unreadable.
    """
    omitted = _UNSPOKEN | {"math"} | (frozenset() if with_notes else _NOTES)
    lines = _joined(chain.from_iterable(_bodies(source, omitted)))
    return "\n".join(line for line in lines.split("\n") if line.strip(" \t"))


def page_texts(source: Path | bytes) -> tuple[tuple[str, str], ...]:
    """Return the label and the text of each printed page that is marked.

    It is the text of ``body_text``, without notes, up to the next mark. Raises
    Unreadable.
    """
    label = ""
    pages: dict[str, str] = {}
    for run in chain.from_iterable(_bodies(source, _UNSPOKEN | {"math"} | _NOTES)):
        if isinstance(run, _PageBreak):
            label = run.label
        pages[label] = pages.get(label, "") + _joined((run,))
    pages.pop("", None)
    return tuple(pages.items())


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
    return _joined(run for note in notes for run in _runs(note, _UNSPOKEN | {"math"}))


def visible(element: Element) -> str:
    """Return the characters of ``element``, without readings and note numbers.

    A formula counts as its alternative text.
    """
    return _joined(_runs(element, _UNSPOKEN))


def _is_text(document: Document) -> bool:
    said = frozenset[str]().union(
        *(element.words for element in document.elements("body", "section"))
    )
    return bool(said & _BODY) and "colophon" not in said


def _bodies(source: Path | bytes, omitted: frozenset[str]) -> Iterator[Iterator[_Run]]:
    for document in filter(_is_text, read(source).spine):
        for body in document.elements("body"):
            yield _runs(body, omitted)


def _joined(runs: Iterable[_Run]) -> str:
    return "".join(run for run in runs if isinstance(run, str))


def _runs(element: Element, omitted: frozenset[str]) -> Iterator[_Run]:
    if omitted & {element.name, *element.words}:
        return
    if "pagebreak" in element.words:
        yield _PageBreak(element.get("aria-label") or element.get("title"))
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
