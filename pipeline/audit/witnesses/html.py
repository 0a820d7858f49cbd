"""What a web page says: all of its body."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import decoding
from pipeline.audit.statement import Statement, unheard
from pipeline.audit.witnesses import trees
from pipeline.tree import Element, find, parse_html


def statements(data: bytes, name: str, encoding: str | None) -> Iterator[Statement]:
    """Yield the characters of a page."""
    source = decoding.decode(data, name, unheard, encoding)
    page = parse_html(source.text)
    if isinstance(page, Element):
        yield from trees.statements(find(page, "body") or page, source.name)
