"""Spaces that the source sets where layout sets them (CLREQ, Han and Latin mixed).

U+3000 and runs of three spaces and more are layout of the source, and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.passes.normalisation.context import (
    BLANK,
    FULL_WIDTH,
    HAN,
    LATIN,
    SHARED,
    addresses,
)
from pipeline.passes.normalisation.editing import Change

RULE = "space"

_SOLID = f"[^{BLANK}\n\u3000]"
_SPACE = re.compile(
    f"(?<=[{FULL_WIDTH}])[{BLANK}]{{1,2}}(?={_SOLID})"
    f"|(?<={_SOLID})[{BLANK}]{{1,2}}(?=[{FULL_WIDTH}])"
    f"|(?<=[{SHARED}])[{BLANK}]{{1,2}}(?=[{HAN}])"
    f"|(?<=[{HAN}])[{BLANK}]{{1,2}}(?=[{SHARED}])"
    f"|(?<=[{HAN}])[{BLANK}]{{1,2}}(?=[{LATIN}])"
    f"|(?<=[{LATIN}%])[{BLANK}]{{1,2}}(?=[{HAN}])"
)
_SPACE_IN_HAN = re.compile(f"(?<=[{HAN}])[{BLANK}](?=[{HAN}])")

# The number or mark that opens an item, and the label of a caption.
_LABEL = re.compile(
    rf"[{BLANK}]*(?:[图圖表例式][{BLANK}]?)?"
    rf"(?:[0-9]+(?:[.．\-—][0-9]+)*|[A-Za-z])[.、．)）]?[{BLANK}]"
)
_DATE_BEFORE_TIME = re.compile(rf"[日号][{BLANK}]+[0-9]{{1,2}}:[0-9]{{2}}")

_LAST_HAN = re.compile(f"[{HAN}]+$")
_FIRST_HAN = re.compile(f"[{HAN}]+")
_SENTENCE_ENDS = tuple("。！？…”’」』）；：")
_LONG = 5


def find(text: str) -> Iterator[Change]:
    """Yield what takes needless spaces out of running text."""
    label = _LABEL.match(text)
    known = {place for span in addresses(text) for place in span}
    for match in _SPACE.finditer(text, label.end() if label else 0):
        beside_address = match.start() in known or match.end() in known
        if not beside_address and not _DATE_BEFORE_TIME.match(text, match.start() - 1):
            yield Change(*match.span(), "", RULE)
    if text.rstrip().endswith(_SENTENCE_ENDS):
        yield from _in_han(text)


def _in_han(text: str) -> Iterator[Change]:
    """Yield spaces within sentences; between short words they may part names."""
    pieces = _SPACE_IN_HAN.split(text)
    for place, match in enumerate(_SPACE_IN_HAN.finditer(text)):
        left, right = (
            _LAST_HAN.search(pieces[place]),
            _FIRST_HAN.match(pieces[place + 1]),
        )
        if _length(left) >= _LONG or _length(right) >= _LONG:
            yield Change(*match.span(), "", RULE)


def _length(match: re.Match[str] | None) -> int:
    return len(match[0]) if match else 0
