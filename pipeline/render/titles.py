"""Break a display title by sense, into lines of much the same length.

Breaks are weighed: after a stop or before 关于 they are good, after a verb such
as 加强 or after 的 fair. ``words`` tells some of the places where words end;
elsewhere an even count of characters is likelier to end with a word than an odd
one, and phrases of four characters are rather not parted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, inf
from typing import TypeAlias

from pipeline.model import Break, Inline, Text, plain
from pipeline.render.words import Joint, joints

_SPACES = " \u3000"
_OPENING = "（(《〈「『【〔“‘"
_CLOSING = "）)》〉」』】〕”’，。、；：？！,.;:?!·～％%"
_STOPS = "：；，。、？！…）》」』】〕”"
_PARTICLES = "的之"
_CONJUNCTIONS = "和与與及暨"
_LEADS = ("关于", "關於")
_LINKS = (*_LEADS, "——", "第", *_CONJUNCTIONS, *_OPENING)

# What a break costs, against the squared difference from the mean length.
_FREE, _BEFORE_VERB, _AT_LINK, _AFTER_VERB, _AT_PARTICLE = 0, 1, 2, 4, 4
_BETWEEN, _EVEN = 5, 16
_WITHIN, _WITHIN_WORD, _FORBIDDEN = 30, 200, 1e6
_PHRASE = 4
_AT_VERB = {Joint.BEFORE_VERB: _BEFORE_VERB, Joint.AFTER_VERB: _AFTER_VERB}
# What a line costs, and what one that is too long does besides.
_LINE, _TOO_LONG = 10, 1e3

# A space between Latin words parts words; beside Han it parts titles. So do a
# colon and a dash with what stands on both sides.
_PARTING = re.compile(
    r"(?<![!-~])[ \u3000]+|[ \u3000]+(?![!-~])|\n|(?<=\S：)(?=\S)|(?<=[^\s—])(?=——)"
)
_DATE = re.compile(
    r"[0-9〇零一二三四五六七八九十]+年(?:[0-9一二三四五六七八九十]+月(?:[0-9一二三四五六七八九十]+日)?)?"
)

_NUMERALS = frozenset("〇零一二三四五六七八九十百千")

# The cheapest way to each end: what it costs, and where its lines end.
_Best: TypeAlias = dict[int, tuple[float, tuple[int, ...]]]

# Longer than this many lines, it is a paragraph and no title.
_MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a title, and the space that parts it from the next."""

    content: tuple[Inline, ...]
    gap: str = ""


def lines(
    title: Sequence[Inline], measure: int, narrowest: float = inf
) -> tuple[Line, ...]:
    """Return ``title`` in lines of at most ``measure`` em, where that is possible.

    A break always ends a line; a space beside Han does so in a title that needs
    more than one, or has no room on a screen of ``narrowest`` em. Together,
    contents and gaps are the whole title but for its breaks.
    """
    text = plain(title)
    solid = frozenset(_inner_offsets(title))
    ends = (end for end in _ends(text, solid, measure, narrowest) if end not in solid)
    return tuple(_line(title, text, solid, *at) for at in pairwise((0, *ends)))


# Where lines end ----------------------------------------------------------------


def _ends(
    text: str, solid: frozenset[int], measure: int, narrowest: float
) -> Iterator[int]:
    start = 0
    fits = _width(text) <= min(measure, narrowest)
    partings = [m.end() for m in _PARTING.finditer(text) if not fits or m[0] == "\n"]
    for end in (*partings, len(text)):
        yield from _balanced(text, (start, end), solid, measure)
        start = end


def _balanced(
    text: str, limits: tuple[int, int], solid: frozenset[int], measure: int
) -> tuple[int, ...]:
    """Return the ends of the lines between ``limits`` that cost least together."""
    start, end = limits
    width = _width(text[start:end].strip())
    fewest = ceil(width / measure)
    if not 1 < fewest <= _MOST_LINES:
        return (end,)
    prices = {i: _price(text, i, solid) for i in range(start + 1, end)} | {end: _FREE}
    ways = []
    for count in (fewest, fewest + 1):
        best: _Best = {start: (_LINE * count, ())}
        for _ in range(count):
            best = _one_more_line(text, best, prices, (width / count, measure))
        ways += [best[end]] if end in best else []
    return min(ways)[1] if ways else (end,)


def _one_more_line(
    text: str, best: _Best, prices: dict[int, float], lengths: tuple[float, float]
) -> _Best:
    mean, most = lengths
    longer: _Best = {}
    for start, (spent, ends) in best.items():
        for end, price in prices.items():
            if end > start:
                width = _width(text[start:end].rstrip(_SPACES))
                excess = _TOO_LONG if width > most else 0
                cost = spent + price + excess + (width - mean) ** 2
                if cost < longer.get(end, (inf,))[0]:
                    longer[end] = cost, (*ends, end)
    return longer


def _price(text: str, offset: int, solid: frozenset[int]) -> float:
    before, after = text[offset - 1], text[offset]
    if offset in solid or _inseparable(before, after):
        return _FORBIDDEN
    within = _WITHIN if _leans_on(text, offset) else 0
    if before in _SPACES or before in _STOPS:
        return within
    joint = joints(text)[offset]
    if any(m.start() < offset < m.end() for m in _DATE.finditer(text)):
        joint = Joint.WITHIN
    if joint is Joint.WITHIN:
        return within + _WITHIN_WORD
    if text.startswith(_LINKS, offset):
        return within + _AT_LINK
    if before in _PARTICLES or (after.isascii() and after.isalnum()):
        return within + _AT_PARTICLE
    return within + _joint_price(text, offset, joint)


def _joint_price(text: str, offset: int, joint: Joint) -> float:
    if joint in _AT_VERB:
        return _AT_VERB[joint]
    if joint is Joint.WORDS:
        parts_phrase = (_next_parting(text, offset) - offset) % _PHRASE
        return _BETWEEN + (_BETWEEN if parts_phrase else 0)
    parity = _parity_price(text, offset)
    return parity / 2 if joint is Joint.KNOWN else parity


def _leans_on(text: str, offset: int) -> bool:
    """Tell whether what follows belongs to what stands before: “…”, 关于, 50."""
    pairs = zip(_OPENING, _CLOSING[: len(_OPENING)], strict=True)
    is_within_marks = any(
        text.count(opening, 0, offset) > text.count(closing, 0, offset)
        for opening, closing in pairs
    )
    leads = text[:offset].endswith(_LEADS) or text[offset - 1].isdecimal()
    is_within_number = {text[offset - 1], text[offset]} <= _NUMERALS
    return is_within_marks or leads or is_within_number


def _inseparable(before: str, after: str) -> bool:
    latin = before.isascii() and after.isascii() and before not in _SPACES
    within_dots = before == after == "…"
    opens = before in _OPENING + "—"  # a dash opens the line that it leads to
    return latin or within_dots or opens or after in _CLOSING + _SPACES


def _parity_price(text: str, offset: int) -> float:
    """Return what a break costs by how many characters part it from sure words.

    Most words have two, so an even count speaks for a break: before it, and
    less so after it, where words such as 上 may end a phrase.
    """
    before = next((i for i in range(offset - 1, 0, -1) if _parts_words(text, i)), 0)
    after = _next_parting(text, offset)
    return _EVEN * (1 + 2 * ((offset - before) % 2) + (after - offset) % 2) / 2


def _next_parting(text: str, offset: int) -> int:
    places = range(offset + 1, len(text))
    return next((i for i in places if _parts_words(text, i)), len(text))


def _parts_words(text: str, offset: int) -> bool:
    """Tell whether one word surely ends and another begins at ``offset``."""
    before, after = text[offset - 1], text[offset]
    return (
        before.isascii() != after.isascii()
        or before in _STOPS + _PARTICLES + _CONJUNCTIONS
        or after in _PARTICLES
        or text.startswith(_LINKS, offset)
        or joints(text)[offset] is Joint.BEFORE_VERB
    )


def _width(text: str) -> float:
    return sum(0.5 if character.isascii() else 1 for character in text)


# Cutting ------------------------------------------------------------------------


def _inner_offsets(title: Sequence[Inline]) -> Iterator[int]:
    """Yield the offsets inside of inlines that can't be cut in two."""
    start = 0
    for inline in title:
        end = start + len(plain((inline,)))
        if not isinstance(inline, Text):
            yield from range(start + 1, end)
        start = end


def _line(
    title: Sequence[Inline], text: str, solid: frozenset[int], start: int, end: int
) -> Line:
    inner = start + len(text[start:end].rstrip(_SPACES + "\n"))
    # A space at the end of what can't be cut stays in it.
    shown = next(offset for offset in range(inner, end + 1) if offset not in solid)
    last = len(text) if end == len(text) else shown
    gap = text[last:end].replace("\n", "")
    return Line(tuple(_cut(title, start, last, end)), gap)


def _cut(title: Sequence[Inline], start: int, last: int, end: int) -> Iterator[Inline]:
    """Yield what stands in the line, and of its text what ends before ``last``."""
    offset = 0
    for inline in title:
        first, offset = offset, offset + len(plain((inline,)))
        match inline:
            case Text(value=value):
                if piece := value[max(start - first, 0) : max(last - first, 0)]:
                    yield replace(inline, value=piece)
            case Break():
                pass
            case _ if start < offset <= end or start == offset == 0:
                yield inline
