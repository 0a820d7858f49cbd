"""What an OpenType file says about itself.

https://learn.microsoft.com/typography/opentype/spec/
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

# Unicode: all planes before the first plane alone (platform, encoding).
_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))


class Unusable(Exception):  # noqa: N818 - it names what is wrong with a file
    """The file is no OpenType font, or a damaged one."""


def characters(data: bytes) -> frozenset[int]:
    """Return the code points that the font ``data`` maps to glyphs.

    Raises Unusable.
    """
    try:
        return frozenset(_mapped(_unicode_map(data)))
    except (struct.error, IndexError, ValueError) as error:
        raise Unusable("cmap") from error


def tables(data: bytes) -> dict[str, memoryview]:
    """Return the tables of a font. Raises Unusable."""
    view = memoryview(data)
    try:
        (count,) = struct.unpack_from(">H", data, 4)
        records = [
            struct.unpack_from(">4sIII", data, 12 + 16 * n) for n in range(count)
        ]
    except struct.error as error:
        raise Unusable("directory") from error
    return {
        tag.decode("latin-1"): view[offset : offset + length]
        for tag, _sum, offset, length in records
    }


def _unicode_map(data: bytes) -> memoryview:
    """Return the best subtable of "cmap"."""
    cmap = tables(data).get("cmap")
    if cmap is None:
        raise Unusable("cmap")
    (count,) = struct.unpack_from(">H", cmap, 2)
    found = {
        (platform, encoding): offset
        for platform, encoding, offset in (
            struct.unpack_from(">HHI", cmap, 4 + 8 * n) for n in range(count)
        )
    }
    best = next((found[kind] for kind in _UNICODE if kind in found), None)
    if best is None:
        raise Unusable("cmap")
    return cmap[best:]


def _mapped(subtable: memoryview) -> Iterator[int]:
    (kind,) = struct.unpack_from(">H", subtable)
    match kind:
        case 4:
            yield from _by_segments(subtable)
        case 6:
            yield from _by_array(subtable)
        case 12:
            yield from _by_groups(subtable)
        case _:
            raise Unusable(f"cmap {kind}")


def _by_segments(subtable: memoryview) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", subtable, 6)
    count = doubled // 2
    words = [w for (w,) in struct.iter_unpack(">H", subtable[14 : len(subtable) & ~1])]
    lasts, rest = words[:count], words[count + 1 :]
    firsts, deltas, offsets = rest[:count], rest[count : 2 * count], rest[2 * count :]
    for number, (first, last, delta) in enumerate(
        zip(firsts, lasts, deltas, strict=True)
    ):
        offset = offsets[number]
        if not offset:
            yield from (c for c in range(first, last + 1) if (c + delta) & 0xFFFF)
            continue
        start = number + offset // 2
        glyphs = offsets[start : start + last - first + 1]
        for code, glyph in enumerate(glyphs, first):
            if glyph and (glyph + delta) & 0xFFFF:
                yield code


def _by_array(subtable: memoryview) -> Iterator[int]:
    first, count = struct.unpack_from(">HH", subtable, 6)
    glyphs = struct.unpack_from(f">{count}H", subtable, 10)
    return (code for code, glyph in enumerate(glyphs, first) if glyph)


def _by_groups(subtable: memoryview) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", subtable, 12)
    groups = struct.iter_unpack(">III", subtable[16 : 16 + 12 * count])
    for first, last, glyph in groups:
        yield from range(first if glyph else first + 1, last + 1)
