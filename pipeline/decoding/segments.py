"""Read a text whose lines are not all in one encoding.

Files that were put together from several sources change their encoding between
lines. Only lines that read badly in the encoding of the file are tried in the
others, so sound text costs one decoding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from pipeline.decoding.encodings import BYTEWISE
from pipeline.decoding.likelihood import CERTAIN, is_sound, likelihood, usual
from pipeline.decoding.tolerance import ESCAPE, ESCAPES, read, realign

# So many bytes of a line tell its encoding.
_TELLING = 600


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines in an encoding of their own, as offsets into the text."""

    start: int
    end: int
    encoding: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, with escapes in it, and its segments in other encodings."""

    text: str
    encoding: str
    segments: tuple[Segment, ...] = ()
    guessed: bool = True


def read_lines(
    data: bytes, encoding: str, candidates: tuple[str, ...] = BYTEWISE
) -> Reading:
    """Return ``data`` decoded, each line in the likeliest of the encodings.

    All of them are bytewise. A line leaves ``encoding``, that of the file, only
    where another is certain.
    """
    text = read(data, encoding)
    separator = "\n" if "\n" in text else "\r"
    lines = text.split(separator)
    suspects = _suspects(text, lines, separator, encoding)
    if not suspects:
        return Reading(text, encoding)
    raw = data.split(separator.encode())
    others = tuple(name for name in candidates if name != encoding)
    foreign = _foreign(raw, suspects, encoding, others)
    for number in {*suspects, *foreign}:
        lines[number] = _best(raw[number], foreign.get(number, encoding))
    segments = tuple(_segments(lines, raw, foreign))
    return Reading(separator.join(lines), encoding, segments)


def _suspects(
    text: str, lines: Sequence[str], separator: str, encoding: str
) -> list[int]:
    """Return the indices of lines with escapes or with many unusual characters.

    UTF-8 does not read other encodings without escapes.
    """
    damaged = ESCAPE.search(text)
    if encoding == "utf-8" and not damaged:
        return []
    unusual = usual(separator).sub("", text).split(separator)
    pairs = zip(unusual, lines, strict=True)
    found = [i for i, (odd, line) in enumerate(pairs) if len(odd) * 6 > len(line)]
    if damaged:
        found += [i for i, odd in enumerate(unusual) if ESCAPE.search(odd)]
    return found


def _foreign(
    raw: Sequence[bytes], suspects: list[int], encoding: str, others: tuple[str, ...]
) -> dict[int, str]:
    """Return the encodings of those lines that are not in ``encoding``."""
    found: dict[int, str] = {}
    for number in suspects:
        name = _likeliest(raw[number], encoding, others)
        if name != encoding:
            found[number] = name
    for number in tuple(found):
        for step in (-1, 1):
            _grow(found, raw, encoding, number, step)
    return found


def _likeliest(line: bytes, encoding: str, others: tuple[str, ...]) -> str:
    head = line[:_TELLING]
    plain = {name: head.decode(name, "replace") for name in (encoding, *others)}
    best = _winner(plain, encoding)
    if is_sound(plain[best]):
        return best
    return _winner({name: _best(line, name) for name in plain}, encoding)


def _winner(readings: dict[str, str], encoding: str) -> str:
    scores = {name: likelihood(text) for name, text in readings.items()}
    scores[encoding] += CERTAIN
    return max(scores, key=scores.__getitem__)


def _best(line: bytes, encoding: str) -> str:
    text = read(line, encoding)
    # An unassigned code is escaped whole; an odd byte shows a shift.
    shifted = any(len(match[0]) % 2 for match in ESCAPES.finditer(text))
    return realign(line, encoding) if shifted or not is_sound(text) else text


def _grow(
    found: dict[int, str],
    raw: Sequence[bytes],
    encoding: str,
    number: int,
    step: int,
) -> None:
    """Give a foreign line's neighbours its encoding while they read better so.

    Next to foreign lines a short line needs no certainty.
    """
    name = found[number]
    number += step
    while 0 <= number < len(raw) and number not in found:
        line = raw[number]
        if not line.isascii():
            if likelihood(read(line, name)) <= likelihood(read(line, encoding)):
                break
            found[number] = name
        number += step


def _segments(
    lines: Sequence[str], raw: Sequence[bytes], foreign: dict[int, str]
) -> Iterator[Segment]:
    """Yield runs of foreign lines; lines of ASCII may stand between them."""
    if not foreign:
        return
    starts = tuple(accumulate((len(line) + 1 for line in lines), initial=0))
    numbers = [i for i, line in enumerate(raw) if not line.isascii()]
    for name, run in groupby(numbers, foreign.get):
        if name:
            first, *rest = run
            last = rest[-1] if rest else first
            yield Segment(starts[first], starts[last] + len(lines[last]), name)
