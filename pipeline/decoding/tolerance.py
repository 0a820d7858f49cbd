"""Decoding that never fails: a byte without a reading survives as an escape.

The escape of byte ``b`` is the lone surrogate U+DC00 + ``b`` (PEP 383, widened
to all bytes). No sound text holds one, so escapes need no record beside the
text; they become U+FFFD at the very end, when each place is reported.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from functools import cache
from math import inf, log
from typing import NamedTuple

from pipeline.decoding.likelihood import weight

ESCAPE = re.compile("[\udc00-\udcff]")
ESCAPES = re.compile("[\udc00-\udcff]+")

_LONE_80 = re.compile("(?<![\udc00-\udcff])\udc80(?![\udc00-\udcff])")

# Bytes below 0x30 never belong to a longer character: a stretch between two of
# them can be read by itself.
_STRETCH = re.compile(rb"[\x30-\xff]+")
_LONGEST_STRETCH = 0x2000
_UNASSIGNED = log(1e-7)
_ASCII_AMID_HAN = log(0.02 / 60)

_DOUBLE_BYTE = ("gb18030", "big5hkscs")
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_HANDLER = "pipeline.decoding.escape"


def escape(data: bytes) -> str:
    """Return the escapes that stand for ``data``."""
    return "".join(chr(0xDC00 + byte) for byte in data)


def unescape(escapes: str) -> bytes:
    """Return the bytes that ``escapes`` stand for."""
    return bytes(ord(char) & 0xFF for char in escapes)


def read(data: bytes, encoding: str) -> str:
    """Return ``data`` decoded, with escapes for bytes that have no reading.

    Raises LookupError or ValueError where ``encoding`` is no text encoding.
    """
    return _complete(data.decode(encoding, _HANDLER), encoding)


def realign(line: bytes, encoding: str) -> str:
    """Return the likeliest reading of a damaged line, over all alignments.

    In a double-byte encoding a missing byte shifts every character up to the
    next ASCII sign, often without an error; the best path finds the place.
    """
    if encoding not in _DOUBLE_BYTE:
        return read(line, encoding)
    pieces: list[str] = []
    done = 0
    for match in _STRETCH.finditer(line):
        pieces.append(line[done : match.start()].decode("ascii"))
        pieces.append(_realign_stretch(match[0], encoding))
        done = match.end()
    return "".join(pieces) + line[done:].decode("ascii")


def _escape_code(error: UnicodeError) -> tuple[str, int]:
    """Escape the bytes of one code: an error handler for ``bytes.decode``.

    The double-byte decoders stop at the first byte of an unassigned pair, and
    would take the second for a character of its own.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    code = error.object[error.start : error.end]
    if error.encoding in _DOUBLE_BYTE and _PAIR.match(error.object, error.start):
        code = error.object[error.start : error.start + 2]
    return escape(code), error.start + len(code)


codecs.register_error(_HANDLER, _escape_code)


def _complete(text: str, encoding: str) -> str:
    """Read as Windows and browsers do what Python's tables lack or bend.

    https://encoding.spec.whatwg.org/ lists both under Legacy multi-byte
    Chinese encodings.
    """
    match encoding:
        case "big5hkscs":
            table = _big5_variants()
            text = text.replace("\udca3\udce1", "€")
            return re.sub(f"[{''.join(table)}]", lambda match: table[match[0]], text)
        case "gb18030":
            return _LONE_80.sub("€", text) if "\udc80" in text else text
        case _:
            return text


@cache
def _big5_variants() -> Mapping[str, str]:
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    codes = [bytes((lead, trail)) for lead in (0xA1, 0xA2) for trail in trails]
    pairs = [(code.decode("big5hkscs"), code.decode("cp950")) for code in codes]
    return {ours: usual for ours, usual in pairs if ours != usual}


class _Step(NamedTuple):
    """The best way to reach a position: its score, and its last character."""

    score: float
    start: int
    text: str


def _realign_stretch(data: bytes, encoding: str) -> str:
    if len(data) > _LONGEST_STRETCH:
        return read(data, encoding)
    best = [_Step(0.0, 0, "")] + [_Step(-inf, 0, "")] * len(data)
    for start in range(len(data)):
        for width, text in _readings(data[start : start + 4], encoding):
            score = best[start].score + _weigh(text)
            if score > best[start + width].score:
                best[start + width] = _Step(score, start, text)
    return "".join(_path(best))


def _path(best: list[_Step]) -> list[str]:
    pieces: list[str] = []
    position = len(best) - 1
    while position:
        step = best[position]
        pieces.append(step.text)
        position = step.start
    return pieces[::-1]


def _weigh(text: str) -> float:
    if ESCAPES.fullmatch(text, 1):
        return _UNASSIGNED
    return _ASCII_AMID_HAN if text.isascii() else sum(map(weight, text))


def _readings(data: bytes, encoding: str) -> Iterator[tuple[int, str]]:
    """Yield what the first 1, 2 or 4 bytes can stand for, with their number."""
    if data[0] < 0x80:
        yield 1, chr(data[0])
        return
    yield 1, _complete(escape(data[:1]), encoding)
    if _PAIR.match(data):
        yield 2, _code(data[:2], encoding)
    if encoding == "gb18030" and len(data) == 4 and 0x30 <= data[1] < 0x40:
        yield 4, _code(data, encoding)


@cache
def _code(code: bytes, encoding: str) -> str:
    try:
        return _complete(code.decode(encoding), encoding)
    except UnicodeDecodeError:
        return _complete(escape(code), encoding)
