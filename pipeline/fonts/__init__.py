"""The faces that books are set in: which there are, and which a book gets.

All come by package, or are a person's own, and lie as files on the disk; no
face of the system is ever used, because a book must look the same wherever it
is built.
"""

from __future__ import annotations

from pipeline.fonts.choice import Stock, Wishes, choose, region
from pipeline.fonts.shelf import FontMissing, verify
from pipeline.writer import Face

__all__ = ["FontMissing", "Stock", "Wishes", "choose", "faces", "region", "verify"]


def faces(language: str = "zh-Hans") -> tuple[Face, ...]:
    """Return the faces that come with Keben. Raises FontMissing."""
    return choose(language, Wishes(Stock.STANDARD))
