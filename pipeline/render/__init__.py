"""The only step that makes markup: nodes go through Jinja2 templates.

One template set serves both editions. A paged edition is one document of all
parts; a split one has a document a part.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Book
from pipeline.render.editions import (
    Credit,
    Credits,
    Edition,
    Entry,
    Notes,
    Page,
    PageMark,
    Rendered,
    Writing,
)
from pipeline.render.environment import render_alone
from pipeline.render.labels import language_tag
from pipeline.render.pages import PageStart
from pipeline.render.rendering import Renderer, no_credits


def render(
    book: Book,
    edition: Edition,
    identifier: str,
    starts: Sequence[PageStart] = (),
    credit: Credits = no_credits,
) -> Rendered:
    """Render ``book`` with the shared templates.

    An edition that is split gets marks where the pages of a printed one start.
    The colophon names the fonts that ``credit`` tells.
    """
    return Renderer(book, edition, identifier, credit).rendered(starts)


def render_cover(book: Book, edition: Edition) -> Page:
    """Render the cover alone, as a document of its own."""
    return Renderer(book, edition, "").cover()


__all__ = [
    "Credit",
    "Credits",
    "Edition",
    "Entry",
    "Notes",
    "Page",
    "PageMark",
    "Rendered",
    "Writing",
    "language_tag",
    "render",
    "render_alone",
    "render_cover",
]
