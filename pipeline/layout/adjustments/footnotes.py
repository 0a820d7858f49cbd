"""Keep notes on the page that calls them.

Where a paragraph must break after its first line, which ``orphans`` forbid, the
engine makes room by putting off notes. We would rather put off the line.
"""

from __future__ import annotations

from collections.abc import Iterable

from weasyprint.layout import block

from pipeline.layout.adjustments.adjustment import Adjustment
from pipeline.layout.proof import Replacement, edited

_LINES = block, "_linebox_layout"
_PUTS_OFF_NOTES = (
    "report = not context.in_column and can_break_now and not could_break_before"
)


def _replacements() -> Iterable[Replacement]:
    yield *_LINES, edited(_LINES, (_PUTS_OFF_NOTES, "report = False"))


ADJUSTMENT = Adjustment("footnotes", {_LINES: "82527507186f8276"}, _replacements)
