"""Read Word files (.docx), as Word, WPS and LibreOffice write them.

Supported: headings by style or outline level, whatever the styles are called;
the numbers that Word makes itself; files without styles, whose headings are
found as in plain text; footnotes and endnotes; tables with merged cells;
pictures and text boxes; links and bookmarks; bold, italic, emphasis dots, ruby,
sub- and superscript; bulleted lists; formulas; insertions of tracked changes;
core properties. Left out, on the record: deletions, comments, headers and
footers, hidden text, Word's own contents. Not supported: charts, drawings, EMF
and WMF pictures. Spans count the paragraphs, in reading order, cells included.
"""

from __future__ import annotations

from pipeline import limits
from pipeline.diagnostics import Report
from pipeline.model import Manuscript
from pipeline.reader import Hints, Input, Reader


def read(given: Input, hints: Hints, report: Report) -> Manuscript:
    """Return the manuscript of a Word file."""
    # The parsers are heavy: they wait until there is a file for them.
    from pipeline.word.manuscript import manuscript

    return manuscript(given, hints, report)


READER = Reader("docx", frozenset({".docx", ".docm"}), read, limits.FILE_BYTES)
