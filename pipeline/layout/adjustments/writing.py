"""Write the file without making anything twice.

The engine asks for the references of all pages at each tag and bookmark, and
makes each object once for the file and once more for its identifier. Gain: .3 s
and 5 MB, and more where there are many tags.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import pydyf
from weasyprint import document

from pipeline.layout.adjustments.adjustment import Adjustment
from pipeline.layout.proof import Replacement

_their_paint = document.Page.paint


class _Pdf(pydyf.PDF):  # type: ignore[misc]  # pydyf has no types
    """Remembers the references of its pages, and writes objects as they stand."""

    _known: tuple[bytes, ...] = ()

    @property
    def page_references(self) -> tuple[bytes, ...]:
        """Return a reference for each page, in order."""
        if len(self._known) != len(self.pages["Kids"]) // 3:
            self._known = super().page_references
        return self._known

    def write(self, *arguments: object) -> None:
        """Write the file. Only what is made while that goes on changes yet."""
        self.objects[:] = map(_Written, self.objects)
        super().write(*arguments)


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object of which nothing changes any more but its place in the file."""

    def __init__(self, made: pydyf.Object) -> None:
        self.number = made.number
        self.offset = made.offset
        self.generation = made.generation
        self.free = made.free
        self._compressible = bool(made.compressible)
        self._data: bytes = made.data if made.free != "f" else b""

    @property
    def data(self) -> bytes:
        """Return the object as it is written."""
        return self._data

    @property
    def compressible(self) -> bool:
        """Tell whether the object goes into a stream of objects."""
        return self._compressible


def _paint(page: document.Page, stream: pydyf.Stream, scale: float = 1) -> None:
    """Paint a page, and join what that took some hundred pieces for."""
    _their_paint(page, stream, scale)
    stream.stream[:] = _joined(stream.stream)


def _joined(pieces: Iterable[object]) -> Iterator[object]:
    """Join pieces, but for those that are not known before the file is whole."""
    for is_open, group in groupby(
        pieces, lambda piece: isinstance(piece, pydyf.Object)
    ):
        if is_open:
            yield from group
        else:
            yield b"\n".join(map(pydyf._to_bytes, group))  # noqa: SLF001


def _replacements() -> Iterable[Replacement]:
    yield pydyf, "PDF", _Pdf
    yield document.Page, "paint", _paint


ADJUSTMENT = Adjustment(
    "writing",
    {
        (pydyf, "PDF"): "430a7b480a612b67",
        (pydyf, "Object"): "ad24e07e63104f00",
        (pydyf, "Stream"): "be74acfb0e7bf591",
    },
    _replacements,
)
