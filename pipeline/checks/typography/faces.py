"""Defects of faces: characters that came from another one than their neighbours."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.pdfium import Font, Page, Piece

# Rarer characters come from a face of their own in every design.
_COMMON_HAN = re.compile(r"[\u4e00-\u9fff]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_SCATTERED = 2
_RARELY = 0.02


@dataclass(frozen=True, slots=True)
class Stranger:
    """Characters on a page in a face that their neighbours are not in."""

    page: str
    piece: Piece
    text: str


def strangers(pages: Sequence[Page]) -> Iterator[Stranger]:
    """Yield common Han characters that a fallback set, unasked.

    What one marked content holds is one text in one style: two faces of Han in
    it are a fallback. Where nothing is marked, a face is one that sets no more
    than two characters on end, and hardly any.
    """
    tagged = any(page.reading for page in pages)
    scattered = frozenset() if tagged else _scattered(pages)
    for number, page in enumerate(pages, 1):
        label = page.label or str(number)
        odd = _odd_of_marks(page.reading) if tagged else page.pieces
        for piece in odd:
            text = _common_han(piece)
            if text and (tagged or piece.font in scattered):
                yield Stranger(label, piece, text)


def without_ink(pages: Sequence[Page]) -> Iterator[Stranger]:
    """Yield Han characters of which nothing is seen."""
    for number, page in enumerate(pages, 1):
        for piece in page.pieces:
            blank = [
                character
                for character, ink in zip(piece.text, piece.inks, strict=True)
                if ink.right <= ink.left and _HAN.match(character)
            ]
            if blank and piece.is_exact:
                yield Stranger(page.label or str(number), piece, "".join(blank))


def _common_han(piece: Piece) -> str:
    """Return the common Han characters of a piece that are surely in its font.

    What is spelt out may go on in another face.
    """
    text = piece.text if piece.is_exact else piece.text[:1]
    return "".join(_COMMON_HAN.findall(text))


def _odd_of_marks(pieces: Iterable[Piece]) -> Iterator[Piece]:
    by_mark: defaultdict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_mark[piece.mark].append(piece)
    for together in by_mark.values():
        if len(together) > 1:
            counts: Counter[Font] = Counter()
            for piece in together:
                counts[piece.font] += len(_common_han(piece))
            usual = counts.most_common(1)[0][0]
            yield from (piece for piece in together if piece.font != usual)


def _scattered(pages: Iterable[Page]) -> frozenset[Font]:
    counts: Counter[Font] = Counter()
    longest: dict[Font, int] = {}
    for page in pages:
        for piece in page.pieces:
            number = len(_COMMON_HAN.findall(piece.text))
            counts[piece.font] += number
            longest[piece.font] = max(longest.get(piece.font, 0), number)
    most = max(counts.values(), default=0)
    return frozenset(
        font
        for font, number in counts.items()
        if longest[font] <= _SCATTERED and number < _RARELY * most
    )
