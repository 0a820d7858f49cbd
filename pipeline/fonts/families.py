"""The names that style sheets call faces by, and what stands in for a face.

A style sheet names a Latin family first and a Chinese one after it. What a
family lacks comes from the next one named, and at last from the reserve here:
never from a font of the system.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SONG = "Keben Song"
HEI = "Keben Hei"
KAI = "Keben Kai"
FANGSONG = "Keben Fangsong"
XIAOBIAOSONG = "Keben Xiaobiaosong"
LATIN = "Keben Latin"
LATIN_SANS = "Keben Latin Sans"
MONO = "Keben Mono"
RARE = "Keben Rare"
SYMBOLS = "Keben Symbols"
# Faces drawn for other regions, for what those of the book's region lack.
OTHER_SONG = "Keben Other Song"
OTHER_HEI = "Keben Other Hei"

RESERVE = (OTHER_SONG, OTHER_HEI, RARE, SYMBOLS)
"""Used where a book has characters that no other family has."""

_REST = (RARE, SYMBOLS, KAI, FANGSONG, XIAOBIAOSONG, MONO)
_SONG_LAST = (SONG, LATIN, OTHER_SONG, HEI, LATIN_SANS, OTHER_HEI, *_REST)
_HEI_LAST = (HEI, LATIN_SANS, OTHER_HEI, SONG, LATIN, OTHER_SONG, *_REST)


@dataclass(frozen=True, slots=True)
class Family:
    """One family. ``role`` is its name in settings.

    ``stand_in`` takes the place of a face that is not at hand, ``bold`` that of
    a weight; None means: the next family that the style sheet names.
    ``last`` are the families tried after all that a style sheet names.
    """

    name: str
    role: str
    stand_in: str | None
    bold: str | None
    last: tuple[str, ...]


FAMILIES: Mapping[str, Family] = {
    family.name: family
    for family in (
        Family(SONG, "song", None, HEI, _SONG_LAST),
        Family(HEI, "hei", SONG, None, _HEI_LAST),
        Family(KAI, "kai", SONG, HEI, _SONG_LAST),
        Family(FANGSONG, "fangsong", SONG, HEI, _SONG_LAST),
        Family(XIAOBIAOSONG, "xiaobiaosong", SONG, None, _SONG_LAST),
        Family(LATIN, "latin", None, None, _SONG_LAST),
        Family(LATIN_SANS, "latin_sans", None, None, _HEI_LAST),
        Family(MONO, "mono", None, None, _HEI_LAST),
        Family(RARE, "rare", None, None, _SONG_LAST),
        Family(SYMBOLS, "symbols", None, None, _SONG_LAST),
        Family(OTHER_SONG, "other_song", None, OTHER_HEI, _SONG_LAST),
        Family(OTHER_HEI, "other_hei", None, None, _HEI_LAST),
    )
}

LATIN_RANGES = ((0x20, 0x7E), (0xA1, 0xB6), (0xB8, 0x24F))
"""What a Latin face is asked for: “ ” ‘ ’ — … · stay with the Chinese one."""

BORROWED_RANGES = (
    (0x20, 0x2013),
    (0x2015, 0x2017),
    (0x201E, 0x2025),
    (0x2027, 0x10FFFF),
)
"""All but — ‘ ’ “ ” …, where a Chinese face has them as narrow as a Latin one."""

WESTERN_MARKS = {LATIN: "Keben Latin Marks", LATIN_SANS: "Keben Latin Sans Marks"}
"""The names of Latin families where Western text asks them for “ ” ‘ ’ and the
space after them, which would be copied twice if it began text in another face."""
MARK_RANGES = ((0x20, 0x20), (0x2018, 0x2019), (0x201C, 0x201D))
