"""Give headings their levels: what encloses what."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Kind
from pipeline.structure import families
from pipeline.structure.families import Family, Sort
from pipeline.structure.headlines import ATTACHMENTS, Headline

_DEEPEST = 9
_UNNUMBERED = (families.FRONT, families.BACK)
_FEWEST = 3
_BOOK_COLUMNS = 100_000
_CHAPTER_COLUMNS = 4000
_DIVIDE_A_BOOK = frozenset({Kind.PART, Kind.VOLUME, Kind.CHAPTER})


def nest(headlines: Sequence[Headline]) -> list[Headline]:
    """Return the headings with levels from 1, none skipped.

    A family's place is that of its rank, unless the document itself turns two
    families about: where （1） begins anew below each 1., or 1. below each （1）.
    """
    ranks = _ranks(headlines)
    nested: list[Headline] = []
    open_ranks: list[float] = []
    front = False
    for headline, held in zip(headlines, _held(headlines, ranks), strict=True):
        if headline.family in ranks:
            rank = ranks[headline.family]
        elif headline.row.text.startswith(ATTACHMENTS):
            rank = _above(held, ranks)
        else:
            rank = _part_of_a_book(headline, ranks, open_ranks)
        if headline.level is not None:
            del open_ranks[headline.level - 1 :]
        else:
            while open_ranks and open_ranks[-1] >= rank:
                open_ranks.pop()
        open_ranks.append(rank)
        level = min(len(open_ranks), _DEEPEST)
        inside_front = front and headline.family.sort is Sort.BARE and level > 1
        kind = Kind.FRONT if inside_front else headline.kind
        if not inside_front:
            front = headline.kind is Kind.FRONT
        nested.append(replace(headline, level=level, kind=kind))
    return nested


def with_chapters(headlines: Sequence[Headline], columns: int) -> list[Headline]:
    """Return the headings; those at the top are chapters where texts are long.

    A book may number its chapters 1. or 一 and never say that they are chapters.
    ``columns`` is the length of the whole text.
    """
    divided = any(headline.kind in _DIVIDE_A_BOOK for headline in headlines)
    top = [h for h in headlines if h.level == 1 and h.kind is Kind.SECTION]
    long = columns >= max(_BOOK_COLUMNS, len(top) * _CHAPTER_COLUMNS)
    if divided or len(top) < _FEWEST or not long:
        return list(headlines)
    return [
        replace(h, kind=Kind.CHAPTER) if h.level == 1 and h.kind is Kind.SECTION else h
        for h in headlines
    ]


def _ranks(headlines: Sequence[Headline]) -> dict[Family, float]:
    """Return the rank of each family, after the document's own habit."""
    used = {h.family for h in headlines if h.family not in _UNNUMBERED}
    ranks: dict[Family, float] = {family: family.rank for family in used}
    begun = _begun_below(headlines)
    for (outer, inner), times in begun.items():
        turned = ranks[outer] > ranks[inner]
        if turned and times > 1 and times > 2 * begun[inner, outer]:
            ranks[outer], ranks[inner] = ranks[inner], ranks[outer]
    return ranks


def _begun_below(headlines: Sequence[Headline]) -> Counter[tuple[Family, Family]]:
    """Count how often a family begins at 1 right below another's heading."""
    begun: Counter[tuple[Family, Family]] = Counter()
    for above, below in itertools.pairwise(headlines):
        pair = above.family, below.family
        named = Sort.NAMED in (above.family.sort, below.family.sort)
        if below.number == 1 and above.family != below.family and not named:
            begun[pair] += 1
    return begun


def _held(headlines: Sequence[Headline], ranks: dict[Family, float]) -> list[float]:
    """Return for each heading the rank of the next that has one of its own."""
    held: list[float] = []
    after = min(ranks.values(), default=0.0)
    for headline in reversed(headlines):
        held.append(after)
        after = ranks.get(headline.family, after)
    return held[::-1]


def _above(held: float, ranks: dict[Family, float]) -> float:
    """Return the place of an attachment: right above what it holds.

    So the headings in it keep the level that they have in the document.
    """
    top = min(ranks.values(), default=0.0)
    return max((rank for rank in ranks.values() if rank < held), default=top)


_OF_A_CHAPTER = ("楔", "引", "序章", "序幕", "序曲", "番外", "外", "尾", "终", "終")


def _part_of_a_book(
    headline: Headline, ranks: dict[Family, float], open_ranks: Sequence[float]
) -> float:
    """Return the place of 楔子, 后记 and the like: a chapter's, or the highest."""
    top = min(ranks.values(), default=0.0)
    chapter = min((rank for rank in ranks.values() if rank >= 30), default=top)
    if headline.family is families.FRONT:
        return chapter if open_ranks and open_ranks[-1] < 30 else top
    in_volume = bool(open_ranks) and min(open_ranks) < 30
    of_a_chapter = headline.row.text.lstrip("【[☆★ 　").startswith(_OF_A_CHAPTER)
    return chapter if of_a_chapter and in_volume else top
