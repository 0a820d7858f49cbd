"""CID-keyed fonts of the Compact Font Format, as a PDF wants them.

The codes in the text are numbers of glyphs. In a CID-keyed font they are taken
for CIDs, which the font's charset maps to glyphs (ISO 32000-1, 9.7.4.2), and
subsets keep the CIDs of the whole font: a strict viewer would show other
glyphs, or none. With a charset of its own order, a number is its own CID.

Adobe Technical Note 5176 has the format.
"""

from __future__ import annotations

from struct import pack, unpack_from

_OPENTYPE_CFF = b"OTTO"
_ESCAPE, _ROS = 12, (12, 30)
_CHARSET, _CHARSTRINGS = (15,), (17,)
_REAL, _REAL_ENDS = 30, 0xF
_OPERATORS_END = 21


def cid_keyed(font: bytes) -> bytes | None:
    """Return the CFF table of an OpenType ``font``, each glyph under its number.

    None where it is not CID-keyed: there, numbers are numbers of glyphs.
    """
    table = _table(font)
    if table is None:
        return None
    top = _top_dict(table)
    if _ROS not in top:
        return None
    count = int(unpack_from(">H", table, top[_CHARSTRINGS])[0])
    start = top[_CHARSET]
    length = _charset_length(table, start, count)
    charset = _identity(count, length)
    return table[:start] + charset.ljust(length, b"\0") + table[start + length :]


def _table(font: bytes) -> bytes | None:
    if font[:4] != _OPENTYPE_CFF:
        return None
    (tables,) = unpack_from(">H", font, 4)
    for number in range(tables):
        tag, _sum, start, length = unpack_from(">4sLLL", font, 12 + 16 * number)
        if tag == b"CFF ":
            return font[start : start + length]
    return None


def _top_dict(table: bytes) -> dict[tuple[int, ...], int]:
    """Return the last operand of each operator in the first Top DICT."""
    names = table[2]  # the size of the header
    _first, end_of_names = _index(table, names)
    (start, end), _ = _index(table, end_of_names)
    found: dict[tuple[int, ...], int] = {}
    operand = 0
    while start < end:
        first = table[start]
        if first <= _OPERATORS_END:
            length = 2 if first == _ESCAPE else 1
            found[tuple(table[start : start + length])] = operand
        else:
            operand, length = _operand(table, start)
        start += length
    return found


def _index(table: bytes, start: int) -> tuple[tuple[int, int], int]:
    """Return where the first object of an INDEX lies, and where the INDEX ends."""
    count, size = unpack_from(">HB", table, start)
    data = start + 3 + (count + 1) * size - 1
    offsets = [
        int.from_bytes(table[at : at + size], "big")
        for at in (start + 3, start + 3 + size, start + 3 + count * size)
    ]
    return (data + offsets[0], data + offsets[1]), data + offsets[2]


def _operand(table: bytes, start: int) -> tuple[int, int]:
    """Return an operand, 0 for a real number, and how many bytes it takes."""
    first = table[start]
    match first:
        case 28:
            return int(unpack_from(">h", table, start + 1)[0]), 3
        case 29:
            return int(unpack_from(">l", table, start + 1)[0]), 5
        case _ if first == _REAL:
            end = start + 1
            while _REAL_ENDS not in (table[end] >> 4, table[end] & 0xF):
                end += 1
            return 0, end + 1 - start
        case _ if first < 247:
            return first - 139, 1
        case _ if first < 251:
            return (first - 247) * 256 + table[start + 1] + 108, 2
        case _:
            return -(first - 251) * 256 - table[start + 1] - 108, 2


def _charset_length(table: bytes, start: int, count: int) -> int:
    """Return how many bytes the charset of ``count`` glyphs takes."""
    kind = table[start]
    if kind == 0:
        return 1 + 2 * (count - 1)
    step, left = (3, ">B") if kind == 1 else (4, ">H")
    length, glyphs = 1, 1
    while glyphs < count:
        glyphs += unpack_from(left, table, start + length + 2)[0] + 1
        length += step
    return length


def _identity(count: int, length: int) -> bytes:
    """Return the charset, in at most ``length`` bytes, that gives n for glyph n."""
    if count < 2:
        return b"\0"
    if length < 5:  # a single range of at most 256 glyphs
        return pack(">BHB", 1, 1, count - 2)
    return pack(">BHH", 2, 1, count - 2)
