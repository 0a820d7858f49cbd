"""Finish a reading: make what repairs are certain, and report every finding."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate, chain, groupby

from pipeline.decoding.encodings import PADDING
from pipeline.decoding.mojibake import Repair, find_repairs, repaired
from pipeline.decoding.segments import Reading
from pipeline.decoding.tolerance import ESCAPE, ESCAPES, unescape
from pipeline.diagnostics import Code, Diagnostic, Report, line_numbers, listing
from pipeline.source import Source, Span

_REPLACEMENT = "\ufffd"
# What a lost character leaves: U+FFFD, or its UTF-8 bytes twice, read as GBK.
_LOSSES = ("\ufffd", "锟斤拷")

_REPORTED_SINGLY = 3


def settle(reading: Reading, name: str, report: Report) -> Source:
    """Return the source, with U+FFFD where bytes have no reading."""
    _report_segments(reading, name, report)
    text = reading.text
    if reading.guessed:
        repairs = find_repairs(text)
        _report_repairs(repairs, Source(name, text), report)
        text = repaired(text, repairs)
    text = _without_padding(text, name, report)
    damaged = ESCAPE.search(text)
    final = ESCAPES.sub(_REPLACEMENT, text) if damaged else text
    source = Source(name, final, reading.encoding)
    offsets = _report_damage(text, source, report) if damaged else frozenset()
    _report_losses(source, offsets, report)
    return source


def _report_segments(reading: Reading, name: str, report: Report) -> None:
    if not reading.segments:
        return
    source = Source(name, reading.text)
    for segment in reading.segments:
        span = source.span(segment.start, segment.end)
        values = {"last": span.last, "encoding": segment.encoding}
        report(Diagnostic(Code.FOREIGN_SEGMENT, span, {"first": span.first, **values}))


def _report_repairs(
    repairs: tuple[Repair, ...], source: Source, report: Report
) -> None:
    for (wrong, right), group in groupby(repairs, lambda r: (r.wrong, r.right)):
        spans = [source.span(repair.start, repair.end) for repair in group]
        values = {"wrong": wrong, "right": right, "lines": line_numbers(spans)}
        report(Diagnostic(Code.REPAIRED_MISREADING, _whole(spans), values))


def _without_padding(text: str, name: str, report: Report) -> str:
    kept = text.rstrip(PADDING.decode())
    if len(kept) < len(text):
        last = Source(name, text).span(len(kept), len(text))
        report(Diagnostic(Code.PADDING, last, {"count": len(text) - len(kept)}))
    return kept


def _report_damage(text: str, source: Source, report: Report) -> frozenset[int]:
    """Report the bytes without a reading; return the offsets of their U+FFFD."""
    found = [unescape(escapes) for escapes in ESCAPES.findall(text)]
    pieces = ESCAPES.split(text)[:-1]
    offsets = [end - 1 for end in accumulate(len(piece) + 1 for piece in pieces)]
    spans = [source.span(offset, offset + 1) for offset in offsets]
    if len(spans) > _REPORTED_SINGLY:
        report(_many_unreadable(spans, found))
        return frozenset(offsets)
    for span, data in zip(spans, found, strict=True):
        values = {"bytes": data.hex(" ").upper(), "encoding": source.encoding}
        report(Diagnostic(Code.UNREADABLE_BYTES, span, values))
    return frozenset(offsets)


def _many_unreadable(spans: list[Span], found: list[bytes]) -> Diagnostic:
    values = {"count": len(spans), "lines": _places(spans, found)}
    return Diagnostic(Code.MANY_UNREADABLE_BYTES, _whole(spans), values)


def _report_losses(source: Source, damaged: frozenset[int], report: Report) -> None:
    found = (re.finditer(mark, source.text) for mark in _LOSSES)
    offsets = sorted(match.start() for match in chain(*found))
    spans = [source.span(o, o + 1) for o in offsets if o not in damaged]
    if spans:
        values = {"count": len(spans), "lines": line_numbers(spans)}
        report(Diagnostic(Code.LOST_CHARACTERS, _whole(spans), values))


def _whole(spans: list[Span]) -> Span:
    return replace(spans[0], last=spans[-1].last, end=spans[-1].end)


def _places(spans: list[Span], found: list[bytes]) -> str:
    pairs = zip(spans, found, strict=True)
    return listing([f"{span.first} ({data.hex(' ').upper()})" for span, data in pairs])
