"""Read web pages, and documents that are kept as HTML.

Supported: pages as browsers save them, with the article found among all else and
the pictures in the folder beside; title, author, date, site and address; clean
documents with all their headings; unstyled ones, whose headings are found as in
plain text; paragraphs made with <br>; emphasis, ruby, verse, lists, tables with
merged cells, figures, code, formulas, links, and notes that links call.
Not supported: pictures that are still on the web, frames, anything that programs
would show. Spans count the lines of the file.
"""

from __future__ import annotations

from pipeline.diagnostics import Report
from pipeline.model import Manuscript
from pipeline.reader import Hints, Input, Reader


def read(given: Input, hints: Hints, report: Report) -> Manuscript:
    """Return the manuscript of a web page."""
    # The parsers are heavy: they wait until there is a file for them.
    from pipeline.markup.manuscript import manuscript

    return manuscript(given, hints, report)


READER = Reader("html", frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"}), read)
