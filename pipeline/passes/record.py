"""Prove the record: source − drops + edits = text."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model import Drop, Edit
from pipeline.source import Source


def reconstruct(source: Source, drops: Iterable[Drop], edits: Iterable[Edit]) -> str:
    """Return what ``drops`` and ``edits`` leave of ``source``.

    But for blanks that only set the source out, it is the text of the model.
    Only spans with offsets take part.
    """
    marks = [(edit.span, edit.after) for edit in edits]
    marks += [(drop.span, "") for drop in drops]
    ranges = sorted(
        (span.start, span.end, after)
        for span, after in marks
        if span.source == source.name
        and span.start is not None
        and span.end is not None
    )
    pieces: list[str] = []
    done = 0
    for start, end, after in ranges:
        pieces += (source.text[done:start], after)
        done = max(done, end)
    return "".join((*pieces, source.text[done:]))
