"""Small fonts of our own, made on the spot."""

from __future__ import annotations

import io
from collections.abc import Iterable

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable


def font(
    characters: Iterable[str] = "山水",
    *,
    family: str = "Test Song",
    style: str = "Regular",
    fs_type: int = 0,
    licence: str = "",
    variable: bool = False,
    form: int = 12,
) -> bytes:
    """Return a TrueType font in which each of ``characters`` is a square."""
    codes = sorted(set(map(ord, characters)))
    names = [".notdef", *(f"u{code:X}" for code in codes)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(codes, names[1:], strict=True)))
    builder.setupGlyf({name: _square() for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable(
        {
            "familyName": family,
            "styleName": style,
            "psName": f"{family}-{style}".replace(" ", ""),
            "licenseDescription": licence,
        }
    )
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, fsType=fs_type)
    builder.setupPost()
    if variable:
        builder.setupFvar([("wght", 400, 400, 700, "Weight")], [])
    builder.font["cmap"].tables = [_map(form, dict(zip(codes, names[1:], strict=True)))]
    return _saved(builder.font)


def _map(form: int, names: dict[int, str]) -> CmapSubtable:
    fits = form == 12 or max(names) < 0x10000
    made = CmapSubtable.newSubtable(form if fits else 12)
    made.platformID, made.platEncID, made.language = (
        3,
        10 if made.format == 12 else 1,
        0,
    )
    made.cmap = names
    return made


def collection(*fonts: bytes) -> bytes:
    """Return the fonts in one file."""
    together = TTCollection()
    together.fonts = [TTFont(io.BytesIO(one)) for one in fonts]
    data = io.BytesIO()
    together.save(data)
    return data.getvalue()


def webfont(one: bytes) -> bytes:
    """Return a font as a WOFF."""
    opened = TTFont(io.BytesIO(one))
    opened.flavor = "woff"
    return _saved(opened)


def _saved(opened: TTFont) -> bytes:
    data = io.BytesIO()
    opened.save(data)
    return data.getvalue()


def _square():
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()
