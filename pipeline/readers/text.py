"""Read plain text.

Supported: every encoding that ``pipeline.decoding`` knows; LF, CRLF and CR;
paragraphs by indent, blank line, line or hard wrap; headings of all marker
families, run-in or alone, numbered or not; contents lists; title, authors, site,
date and address; verse, salutations, signatures, scene breaks; what a web page
leaves around a text. Not supported: tables, pictures, notes, markup.
"""

from __future__ import annotations

from pipeline import decoding, structure
from pipeline.decoding import formats
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.model import Manuscript
from pipeline.reader import Hints, Input, Reader
from pipeline.source import Span


def read(given: Input, hints: Hints, report: Report) -> Manuscript:
    """Return the manuscript of a plain text."""
    source = decoding.decode(given.data, given.name, report, hints.encoding)
    if formats.is_page(source.text):
        values = {"format": "HTML"}
        report(Diagnostic(Code.FOREIGN_FORMAT, Span(given.name, 1, 1), values))
        return Manuscript((), encoding=source.encoding)
    return structure.discern(source, hints, report)


READER = Reader("text", frozenset({".txt", ".text"}), read)
