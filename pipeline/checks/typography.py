"""Check the lines of a PDF with a Chinese book designer's eye.

Only the finished pages are read: where each character stands. What set the
lines takes no part, so that its mistakes can't hide. A paragraph is known by
its indent, and a last line by the indented line after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from statistics import median

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.pdfium import Character, UnreadablePdf, opened

_CLOSING = frozenset("，。、；：？！）》〉」』】〕”’")
_OPENING = frozenset("（《〈「『【〔“‘")
_NEVER_STARTS = _CLOSING | frozenset("·～％%℃‰…—")
# Distances in em.
_FLUSH = 0.1
_HALF = 0.62
_INDENT = 0.9
_FULL_PAIR = 0.8
# A line that is this much too short ends its paragraph.
_SHORT = 4.0
# Distances in points.
_SAME_BASELINE = 0.6
_OFF_GRID = 0.3


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the body, the ``number``-th on its page."""

    page: str
    side: int
    number: int
    y: float
    characters: tuple[Character, ...]

    @property
    def text(self) -> str:
        return "".join(character.text for character in self.characters)

    @property
    def start(self) -> float:
        return self.characters[0].x


@dataclass(frozen=True, slots=True)
class _Body:
    """The grid of the body: its square, distance of lines, and edges by side."""

    square: float
    pitch: float
    left: tuple[float, float]
    right: tuple[float, float]


def check(path: Path, report: Report) -> None:
    """Report each line of the body that is not set as CLREQ asks."""
    try:
        with opened(path) as document:
            pages = tuple(document.placed())
    except UnreadablePdf as error:
        report(Diagnostic(Code.UNREADABLE_PDF, values={"reason": str(error)}))
        return
    size = _body_size(pages)
    lines = tuple(_lines(pages, size))
    body = _measured(lines)
    if body:
        found = [line for line in lines if _is_body(line, body)]
        for line in found:
            _check_marks(line, body, report)
        for line, after in pairwise(found):
            _check_edges(line, after, body, report)
        _check_ends(found, body, report)
        _check_grid(found, body, report)


# Finding the lines --------------------------------------------------------------


def _is_han(text: str) -> bool:
    return "\u3400" <= text <= "\u9fff" or text >= "\U00020000"


def _body_size(pages: Iterable[tuple[str, tuple[Character, ...]]]) -> float:
    sizes = Counter(
        round(character.size, 2)
        for _, characters in pages
        for character in characters
        if _is_han(character.text)
    )
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _lines(
    pages: Iterable[tuple[str, tuple[Character, ...]]], size: float
) -> Iterator[_Line]:
    for place, (page, characters) in enumerate(pages):
        ink = [character for character in characters if character.text.strip()]
        number = 0
        for row in _rows(ink):
            common = median(character.size for character in row)
            if common == row[0].size and abs(common - size) < 0.02 * size:
                number += 1
                yield _Line(page, place % 2, number, row[0].y, tuple(row))


def _rows(characters: Iterable[Character]) -> list[list[Character]]:
    """Gather characters on one baseline, from the top of the page down."""
    rows: list[list[Character]] = []
    for character in sorted(characters, key=lambda character: -character.y):
        if rows and rows[-1][0].y - character.y < _SAME_BASELINE:
            rows[-1].append(character)
        else:
            rows.append([character])
    # Characters that are spelt out share an origin, and stay in order.
    return [sorted(row, key=lambda character: character.x) for row in rows]


def _measured(lines: tuple[_Line, ...]) -> _Body | None:
    steps = Counter(
        round(after.x - before.x, 1)
        for line in lines
        for before, after in pairwise(line.characters)
        if _is_han(before.text) and _is_han(after.text) and after.is_exact
    )
    pitches = Counter(
        round(line.y - after.y, 2)
        for line, after in pairwise(lines)
        if line.page == after.page
    )
    if not steps or not pitches:
        return None
    square = steps.most_common(1)[0][0]
    sides = [[line for line in lines if line.side == side] for side in (0, 1)]
    starts = [_commonest(line.start for line in side) for side in sides]
    ends = [_commonest(_end(line, square) for line in side) for side in sides]
    return _Body(
        square,
        pitches.most_common(1)[0][0],
        (starts[0] or starts[1], starts[1] or starts[0]),
        (ends[0] or ends[1], ends[1] or ends[0]),
    )


def _commonest(places: Iterable[float]) -> float:
    """Return the place where most are, give or take a third of a point."""
    places = list(places)
    if not places:
        return 0.0
    third, _ = Counter(round(3 * place) for place in places).most_common(1)[0]
    return median(place for place in places if abs(3 * place - third) <= 1)


def _end(line: _Line, square: float) -> float:
    last = line.characters[-1]
    return last.x + square if last.is_exact and _is_han(last.text) else last.right


def _is_body(line: _Line, body: _Body) -> bool:
    offset = (line.start - body.left[line.side]) / body.square
    return -_HALF < offset < 2 + _HALF


# Defects ------------------------------------------------------------------------


def _report(code: Code, line: _Line, report: Report, **values: object) -> None:
    place = {"page": line.page, "line": line.number}
    report(Diagnostic(code, values={**place, **values}))


def _continues(line: _Line, body: _Body) -> bool:
    """Tell whether a line goes on a paragraph: it has no indent."""
    return line.start - body.left[line.side] < _INDENT * body.square


def _check_marks(line: _Line, body: _Body, report: Report) -> None:
    if line.text[-1] in _OPENING:
        _report(Code.PROHIBITED_PLACE, line, report, mark=line.text[-1])
    if line.text[0] in _NEVER_STARTS and _continues(line, body):
        _report(Code.PROHIBITED_PLACE, line, report, mark=line.text[0])
    for before, after in pairwise(line.characters):
        if not (before.is_exact and after.is_exact):
            continue
        pair = before.text + after.text
        closes = before.text in _CLOSING and after.text in _CLOSING | _OPENING
        opens = before.text in _OPENING and after.text in _OPENING
        if (closes or opens) and after.x - before.x > _FULL_PAIR * body.square:
            _report(Code.UNCOMPRESSED_PAIR, line, report, pair=pair)


def _check_edges(line: _Line, after: _Line, body: _Body, report: Report) -> None:
    if not _continues(after, body):
        return
    miss = (_end(line, body.square) - body.right[line.side]) / body.square
    last = line.characters[-1]
    if last.text in _CLOSING:
        # Half a mark may be beyond the edge, or its blank half before it.
        flush = -_HALF < miss < _HALF
    else:
        flush = abs(miss) < (_FLUSH if last.is_exact else 2 * _FLUSH)
    if not flush and miss > -_SHORT:
        distance = f"{miss * body.square:.1f}"
        _report(Code.RAGGED_LINE, line, report, text=line.text[-6:], distance=distance)


def _check_ends(lines: list[_Line], body: _Body, report: Report) -> None:
    for (before, line), after in zip(pairwise(lines), [*lines[2:], None], strict=True):
        is_last = after is None or not _continues(after, body)
        letters = [text for text in line.text if text not in _NEVER_STARTS | _OPENING]
        full = _end(before, body.square) - body.right[before.side] > -body.square
        if is_last and full and _continues(line, body) and len(letters) < 2:
            _report(Code.LONE_CHARACTER, line, report, text=line.text)


def _check_grid(lines: list[_Line], body: _Body, report: Report) -> None:
    for _, on_page in groupby(lines, key=lambda line: line.page):
        first, *others = on_page
        for line in others:
            rows = (first.y - line.y) / body.pitch
            off = abs(rows - round(rows)) * body.pitch
            if off > _OFF_GRID:
                _report(
                    Code.OFF_GRID,
                    line,
                    report,
                    text=line.text[:6],
                    distance=f"{off:.1f}",
                )
