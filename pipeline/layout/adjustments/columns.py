"""Make columns whole lines high, so that what is below them keeps the grid.

The engine makes them equally long by halves of lines and by pixels.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Any

from weasyprint.layout import block, column
from weasyprint.text import line_break

from pipeline.layout.adjustments.adjustment import Adjustment
from pipeline.layout.proof import Replacement, edited

_COLUMNS = column, "columns_layout"
_IS_KNOWN = "        # Update the current y position and set the columns’ height\n"
_IN_LINES = "        max_column_height = in_lines(box, max_column_height)\n"
_EPSILON = 1e-3


def _in_lines(box: Any, height: float) -> float:  # noqa: ANN401 - a box of WeasyPrint
    line, _ = line_break.strut(box.style)
    return ceil(height / line - _EPSILON) * line if line else height


def _replacements() -> Iterable[Replacement]:
    change = _IS_KNOWN, _IS_KNOWN + _IN_LINES
    yield block, "columns_layout", edited(_COLUMNS, change, in_lines=_in_lines)


ADJUSTMENT = Adjustment("columns", {_COLUMNS: "e32d66b73106c2d4"}, _replacements)
