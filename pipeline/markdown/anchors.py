"""The names by which links call headings."""

from __future__ import annotations

import unicodedata
from collections import Counter


class Anchors:
    """Names headings as GitHub does, each name once."""

    def __init__(self) -> None:
        self._uses: Counter[str] = Counter()

    def name(self, title: str) -> str:
        """Return the name of a heading: 第二章 活字 is 第二章-活字."""
        name = slug(title)
        number = self._uses[name]
        self._uses[name] += 1
        return f"{name}-{number}" if number else name


def slug(title: str) -> str:
    """Return ``title`` in lower case, without marks, blanks as hyphens."""
    kept = (character for character in title.strip().lower() if _is_kept(character))
    return "".join(kept).replace(" ", "-")


def _is_kept(character: str) -> bool:
    category = unicodedata.category(character)
    return character in " -" or category[0] in "LMN" or category == "Pc"
