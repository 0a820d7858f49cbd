"""Read Markdown.

Supported: CommonMark; tables, strikethrough, task lists and alerts as GitHub
has them; notes, also ``^[within the text]``; definition lists; formulas in
``$``, ``$$`` and fences of ``math``; sub- and superscript; ruby as
``{漢字|hàn zì}``; boxes ``::: note``, verse in ``::: verse``; attributes, of which
``{#name}`` is used; front matter in YAML and TOML; captions of tables; the HTML
that has a meaning in a book. Emphasis and line ends work beside Chinese
characters; paragraphs may be set in. Not supported: scripts and styles, other
HTML, pictures from the network.
"""

from __future__ import annotations

from pipeline.diagnostics import Report
from pipeline.model import Manuscript
from pipeline.reader import Hints, Input, Reader


def read(given: Input, hints: Hints, report: Report) -> Manuscript:
    """Return the manuscript of a Markdown text."""
    # The parsers are heavy: they wait until there is a file for them.
    from pipeline.markdown.manuscript import manuscript

    return manuscript(given, hints, report)


READER = Reader("markdown", frozenset({".md", ".markdown", ".mkd"}), read)
