"""What a writer is, and what it gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TypeAlias

from pipeline.diagnostics import Report
from pipeline.model import Book
from pipeline.render import Edition, Notes, Rendered, Writing
from pipeline.render.pages import PageStart
from pipeline.typeset.options import DEFAULTS, Options
from pipeline.typeset.upright import Digits


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A CSS file, under the name that it has in an edition."""

    name: str
    css: str


class Slope(Enum):
    """Whether a face stands upright, under its name in CSS."""

    UPRIGHT = "normal"
    ITALIC = "italic"


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, with the family name that the CSS calls it by.

    ``postscript`` and ``name`` are what the font calls itself, for machines and
    for people; ``licence`` is an SPDX expression, or empty where nobody knows.
    ``ranges`` are the first and the last of the characters that it is used for;
    none means: for all it has. A file that has not ``sha256`` was altered, and
    ``remedy`` is the command that brings it back; a person's own has neither.
    """

    family: str
    path: Path
    postscript: str
    licence: str
    name: str = ""
    weight: int = 400
    slope: Slope = Slope.UPRIGHT
    ranges: tuple[tuple[int, int], ...] = ()
    sha256: str = ""
    remedy: str = ""


class Print(Enum):
    """What the PDF is for.

    ARCHIVE: a screen and the years to come (PDF/A, PDF/UA); PRESS: a printing
    house (PDF/X); HOME: an office printer.
    """

    ARCHIVE = "archive"
    PRESS = "press"
    HOME = "home"


class Direction(Enum):
    """Which way the pages of a PDF follow each other (ISO 32000-1, 12.2).

    Books with lines that run down go R2L, from right to left: viewers then show the
    right page of a spread first, and presses bind at the right. But PDFium, and so
    Chrome and Edge, takes it for the direction of the text: ``CPDF_TextPage`` reads
    each line from its last run of characters to the first and mirrors its brackets,
    whatever the line says of itself. It asks the same dictionary that viewers ask, so
    nothing is seen by them alone. What is read on a screen can be copied; what goes
    to a printer can be bound.
    """

    L2R = "l2r"
    R2L = "r2l"


class Embedding(Enum):
    """Whether an EPUB brings its fonts, or is read in those of the reader."""

    NONE = "none"
    SUBSET = "subset"


@dataclass(frozen=True, slots=True)
class Design:
    """How an edition looks: a theme, loaded, with what a person chose about it.

    ``numbers`` is for books whose headings have none.
    ``writing``, ``digits``, ``nav_depth`` (0: any) and ``embedding`` are for
    editions without pages.
    ``profile`` is where the ICC profile of the press is, when a person named one.
    """

    theme: str
    paged: tuple[Stylesheet, ...]
    reflowable: tuple[Stylesheet, ...]
    faces: tuple[Face, ...]
    lines: Options = DEFAULTS
    front: tuple[str, ...] = ("cover", "title", "contents")
    back: tuple[str, ...] = ("colophon",)
    numbers: tuple[Stylesheet, ...] = ()
    notes: Notes = Notes.FOOTNOTE
    print: Print = Print.ARCHIVE
    writing: Writing = Writing.HORIZONTAL
    digits: Digits = Digits.UPRIGHT
    direction: Direction = Direction.L2R
    nav_depth: int = 3
    embedding: Embedding = Embedding.NONE
    profile: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """The ICC profile of a press: what its inks give on its paper, and its file."""

    name: str
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that a writer needs for one edition.

    ``modified`` is the moment that the finished file carries; it comes from
    SOURCE_DATE_EPOCH or from the source, never from the clock.
    """

    book: Book
    rendered: Rendered
    design: Design
    identifier: str
    modified: datetime = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Product:
    """A finished edition.

    ``pages`` is None where there are no pages; ``starts`` is where they start.
    ``faces`` are those that it embeds, ``profile`` is that of its inks.
    """

    data: bytes
    pages: int | None = None
    starts: tuple[PageStart, ...] = ()
    faces: tuple[Face, ...] = ()
    profile: Profile | None = None


Write: TypeAlias = Callable[[Job, Report], Product]


@dataclass(frozen=True, slots=True)
class Writer:
    """A named output format."""

    name: str
    suffix: str
    edition: Edition
    write: Write

    def edition_in(self, design: Design) -> Edition:
        """Return the edition, as far as a person may choose what it is like.

        The parts around the text of an edition without pages are its own, and its
        notes stand where its readers look for them.
        """
        chosen = replace(
            self.edition,
            notes=design.notes,
            writing=design.writing,
            digits=design.digits,
            deepest_entry=design.nav_depth,
        )
        if self.edition.paged:
            return replace(chosen, front=design.front, back=design.back)
        return chosen
