"""Bytes to text: find the encoding, decode, and say what did not fit."""

from __future__ import annotations

from pipeline.decoding.likelihood import likelihood
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.source import Source, Span

_BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\0\0": "utf-32-le",
    b"\0\0\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    b"\x84\x31\x95\x33": "gb18030",
}
_CANDIDATES = (
    "utf-8",
    "gb18030",
    "big5hkscs",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "utf-32-be",
)
_SAMPLE = 0x8000


def decode(
    data: bytes, name: str, report: Report, encoding: str | None = None
) -> Source:
    """Return the text of ``data``, without a byte order mark.

    ``name`` is what spans call the source. Without ``encoding`` the likeliest
    reading of the bytes as Chinese wins. After an error the text is empty.
    """
    chosen = encoding or _choose(data)
    text = data.decode(chosen, "replace").removeprefix("\ufeff")
    if not text.strip():
        report(Diagnostic(Code.EMPTY_SOURCE, Span(name, 1, 1)))
    elif "\0" in text:
        values = {"count": data.count(b"\0"), "total": len(data)}
        report(Diagnostic(Code.BINARY_SOURCE, Span(name, 1, 1), values))
        text = ""
    return Source(name, text, chosen)


def _choose(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return encoding
    if data.isascii() and b"\0" not in data:
        return "utf-8"
    sample = data[:_SAMPLE]
    return max(_CANDIDATES, key=lambda name: likelihood(sample.decode(name, "replace")))
