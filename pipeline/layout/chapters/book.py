"""A whole book: cut, set and joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from pipeline import cache, workers
from pipeline.diagnostics import Report
from pipeline.layout import Copy
from pipeline.layout.chapters.cutting import Cut, Piece, cut, skeleton
from pipeline.layout.chapters.foundation import is_proved
from pipeline.layout.chapters.furniture import Furnisher, Sheet
from pipeline.layout.chapters.joining import Joined, Page
from pipeline.layout.chapters.page import Kind, SetMargins, SetPage, SetPiece
from pipeline.layout.chapters.painting import Uncut
from pipeline.layout.chapters.setting import Setter
from pipeline.layout.chapters.tree import Tree
from pipeline.render import Writing
from pipeline.writer import Stylesheet

# A shorter book is set as fast in one piece. It depends on the book alone, and not
# on how many processes there are, so that the bytes are the same everywhere.
LEAST = 60_000
"""How long the markup of a book is, at least, that is set in pieces."""
FEWEST = 4
"""How many pieces there are, at least."""
_PAGE_NUMBER = re.compile(r"target-counter\(attr\(href\), page\)")
_REFERS = re.compile(r"target-counter|target-text|counter-increment|counter\(pages\)")
_ENTRY = re.compile(r'<a href="#([^"]*)">')
_Set: TypeAlias = tuple[Piece, SetPiece]

_OTHER = {"left": "right", "right": "left"}
_MOST_ROUNDS = 4


def joined(copy: Copy, report: Report) -> Joined | None:
    """Return a book that was set in pieces; None where it must be set as a whole."""
    if len(copy.xhtml) < LEAST or copy.inks or copy.writing is Writing.VERTICAL:
        return None
    told = replace(copy, styles=tuple(_with_numbers(copy)))
    if any(_REFERS.search(sheet.css) for sheet in told.styles):
        return None  # places in the text depend on one another
    if not is_proved():
        return None
    setter = Setter(told)
    found = cut(copy.xhtml, setter.openings)
    if found is None or len(found.text) < FEWEST:
        return None
    try:
        return _Book(setter, found, skeleton(copy.xhtml)).joined(report)
    except Uncut:
        return None


def _with_numbers(copy: Copy) -> Iterator[Stylesheet]:
    """Yield style sheets for contents that have the numbers of pages with them."""
    for sheet in copy.styles:
        css = _PAGE_NUMBER.sub("attr(data-page)", sheet.css)
        yield replace(sheet, css=css)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page of the book, and what is set on it, if it is not blank.

    ``first`` is the piece whose first page it is.
    """

    sheet: Sheet
    page: SetPage | None
    first: _Set | None = None


class _Book:
    def __init__(self, setter: Setter, found: Cut, sections: str) -> None:
        self._setter = setter
        self._cut = found
        self._furnisher = Furnisher(setter, sections)

    def joined(self, report: Report) -> Joined:
        """Return the book. Raises Uncut."""
        text = self._set(self._cut.text)
        front = self._front(text)
        pieces = [made for _, made in (*front, *text)]
        leaves = list(self._leaves((*front, *text)))
        margins = self._furnisher.margins()
        around = (page for share in margins for page in share.pages)
        pages = [
            Page(leaf.sheet, leaf.page, page)
            for leaf, page in zip(leaves, around, strict=True)
        ]
        _check(pages)
        made: list[SetPiece | SetMargins] = [*pieces, *margins]
        html = self._furnisher.html
        book = Joined(self._setter, html, pages, made, _tree(leaves))
        for piece in pieces:
            for remark in piece.remarks:
                report(remark)
        cache.sweep()
        return book

    def _set(self, pieces: Sequence[Piece]) -> list[_Set]:
        """Return the pieces as they are set, now or before. Raises Uncut."""
        kept = {piece: self._setter.kept(piece) for piece in pieces}
        new = [piece for piece, made in kept.items() if made is None]
        kept |= zip(new, workers.inheriting(self._setter.keep, new), strict=True)
        return [(piece, made) for piece in pieces if (made := kept[piece])]

    def _front(self, text: Sequence[_Set]) -> list[_Set]:
        """Return what stands before the text, with the numbers of its pages."""
        front = self._cut.front
        if front is None:
            return []
        asked = _ENTRY.findall(front.xhtml)
        numbers = self._numbers(text)
        for _ in range(_MOST_ROUNDS):
            said = [numbers.get(anchor, 0) for anchor in asked]
            found = [*self._set([_numbered(front, said)])]
            numbers = self._numbers((*found, *text))
            if said == [numbers.get(anchor, 0) for anchor in asked]:
                return found
        raise Uncut

    def _numbers(self, pieces: Sequence[_Set]) -> dict[str, int]:
        """Return the number of the page on which each anchor is."""
        found: dict[str, int] = {}
        for leaf in self._leaves(pieces):
            for name, _ in leaf.page.anchors if leaf.page else ():
                found.setdefault(name, leaf.sheet.counted)
        return found

    def _leaves(self, pieces: Sequence[_Set]) -> Iterator[_Leaf]:
        """Yield the pages in their order. Raises Uncut."""
        self._furnisher.begin()
        side = "right"
        for piece, made in pieces:
            if piece.side and piece.side != side:
                blank = Kind(side, "auto", blank=True)
                yield _Leaf(self._furnisher.sheet(blank), None)
                side = _OTHER[side]
            is_turned = made.pages[0].kind.side != side
            if is_turned and any(page.kind.blank for page in made.pages):
                raise Uncut  # with its first page on the other side it has others
            for number, page in enumerate(made.pages):
                kind = replace(page.kind, side=side)
                sheet = self._furnisher.sheet(kind, page.strings)
                yield _Leaf(sheet, page, None if number else (piece, made))
                side = _OTHER[side]


def _tree(leaves: Iterable[_Leaf]) -> Tree:
    tree = Tree()
    for leaf in leaves:
        if leaf.page is None:
            tree.skip_page()
        elif leaf.first:
            piece, made = leaf.first
            tree.add(made, piece.depth)
    return tree


def _numbered(piece: Piece, numbers: Iterable[int]) -> Piece:
    left = iter(numbers)
    xhtml = _ENTRY.sub(
        lambda entry: f'{entry[0][:-1]} data-page="{next(left)}">', piece.xhtml
    )
    return replace(piece, xhtml=xhtml)


def _check(pages: Sequence[Page]) -> None:
    """Raise Uncut where a link leads to what is not shown."""
    anchors = {name for page in pages for name in page.anchors}
    targets = {
        target
        for page in pages
        for kind, target, *_ in page.links
        if kind == "internal"
    }
    if targets - anchors:
        raise Uncut
