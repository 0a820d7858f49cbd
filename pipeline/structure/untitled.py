"""Find titles that have no marker: by the contents list, or by the blank lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.structure.contents import Contents, entry
from pipeline.structure.layout import Layout
from pipeline.structure.rows import BLANKS, Row

_TITLE_COLUMNS = 40
_NO_TITLE_END = tuple("。，；：、！？…,.;:!?”」』）)>》")
_SENTENCE_ENDS = tuple("。！？”」』…")
_NO_TITLE_START = tuple("“「『（(—-…《【[*＊※")
_MARKS = frozenset("○●◎◇◆□■☆★△▲※⊙")
_FEWEST = 4
_BODY_COLUMNS = 160


def by_contents(rows: Sequence[Row], contents: Contents, taken: set[int]) -> list[Row]:
    """Return the rows that stand alone and that a contents list names."""
    if not contents.titles:
        return []
    named = [
        row
        for row in rows
        if row.index not in contents.rows
        and row.index not in taken
        and row.columns <= _TITLE_COLUMNS
        and entry(row.text) in contents.titles
    ]
    times = Counter(row.text for row in named)
    return [
        row
        for row in named
        if row.above or row.below or (times[row.text] == 1 and _follows_text(row, rows))
    ]


def _follows_text(row: Row, rows: Sequence[Row]) -> bool:
    before = rows[row.index - 1].text if row.index else "。"
    return before.endswith(_SENTENCE_ENDS) and _opens_text(row, rows)


def by_mark(rows: Sequence[Row], taken: set[int]) -> list[tuple[Row, int]]:
    """Return the rows that open with one mark, such as ○, each above its text.

    With each comes the offset of the title behind the mark.
    """
    marked: dict[str, list[Row]] = {}
    for row in rows:
        if row.text[0] in _MARKS and row.index not in taken:
            marked.setdefault(row.text[0], []).append(row)
    found: list[tuple[Row, int]] = []
    for mark, alike in marked.items():
        titles = [row for row in alike if _is_marked_title(row, mark, rows)]
        if len(titles) * 10 >= len(alike) * 9 and _is_rhythm(titles, rows):
            found += [(row, len(row.text) - len(_behind(row, mark))) for row in titles]
    return sorted(found, key=lambda pair: pair[0].index)


def _is_marked_title(row: Row, mark: str, rows: Sequence[Row]) -> bool:
    text = _behind(row, mark)
    short = text != "" and row.columns <= _TITLE_COLUMNS and _has_han(text)
    if not short or text.endswith(_NO_TITLE_END):
        return False
    below = rows[row.index + 1 : row.index + 2]
    return any(not r.text.startswith(mark) for r in below)


def _behind(row: Row, mark: str) -> str:
    return row.text.lstrip(mark + BLANKS)


def by_rhythm(rows: Sequence[Row], layout: Layout, taken: set[int]) -> list[Row]:
    """Return the short rows between blank lines, where they part long texts.

    In a text with blank lines between all paragraphs, a row is set apart only
    by more of them, or by another indent.
    """
    apart = [row for row in _short(rows, taken) if _stands_out(row, layout)]
    found = _set_alike([row for row in apart if _opens_text(row, rows)])
    return found if _is_rhythm(found, rows) else []


def by_shortness(rows: Sequence[Row], taken: set[int]) -> list[Row]:
    """Return the short rows between blank lines, where nearly all part texts."""
    short = _short(rows, taken)
    found = [row for row in short if _parts_texts(row, rows)]
    alone = len(found) * 10 >= len(short) * 9
    return found if alone and _is_rhythm(found, rows) else []


def _short(rows: Sequence[Row], taken: set[int]) -> list[Row]:
    return [
        row
        for row in rows
        if row.isolated and row.index not in taken and _is_title_like(row)
    ]


def _set_alike(found: list[Row]) -> list[Row]:
    """Return the rows that are set in, or centred, as most are: verse is not."""
    indents = Counter(row.indent for row in found)
    centres = Counter(_centre(row) for row in found)
    usual = indents.most_common(1)[0][0] if found else 0
    middle = centres.most_common(1)[0][0] if found else 0
    set_in = [row for row in found if row.indent == usual]
    centred = [row for row in found if abs(_centre(row) - middle) <= 1]
    return max(set_in, centred, key=len)


def _centre(row: Row) -> int:
    return (row.indent * 2 + row.columns) // 4


def _stands_out(row: Row, layout: Layout) -> bool:
    return not layout.spaced or row.above > 1 or row.indent > layout.indent + 4


def _parts_texts(row: Row, rows: Sequence[Row]) -> bool:
    """Tell whether a row stands between two paragraphs of prose."""
    above, below = rows[row.index - 1 : row.index], rows[row.index + 1 : row.index + 2]
    ended = all(r.text.endswith(_SENTENCE_ENDS) for r in above)
    return ended and all(r.columns > _TITLE_COLUMNS for r in below) and bool(below)


def _is_title_like(row: Row) -> bool:
    text = row.text
    if row.columns > _TITLE_COLUMNS or not _has_han(text):
        return False
    return not text.endswith(_NO_TITLE_END) and not text.startswith(_NO_TITLE_START)


def _has_han(text: str) -> bool:
    return any("一" <= character <= "鿿" for character in text)


def _opens_text(row: Row, rows: Sequence[Row]) -> bool:
    if row.index + 1 >= len(rows):
        return False
    below = rows[row.index + 1]
    return below.columns > _TITLE_COLUMNS or not _is_title_like(below)


def _is_rhythm(found: Sequence[Row], rows: Sequence[Row]) -> bool:
    if len(found) < _FEWEST or len({row.text for row in found}) * 10 < len(found) * 9:
        return False
    first = found[0].index
    columns = sum(row.columns for row in rows[first:])
    return columns >= len(found) * _BODY_COLUMNS
