"""What glyphs are copied as, where a reader of PDFs would guess wrongly.

Such programs take a gap of a tenth of an em for a space, and can't be told
otherwise. So the gap is filled: a space of the face stands in it, and both it and
the character before it are spelt out (ISO 32000-2, 14.9.4) as that character alone.
A spelling never holds glyphs of two faces: PDFium would put all of them into the
first one, and guess where the next begins.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.layout.lines.glyphs import INVISIBLE, Face, Glyphs
from pipeline.typeset.classes import NO_BREAK_SPACE, OBJECT, SPACE, WESTERN
from pipeline.typeset.spacing import Spaced

# In em. Beside a narrow mark, a little less than a tenth is seen as a space.
_SEEN_AS_SPACE = 0.08
_MUCH_SMALLER = 0.8
# PDFium loses what is beyond the first plane where it is spelt out.
_LAST_SPELT = "\uffff"
_SPACES = frozenset(SPACE + NO_BREAK_SPACE)
_SEEN = dict.fromkeys(map(ord, INVISIBLE))


class Spelling(NamedTuple):
    """The glyphs ``start`` to ``end`` are to be copied as ``text``.

    A space that is not copied stands ``before`` or ``after`` them, in the gap there.
    """

    start: int
    end: int
    text: str
    before: bool = False
    after: bool = False


class Fill(NamedTuple):
    """A space stands beside the character ``at``, before or after it."""

    at: int
    before: bool


def fills(spaced: Spaced, gaps: Mapping[int, float], even: float) -> list[Fill]:
    """Return what fills those ``gaps`` of a paragraph that would be seen as spaces.

    They are slots with their widths, to which ``even`` is added. Pixels.
    """
    text, classes, squares = spaced.text, spaced.classes, spaced.squares
    found: list[Fill] = []
    for slot, width in gaps.items():
        least = _SEEN_AS_SPACE * min(squares[slot : slot + 2])
        if width + even > least and _SPACES.isdisjoint(classes[slot : slot + 2]):
            found += [
                Fill(at, at > slot)
                for at in (slot, slot + 1)
                if _may_be_spelt(text[at]) and classes[at] != OBJECT
            ][:1]
    return found


def _may_be_spelt(character: str) -> bool:
    # Programs turn what they see from right to left by themselves.
    is_turned = unicodedata.bidirectional(character) in ("R", "AL")
    return character <= _LAST_SPELT and not is_turned


def spellings(
    glyphs: Glyphs, text: str, span: tuple[int, int], filled: Iterable[Fill]
) -> list[Spelling]:
    """Return the spellings of the characters ``span`` of a shaped ``text``.

    All places count as those of ``text`` do, but glyphs from the first of ``span``.
    """
    start, end = span
    low = glyphs.span(start, end)[0]
    misread = glyphs.misread
    here = misread[bisect_left(misread, start) : bisect_left(misread, end)]
    told = {glyphs.cluster(at): (False, False) for at in here}
    for at, before in filled:
        cluster = glyphs.cluster(at) if start <= at < end else None
        if cluster and not glyphs.is_upright(cluster[0]):
            is_before, is_after = told.get(cluster, (False, False))
            told[cluster] = is_before or before, is_after or not before
    found: list[Spelling] = []
    for (first, last), spaces in sorted(told.items()):
        opening, closing = glyphs.span(max(first, start), min(last, end))
        if first < end and start < last and opening < closing:
            spelt = text[max(first, start) : min(last, end)].translate(_SEEN)
            found.append(Spelling(opening - low, closing - low, spelt, *spaces))
    return found


def is_before_smaller(spaced: Spaced, end: int) -> bool:
    """Tell whether a note's call or an index stands behind a Western character."""
    size, smaller = spaced.squares[end - 1 : end + 1]
    return smaller < _MUCH_SMALLER * size and spaced.classes[end - 1] in WESTERN


def lone_last(
    runs: Sequence[tuple[Face, bytes]], told: Sequence[Spelling], text: str
) -> Iterator[Spelling]:
    """Yield a spelling for a last glyph that is shown alone, as ``text``.

    If what follows is raised, PDFium would see the end of a line between them.
    """
    counts = [len(codes) // 2 for _face, codes in runs]
    last = sum(counts) - 1
    is_cut = any(spelling.end == last for spelling in told)
    is_told = any(spelling.end > last for spelling in told)
    if (counts[-1:] == [1] or is_cut) and not is_told:
        yield Spelling(last, last + 1, text, before=True)
