"""What a plain text says: all of its characters."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import decoding
from pipeline.audit.statement import Statement, unheard


def statements(data: bytes, name: str, encoding: str | None) -> Iterator[Statement]:
    """Yield each line that is not empty."""
    source = decoding.decode(data, name, unheard, encoding)
    for line in source.lines:
        if line.text:
            yield Statement(line.text, source.span(line.start, line.end))
