"""The encodings that Chinese texts come in, by mark, by name and by likelihood."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from itertools import chain, islice
from math import log
from types import MappingProxyType

from pipeline.decoding.likelihood import CERTAIN, likelihood
from pipeline.decoding.tolerance import read

# Longer marks first: that of UTF-32 LE begins as that of UTF-16 LE.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

PADDING = b"\x00\x1a"
"""What fills the last block of a file that was cut to whole blocks."""

BYTEWISE = ("utf-8", "gb18030", "big5hkscs")
"""Encodings in which ASCII and line ends are single bytes."""

# How often each is met, before anything is known of the bytes.
_PRIOR: Mapping[str, float] = MappingProxyType(
    {
        "utf-8": log(0.9),
        "gb18030": log(0.08),
        "big5hkscs": log(0.01),
        "utf-16-le": log(1e-3),
        "utf-16-be": log(1e-4),
        "utf-32-le": log(1e-5),
        "utf-32-be": log(1e-5),
    }
)

# A file that names a subset may hold all of the whole: WHATWG, Encoding, 4.2.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "utf-8-sig": "utf-8",
}

_PIECE = 0x1800
_NOT_BY_CHANCE = 6
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_INFORMATIVE = re.compile(rb"[\x00\x80-\xff]")


def marked(data: bytes) -> str | None:
    """Return the encoding that a byte order mark names."""
    found = (name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark))
    return next(found, None)


def named(name: str, data: bytes) -> str | None:
    """Return the encoding that a person calls ``name``, or None if none is.

    UTF-16 and UTF-32 without a byte order are given the one of ``data``.
    """
    try:
        canonical = codecs.lookup(name).name
        read(b"a", canonical)
    except (LookupError, ValueError):
        return None
    if canonical in ("utf-16", "utf-32"):
        orders = (f"{canonical}-le", f"{canonical}-be")
        mark = marked(data)
        return mark if mark in orders else _likeliest(data, orders)
    return _SUPERSETS.get(canonical, canonical)


def unmark(data: bytes, encoding: str) -> bytes:
    """Return ``data`` without the byte order mark of ``encoding``."""
    marks = (mark for mark, name in _BYTE_ORDER_MARKS if name == encoding)
    return data.removeprefix(next(marks, b""))


def detect(data: bytes) -> str:
    """Return the encoding whose reading of ``data`` is the likeliest Chinese."""
    content = data.rstrip(PADDING)
    return "utf-8" if _is_utf_8(content) else _likeliest(content, tuple(_PRIOR))


def _is_utf_8(data: bytes) -> bool:
    """Tell whether the bytes are UTF-8, and not by chance.

    One pair of GBK in eight has the form of UTF-8. A NUL means that what looks
    like ASCII is half of UTF-16.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    first = tuple(islice(_BEYOND_ASCII.finditer(text), _NOT_BY_CHANCE))
    return "\0" not in text and len(first) in (0, _NOT_BY_CHANCE)


def _likeliest(data: bytes, candidates: tuple[str, ...]) -> str:
    pieces = _sample(data)
    scores = _bytewise_scores(pieces) | _wide_scores(pieces)
    return max(candidates, key=lambda name: _PRIOR[name] + scores[name])


def _bytewise_scores(pieces: list[bytes]) -> dict[str, float]:
    """Return the likelihood of each encoding as that of most lines.

    A line in another encoding costs no more than what makes that certain.
    """
    scores = dict.fromkeys(BYTEWISE, 0.0)
    for line in chain.from_iterable(piece.split(b"\n") for piece in pieces):
        found = {name: likelihood(line.decode(name, "replace")) for name in BYTEWISE}
        least = max(found.values()) - CERTAIN
        for name, score in found.items():
            scores[name] += max(score, least)
    return scores


def _wide_scores(pieces: list[bytes]) -> dict[str, float]:
    def score(name: str) -> float:
        return sum(likelihood(piece.decode(name, "replace")) for piece in pieces)

    return {name: score(name) for name in _PRIOR if name not in BYTEWISE}


def _sample(data: bytes) -> list[bytes]:
    """Return pieces from the start, the middle and the end of what tells."""
    if len(data) <= 3 * _PIECE:
        return [data]
    first = _informative(data, 0)
    middle = _informative(data, (first + len(data)) // 2)
    last = max(_informative(data, len(data) - _PIECE), middle)
    return [data[start : start + _PIECE] for start in (first, middle, last)]


def _informative(data: bytes, start: int) -> int:
    match = _INFORMATIVE.search(data, start)
    found = match.start() if match else max(0, len(data) - _PIECE)
    return found - found % 4
