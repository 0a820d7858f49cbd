"""A PDF without the shapes of its glyphs: it says the same, and is read at once.

For every character of a page, PDFium draws its glyph, twice, only to know where
its ink is. That is two thirds of the time that the text of a book takes. What a
text says is in the maps to Unicode, and no shape has a part in it.
"""

from __future__ import annotations

import re
import struct
import zlib
from functools import cache

# A stream that holds the glyphs of a CID-keyed font (ISO 32000-1, table 126).
_GLYPHS = re.compile(
    rb"<<[^<>]*/Subtype\s*/CIDFontType0C\b[^<>]*>>\s*stream\r?\n", re.DOTALL
)
_LENGTH = re.compile(rb"/Length\s+(\d+)\b(?!\s+\d+\s+R)")
_PLAIN_FLATE = re.compile(rb"/Filter\s*/FlateDecode\b")
_END = re.compile(rb"\s*endstream\b")
_MOST_GLYPHS = 0xFFFF
_EM = 1000
# Where each glyph has ink, in a thousandth of an em: wide enough that what is
# painted twice overlaps, and too narrow to overlap its neighbours.
_SIDE = 100
# A contour's points (OpenType, "glyf"): which are on the curve, and short steps.
_ON, _SHORT_X, _SHORT_Y, _X, _Y = 0x01, 0x02, 0x04, 0x10, 0x20


def without_shapes(pdf: bytes) -> bytes:
    """Return ``pdf`` with a small square for every glyph of a CID-keyed font.

    Each byte of all else stays, and stays in its place. A font that is not
    packed as those of ours are stays, too.
    """
    changed = bytearray(pdf)
    for opening in _GLYPHS.finditer(pdf):
        length = _LENGTH.search(opening[0])
        start = opening.end()
        end = start + int(length[1]) if length else start
        room = end - start - len(_squares())
        is_packed = _PLAIN_FLATE.search(opening[0]) and _END.match(pdf, end)
        if is_packed and room >= 0:
            changed[start:end] = _squares() + bytes(room)
    return bytes(changed)


@cache
def _squares() -> bytes:
    """Return a packed TrueType font that has the same square for each glyph."""
    square = _square()
    tables = {
        "glyf": square * 2,
        "head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            *(0x10000, 0, 0, 0x5F0F3CF5, 0, _EM, 0, 0),
            *(0, 0, _SIDE, _SIDE, 0, 8, 2, 0, 0),
        ),
        "hhea": struct.pack(">IhhhH11hH", 0x10000, _EM, 0, 0, _EM, *([0] * 11), 1),
        "hmtx": struct.pack(">Hh", _EM, 0),
        # Places go to and fro between two squares: where the next place lies
        # before it, a glyph goes on to the end of the table (FreeType, ttpload.c).
        "loca": struct.pack(">HH", 0, len(square) // 2) * ((_MOST_GLYPHS + 1) // 2),
        "maxp": struct.pack(">IH13H", 0x10000, _MOST_GLYPHS, 4, 1, *([0] * 11)),
    }
    return zlib.compress(_font(tables), 9)


def _square() -> bytes:
    steps = bytes((_SIDE, _SIDE, _SIDE))
    points = (
        _ON | _X | _Y,
        _ON | _SHORT_X | _X | _Y,
        _ON | _X | _SHORT_Y | _Y,
        _ON | _SHORT_X | _Y,
    )
    outline = struct.pack(">hhhhhHH", 1, 0, 0, _SIDE, _SIDE, len(points) - 1, 0)
    return _padded(outline + bytes(points) + steps)


def _font(tables: dict[str, bytes]) -> bytes:
    """Return tables as one file: https://learn.microsoft.com/typography/opentype/."""
    place = 12 + 16 * len(tables)
    listed, content = b"", b""
    for tag, data in tables.items():
        listed += tag.encode() + struct.pack(">III", 0, place, len(data))
        content += _padded(data)
        place += len(_padded(data))
    return struct.pack(">IHHHH", 0x10000, len(tables), 0, 0, 0) + listed + content


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
