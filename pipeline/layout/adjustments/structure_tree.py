"""Tag the text as it is in the book, not as it lies on the pages.

The engine makes an element of each paragraph's part on a page and of each line
in that, and knows no ruby, notes, formulas or contents.
"""

from __future__ import annotations

from collections.abc import Iterable

from weasyprint import pdf
from weasyprint.pdf import stream, tags

from pipeline.layout import tagging
from pipeline.layout.adjustments.adjustment import Adjustment
from pipeline.layout.proof import Replacement


def _replacements() -> Iterable[Replacement]:
    yield stream.Stream, "marked", tagging.marked
    yield pdf, "add_tags", tagging.add_tags


ADJUSTMENT = Adjustment(
    "structure tree",
    {
        (stream, "Stream"): "624257224db6f66d",
        (tags, "add_tags"): "446bcfaa7b712772",
        (tags, "_build_box_tree"): "f716251a83e7096e",
        (pdf, "generate_pdf"): "626343ef25c396e8",
    },
    _replacements,
)
