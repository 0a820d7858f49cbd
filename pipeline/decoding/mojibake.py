"""Repair text that was once read in a wrong encoding, and saved so.

UTF-8 read as GBK makes 澶╁湴 of 天地; read as Windows-1252 it makes å¤©åœ°. The
way back is certain where the bytes come out as sound Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.decoding.likelihood import CERTAIN, characters, is_sound, likelihood
from pipeline.decoding.tolerance import ESCAPES, read

# First bytes, in UTF-8, of characters from U+2000: punctuation, Han and more.
_HAN_LEADS = range(0xE2, 0xF0)

# An escaped byte that stands for a lost one, beside a byte that is known.
_LOST = re.compile("(?<=[\udc00-\udcfe])\udcff+|\udcff+(?=[\udc00-\udcfe])")


@dataclass(frozen=True, slots=True)
class Repair:
    """A run read again in its ``right`` encoding; offsets are those before."""

    start: int
    end: int
    text: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class _Misreading:
    """One way to go wrong: what it looks like, and the bytes behind it.

    ``anchor`` hardly ever occurs in sound text; ``part`` is all that looks so,
    and ``run`` what may belong to it.
    """

    wrong: str
    rights: tuple[str, ...]
    anchor: re.Pattern[str]
    part: re.Pattern[str]
    run: re.Pattern[str]
    encode: Callable[[str], bytes]


def find_repairs(text: str) -> tuple[Repair, ...]:
    """Return what is certain to be misread, in order."""
    found = (
        repair
        for misreading in (_utf_8_as_gbk(), _bytes_as_windows_1252())
        for run in _runs(text, misreading)
        for repair in _try(run, misreading)
    )
    return tuple(sorted(found, key=lambda repair: repair.start))


def repaired(text: str, repairs: tuple[Repair, ...]) -> str:
    """Return ``text`` with ``repairs`` made."""
    pieces: list[str] = []
    done = 0
    for repair in repairs:
        pieces += (text[done : repair.start], repair.text)
        done = repair.end
    return "".join((*pieces, text[done:]))


def _runs(text: str, misreading: _Misreading) -> Iterator[re.Match[str]]:
    """Yield the runs on lines where an anchor shows."""
    done = 0
    while match := misreading.anchor.search(text, done):
        first = max(done, text.rfind("\n", 0, match.start()) + 1)
        last = text.find("\n", match.end())
        done = len(text) if last < 0 else last
        yield from misreading.run.finditer(text, first, done)


def _try(run: re.Match[str], misreading: _Misreading) -> Iterator[Repair]:
    """Yield the repair of the whole run, or else of its parts."""
    parts = tuple(misreading.part.finditer(run[0]))
    mostly = 2 * sum(len(part[0]) for part in parts) > len(run[0])
    if mostly and (repair := _reread(run[0], run.start(), misreading)):
        yield repair
        return
    for part in parts:
        if repair := _reread(part[0], run.start() + part.start(), misreading):
            yield repair


def _reread(text: str, start: int, misreading: _Misreading) -> Repair | None:
    data = misreading.encode(text)
    readings = [(read(data, right), right) for right in misreading.rights]
    best, right = max(readings, key=lambda reading: likelihood(reading[0]))
    if likelihood(best) < likelihood(text) + CERTAIN or not _is_repaired(best):
        return None
    sound = _LOST.sub("", best)
    return Repair(start, start + len(text), sound, misreading.wrong, right)


def _is_repaired(text: str) -> bool:
    sound = ESCAPES.sub("", text)
    return is_sound(sound) and len(ESCAPES.findall(text)) * 4 <= len(sound)


# Python's own escapes begin at 0x80.
_ESCAPED_ASCII = re.compile("[\udc00-\udc7f]")


@cache
def _utf_8_as_gbk() -> _Misreading:
    # Two Han characters are six bytes in UTF-8, or three characters in GBK.
    first = characters("gb18030", _HAN_LEADS, range(0x80, 0xC0))
    second = characters("gb18030", range(0x81, 0xC0), _HAN_LEADS)
    third = characters("gb18030", range(0x81, 0xC0), range(0x80, 0xC0))
    return _Misreading(
        wrong="gb18030",
        rights=("utf-8",),
        anchor=re.compile(f"[{first}][{second}][{third}]"),
        part=re.compile(f"(?:[{first}][{second}][{third}€])+"),
        run=re.compile(r"[^\x00-\x7f]+\??"),
        encode=_encode_gbk,
    )


def _encode_gbk(text: str) -> bytes:
    # Windows reads a lone 0x80 as the euro sign; U+FFFD stands for a lost byte,
    # and so does the question mark behind a character cut short.
    escaped = text.replace("€", "\udc80").replace("\ufffd", "\udcff")
    escaped = _ESCAPED_ASCII.sub(lambda byte: chr(ord(byte[0]) - 0xDC00), escaped)
    data = escaped.encode("gb18030", "surrogateescape")
    return re.sub(rb"([\xe0-\xef][\x80-\xbf]?)\?$", b"\\1\xff", data)


@cache
def _bytes_as_windows_1252() -> _Misreading:
    table = _windows_1252()
    latin = "".join(char for char in table if char > "~")
    # The second byte of GBK and Big5 may be a letter of ASCII.
    run = re.compile(f"[{latin}][{latin}@-~]+")
    return _Misreading(
        wrong="windows-1252",
        rights=("utf-8", "gb18030", "big5hkscs"),
        anchor=re.compile(f"[À-ÿ][{latin}@-~]{{2}}"),
        part=run,
        run=run,
        encode=lambda text: bytes(map(table.__getitem__, text)),
    )


@cache
def _windows_1252() -> Mapping[str, int]:
    """Return the byte of every character, control codes included."""
    table = {chr(code): code for code in range(0x100)}
    for code in range(0x80, 0xA0):
        table[bytes((code,)).decode("cp1252", "ignore")] = code
    return {char: code for char, code in table.items() if char}
