"""Unpack web fonts. The one module that knows fontTools."""

from __future__ import annotations

from io import BytesIO

from fontTools.ttLib import TTFont, TTLibError, woff2

from pipeline.fonts.opentype import Unusable


def is_webfont(data: bytes) -> bool:
    """Tell whether ``data`` is a WOFF or a WOFF2."""
    return data[:4] in (b"wOFF", b"wOF2")


def unpacked(data: bytes) -> bytes:
    """Return the OpenType font inside of a web font. Raises Unusable."""
    plain = BytesIO()
    try:
        if data[:4] == b"wOF2":
            woff2.decompress(BytesIO(data), plain)
        else:
            font = TTFont(BytesIO(data), recalcTimestamp=False)
            font.flavor = None
            font.save(plain)
    except (TTLibError, ValueError, OSError, EOFError) as error:
        raise Unusable("web font") from error
    return plain.getvalue()
