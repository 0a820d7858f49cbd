"""Bytes to text: find the encoding, decode, and say what did not fit."""

from __future__ import annotations

import re

from pipeline.decoding import encodings, formats
from pipeline.decoding.findings import settle
from pipeline.decoding.likelihood import is_sound
from pipeline.decoding.segments import Reading, read_lines
from pipeline.decoding.tolerance import ESCAPE, read
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.source import Source, Span

_BLANK = re.compile(r"[\s\x1a\u200b\u2060\ufeff]*")
# Fewer characters to each control code than this, and it is no text.
_CHARACTERS_PER_CONTROL = 50
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_SAMPLE = 0x4000


def decode(
    data: bytes, name: str, report: Report, encoding: str | None = None
) -> Source:
    """Return the text of ``data``, without a byte order mark.

    ``name`` is what spans call the source. Without ``encoding`` the likeliest
    reading of the bytes as Chinese wins, line by line if need be; with it,
    nothing is guessed. A byte without a reading becomes U+FFFD. After an error
    the text is empty.
    """
    where = Span(name, 1, 1)
    result: Reading | Diagnostic
    if known := formats.identify(data):
        result = Diagnostic(Code.FOREIGN_FORMAT, where, {"format": known})
    elif encoding is None:
        result = _guess(data, where)
    else:
        result = _obey(data, encoding, where)
    if isinstance(result, Reading):
        return settle(result, name, report)
    report(result)
    return Source(name, "")


def _obey(data: bytes, encoding: str, where: Span) -> Reading | Diagnostic:
    name = encodings.named(encoding, data)
    if name is None:
        return Diagnostic(Code.UNKNOWN_ENCODING, where, {"encoding": encoding})
    reading = Reading(read(encodings.unmark(data, name), name), name, guessed=False)
    return _refusal(reading, where) or reading


def _guess(data: bytes, where: Span) -> Reading | Diagnostic:
    mark = encodings.marked(data)
    name = mark or encodings.detect(data)
    content = encodings.unmark(data, name)
    if name in encodings.BYTEWISE:
        reading = read_lines(content, name)
    else:
        reading = Reading(read(content, name), name)
    if refusal := _refusal(reading, where):
        return refusal
    if not mark and not _is_plausible(reading):
        return Diagnostic(Code.UNCERTAIN_ENCODING, where, {"encoding": name})
    return reading


def _refusal(reading: Reading, where: Span) -> Diagnostic | None:
    text = reading.text
    if _BLANK.fullmatch(text):
        return Diagnostic(Code.EMPTY_SOURCE, where)
    kept = text.rstrip(encodings.PADDING.decode())
    if _BLANK.fullmatch(kept):  # nothing but what fills a text up
        kept = text
    controls = len(_CONTROL.findall(kept))
    if controls * _CHARACTERS_PER_CONTROL > len(kept):
        values = {"count": controls, "total": len(kept)}
        return Diagnostic(Code.BINARY_SOURCE, where, values)
    return None


def _is_plausible(reading: Reading) -> bool:
    """Tell whether the reading is more than the least bad of bad ones.

    Other text than UTF-8 is never UTF-8 by chance.
    """
    first = _BEYOND_ASCII.search(reading.text)
    if not first or (reading.encoding == "utf-8" and not ESCAPE.search(reading.text)):
        return True
    return is_sound(reading.text[first.start() : first.start() + _SAMPLE])
