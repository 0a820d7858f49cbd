"""Ellipses, dashes and the mark between names (GB/T 15834-2011, 4.10-4.14)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.passes.normalisation.context import HAN, is_chinese, is_latin
from pipeline.passes.normalisation.editing import Change

ELLIPSIS = "ellipsis"
DASH = "dash"
INTERPUNCT = "interpunct"

_DOTS = re.compile(r"\.{3,}|。{3,}|…+|[·•・]{3,}")
_LEADER = re.compile(r"[ \t]*[0-9]+\s*$")
_STROKES = re.compile(r"-{2,}|—+|[－–―─]{2,}")
_BETWEEN_NAMES = re.compile(r"(?<=[㐀-鿿])[•‧・･∙](?=[㐀-鿿])")

# A single stroke may mean “to” (4.13): 一月—三月, 秦岭—淮河.
_MEASURE = re.compile(r"[〇零一二三四五六七八九十百千万年月日号时点分周期页条章级]")
_WORD_BEFORE = re.compile(rf"(?:^|[^{HAN}]|[从由自在和与及至到的经])[{HAN}]{{2,4}}$")
_WORD_AFTER = re.compile(rf"[{HAN}]{{2,4}}(?![{HAN}])")
# What runs between two places, or holds between two sides: 北京—上海高铁.
_LINK_AFTER = re.compile(
    rf"[{HAN}]{{2,4}}(?:高铁|铁路|公路|高速|航线|航班|列车|动车|班列|专线|干线|一线|沿线"
    "|之间|方向|线|段|经济带|走廊|城市群|城际|管道|关系|轴|模式|体系)"
)
_LONE, _PAIR = re.compile(r"(?<!—)—(?!—)"), re.compile(r"(?<!—)——(?!—)")
_FEWEST_PAIRS = 3


def ellipses(text: str) -> Iterator[Change]:
    """Yield what makes ... and 。。。 the six dots of a Chinese ellipsis.

    Twelve dots stand for whole lines left out, and leaders lead to a page.
    """
    for match in _DOTS.finditer(text):
        dots = _dots(match[0])
        leads = len(match[0]) > 3 and _LEADER.match(text, match.end())
        if dots != match[0] and not leads and _amid_chinese(text, *match.span()):
            yield Change(*match.span(), dots, ELLIPSIS)


def dashes(text: str, *, lone_joins: bool) -> Iterator[Change]:
    """Yield what makes -- and a lone — the dash of two characters.

    A lone one that joins two words stays; ``lone_joins`` says that all do.
    """
    for match in _STROKES.finditer(text):
        option = is_latin(text[match.end() : match.end() + 1])
        if match[0] == "—" and lone_joins:
            continue
        if _is_dash(text, match) and not option and _amid_chinese(text, *match.span()):
            yield Change(*match.span(), "——", DASH)


def lone_joins(texts: Iterable[str]) -> bool:
    """Tell whether a text writes its dashes in two characters by itself."""
    lone = pairs = 0
    for text in texts:
        if "—" in text:
            lone += len(_LONE.findall(text))
            pairs += len(_PAIR.findall(text))
    return pairs >= _FEWEST_PAIRS and pairs > lone


def interpuncts(text: str) -> Iterator[Change]:
    """Yield what makes the mark between the parts of a name that of GB/T 15834."""
    for match in _BETWEEN_NAMES.finditer(text):
        yield Change(*match.span(), "·", INTERPUNCT)


def _dots(written: str) -> str:
    if written[0] != "…":
        return "…………" if len(written) >= 12 else "……"
    return written if len(written) in (2, 4) else "……"


def _is_dash(text: str, match: re.Match[str]) -> bool:
    """Tell a dash from a line of strokes, and from one that joins two words."""
    if match[0][0] != "—":
        return len(match[0]) <= 4
    if len(match[0]) > 1:
        return False
    first, last = match.span()
    numbers = _MEASURE.match(text, first - 1) if first else None
    if numbers and _MEASURE.match(text, last):
        return False
    joined = _WORD_AFTER.match(text, last) or _LINK_AFTER.match(text, last)
    return not (joined and _WORD_BEFORE.search(text, 0, first))


def _amid_chinese(text: str, first: int, last: int) -> bool:
    left = text[first - 1 : first] if first else ""
    return is_chinese(left) or is_chinese(text[last : last + 1])
