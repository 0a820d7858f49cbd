"""Name the structure types of elements that are nameless else."""

from __future__ import annotations

from collections.abc import Iterable

from weasyprint.pdf import tags

from pipeline.layout.adjustments.adjustment import Adjustment
from pipeline.layout.proof import Replacement

# Standard structure types (ISO 32000-1, 14.8.4).
_STRUCTURE_TYPES = {
    "ruby": "Ruby",
    "rt": "RT",
    "code": "Code",
    "span::footnote-call": "Reference",
    "span::footnote-marker": "Lbl",
}


def _replacements() -> Iterable[Replacement]:
    stock = tags._get_pdf_tag  # noqa: SLF001 - there is no public way

    def structure_type(tag: str | None) -> str:
        return _STRUCTURE_TYPES.get(tag or "") or str(stock(tag))

    yield tags, "_get_pdf_tag", structure_type


ADJUSTMENT = Adjustment(
    "structure types", {(tags, "_get_pdf_tag"): "2108258009af25e2"}, _replacements
)
