"""Pages that are set, in terms that can go from one process to another.

Lengths are pixels of CSS, from the top left corner of a page, as WeasyPrint has
them. Nothing of WeasyPrint is inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from pipeline.diagnostics import Diagnostic
from pipeline.render.pages import PageStart

Rectangle: TypeAlias = tuple[float, float, float, float]
Kid: TypeAlias = int | tuple[int, int] | tuple[int, int, str]
"""An element by its number; a page and its content; or a page, its link and "link"."""
Thing: TypeAlias = Any
"""An object of a PDF, in tuples and plain values (see objects.py)."""
Resources: TypeAlias = tuple[tuple[str, tuple[tuple[str, Thing], ...]], ...]
"""What the content of a page refers to: kinds of things, those by their names."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What style rules can know a page by (CSS Paged Media 3, 3.4)."""

    side: str
    name: str
    blank: bool = False
    groups: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link's area. ``description`` is what it is called for people who can't see."""

    kind: str
    target: str
    corners: Rectangle
    description: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline."""

    level: int
    label: str
    x: float
    y: float
    state: str


@dataclass(frozen=True, slots=True)
class SetPage:
    """A page without what stands in its margins.

    ``area`` is where its content lies: left and top edge, width, height.
    ``marks`` has, for each marked content, the number of its element.
    ``strings`` are those that running heads show, as they are set on the page.
    """

    kind: Kind
    area: Rectangle
    content: bytes
    resources: Resources
    anchors: tuple[tuple[str, Rectangle], ...]
    links: tuple[Link, ...]
    bookmarks: tuple[Bookmark, ...]
    strings: tuple[tuple[str, str], ...]
    marks: tuple[int, ...]
    start: PageStart | None


@dataclass(frozen=True, slots=True)
class SetElement:
    """An element of the structure tree, its parent by number."""

    type: str
    parent: int
    page: int
    kids: tuple[Kid, ...]
    attributes: tuple[tuple[str, str], ...]
    alt: str
    language: str
    identifier: str


@dataclass(frozen=True, slots=True)
class UsedFont:
    """A font as Pango describes it, and which glyphs of it are used.

    ``key`` is WeasyPrint's; ``widths`` are thousandths of the size.
    """

    key: int
    description: str
    size: float
    widths: tuple[tuple[int, int], ...]
    texts: tuple[tuple[int, str], ...]
    missing: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SetPiece:
    """The pages of a piece, and their structure: the first element is its root.

    ``last`` is the last element with an id, and how many characters follow it.
    """

    pages: tuple[SetPage, ...]
    elements: tuple[SetElement, ...]
    fonts: tuple[UsedFont, ...]
    last: tuple[str, int]
    remarks: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Margins:
    """What is painted of a page under and over what is set on it."""

    under: bytes
    over: bytes
    resources: Resources


@dataclass(frozen=True, slots=True)
class SetMargins:
    """The margins of some pages, one after the other."""

    pages: tuple[Margins, ...]
    fonts: tuple[UsedFont, ...]
