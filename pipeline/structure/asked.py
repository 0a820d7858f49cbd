"""Headings that a person asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.reader import HeadingHint, Hints
from pipeline.structure import families, markers
from pipeline.structure.headlines import Headline, after_marks
from pipeline.structure.rows import Row


def headlines(rows: Sequence[Row], hints: Hints) -> Iterator[Headline]:
    """Yield the headings that hints name by line or by pattern."""
    by_line = {row.number: row for row in rows}
    named = {hint.line for hint in hints.headings_add}
    for hint in hints.headings_add:
        if row := by_line.get(hint.line):
            yield _headline(row, hint)
    if not hints.headings_pattern:
        return
    pattern = re.compile(hints.headings_pattern)
    for row in rows:
        passed = row.number in hints.headings_remove or row.number in named
        if not passed and pattern.fullmatch(row.text):
            yield _headline(row, HeadingHint(row.number))


def _headline(row: Row, hint: HeadingHint) -> Headline:
    found = markers.read(row.text)
    family = found[-1].family if found else families.UNTITLED
    number = (found[-1].number if found else 0) or 0
    start, end = row.start + (found[-1].start if found else 0), row.end
    if hint.title and hint.title in row.text:
        start = row.start + row.text.index(hint.title)
        end = start + len(hint.title)
    rest = after_marks(row, end)
    return Headline(
        row,
        family,
        family.kind,
        number,
        ((start, end),),
        run_in=rest is not None,
        rest=rest,
        level=hint.level,
        reason="hint",
    )
