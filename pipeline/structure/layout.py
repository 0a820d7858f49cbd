"""How a text is set as a whole: where its lines break and its paragraphs begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.structure.rows import Row

_NARROWEST, _WIDEST = 20, 110
_RAGGED, _HANGING = 6, 4
_FEW_ROWS = 8
_PROSE_COLUMNS = 50
_SENTENCE_ENDS = ("。", "！", "？", "”", "」", "…")


@dataclass(frozen=True, slots=True)
class Layout:
    """The habits of a whole text.

    ``wrap`` is the column at which lines were broken by hand, or None where a
    line is a paragraph. ``indent`` is that of most paragraphs, in columns.
    ``spaced`` tells whether blank lines part most paragraphs.
    """

    wrap: int | None
    indent: int
    spaced: bool

    def continues(self, before: Row, row: Row) -> bool:
        """Tell whether ``row`` goes on with the paragraph of ``before``."""
        if self.wrap is None or row.above or row.indent > self.indent:
            return False
        set_out = self.indent == 0 or row.indent < self.indent
        return set_out and self.is_full(before)

    def is_full(self, row: Row) -> bool:
        """Tell whether a line was broken behind ``row`` by hand."""
        if self.wrap is None:
            return False
        return _fills(row, self.wrap)


def observe(found: Sequence[Row]) -> Layout:
    """Return the habits of the rows of a text."""
    wrap = _wrap(found)
    prose = [row for row in found if row.columns >= _PROSE_COLUMNS]
    return Layout(wrap, _indent(prose, wrap), _is_spaced(found, wrap))


def _is_spaced(found: Sequence[Row], wrap: int | None) -> bool:
    # Two paragraphs of prose in a row tell; headings and cells are set apart anyway.
    if wrap is None:
        apart = [
            below.above > 0
            for above, below in pairwise(found)
            if _is_paragraph(above) and _is_paragraph(below)
        ]
    else:
        apart = [
            below.above > 0
            for above, below in pairwise(found)
            if above.text.endswith(_SENTENCE_ENDS) and _fills(below, wrap)
        ]
    return sum(apart) * 2 > len(apart)


def _fills(row: Row, wrap: int) -> bool:
    return row.indent + row.columns >= wrap - _RAGGED


def _is_paragraph(row: Row) -> bool:
    return row.columns >= _PROSE_COLUMNS and row.text.endswith(_SENTENCE_ENDS)


def _wrap(found: Sequence[Row]) -> int | None:
    # Hard-wrapped text has most of its long lines at almost one width, few that
    # are wider, and most of them break off in a sentence: prose with a paragraph
    # on each line has all widths and ends its sentences.
    widths = Counter(row.indent + row.columns for row in found)
    total = widths.total()
    if total < _FEW_ROWS:
        return None
    narrow = [width for width in widths if _NARROWEST <= width <= _WIDEST]
    width = max(narrow, key=lambda w: (_between(widths, w - _RAGGED, w), -w), default=0)
    full = _between(widths, width - _RAGGED, width + _HANGING)
    long = sum(n for w, n in widths.items() if w * 10 >= width * 6)
    wide = sum(n for w, n in widths.items() if w > width + _HANGING)
    regular = full * 2 >= long and full * 7 >= total and wide * 12 <= total
    return width if regular and _cuts_sentences(found, width) else None


def _cuts_sentences(found: Sequence[Row], width: int) -> bool:
    full = [
        row.text.endswith(_SENTENCE_ENDS)
        for row in found
        if width - _RAGGED <= row.indent + row.columns <= width + _HANGING
    ]
    return sum(full) * 2 < len(full)


def _between(widths: Counter[int], first: int, last: int) -> int:
    return sum(widths[width] for width in range(first, last + 1))


def _indent(prose: Sequence[Row], wrap: int | None) -> int:
    indents = Counter(row.indent for row in prose)
    if wrap is None:
        return indents.most_common(1)[0][0] if indents else 0
    # The first lines of hard-wrapped paragraphs are set in, the others are not.
    set_in = Counter({w: n for w, n in indents.items() if 2 <= w <= 8})
    few = not set_in or set_in.total() * 20 < len(prose)
    return 0 if few else set_in.most_common(1)[0][0]
