"""Write the file without making anything twice.

The engine asks for the references of all pages at each tag and bookmark, and
compresses every page once for the file and once more for its identifier.
"""

from __future__ import annotations

from collections.abc import Iterable

import pydyf
from weasyprint import pdf
from weasyprint.pdf import stream

from pipeline.layout.adjustments.adjustment import Adjustment
from pipeline.layout.proof import Replacement


class _Pdf(pydyf.PDF):  # type: ignore[misc]  # pydyf has no types
    """Remembers the references of its pages."""

    _known: tuple[bytes, ...] = ()

    @property
    def page_references(self) -> tuple[bytes, ...]:
        """Return a reference for each page, in order."""
        if len(self._known) != len(self.pages["Kids"]) // 3:
            self._known = super().page_references
        return self._known


class _Stream(stream.Stream):  # type: ignore[misc]
    """Remembers its data, of which nothing changes once it was asked for."""

    _written: bytes | None = None

    @property
    def data(self) -> bytes:
        """Return the stream as it is written."""
        if self._written is None:
            self._written = super().data
        return self._written


def _replacements() -> Iterable[Replacement]:
    yield pydyf, "PDF", _Pdf
    yield pdf, "Stream", _Stream


ADJUSTMENT = Adjustment(
    "writing",
    {(pydyf, "PDF"): "430a7b480a612b67", (pydyf, "Stream"): "be74acfb0e7bf591"},
    _replacements,
)
