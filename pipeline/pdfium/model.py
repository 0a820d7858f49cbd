"""What a finished PDF shows and says, in nouns that know nothing of PDFium."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand together, with what the structure calls them.

    ``types`` are structure types (ISO 32000-1, 14.8.4) from the document down,
    such as ``("Document", "Sect", "P")``.
    """

    text: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline. ``page`` counts from 0; None leads nowhere."""

    title: str
    level: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Font:
    """A font as the PDF names it, such as ``ABCDEF+Keben-Song``."""

    name: str
    is_embedded: bool


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element of the structure tree, as far as one page holds it.

    ``begins`` and ``ends`` tell whether its first and its last part are on
    this page: a paragraph that goes on over the page does not end. ``alternate``
    describes a figure or a formula. ``types`` are those from the document down.
    """

    type: str
    parent: Element | None
    begins: bool
    ends: bool
    alternate: str = ""
    types: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Keep the types: each character that the element has is asked for them."""
        above = self.parent.types if self.parent else ()
        object.__setattr__(self, "types", (*above, self.type))


@dataclass(frozen=True, slots=True)
class Said:
    """What one marked content says: a figure or a formula its description.

    ``picture`` is a PNG where a figure is one; a drawing has none.
    """

    text: str
    element: Element
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a page says in reading order, under its label or number.

    Of the text that no structure names, ``pagination`` is what artifacts of the
    page say (running head, folio), ``artifacts`` what others do, and ``strays``
    what is no artifact either.
    """

    label: str
    said: tuple[Said, ...]
    pagination: str = ""
    artifacts: str = ""
    strays: str = ""


class Ink(NamedTuple):
    """What a glyph covers, in em from its origin, and how far it advances."""

    left: float
    bottom: float
    right: float
    top: float
    advance: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that the page paints at one go: of one font, on one baseline.

    ``places`` holds where each character starts, along the baseline, and
    ``baseline`` how high that is, in points from the lower left of the page.
    For text that is turned, both are measured as if the page were turned back
    by ``angle``, in degrees counterclockwise. ``size`` is that of the font, in
    points, after any scaling. ``mark`` is the number of the marked content;
    -1 and no ``element`` belong to what no structure names. Where text is spelt
    out (ActualText) it is not ``is_exact``: the places of its first and its last
    character are known, and all between are where it starts.
    """

    text: str
    places: tuple[float, ...]
    inks: tuple[Ink, ...]
    baseline: float
    size: float
    angle: int
    font: Font
    mark: int
    element: Element | None
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """What an element shows other than text, in points from the lower left."""

    left: float
    bottom: float
    right: float
    top: float
    element: Element


@dataclass(frozen=True, slots=True)
class Page:
    """A page, under its label, such as ``iii`` or ``12``. Lengths are points.

    ``pieces`` stand in the order in which they are painted, ``reading`` holds
    those that the structure names in the order in which they are read.
    """

    label: str
    width: float
    height: float
    pieces: tuple[Piece, ...]
    reading: tuple[Piece, ...]
    pictures: tuple[Picture, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        """Return what is read, a run for each marked content."""
        return tuple(
            Run("".join(piece.text for piece in pieces), element.types)
            for element, pieces in groupby(self.reading, key=lambda p: p.element)
            if element
        )

    @property
    def furniture(self) -> str:
        """Return what no structure names, such as a running head."""
        return "".join(piece.text for piece in self.pieces if not piece.element)

    @property
    def fonts(self) -> frozenset[Font]:
        """Return the fonts of the page."""
        return frozenset(piece.font for piece in self.pieces)
