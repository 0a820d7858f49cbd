"""Headings found in the rows of a text, with their exact pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Kind
from pipeline.structure.candidates import Candidate, glue
from pipeline.structure.families import Family
from pipeline.structure.rows import BLANKS, Row

Piece = tuple[int, int]
"""Offsets in the source, half open."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A heading: the pieces of its title, and what else its row holds.

    ``rows`` counts the rows that it takes up. ``stop`` is the mark between a
    run-in heading and its text; ``rest`` is where that text begins. ``number``
    is 0 for a heading without one. ``level`` None leaves it to the nesting.
    """

    row: Row
    family: Family
    kind: Kind
    number: int
    pieces: tuple[Piece, ...]
    rows: int = 1
    run_in: bool = False
    stop: Piece | None = None
    rest: int | None = None
    level: int | None = None
    confidence: float = 1.0
    reason: str = "form"


ATTACHMENTS = ("附件", "附录", "附錄", "附表")
"""What attachments are called."""
_LONGEST_RUN_IN = 48
_COUPLET = range(4, 17)
_COLON = range(3, 27)  # 问：… is no title with its text
_OPENING = "“‘「『（《【("
_CLOSING = "”’」』）》】)"


def division(candidate: Candidate, reason: str, confidence: float) -> Headline:
    """Return a heading of the whole line."""
    row = candidate.row
    piece = (row.start + candidate.marker.start, row.start + candidate.end)
    return _headline(candidate, (piece,), reason, confidence)


def glued(candidate: Candidate, confidence: float) -> Headline:
    """Return a heading that its text follows on the line without a mark.

    Where no contents list tells the title, it is a couplet of even halves, or
    ends where a story usually begins.
    """
    row, marker = candidate.row, candidate.marker
    listed = len(candidate.listed)
    end = marker.title + (listed or _glued_length(row.text[marker.title :]))
    pieces = ((row.start + marker.start, row.start + end),)
    rest = _after_blanks(row, end)
    reason = "contents" if listed else "gap"
    return replace(_headline(candidate, pieces, reason, confidence), rest=rest)


def is_glued(candidate: Candidate) -> bool:
    """Tell whether a story begins on the line of its heading."""
    return bool(glue(candidate.title))


def _glued_length(text: str) -> int:
    if end := glue(text):
        return len(text[:end].rstrip(BLANKS))
    if couplet := re.match(rf"([^{BLANKS}，。]{{4,12}})([{BLANKS}]+)", text):
        return couplet.end() + len(couplet[1])
    blank = re.search(rf"[{BLANKS}]", text)
    return blank.start() if blank else min(len(text), 20)


def titled(candidate: Candidate) -> Headline:
    """Return a heading that ends at its first full stop, or takes the line.

    Where text follows the stop, the heading runs in. A line that is heading
    alone keeps its stop, as official documents print it.
    """
    row, marker = candidate.row, candidate.marker
    stop = _stop(row.text, marker.title)
    start = row.start + marker.start
    if stop is None:
        return _headline(candidate, ((start, row.end),), "enumeration", 0.9)
    pieces = ((start, row.start + stop),)
    headline = _headline(candidate, pieces, "run-in", 0.9)
    mark = (row.start + stop, row.start + stop + 1)
    rest = _after_blanks(row, stop + 1)
    return replace(headline, run_in=True, stop=mark, rest=rest)


def _stop(text: str, title: int) -> int | None:
    """Return where the heading ends that text follows, or None."""
    depth = 0
    for offset in range(title, min(len(text) - 1, title + _LONGEST_RUN_IN)):
        character = text[offset]
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif (depth == 0 and character in "。！？") or (
            depth == 0 and character in "：:" and offset - title in _COLON
        ):
            return offset
    return None


def provision(candidate: Candidate) -> Headline:
    """Return a numbered provision: its label, with its text running on."""
    row, marker = candidate.row, candidate.marker
    end = marker.end
    if bracket := re.compile("[ 　]*【[^】]{1,30}】").match(row.text, end):
        end = bracket.end()
    pieces = ((row.start + marker.start, row.start + end),)
    headline = _headline(candidate, pieces, "provision", 0.9, Kind.ARTICLE)
    if end == len(row.text):
        return headline
    return replace(headline, run_in=True, rest=_after_blanks(row, end))


def unmarked(row: Row, family: Family, reason: str, confidence: float) -> Headline:
    """Return a heading of a row that has no marker."""
    pieces = ((row.start, row.end),)
    return Headline(
        row, family, family.kind, 0, pieces, confidence=confidence, reason=reason
    )


def _headline(
    candidate: Candidate,
    pieces: tuple[Piece, ...],
    reason: str,
    confidence: float,
    kind: Kind | None = None,
) -> Headline:
    family = candidate.family
    return Headline(
        candidate.row,
        family,
        kind or family.kind,
        candidate.number,
        pieces,
        confidence=confidence,
        reason=reason,
    )


def after_marks(row: Row, offset: int) -> int | None:
    """Return where the text behind a title begins, or None where there is none."""
    text = row.text[offset - row.start :].lstrip(BLANKS + "：:。.、，")
    return row.end - len(text) if text else None


def _after_blanks(row: Row, offset: int) -> int:
    text = row.text[offset:]
    return row.end - len(text.lstrip(BLANKS))


def title_below(label: Headline, rows: Sequence[Row], marked: set[int]) -> Row | None:
    """Return the row below a label such as 第一回, if it could be its title."""
    index = label.row.index + label.rows
    if index >= len(rows) or index in marked or not is_title_below(rows[index]):
        return None
    return rows[index]


def half_below(
    first: Headline, rows: Sequence[Row], marked: set[int], odd: int
) -> Row | None:
    """Return the row below a heading, if it could be half of a couplet with it.

    The halves differ by ``odd`` characters at most.
    """
    start, end = first.pieces[-1]
    row = title_below(first, rows, marked)
    if row is None or row.above > 1:
        return None
    words = re.split(f"[{BLANKS}：:]+", rows[row.index - 1].text)
    even = abs(len(words[-1]) - len(row.text)) <= odd
    long_enough = end - start >= len(row.text) - odd
    return row if even and long_enough and len(row.text) in _COUPLET else None


def joined(label: Headline, below: Row) -> Headline:
    """Return a label with the title that the row below it holds."""
    pieces = (*label.pieces, (below.start, below.end))
    return replace(label, pieces=pieces, rows=label.rows + 1)


_NO_TITLE_END = tuple("。，；：、,;:”」』…")


def is_title_below(row: Row) -> bool:
    """Tell whether a row could be the title to the label above it."""
    return (
        row.columns <= 60
        and row.above <= 1
        and not row.text.endswith(_NO_TITLE_END)
        and any("一" <= character <= "鿿" for character in row.text)
        and not row.text.startswith(("“", "「", "——", "（", "("))
    )
