"""The one room that knows PDFium: what a finished PDF shows and says."""

from __future__ import annotations

from pipeline.pdfium.documents import Document, UnreadablePdf, opened
from pipeline.pdfium.drawings import Drawing, drawn, first_page
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
from pipeline.pdfium.shapes import without_shapes

__all__ = [
    "Bookmark",
    "Document",
    "Drawing",
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
    "drawn",
    "first_page",
    "opened",
    "without_shapes",
]
