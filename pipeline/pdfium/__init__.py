"""The one room that knows PDFium: what a finished PDF shows and says."""

from __future__ import annotations

from pipeline.pdfium.documents import Document, UnreadablePdf, first_page, opened
from pipeline.pdfium.model import (
    Bookmark,
    Element,
    Font,
    Ink,
    Page,
    Picture,
    Piece,
    Run,
    Said,
    Spoken,
)

__all__ = [
    "Bookmark",
    "Document",
    "Element",
    "Font",
    "Ink",
    "Page",
    "Picture",
    "Piece",
    "Run",
    "Said",
    "Spoken",
    "UnreadablePdf",
    "first_page",
    "opened",
]
