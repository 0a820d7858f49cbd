"""What the end of a line within a paragraph stands for.

CSS Text 4, 4.1.3 (segment break transformation): a space between words, and
nothing beside Chinese characters, where nobody writes one.
"""

from __future__ import annotations

from pipeline.markdown.flanking import is_cjk


def between(before: str, after: str) -> str:
    """Return a space or nothing for the line end between two pieces of text."""
    if is_cjk(before[-1:]) or is_cjk(after[:1]):
        return ""
    # Quotation marks and dashes are Chinese beside Chinese.
    neighbours = _letter(before[::-1]), _letter(after)
    return "" if any(map(is_cjk, neighbours)) else " "


def _letter(text: str) -> str:
    return next((character for character in text if character.isalnum()), "")
