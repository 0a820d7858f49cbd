"""What an edition is like, and what rendering makes of a book for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from pipeline.model import Asset, Kind
from pipeline.typeset.upright import Digits


class Notes(Enum):
    """Where notes stand.

    On paper: at the foot of their page, or at the end of their chapter or of the
    book. DUOKAN marks calls in an EPUB as the readers of 多看 want them; on paper
    it is FOOTNOTE.
    """

    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    BOOK_ENDNOTE = "book-endnote"
    DUOKAN = "duokan"


class Writing(Enum):
    """Which way lines run: to the right, or down and from right to left."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


@dataclass(frozen=True, slots=True)
class Edition:
    """The facts about an output that templates may know.

    ``styles`` are the hrefs of the style sheets, seen from a part;
    ``assets`` is the folder of the pictures, seen from there; ``cover`` is the
    picture that the cover shows, empty where the cover is set in type.
    ``front`` and ``back`` name the parts before and behind the text, in order.
    ``deepest_entry`` is the level at which a split edition nests contents no
    further: deeper entries join it. 0 means any depth. ``digits`` is how numbers
    stand in lines that run down.
    """

    paged: bool
    split: bool
    styles: tuple[str, ...] = ()
    assets: str = ""
    cover: str = ""
    front: tuple[str, ...] = ("cover", "title", "contents")
    back: tuple[str, ...] = ("colophon",)
    notes: Notes = Notes.FOOTNOTE
    writing: Writing = Writing.HORIZONTAL
    deepest_entry: int = 3
    digits: Digits = Digits.UPRIGHT

    @property
    def marks_upright(self) -> bool:
        """Tell whether markup says what stands upright: no layout of ours does."""
        return self.split and self.writing is Writing.VERTICAL


@dataclass(frozen=True, slots=True)
class Credit:
    """Fonts that an edition may embed, by one licence (SPDX), which may be unknown."""

    names: tuple[str, ...]
    licence: str = ""


Credits: TypeAlias = Callable[[str], tuple[Credit, ...]]
"""Tells the fonts of an edition from the markup of all that stands before."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents. ``href`` is relative to the parts' folder.

    The articles of a law are no entries: they have numbers, not titles.
    """

    title: str
    href: str
    kind: Kind
    children: tuple[Entry, ...] = ()

    @property
    def anchor(self) -> str:
        """Return the id of the heading that it leads to."""
        return self.href.partition("#")[2]


@dataclass(frozen=True, slots=True)
class Page:
    """One finished XHTML document.

    ``matter`` is ``frontmatter``, ``bodymatter`` or ``backmatter``;
    ``landmark`` is its epub:type as a landmark, if it is one.
    """

    name: str
    title: str
    matter: str
    landmark: str
    xhtml: str


@dataclass(frozen=True, slots=True)
class PageMark:
    """A printed page of another edition, and where it starts in this one.

    ``href`` is relative to the parts' folder.
    """

    label: str
    href: str

    @property
    def number(self) -> int:
        """Return the number of a page of the text, else 0."""
        return int(self.label) if self.label.isdecimal() else 0

    @property
    def type(self) -> str:
        """Return the type of the page in an NCX (OPF 2.0.1, 2.4.1)."""
        if self.number:
            return "normal"
        return "front" if self.label.isascii() else "special"


@dataclass(frozen=True, slots=True)
class Rendered:
    """All that a writer gets to see of the markup.

    ``language`` is the tag that reading systems know, such as ``zh-CN``;
    ``nav`` and ``ncx`` are empty in an edition that is not split. ``marks``
    stand where printed pages start; ``unmarked`` are labels of pages whose
    start was not found.
    """

    language: str
    pages: tuple[Page, ...]
    contents: tuple[Entry, ...]
    assets: tuple[Asset, ...]
    nav: str = ""
    ncx: str = ""
    marks: tuple[PageMark, ...] = ()
    unmarked: tuple[str, ...] = ()
