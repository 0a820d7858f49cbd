"""What an OpenType file says about itself.

https://learn.microsoft.com/typography/opentype/spec/
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pipeline import limits

# Unicode: all planes before the first plane alone (platform, encoding).
_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
_UNICODE_SIZE = 0x110000
_PLAIN = frozenset({b"\x00\x01\x00\x00", b"true", b"OTTO"})
_OUTLINES = frozenset({"glyf", "CFF ", "CFF2"})
_WINDOWS = 3
_ENGLISH = 0x409


class Unusable(Exception):  # noqa: N818 - it names what is wrong with a file
    """A file is no OpenType font, or a damaged one."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a font says about itself.

    ``forbids_subsets`` says that its licence lets no document embed a part of
    its outlines ("OS/2", fsType), which is how books carry fonts.
    """

    name: str
    postscript: str
    licence: str
    forbids_subsets: bool
    is_variable: bool
    has_outlines: bool


def describe(data: bytes) -> Description:
    """Return what the font ``data`` says about itself. Raises Unusable."""
    found = tables(data)
    names = dict(_names(bytes(found.get("name", b""))))
    family = names.get(16) or names.get(1, "")
    style = names.get(17) or names.get(2, "")
    return Description(
        family if style in {"", "Regular"} else f"{family} {style}",
        names.get(6, ""),
        names.get(13, ""),
        _forbids_subsets(found.get("OS/2")),
        "fvar" in found,
        not _OUTLINES.isdisjoint(found),
    )


def characters(data: bytes) -> frozenset[int]:
    """Return the code points that the font ``data`` maps to glyphs.

    Raises Unusable.
    """
    try:
        # A damaged table could go on without end.
        found = frozenset(islice(_mapped(_unicode_map(data)), _UNICODE_SIZE + 1))
    except (struct.error, IndexError, ValueError) as error:
        raise Unusable("cmap") from error
    if max(found, default=0) >= _UNICODE_SIZE:
        raise Unusable("cmap")
    return found


def tables(data: bytes) -> dict[str, memoryview]:
    """Return the tables of a font. Raises Unusable."""
    if data[:4] not in _PLAIN:
        raise Unusable("signature")
    return _tables(data, 0)


# Collections of fonts: ISO/IEC 14496-22, 5.2 ---------------------------------------


def is_collection(data: bytes) -> bool:
    """Tell whether ``data`` holds several fonts."""
    return data[:4] == b"ttcf"


def members(data: bytes) -> tuple[bytes, ...]:
    """Return each font of a collection as a file of its own. Raises Unusable."""
    try:
        (count,) = struct.unpack_from(">I", data, 8)
        starts = struct.unpack_from(f">{count}I", data, 12)
        return tuple(_file(data[at : at + 4], _tables(data, at)) for at in starts)
    except struct.error as error:
        raise Unusable("collection") from error


# Web fonts: https://www.w3.org/TR/WOFF/ --------------------------------------------


def is_webfont(data: bytes) -> bool:
    """Tell whether ``data`` is a WOFF, version 1."""
    return data[:4] == b"wOFF"


def unpacked(data: bytes) -> bytes:
    """Return the font inside of a WOFF. Raises Unusable."""
    try:
        (count,) = struct.unpack_from(">H", data, 12)
        entries = [
            struct.unpack_from(">4sIII", data, 44 + 20 * n) for n in range(count)
        ]
        if sum(size for _tag, _offset, _packed, size in entries) > limits.FILE_BYTES:
            raise Unusable("WOFF")
        found = {
            tag.decode("latin-1"): memoryview(
                _inflated(data[offset : offset + packed], size)
            )
            for tag, offset, packed, size in entries
        }
    except (struct.error, zlib.error) as error:
        raise Unusable("WOFF") from error
    return _file(data[4:8], found)


def _inflated(data: bytes, size: int) -> bytes:
    is_plain = len(data) == size
    # To zlib, no bytes at most means any number of them.
    plain = data if is_plain else zlib.decompressobj().decompress(data, size or 1)
    if len(plain) != size:
        raise Unusable("WOFF")
    return plain


# Tables ----------------------------------------------------------------------------


def _tables(data: bytes, start: int) -> dict[str, memoryview]:
    view = memoryview(data)
    try:
        (count,) = struct.unpack_from(">H", data, start + 4)
        records = tuple(
            struct.unpack_from(">4sIII", data, start + 12 + 16 * n)
            for n in range(count)
        )
    except struct.error as error:
        raise Unusable("directory") from error
    if any(offset + length > len(data) for _tag, _sum, offset, length in records):
        raise Unusable("truncated")
    return {
        tag.decode("latin-1"): view[offset : offset + length]
        for tag, _sum, offset, length in records
    }


def _file(signature: bytes, found: dict[str, memoryview]) -> bytes:
    count = len(found)
    if not count:
        raise Unusable("no tables")
    power = count.bit_length() - 1
    span = 16 << power
    head = struct.pack(">4sHHHH", signature, count, span, power, 16 * count - span)
    offset = len(head) + 16 * count
    directory, bodies = b"", b""
    for tag, table in sorted(found.items()):
        body = bytes(table) + bytes(-len(table) % 4)
        directory += struct.pack(
            ">4sIII", tag.encode("latin-1"), _sum(body), offset, len(table)
        )
        bodies += body
        offset += len(body)
    return head + directory + bodies


def _sum(body: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(body) // 4}I", body)
    return sum(words) & 0xFFFFFFFF


def _names(table: bytes) -> Iterator[tuple[int, str]]:
    """Yield the names of a font by their number, in English where there is one."""
    try:
        _version, count, storage = struct.unpack_from(">HHH", table)
        records = [struct.unpack_from(">6H", table, 6 + 12 * n) for n in range(count)]
    except struct.error:
        return
    for platform, _encoding, _language, number, length, offset in sorted(
        records, key=lambda record: record[2] == _ENGLISH
    ):
        if platform == _WINDOWS:
            start = storage + offset
            yield number, table[start : start + length].decode("utf-16-be", "replace")


def _forbids_subsets(table: memoryview | None) -> bool:
    if table is None or len(table) < 10:
        return False
    (bits,) = struct.unpack_from(">H", table, 8)
    # Of several usage rights the most generous one counts.
    is_restricted = bool(bits & 0x0002) and not bits & 0x000C
    return is_restricted or bool(bits & 0x0300)


def _unicode_map(data: bytes) -> memoryview:
    """Return the best subtable of "cmap"."""
    cmap = tables(data).get("cmap")
    if cmap is None:
        raise Unusable("cmap")
    (count,) = struct.unpack_from(">H", cmap, 2)
    records = (struct.unpack_from(">HHI", cmap, 4 + 8 * n) for n in range(count))
    found = {(platform, encoding): offset for platform, encoding, offset in records}
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
        if not offsets[number]:
            yield from (c for c in range(first, last + 1) if (c + delta) & 0xFFFF)
            continue
        start = number + offsets[number] // 2
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
