"""What we change in WeasyPrint, for as long as we set a book.

Each change is a module with one ``ADJUSTMENT``, which says by hash what it
rests on and steps aside where that is different. Three correct what readers see,
the others save time and change no byte of the PDF, or only how hard it is
compressed; their gains are seconds of a processor for a novel of 600,000
characters on 972 pages, where stock takes 18 s and 420 MB, and we 7.3 s and 260.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Final

import weasyprint

from pipeline.layout.adjustments import (
    columns,
    compression,
    footnotes,
    margin_boxes,
    page_styles,
    page_walks,
    structure_tree,
    writing,
)
from pipeline.layout.adjustments.adjustment import Adjustment
from pipeline.layout.proof import replaced

_VERSION = "70.0"

ALL: Final[tuple[Adjustment, ...]] = (
    structure_tree.ADJUSTMENT,
    footnotes.ADJUSTMENT,
    columns.ADJUSTMENT,
    page_styles.ADJUSTMENT,
    page_walks.ADJUSTMENT,
    margin_boxes.ADJUSTMENT,
    writing.ADJUSTMENT,
    compression.ADJUSTMENT,
)


@contextmanager
def adjusted() -> Iterator[None]:
    """Set books with our adjustments, as far as they are proved, in this context."""
    proved = [
        adjustment
        for adjustment in ALL
        if weasyprint.VERSION == _VERSION and not adjustment.differences()
    ]
    with replaced(chain.from_iterable(each.replacements() for each in proved)):
        yield
