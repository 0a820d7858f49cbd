"""Rows that belong to the place where a text was found, not to the text.

A row is taken for furniture only where its whole wording says so; what could
be a sentence of the text stays.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pipeline.structure import wordings
from pipeline.structure.candidates import normalised
from pipeline.structure.rows import Row
from pipeline.structure.script import simplified

_ANYWHERE, _AT_THE_EDGE = True, False
_PATTERNS = (
    ("word-count", wordings.WORD_COUNT, _ANYWHERE),
    ("navigation", wordings.NAVIGATION, _ANYWHERE),
    ("site-banner", wordings.BANNER, _ANYWHERE),
    ("credit", wordings.CREDIT, _AT_THE_EDGE),
    ("copyright", wordings.NOTICE, _AT_THE_EDGE),
)
"""Reasons with their patterns, and whether the place of the row matters."""
_RULE = re.compile(r"[-—–=＝_*＊~～·.#+ 　─━☆★◆◇○●※…⊙◎△▲□■]{3,}|[＊*※☆★◆◇]")
_NOT_LISTED = tuple("。！？；：…”」』")
_LISTED_COLUMNS = 130
_REPEATED = 3
_WIDEST = 240
_WIDEST_HEADER = 40
_EDGE = 24
_LICENCE_ROWS = 100
_PARTS = frozenset(">»›/＞")


def is_rule(text: str) -> bool:
    """Tell whether ``text`` is made of marks alone, as scene breaks are."""
    return bool(_RULE.fullmatch(text))


def find(rows: Sequence[Row], text: str) -> tuple[dict[int, str], list[Row]]:
    """Return the reason of each row of ``text`` that is furniture, by its index.

    The rows that only may be furniture come second.
    """
    found = dict(_related(rows)) | dict.fromkeys(_buttons(rows), "navigation")
    found |= dict.fromkeys(_licence(rows), "copyright")
    doubtful: list[Row] = []
    repeated = Counter(row.text for row in rows if row.columns <= 80)
    for row in _suspects(rows, text):
        match _judged(row):
            case (reason, anywhere) if anywhere or _is_outside(row, rows, repeated):
                found.setdefault(row.index, reason)
            case (_, _) if row.index not in found:
                doubtful.append(row)
    for row in rows:
        if row.index not in found and is_rule(row.text) and _frames(row, found):
            found[row.index] = "ornament"
    return found, doubtful


def _licence(rows: Sequence[Row]) -> Iterator[int]:
    """Yield the rows of a licence that stands above and below the text."""
    for row in rows[:_LICENCE_ROWS]:
        if wordings.LICENCE_ABOVE.fullmatch(row.text):
            yield from range(row.index + 1)
    for row in rows[len(rows) // 2 :]:
        if wordings.LICENCE_BELOW.fullmatch(row.text):
            yield from range(row.index, len(rows))
            return


def _suspects(rows: Sequence[Row], text: str) -> Iterator[Row]:
    text = simplified(text)
    starts = [row.start for row in rows]
    found: set[int] = set()
    for word in wordings.TELLTALES:
        offset = text.find(word)
        while offset >= 0:
            found.add(bisect_right(starts, offset) - 1)
            offset = text.find(word, offset + 1)
    for index in sorted(found):
        if rows[index].columns <= _WIDEST:
            yield rows[index]


def _judged(row: Row) -> tuple[str, bool] | None:
    """Return what the wording of a row says it is, and whether its place matters."""
    text = simplified(row.text)
    for reason, pattern, anywhere in _PATTERNS:
        if pattern.fullmatch(text):
            return reason, anywhere
    return None


def _buttons(rows: Sequence[Row]) -> Iterator[int]:
    """Yield the rows at the edges that are buttons, or parts of 首页 > 新闻."""
    parts = {row.index for row in rows[:_EDGE] if row.text in _PARTS}
    for row in (*rows[:_EDGE], *rows[_EDGE:][-_EDGE:]):
        linked = row.index - 1 in parts and row.columns <= 2 * _EDGE
        if linked or simplified(row.text) in wordings.BUTTONS:
            yield row.index


def _is_outside(row: Row, rows: Sequence[Row], repeated: Counter[str]) -> bool:
    """Tell whether a row repeats, or stands by the edges of text or page."""
    edge = min(row.index, len(rows) - 1 - row.index) < 12
    after_list = row.index + 1 < len(rows) and _is_related(rows[row.index + 1].text)
    after_rule = row.index > 0 and is_rule(rows[row.index - 1].text)
    return edge or after_list or after_rule or repeated[row.text] >= _REPEATED


def _is_related(text: str) -> bool:
    text = simplified(text)
    return bool(wordings.RELATED.fullmatch(text)) and (
        normalised(text) not in wordings.RELATED_ALONE
    )


def _related(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Yield the rows of lists of other articles, with their headers."""
    inside = False
    for row in rows:
        if row.columns <= _WIDEST_HEADER and _is_related(row.text):
            inside = all(map(_is_listed, rows[row.index + 1 : row.index + 3]))
        elif inside and not _is_listed(row):
            inside = False
        if inside:
            yield row.index, "related-articles"


def _is_listed(row: Row) -> bool:
    if row.columns > _LISTED_COLUMNS:
        return False
    return "。" not in row.text and not row.text.endswith(_NOT_LISTED)


def _frames(row: Row, found: dict[int, str]) -> bool:
    """Tell whether a rule stands beside furniture of a site."""
    beside = {found.get(row.index - 1), found.get(row.index + 1)}
    return bool(beside & {"credit", "site-banner", "navigation", "copyright"})


def address(texts: Iterable[str]) -> str:
    """Return the first full address in ``texts``, empty where there is none."""
    for text in texts:
        if match := re.search(r"https?://[!-~]+", text):
            return match[0]
    return ""
