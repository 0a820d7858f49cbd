"""What a person said about single lines: headings to add, lines to leave out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from pipeline.model import Drop
from pipeline.reader import Hints
from pipeline.source import Source

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]|$)")


def changes(source: Source, hints: Hints, above: Collection[int]) -> Mapping[int, str]:
    """Return lines, by number, as they are to be read instead of as they stand.

    ``above`` are the lines of the front matter. A heading is added as Markdown
    marks it, on the level that was said or that of the heading before it.
    """
    changed = dict.fromkeys((*above, *hints.drop), "")
    added = {hint.line: hint for hint in hints.headings_add}
    pattern = re.compile(hints.headings_pattern) if hints.headings_pattern else None
    level = 1
    for line in source.lines:
        if line.number in changed:
            continue
        hint = added.get(line.number)
        if hint or (pattern and pattern.fullmatch(line.text)):
            level = (hint.level if hint else None) or level
            title = (hint.title if hint else None) or line.text.strip()
            changed[line.number] = f"{'#' * min(level, 6)} {title}"
        elif mark := _ATX.match(line.text):
            level = len(mark[1])
    return changed


def dropped(source: Source, hints: Hints) -> tuple[Drop, ...]:
    """Return the lines that a person left out."""
    return tuple(
        Drop(source.span(line.start, line.end), "asked", line.text)
        for line in source.lines
        if line.number in hints.drop and line.text.strip()
    )
