"""Lay XHTML out on pages.

The engine, WeasyPrint, needs a second to load and libraries of the system, so
it is loaded only when the first page is to be made.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

from pipeline.assets.inks import Inks
from pipeline.diagnostics import Report
from pipeline.failures import Missing
from pipeline.layout.libraries import by_their_names
from pipeline.model import Asset
from pipeline.render import Writing
from pipeline.typeset.options import DEFAULTS, Options
from pipeline.writer import Direction, Face, Print, Product, Stylesheet


class EngineMissing(Missing):
    """A library of the system that lays out text is not there."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What is set: XHTML, and all that it may refer to. There is no network.

    With ``inks`` it is set for a press. Vertical ``writing`` means that its style
    sheets set lines that run down, on pages that are laid out on their side.
    """

    xhtml: str
    styles: tuple[Stylesheet, ...]
    faces: tuple[Face, ...]
    assets: tuple[Asset, ...] = ()
    lines: Options = DEFAULTS
    inks: Inks | None = None
    writing: Writing = Writing.HORIZONTAL


@dataclass(frozen=True, slots=True)
class PageLabels:
    """How pages are numbered from the one where ``anchor`` stands.

    An empty ``anchor`` means the first page. ``style`` is a numbering style of
    ISO 32000-2, 12.4.2, such as ``D`` or ``r``; where it is empty, ``prefix``
    is the whole label.
    """

    anchor: str
    style: str = ""
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the PDF says about itself, and how its pages are called.

    ``identifier`` names the work, and stays when a new edition comes out.
    ``language`` is BCP 47.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    description: str = ""
    publisher: str = ""
    rights: str = ""
    language: str = ""
    subjects: tuple[str, ...] = ()
    identifier: str = ""
    modified: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    labels: tuple[PageLabels, ...] = ()
    print: Print = Print.ARCHIVE
    direction: Direction = Direction.L2R


def paginate(copy: Copy, imprint: Imprint, report: Report) -> Product:
    """Return ``copy`` as a tagged PDF, the same bytes on every machine.

    Raises EngineMissing and FontMissing.
    """
    with _uncollected():
        try:
            # On its way out it prints advice that is meant for its own users.
            with redirect_stdout(StringIO()), by_their_names():
                from pipeline.layout import engine
        except OSError as error:
            raise EngineMissing("layout.libraries", reason=error) from error
        return engine.paginate(copy, imprint, report)


def libraries() -> dict[str, str]:
    """Return the versions of the system's libraries by name. Raises EngineMissing."""
    try:
        from pipeline.layout.native import versions
    except OSError as error:
        raise EngineMissing("layout.libraries", reason=error) from error
    return versions()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for circles of objects that nobody uses.

    All that is made stays in use until the PDF is written, but for some twenty
    objects a page: the search takes a seventh of the time, and finds 2 %. To load
    the engine takes a fifth less without it.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
