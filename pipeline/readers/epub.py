"""Read EPUB publications, of version 2 and 3.

Supported: documents in the order of the spine; headings on the levels of the
contents (nav or NCX), also where paragraphs only look like headings; parts,
chapters, front and back matter by their semantics; notes, also in other
documents; links between documents; pictures, cover; ruby, verse, tables, lists,
code, formulas; metadata with its refinements. Left out, on the record:
what every edition makes itself (cover, title page, contents, colophon, page
numbers). Not supported: copy protection, scripts, sound and video, fixed layouts.
Spans count the paragraphs in reading order, and name the document they are in.
"""

from __future__ import annotations

from pipeline import limits
from pipeline.diagnostics import Report
from pipeline.model import Manuscript
from pipeline.reader import Hints, Input, Reader


def read(given: Input, hints: Hints, report: Report) -> Manuscript:
    """Return the manuscript of an EPUB."""
    # The parsers are heavy: they wait until there is a file for them.
    from pipeline.publication.manuscript import manuscript

    return manuscript(given, hints, report)


READER = Reader("epub", frozenset({".epub"}), read, limits.FILE_BYTES)
