"""How a text is set as a whole: where its lines break and its paragraphs begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.structure.rows import Row

_WIDEST_WRAP = 100
_RAGGED = 6
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
        full = before.indent + before.columns >= self.wrap - _RAGGED
        return full and (self.indent == 0 or row.indent < self.indent)


def observe(found: Sequence[Row]) -> Layout:
    """Return the habits of the rows of a text."""
    wrap = _wrap(found)
    prose = [row for row in found if row.columns >= _PROSE_COLUMNS]
    return Layout(wrap, _indent(prose, wrap), _is_spaced(found))


def _is_spaced(found: Sequence[Row]) -> bool:
    # Two paragraphs of prose in a row tell; headings and cells are set apart anyway.
    apart = [
        below.above > 0
        for above, below in pairwise(found)
        if _is_paragraph(above) and _is_paragraph(below)
    ]
    return sum(apart) * 2 > len(apart)


def _is_paragraph(row: Row) -> bool:
    return row.columns >= _PROSE_COLUMNS and row.text.endswith(_SENTENCE_ENDS)


def _wrap(found: Iterable[Row]) -> int | None:
    # Hard-wrapped text has many lines of almost one width, and few that are
    # wider: prose with a paragraph on each line has all widths.
    widths = Counter(row.indent + row.columns for row in found)
    total = widths.total()
    if total < _FEW_ROWS:
        return None
    width = _percentile(widths, 97)
    if not 20 <= width <= _WIDEST_WRAP:
        return None
    full = sum(n for w, n in widths.items() if width - _RAGGED <= w <= width + 4)
    return width if full * 5 >= total * 2 else None


def _percentile(widths: Counter[int], percent: int) -> int:
    total, passed = widths.total(), 0
    for width in sorted(widths):
        passed += widths[width]
        if passed * 100 >= total * percent:
            return width
    return 0


def _indent(prose: Sequence[Row], wrap: int | None) -> int:
    indents = Counter(row.indent for row in prose)
    if wrap is None:
        return indents.most_common(1)[0][0] if indents else 0
    # The first lines of hard-wrapped paragraphs are set in, the others are not.
    set_in = Counter({w: n for w, n in indents.items() if 2 <= w <= 8})
    few = not set_in or set_in.total() * 20 < len(prose)
    return 0 if few else set_in.most_common(1)[0][0]
