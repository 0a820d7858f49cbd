"""What we change in WeasyPrint's way of writing PDF, for as long as we write.

Each change is to version 70.0, which pyproject.toml asks for, and steps aside
from any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import pydyf
import weasyprint
from weasyprint.pdf import tags

_VERSION = "70.0"
_their_structure_type = tags._get_pdf_tag  # noqa: SLF001 - there is no public way

# Standard structure types (ISO 32000-1, 14.8.4) of elements that it leaves nameless.
_STRUCTURE_TYPES = {
    "ruby": "Ruby",
    "rt": "RT",
    "code": "Code",
    "span::footnote-call": "Reference",
    "span::footnote-marker": "Lbl",
}


@contextmanager
def adjusted() -> Iterator[None]:
    """Write PDFs with our adjustments in this context."""
    if weasyprint.VERSION != _VERSION:
        yield
        return
    with (
        _replaced(tags, "_get_pdf_tag", _structure_type),
        _replaced(pydyf, "PDF", _Pdf),
    ):
        yield


@contextmanager
def _replaced(module: ModuleType, name: str, value: object) -> Iterator[None]:
    original = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, original)


def _structure_type(tag: str | None) -> str:
    return _STRUCTURE_TYPES.get(tag or "") or _their_structure_type(tag)


class _Pdf(pydyf.PDF):  # type: ignore[misc]  # pydyf has no types
    """Remembers the references of its pages.

    The engine asks for all of them at each tag and bookmark, which made the
    time grow with the square of the pages.
    """

    _known: tuple[bytes, ...] = ()

    @property
    def page_references(self) -> tuple[bytes, ...]:
        """Return a reference for each page, in order."""
        if len(self._known) != len(self.pages["Kids"]) // 3:
            self._known = super().page_references
        return self._known
