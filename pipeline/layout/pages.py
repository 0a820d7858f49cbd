"""Where printed pages start, told by the text that stands on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes

from pipeline.layout import PageLabels
from pipeline.render.pages import OBJECT, OPENING, PageStart

# Boxes are foreign: WeasyPrint has no types.
_Box: TypeAlias = Any

_FURNITURE = (boxes.MarginBox, boxes.FootnoteAreaBox)
# Other editions have them elsewhere, or count them as nothing.
_UNCOUNTED = frozenset({"header", "rt"})
_NUMERALS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def page_starts(pages: Iterable[_Box], labels: Sequence[str]) -> Iterator[PageStart]:
    """Yield where each of ``pages`` starts; a blank page starts nowhere.

    ``labels`` are those of the pages. Characters are counted from the last
    element that has an id, as it was first met.
    """
    walk = Walk()
    for label, page in zip(labels, pages, strict=True):
        if start := walk.start(page):
            yield replace(start, label=label)


def label_texts(
    count: int, ranges: Iterable[tuple[int, PageLabels]]
) -> tuple[str, ...]:
    """Return the labels of ``count`` pages, as PDF readers show them.

    ``ranges`` has the pages, from 0, where a way of numbering begins.
    """
    found = [""] * count
    for first, said in sorted(ranges, key=lambda item: item[0]):
        for page in range(first, count):
            found[page] = said.prefix + _numeral(page - first + 1, said.style)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters that follow one another, and where the first one is."""

    anchor: str
    offset: int
    text: str


class Walk:
    """Counts the characters of a document from page to page."""

    def __init__(self) -> None:
        self._met: set[Any] = set()
        self._heads: set[Any] = set()
        self._anchor = ""
        self._count = 0

    @property
    def last(self) -> tuple[str, int]:
        """Return the last element with an id, and how many characters follow it."""
        return self._anchor, self._count

    def start(self, page: _Box) -> PageStart | None:
        """Return where a page starts, still without its label; a blank one nowhere."""
        flow = (box for box in page.children if not isinstance(box, _FURNITURE))
        runs = [run for box in flow for run in self._runs(box)]
        if not runs:
            return None
        opening = "".join(run.text for run in runs[:OPENING])[:OPENING]
        return PageStart("", runs[0].anchor, runs[0].offset, opening)

    def _runs(self, page: _Box) -> Iterator[_Run]:
        """Yield the text of a page: no title, marks, readings or repeated heads."""
        heads = frozenset(self._heads)
        yield from self._below(page, heads)

    def _below(self, box: _Box, heads: frozenset[Any]) -> Iterator[_Run]:
        if "::" in box.element_tag or box.element_tag in _UNCOUNTED:
            return
        if isinstance(box, boxes.TableRowGroupBox) and box.is_header:
            if box.element in heads:
                return
            self._heads.add(box.element)
        self._enter(box)
        if isinstance(box, boxes.ReplacedBox):
            yield self._counted(OBJECT)
        elif isinstance(box, boxes.TextBox):
            if text := "".join(box.text.split()):
                yield self._counted(text)
        else:
            for child in box.children:
                yield from self._below(child, heads)

    def _enter(self, box: _Box) -> None:
        name = box.element.get("id")
        if name and name not in self._met:
            self._met.add(name)
            self._anchor, self._count = name, 0

    def _counted(self, text: str) -> _Run:
        run = _Run(self._anchor, self._count, text)
        self._count += len(text)
        return run


def _numeral(number: int, style: str) -> str:
    """Return a number in a style of ISO 32000-2, 12.4.2, of which we use two."""
    if style != "r":
        return str(number) if style else ""
    letters = ""
    for value, numeral in _NUMERALS:
        times, number = divmod(number, value)
        letters += numeral * times
    return letters
