"""What we change in WeasyPrint, for as long as we set a book.

Each change is to version 70.0, which pyproject.toml asks for, and steps aside
from any other.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import pydyf
import weasyprint
from weasyprint.layout import block
from weasyprint.pdf import tags

_VERSION = "70.0"
_PUTS_OFF_NOTES = (
    "report = not context.in_column and can_break_now and not could_break_before"
)
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
    """Set books with our adjustments in this context."""
    if weasyprint.VERSION != _VERSION:
        yield
        return
    with (
        _replaced(tags, "_get_pdf_tag", _structure_type),
        _replaced(pydyf, "PDF", _Pdf),
        _replaced(block, "_linebox_layout", _keeping_notes()),
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


def _keeping_notes() -> Callable[..., Any]:
    """Return the layout of lines, but for what moves notes to the next page.

    Where a paragraph must break after its first line, which ``orphans`` forbid,
    it makes room by putting off notes. We would rather put off the line: a note
    belongs on the page that calls it.
    """
    layout: Callable[..., Any] = block._linebox_layout  # noqa: SLF001 - see above
    source = inspect.getsource(layout)
    if _PUTS_OFF_NOTES not in source:
        return layout
    kept = source.replace(_PUTS_OFF_NOTES, "report = False")
    made: dict[str, Callable[..., Any]] = {}
    exec(compile(kept, block.__file__, "exec"), vars(block), made)  # noqa: S102 - its own source, but for one line
    return made[layout.__name__]


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
