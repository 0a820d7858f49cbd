"""What each theme looks like: a short text, built and drawn.

The texts beside this module are set as anybody's are, so that a picture shows
what a book would get on this machine, with the fonts that are here.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import as_file, files

from pipeline import scratch
from pipeline.build import Order, build
from pipeline.failures import Missing
from pipeline.pdfium import opened

# What most themes are for, and what others are.
_BOOK, _OF_ITS_OWN = "book.md", {"gongwen": "notice.md"}


class Unbuilt(Missing):
    """The text of a theme can't be built here."""


def built(name: str, settings: Mapping[str, str] | None = None) -> bytes:
    """Return a short text as a PDF in the theme called ``name``.

    Raises what ``build.build`` raises, and Unbuilt.
    """
    order = Order(("pdf",), name, settings=dict(settings or {}), proved=False)
    with (
        as_file(files(__name__)) as texts,
        scratch.folder() as folder,
    ):
        source = texts / _OF_ITS_OWN.get(name, _BOOK)
        made = build(source, folder, order, lambda _stage: None)
        if not made.editions:
            raise Unbuilt("theme.unbuilt", name=name, reason=made.diagnostics[-1])
        return made.editions[0].path.read_bytes()


def telling_pages(pdf: bytes, most: int) -> tuple[int, ...]:
    """Return the pages of ``pdf`` that show most of its theme, counted from 0.

    They are the first one, and those from where the text begins.
    """
    with opened(pdf) as document:
        pages = tuple(document.pages())
    first = next((n for n, page in enumerate(pages) if page.label == "1"), 0)
    text = (n for n, page in enumerate(pages) if n >= first and page.pieces)
    return tuple(dict.fromkeys((0, *text)))[:most]
