"""Which characters faces have."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipeline.fonts import opentype
from pipeline.writer import Face


@cache
def characters(font: Path) -> frozenset[str]:
    """Return the characters that an OpenType font maps to glyphs.

    Read straight from its table "cmap": a parser of whole fonts takes ten times
    as long.
    """
    return frozenset(map(chr, opentype.characters(font.read_bytes())))


@cache
def shown(face: Face) -> frozenset[str]:
    """Return the characters that a face is asked for and has."""
    found = characters(face.path)
    if not face.ranges:
        return found
    used = {chr(c) for first, last in face.ranges for c in range(first, last + 1)}
    return found & used
