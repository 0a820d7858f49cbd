"""Read plain text.

Supported: every encoding that ``pipeline.decoding`` knows; LF, CRLF and CR;
paragraphs by indent, blank line, line or hard wrap; headings of all marker
families, run-in or alone, numbered or not; contents lists; title, authors, site,
date and address; verse, salutations, signatures, scene breaks; what a web page
leaves around a text. Not supported: tables, pictures, notes, markup.
"""

from __future__ import annotations

from pipeline import decoding, limits, structure
from pipeline.decoding import formats
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.model import Manuscript
from pipeline.reader import Hints, Input, Reader
from pipeline.source import Source, Span


def read(given: Input, hints: Hints, report: Report) -> Manuscript:
    """Return the manuscript of a plain text."""
    source = decoding.decode(given.data, given.name, report, hints.encoding)
    if formats.is_page(source.text):
        values = {"format": "HTML"}
        report(Diagnostic(Code.FOREIGN_FORMAT, Span(given.name, 1, 1), values))
        return Manuscript((), encoding=source.encoding)
    if overlong := _overlong(source):
        report(overlong)
        return Manuscript((), encoding=source.encoding)
    return structure.discern(source, hints, report)


def _overlong(source: Source) -> Diagnostic | None:
    """Return what is wrong with a line that is too long to look for structure in."""
    limit = limits.PARAGRAPH_CHARACTERS
    for line in source.lines:
        if len(line.text) > limit:
            values = {"count": len(line.text), "limit": limit}
            where = Span(source.name, line.number, line.number)
            return Diagnostic(Code.OVERLONG_PARAGRAPH, where, values)
    return None


READER = Reader("text", frozenset({".txt", ".text"}), read)
