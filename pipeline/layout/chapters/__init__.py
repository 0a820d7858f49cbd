"""Long books are set in pieces, each by itself, and the pieces joined.

What comes out is what WeasyPrint makes of the whole, page by page; but several
processes share the work.
"""

from __future__ import annotations

from pipeline.layout.chapters.book import joined
from pipeline.layout.chapters.joining import Joined

__all__ = ["Joined", "joined"]
