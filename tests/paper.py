"""Finished pages, measured: where each line of a PDF stands, and how large it is."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import groupby

import pypdfium2
from pypdfium2 import raw

from pipeline import theme
from pipeline.diagnostics import Diagnostic, Severity
from pipeline.model import Book
from pipeline.pdfium import Document, Page, opened
from pipeline.render import render
from pipeline.writer import Job
from pipeline.writers.pdf import WRITER


@dataclass(frozen=True)
class Line:
    """Characters of one size on one baseline. Lengths are points from top left."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


def job(book: Book, name: str = "book", **settings: str) -> Job:
    identifier = "urn:uuid:2b0e9d0c-5d5b-5c3a-9d53-6a2b8f1f7f10"
    design = theme.load(name, settings)
    rendered = render(book, WRITER.edition_in(design), identifier)
    return Job(book, rendered, design, identifier)


def printed(book: Book, report=None, theme: str = "book", **settings: str) -> bytes:
    """Return the PDF of ``book``. Without ``report``, no finding is expected."""
    found: list[Diagnostic] = []
    product = WRITER.write(job(book, theme, **settings), report or found.append)
    assert [d for d in found if d.code.severity is not Severity.NOTE] == []
    return product.data


def pages(pdf: bytes) -> list[Page]:
    with opened(pdf) as document:
        return list(document.pages())


def outline(pdf: bytes) -> Document:
    with opened(pdf) as document:
        return document.bookmarks


def lines(pdf: bytes, number: int) -> list[Line]:
    """Return the lines of page ``number``, which counts from 0, as drawn."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[number]
    text_page = page.get_textpage()
    height = page.get_height()
    characters = [
        _character(text_page, index, height)
        for index in range(raw.FPDFText_CountChars(text_page))
        if not raw.FPDFText_IsGenerated(text_page, index)
    ]
    text_page.close()
    page.close()
    document.close()
    found = groupby(characters, key=lambda c: (round(c.baseline, 1), round(c.size, 1)))
    return [_joined(list(group)) for _key, group in found]


def size(pdf: bytes) -> tuple[float, float]:
    """Return width and height of the first page, in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        return document.get_page_size(0)


def _character(text_page, index: int, height: float) -> Line:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text_page, index, x, y)
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text_page, index, box)
    # The engine draws in pixels of CSS, and scales the page.
    font_size = raw.FPDFText_GetFontSize(text_page, index) * 0.75
    character = chr(raw.FPDFText_GetUnicode(text_page, index))
    return Line(character, x.value, box.right, height - y.value, font_size)


def _joined(group: list[Line]) -> Line:
    text = "".join(character.text for character in group)
    return Line(text, group[0].left, group[-1].right, group[0].baseline, group[0].size)
