"""Opening PDFs, and going through their pages."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from pipeline.pdfium.handles import Handle
from pipeline.pdfium.inks import Inks
from pipeline.pdfium.model import Bookmark, Page, Spoken
from pipeline.pdfium.reading import Reading
from pipeline.pdfium.speech import Speech

_FROM_RIGHT = b"R2L"
_DIRECTION = re.compile(rb"/Direction\s*/R2L")


class UnreadablePdf(Exception):  # noqa: N818 - it says what a file is
    """The bytes are not a PDF that can be opened."""


@contextmanager
def opened(source: Path | bytes) -> Iterator[Document]:
    """Open a PDF for reading. Raises UnreadablePdf."""
    try:
        document = _as_written(pypdfium2.PdfDocument(source))
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdf(str(error)) from error
    try:
        yield Document(document)
    finally:
        document.close()


def _as_written(document: pypdfium2.PdfDocument) -> pypdfium2.PdfDocument:
    """Return a document whose lines are read as they were written.

    Where its pages go from right to left, PDFium reads each line from its end: see
    ``pipeline.writer.Direction``. So it gets a copy that says nothing of the kind.
    """
    said = ctypes.create_string_buffer(len(_FROM_RIGHT) + 1)
    raw.FPDF_VIEWERREF_GetName(document, b"Direction", said, len(said))
    if said.value != _FROM_RIGHT:
        return document
    copy = io.BytesIO()
    with document:
        document.save(copy)
    return pypdfium2.PdfDocument(_DIRECTION.sub(b"/Direction/L2R", copy.getvalue()))


class Document:
    """An open PDF. Pages count from 0."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    @property
    def count(self) -> int:
        """Return how many pages there are."""
        return len(self._document)

    @property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """Return the outline, flat, in order."""
        return tuple(map(_bookmark, self._document.get_toc()))

    def pages(self) -> Iterator[Page]:
        """Yield all pages, in order."""
        inks = Inks()
        for label, page, text in self._opened(range(self.count)):
            yield Reading(page, text, inks).page(label)

    def spoken(self, pages: range) -> Iterator[Spoken]:
        """Yield what ``pages`` say, without the places of characters."""
        for label, page, text in self._opened(pages):
            yield Speech(page, text).spoken(label)

    def _opened(self, pages: range) -> Iterator[tuple[str, Handle, Handle]]:
        for number in pages:
            handle = self._document[number]
            text = handle.get_textpage()
            try:
                yield self._document.get_page_label(number), handle, text
            finally:
                text.close()
                handle.close()


def _bookmark(item: pypdfium2.PdfBookmark) -> Bookmark:
    destination = item.get_dest()
    page = destination.get_index() if destination else None
    return Bookmark(item.get_title(), item.level, page)
