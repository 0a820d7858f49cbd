"""Make a font that holds no more than what a book shows: for an EPUB.

The one module that knows HarfBuzz.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import uharfbuzz

from pipeline.fonts.opentype import Unusable

# What a reading system may ask of Chinese text, lines from above included. Not
# "locl": it would turn the forms of one region into those of another.
_FEATURES = (
    *("ccmp", "chws", "halt", "kern", "liga", "mark", "mkmk", "palt"),
    *("vchw", "vert", "vhal", "vpal", "vrt2"),
)
_FLAGS = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.DESUBROUTINIZE


@dataclass(frozen=True, slots=True)
class Subset:
    """A font file, with what EPUB 3.3 (3.2, core media types) calls its kind."""

    data: bytes
    suffix: str
    media_type: str


def subset(font: Path, characters: Iterable[str]) -> Subset:
    """Return the glyphs of ``characters`` and all that they need to be set.

    The same characters give the same bytes. What the font lacks is left out:
    ask ``glyphs`` before. Raises Unusable for a file that is no font.
    """
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font)))
    if not face.glyph_count:
        raise Unusable(font.name)
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = _FLAGS
    wanted.unicode_set.update(map(ord, characters))
    features = wanted.layout_feature_tag_set
    features.clear()
    features.update(int.from_bytes(name.encode(), "big") for name in _FEATURES)
    data = bytes(uharfbuzz.subset(face, wanted).blob.data)
    if data[:4] == b"OTTO":
        return Subset(data, ".otf", "font/otf")
    return Subset(data, ".ttf", "font/ttf")
