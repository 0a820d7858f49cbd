"""Quotation marks for lines that run down, from right to left.

GB/T 15834-2011, 5.2, has ﹃﹄ outside and ﹁﹂ inside there: those are 『』 and 「」
as fonts turn them. Text in traditional characters has them the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.passes.normalisation.context import HAN
from pipeline.passes.normalisation.editing import Change

RULE = "vertical-quotation-mark"

_MARKS = "“”‘’"
_SIMPLIFIED = dict(zip(_MARKS, "『』「」", strict=True))
_TRADITIONAL = dict(zip(_MARKS, "「」『』", strict=True))
_HAN = re.compile(f"[{HAN}]")
# Not the apostrophe of a Latin word.
_MARK = re.compile(r"[“”‘]|’(?![A-Za-z])|(?<![A-Za-z])’")


def find(text: str, language: str) -> Iterator[Change]:
    """Yield what makes the marks of a Chinese passage those of vertical lines."""
    if not _HAN.search(text):
        return
    marks = _TRADITIONAL if language.startswith("zh-Hant") else _SIMPLIFIED
    for match in _MARK.finditer(text):
        yield Change(*match.span(), marks[match[0]], RULE)
