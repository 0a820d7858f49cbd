"""The profile of a press that does not exist: so that tests need none."""

from __future__ import annotations

from itertools import product
from struct import pack


def profile(name: str = "FOGRA39 of the tests") -> bytes:
    """Return a small ICC profile (version 2) of four inks on white paper."""
    tags = {
        b"desc": _description(name),
        b"cprt": b"text\0\0\0\0CC0\0",
        b"wtpt": b"XYZ \0\0\0\0" + pack(">3l", 63190, 65536, 54061),
        b"A2B0": _table(4, 3, [_seen(*inks) for inks in product((0, 1), repeat=4)]),
        b"B2A0": _table(3, 4, [_inks(*lab) for lab in product((0, 1), repeat=3)]),
    }
    start = 128 + 4 + 12 * len(tags)
    table, data = pack(">L", len(tags)), b""
    for tag, content in tags.items():
        table += pack(">4sLL", tag, start + len(data), len(content))
        data += content.ljust(-(-len(content) // 4) * 4, b"\0")
    size = start + len(data)
    head = pack(">LL4s4s4s4s", size, 0, b"\x02\x40\0\0", b"prtr", b"CMYK", b"Lab ")
    head += b"\0" * 12 + b"acsp" + b"\0" * 28 + pack(">3l", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + data


def _description(name: str) -> bytes:
    text = name.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + pack(">L", len(text)) + text + b"\0" * 78


def _table(inputs: int, outputs: int, corners: list[tuple[int, ...]]) -> bytes:
    head = b"mft1\0\0\0\0" + bytes((inputs, outputs, 2, 0))
    unchanged = pack(">9l", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    curve = bytes(range(256))
    grid = bytes(value for corner in corners for value in corner)
    return head + unchanged + curve * inputs + grid + curve * outputs


def _seen(cyan: int, magenta: int, yellow: int, black: int) -> tuple[int, ...]:
    """Return L, a and b in bytes, of inks that are there or not."""
    light = 255 - 60 * (cyan + magenta) - 20 * yellow
    red = 128 + 60 * (magenta - cyan)
    return (0, 128, 128) if black else (light, red, 128 + 60 * yellow - 30 * cyan)


def _inks(light: int, red: int, yellow: int) -> tuple[int, ...]:
    return (0 if red else 255, 255 * red, 255 * yellow, 0 if light else 255)
