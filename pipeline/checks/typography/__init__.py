"""Check the lines of a PDF with a Chinese book designer's eye.

Only the finished pages are read: where each character stands, in which face,
and what the structure tree calls it. What set the lines takes no part, so that
its mistakes can't hide. These are the ten defects that a designer sees first:
a ragged right edge, prohibited starts and ends of lines, half-width marks
beside Han, a fallback face, marks that are not compressed, a lone character on
a last line, lines off the grid, loose lines, Latin quotes or no space between
Han and Latin, and a note on another page than its call.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

from pipeline.checks.typography import faces, marks, notes, paragraphs
from pipeline.checks.typography.blocks import (
    Block,
    Role,
    Sheet,
    by_structure,
    furniture,
    joined,
)
from pipeline.checks.typography.lines import OBJECT, Line
from pipeline.checks.typography.measure import (
    Edges,
    Grid,
    edges,
    grid,
    nominal_pitch,
)
from pipeline.checks.typography.untagged import by_size
from pipeline.checks.typography.untagged import paragraphs as cut_into_paragraphs
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.pdfium import Page, Piece, UnreadablePdf, opened

_OFF_GRID = 0.3
_SAME_BASELINE = 3.0
_EXCERPT = 40


def check(path: Path, report: Report) -> None:
    """Report each line of the PDF at ``path`` that is not set as CLREQ asks."""
    try:
        with opened(path) as document:
            pages = tuple(document.pages())
    except UnreadablePdf as error:
        report(Diagnostic(Code.UNREADABLE_PDF, values={"reason": str(error)}))
        return
    check_pages(pages, report)


def check_pages(pages: Sequence[Page], report: Report) -> None:
    """Report each line of ``pages`` that is not set as CLREQ asks."""
    document = _Document(pages)
    for block in document.blocks:
        for line in block.lines:
            _check_marks(document, block, line, report)
        _check_breaks(document, block, report)
        _check_paragraph(document, block, report)
        _check_grid(document, block, report)
    _check_faces(document, report)
    for note in notes.astray(pages):
        values = {"label": note.label, "called": note.called, "page": note.page}
        report(Diagnostic(Code.NOTE_ON_OTHER_PAGE, values=values))


def _blocks(pages: Sequence[Page]) -> tuple[Block, ...]:
    """Return the blocks of a document in the order in which they are read."""
    sheets = [
        Sheet(index, page.label or str(index + 1), page.height)
        for index, page in enumerate(pages)
    ]
    told = by_structure if any(page.reading for page in pages) else by_size
    found = [
        block
        for page, sheet in zip(pages, sheets, strict=True)
        for block in told(page, sheet)
    ]
    if told is by_size:
        return tuple(cut_into_paragraphs(found))
    around = map(furniture, pages, sheets)
    return (*joined(found), *chain.from_iterable(around))


class _Document:
    """The pages with what they tell of their own measure."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = pages
        self.blocks = _blocks(pages)
        self.edges: Edges = edges(self.blocks)
        self.grid: Grid | None = grid(self.blocks)
        self.pitch = nominal_pitch(self.blocks)

    def finding(
        self, code: Code, block: Block, line: Line, **values: object
    ) -> Diagnostic:
        """Return a finding at ``line``, with its page, its number and its text."""
        place = {
            "page": block.sheet.label,
            "line": self._number(block, line.baseline),
            "text": line.text.replace(OBJECT, "")[:_EXCERPT],
        }
        return Diagnostic(code, values={**place, **values})

    def _number(self, block: Block, baseline: float) -> int:
        """Return which line of its page stands at ``baseline``, from 1."""
        above = [b for b in self._baselines[block.sheet.index] if b > baseline + 1]
        return len(above) + 1

    @cached_property
    def _baselines(self) -> dict[int, list[float]]:
        """Return the heights of all lines, by page, from the top down."""
        known: defaultdict[int, list[float]] = defaultdict(list)
        for block in self.blocks:
            known[block.sheet.index] += [line.baseline for line in block.lines]
        return {page: list(_distinct(heights)) for page, heights in known.items()}


def _distinct(heights: Iterable[float]) -> Iterator[float]:
    last = None
    for height in sorted(heights, reverse=True):
        if last is None or last - height > _SAME_BASELINE:
            yield height
            last = height


def _check_marks(document: _Document, block: Block, line: Line, report: Report) -> None:
    if block.role is Role.VERBATIM:
        return
    kinds = [
        (Code.HALF_WIDTH_MARK, marks.half_width),
        (Code.UNCOMPRESSED_PAIR, marks.uncompressed),
        (Code.NO_HAN_LATIN_SPACE, marks.unspaced),
        (Code.LATIN_QUOTES, marks.latin_quotes),
    ]
    for code, find in kinds:
        for found in find(line):
            values = {"found": found.text, "distance": f"{found.distance:.2f}"}
            report(document.finding(code, block, line, **values))


def _check_breaks(document: _Document, block: Block, report: Report) -> None:
    if block.role is Role.VERBATIM:
        return
    going_on = block.lines[1:] if block.begins else block.lines
    for line in going_on:
        if mark := marks.prohibited_start(line):
            report(document.finding(Code.PROHIBITED_START, block, line, mark=mark))
    for line in block.full_lines:
        if mark := marks.prohibited_end(line):
            report(document.finding(Code.PROHIBITED_END, block, line, mark=mark))


def _check_paragraph(document: _Document, block: Block, report: Report) -> None:
    for miss in paragraphs.ragged(block, document.edges):
        distance = f"{miss.distance * miss.line.size:+.1f}"
        code = Code.RAGGED_LINE
        report(document.finding(code, block, miss.line, distance=distance))
    for miss in paragraphs.loose(block, document.pitch):
        distance = f"{miss.distance:+.2f}"
        report(document.finding(Code.LOOSE_LINE, block, miss.line, distance=distance))
    if line := paragraphs.lone(block, document.edges):
        report(document.finding(Code.LONE_CHARACTER, block, line))


def _check_grid(document: _Document, block: Block, report: Report) -> None:
    known = document.grid
    if not known or not known.holds(block):
        return
    for line in block.lines:
        off = known.offset(block, line)
        if off > _OFF_GRID:
            found = document.finding(Code.OFF_GRID, block, line, distance=f"{off:.1f}")
            report(found)


def _check_faces(document: _Document, report: Report) -> None:
    for found in faces.strangers(document.pages):
        report(_of_face(Code.FALLBACK_FACE, found, found.piece))
    for found in faces.without_ink(document.pages):
        report(_of_face(Code.NO_INK, found, found.piece))


def _of_face(code: Code, found: faces.Stranger, piece: Piece) -> Diagnostic:
    values = {"page": found.page, "found": found.text, "name": piece.font.name}
    return Diagnostic(code, values=values)
