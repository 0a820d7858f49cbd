"""Pages as they look."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2

_QUALITY = 85
_POINTS_AN_INCH = 72
# Thin lines come out more even from a larger picture.
_FINER = 3
_COLOURS = 32


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page as it looks: rows of pixels from the top, three bytes a pixel.

    ``png`` is the same picture in few colours, as a file.
    """

    width: int
    height: int
    pixels: bytes
    png: bytes


def drawn(pdf: bytes, pages: Iterable[int], width: int) -> Iterator[Drawing]:
    """Yield ``pages``, which count from 0, each ``width`` pixels wide."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in pages:
            page = document[number]
            scale = width * _FINER / page.get_width()
            picture = page.render(scale=scale).to_pil().convert("RGB").reduce(_FINER)
            page.close()
            file = io.BytesIO()
            picture.quantize(_COLOURS).save(file, "PNG", optimize=True)
            data = picture.tobytes()
            yield Drawing(picture.width, picture.height, data, file.getvalue())


def first_page(pdf: bytes, resolution: int) -> bytes:
    """Return the first page as a JPEG, in ``resolution`` dots an inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        # In four bytes a dot, which Pillow takes as they lie there.
        bitmap = document[0].render(
            scale=resolution / _POINTS_AN_INCH, prefer_bgrx=True, rev_byteorder=True
        )
        picture = io.BytesIO()
        bitmap.to_pil().save(picture, "JPEG", quality=_QUALITY, optimize=True)
    return picture.getvalue()
