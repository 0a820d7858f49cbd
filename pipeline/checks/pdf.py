"""Check a PDF: its fonts, its characters, its outline, its text, and its lines.

The text is read through the structure tree, so neither the layout nor running
heads, folios and leaders take part in the comparison with the EPUB.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import filterfalse, pairwise
from pathlib import Path

from pipeline import glyphs
from pipeline.checks import epub, typography, verapdf
from pipeline.checks.epub.publication import Unreadable
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.fonts.families import FAMILIES, WESTERN_MARKS
from pipeline.pdfium import Bookmark, Font, Page, Run, UnreadablePdf, opened
from pipeline.render.labels import labels

_HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
# Numbers of notes, readings of ruby, writing inside of pictures, and the title of
# a book, which the EPUB has on its title page.
_NOT_TEXT = frozenset({"Figure", "Formula", "Reference", "RT", "NonStruct"})
_UNREADABLE = frozenset({"Cc", "Cn", "Co", "Cs"})
_EXCERPT = 12
# What Pango adds to the name of a family.
_STYLE = re.compile("(-(Medium|Semi-Bold|Bold|Heavy|Italic))+$")
COLOPHONS = frozenset(labels(tag)["colophon"] for tag in ("zh-Hans", "zh-Hant"))


def check(path: Path, report: Report) -> None:
    """Report everything that is wrong with the PDF at ``path``.

    Where an EPUB of the same name stands beside it, both must say the same.
    Raises MissingTool, after our own findings, where veraPDF or a Java runtime
    is not installed.
    """
    found: list[Diagnostic] = []
    judge(path, found.append)
    for diagnostic in found:
        report(diagnostic)
    if all(diagnostic.code is not Code.UNREADABLE_PDF for diagnostic in found):
        verapdf.validate(path, report)


def judge(path: Path, report: Report) -> None:
    """Report what our own rules find wrong with the PDF at ``path``."""
    try:
        with opened(path) as document:
            pages = tuple(document.pages())
            bookmarks = document.bookmarks
    except UnreadablePdf as error:
        report(Diagnostic(Code.UNREADABLE_PDF, values={"reason": str(error)}))
        return
    _check_fonts(pages, report)
    _check_characters(pages, report)
    _check_outline(bookmarks, pages, report)
    _check_text(_flow(pages, bookmarks), path.with_suffix(".epub"), report)
    typography.check_pages(pages, report)


def flow_text(path: Path) -> tuple[tuple[str, str], ...]:
    """Return the label and the text of each page of the body.

    Left out are cover, title, contents and colophon, notes and their numbers,
    and readings of ruby. Where the title of the only chapter is that of the book,
    it is text. Raises UnreadablePdf.
    """
    with opened(path) as document:
        flow = _flow(tuple(document.pages()), document.bookmarks)
    return tuple((page.label, page.text) for page in flow)


# Fonts, characters, outline -----------------------------------------------------


def _check_fonts(pages: Iterable[Page], report: Report) -> None:
    families = (*FAMILIES, *WESTERN_MARKS.values())
    known = {family.replace(" ", "-") for family in families}
    fonts = frozenset[Font]().union(*(page.fonts for page in pages))
    for font in sorted(fonts, key=lambda font: font.name):
        subset, _plus, name = font.name.rpartition("+")
        if not font.is_embedded or not subset:
            report(Diagnostic(Code.FONT_NOT_EMBEDDED, values={"name": font.name}))
        if _STYLE.sub("", name) not in known:
            report(Diagnostic(Code.FOREIGN_FONT, values={"name": font.name}))


def _check_characters(pages: Iterable[Page], report: Report) -> None:
    for page in pages:
        text = page.furniture + "".join(run.text for run in page.runs)
        for character in sorted(filter(_is_unreadable, set(text))):
            code = f"U+{ord(character):04X}"
            values = {"code": code, "page": page.label}
            report(Diagnostic(Code.UNMAPPED_CHARACTER, values=values))


def _is_unreadable(character: str) -> bool:
    if character in "\t\n\r":
        return False
    category = unicodedata.category(character)
    return category in _UNREADABLE or character == "\N{REPLACEMENT CHARACTER}"


def _check_outline(
    bookmarks: tuple[Bookmark, ...], pages: tuple[Page, ...], report: Report
) -> None:
    if not bookmarks:
        report(Diagnostic(Code.NO_OUTLINE))
    for bookmark in bookmarks:
        if not _stands(bookmark, pages):
            values = {"title": bookmark.title}
            report(Diagnostic(Code.BOOKMARK_ASTRAY, values=values))
    for before, after in pairwise(bookmarks):
        if (after.page or 0) < (before.page or 0):
            values = {"title": after.title}
            report(Diagnostic(Code.BOOKMARKS_OUT_OF_ORDER, values=values))


def _stands(bookmark: Bookmark, pages: tuple[Page, ...]) -> bool:
    if bookmark.page is None:
        return False
    runs = pages[bookmark.page].runs
    headings = "".join(run.text for run in runs if _HEADINGS & {*run.types})
    return _bare(bookmark.title) in _bare(headings)


# Text ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Flow:
    """What a page of the body says, and the notes at its foot."""

    label: str
    text: str
    notes: str


def _flow(pages: tuple[Page, ...], bookmarks: tuple[Bookmark, ...]) -> list[_Flow]:
    return [
        _Flow(
            page.label,
            _words(filterfalse(_is_note, page.runs)),
            _words(filter(_is_note, page.runs)),
        )
        for page in _body(pages, bookmarks)
    ]


def _body(pages: tuple[Page, ...], bookmarks: tuple[Bookmark, ...]) -> tuple[Page, ...]:
    """Return the pages from the one called 1 to the one before a colophon."""
    first = next((n for n, page in enumerate(pages) if page.label == "1"), 0)
    ends = bool(bookmarks) and bookmarks[-1].title in COLOPHONS
    return pages[first : bookmarks[-1].page if ends else None]


def _is_note(run: Run) -> bool:
    return "Note" in run.types


def _words(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs if _is_text(run))


def _is_text(run: Run) -> bool:
    """Tell whether ``run`` is a part of the text; the number of an item is none."""
    return not _NOT_TEXT & {*run.types} and run.types[-1:] != ("Lbl",)


def _check_text(flow: list[_Flow], edition: Path, report: Report) -> None:
    if not edition.is_file():
        return
    try:
        text = epub.body_text(edition, with_notes=False)
        notes = epub.note_text(edition)
        marked = epub.page_texts(edition)
    except Unreadable:
        return  # which is for the check of the EPUB to tell
    _compare([(page.label, page.text) for page in flow], text, report)
    _compare([(page.label, page.notes) for page in flow], notes, report)
    if marked:
        _check_marks(flow, dict(marked), report)


def _check_marks(
    flow: Iterable[_Flow], marked: Mapping[str, str], report: Report
) -> None:
    """Report each page whose text is not what the EPUB has between two marks."""
    for page in flow:
        wanted = _bare(page.text)
        if wanted and wanted != _bare(glyphs.without_lost(marked.get(page.label, ""))):
            report(Diagnostic(Code.PAGE_MARK_ASTRAY, values={"page": page.label}))


def _compare(pages: list[tuple[str, str]], expected: str, report: Report) -> None:
    """Report the first place where ``pages`` do not say what is ``expected``."""
    wanted = _bare(glyphs.without_lost(expected))
    start = 0
    for label, text in pages:
        found = _bare(text)
        if not wanted.startswith(found, start):
            _report_difference(label, found, wanted[start:], report)
            return
        start += len(found)
    if start < len(wanted):
        label = pages[-1][0] if pages else "–"
        _report_difference(label, "", wanted[start:], report)


def _report_difference(label: str, found: str, wanted: str, report: Report) -> None:
    apart = (n for n, (a, b) in enumerate(zip(found, wanted, strict=False)) if a != b)
    first = next(apart, min(len(found), len(wanted)))
    here = slice(first, first + _EXCERPT)
    values = {"page": label, "found": found[here], "wanted": wanted[here]}
    report(Diagnostic(Code.TEXT_DIFFERS, values=values))


def _bare(text: str) -> str:
    """Return what ink shows: no spaces, which extractors invent, and no controls."""
    invisible = {c for c in set(text) if c.isspace() or unicodedata.category(c) == "Cf"}
    return text.translate(dict.fromkeys(map(ord, invisible)))
