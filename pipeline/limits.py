"""What a document may be at most, so that no file keeps a machine busy without end.

Each limit is far beyond any real book. Where one is met, a sentence says so, or
what lies beyond is read more simply; nothing is lost without a word. SECURITY.md
lists them all.
"""

from __future__ import annotations

from typing import Final

_MEBI: Final = 1024 * 1024

# Files ------------------------------------------------------------------------------

FILE_BYTES: Final = 512 * _MEBI
"""Bytes of a file that is read: a thousand pages of scans have 200 MB."""

TEXT_BYTES: Final = 64 * _MEBI
"""Bytes of a text or a page: the longest novels of the web have 50 MB."""

SETTINGS_BYTES: Final = _MEBI
"""Bytes of settings, which people write by hand."""

LINE_NUMBER: Final = 2_000_000
"""The last line that settings may name: numbers fill the memory. (K404)"""

# Text -------------------------------------------------------------------------------

PARAGRAPH_CHARACTERS: Final = 1_000_000
"""Characters of a paragraph: a novel without a line end has fewer. (K302)

Beyond it a reading system shows nothing, and pages take minutes to set.
"""

FORMULA_CHARACTERS: Final = 3_000
"""Characters of TeX, or elements of MathML, in a formula: a page holds fewer. (K255)

The time to draw one grows with its square, and each brace takes room on a stack
that has none left after some thousands.
"""

FORMULA_DEPTH: Final = 40
"""Elements of MathML within one another: more have no size left. (K255)"""

# Packed files -----------------------------------------------------------------------

UNPACKED_BYTES: Final = 512 * _MEBI
"""Bytes of all parts together; bombs have gigabytes in kilobytes. (K154)"""

UNPACKED_PARTS: Final = 20_000
"""Parts of a packed file: an encyclopaedia has a few thousand. (K154)"""

UNPACKED_RATIO: Final = 200
"""How much larger than packed: text is ten times, bombs a thousand. (K154)"""

UNPACKED_UNWATCHED_BYTES: Final = 64 * _MEBI
"""Bytes up to which the ratio does not matter: blank pictures shrink as well. (K154)"""

# Pictures ---------------------------------------------------------------------------

PICTURE_PIXELS: Final = 100_000_000
"""Pixels of a picture: a page of A4 at 1200 dots an inch has as many. (K552)

Decoded they take 400 MB; 50 000 × 50 000 would take 10 GB.
"""

DRAWING_ELEMENTS: Final = 200_000
"""Elements that an SVG draws, those that ``use`` repeats counted each time. (K556)

Ten uses of ten uses, nine deep, are a billion (https://www.w3.org/TR/SVG2/struct.html#UseElement).
"""

# Markup -----------------------------------------------------------------------------

TREE_DEPTH: Final = 100
"""Elements of HTML or XML within one another; deeper ones keep their text only.

Browsers stop at 512 (https://html.spec.whatwg.org/multipage/parsing.html#misnested).
"""

MARKDOWN_DEPTH: Final = 24
"""Levels of quotations and lists; what is deeper is read as text."""

EMPHASIS_DEPTH: Final = 16
"""Emphasis and links within one another; deeper ones keep their text only."""

NOTE_DEPTH: Final = 8
"""Notes and pictures within descriptions of others; deeper ones stay as written."""

BRACKET_DEPTH: Final = 50
"""Brackets of Markdown within one another; deeper ones stay as written.

Each takes a look at all that follow it.
"""

OPEN_ENDS: Final = 50
"""Notes, tables and figures of a text that open and never end.

Looking for an end takes as long as the text is: after so many, none is looked for.
"""

HTML_COLUMNS: Final = 100
"""Columns that a cell of HTML may cover: a page has no room for more."""

WORD_COLUMNS: Final = 63
"""Columns of a table of Word, by its own limit (https://support.microsoft.com/office)."""

# Finished files ---------------------------------------------------------------------

PDF_DEPTH: Final = 100
"""Elements of a PDF's structure, or entries of its outline, within one another."""

AUDIT_PAIRS: Final = 4_000_000
"""Pairs of characters that are compared one by one where two texts differ."""
