"""The one module that knows PDFium: pictures of the pages of a PDF."""

from __future__ import annotations

import io

import pypdfium2

_QUALITY = 85
_POINTS_AN_INCH = 72


def first_page(pdf: bytes, resolution: int) -> bytes:
    """Return the first page as a JPEG, in ``resolution`` dots an inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[0].render(scale=resolution / _POINTS_AN_INCH)
        picture = io.BytesIO()
        bitmap.to_pil().save(picture, "JPEG", quality=_QUALITY, optimize=True)
    return picture.getvalue()
