"""Where hyphens may stand in Western words, and how wide they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import pyphen

from pipeline.layout.lines.host import Style
from pipeline.layout.lines.shaping import shape

_SOFT_HYPHEN = "\u00ad"
_WORD = re.compile("[A-Za-z\u00c0-\u024f\u00ad]+")
# A Western word in Chinese text is an English one, until someone says otherwise.
_ASSUMED = "en_US"


def hyphens(texts: Iterable[tuple[int, str, Style]]) -> dict[int, float]:
    """Return the places where a line may end with a hyphen, and its width there.

    Each text is given with where it starts in its paragraph.
    """
    found: dict[int, float] = {}
    for start, text, style in texts:
        places = list(_places(text, style))
        glyphs = shape(style, style["hyphenate_character"]) if places else None
        if glyphs:
            found |= dict.fromkeys([start + at for at in places], sum(glyphs.advances))
    return found


def is_hyphenated(style: Style, text: str) -> bool:
    """Tell whether words in ``text`` may get hyphens (CSS Text 3, 6.1)."""
    if style["hyphens"] == "manual":
        return _SOFT_HYPHEN in text
    return bool(style["hyphens"] == "auto")


def _places(text: str, style: Style) -> Iterator[int]:
    total, left, right = style["hyphenate_limit_chars"]
    language = _language(style["lang"] or "")
    for word in _WORD.finditer(text):
        if _SOFT_HYPHEN in word[0]:
            yield from (
                word.start() + at + 1
                for at, character in enumerate(word[0])
                if character == _SOFT_HYPHEN
            )
        elif style["hyphens"] == "auto" and language and len(word[0]) >= total:
            for at in _dictionary(language, left, right).positions(word[0]):
                yield word.start() + at


def _language(language: str) -> str:
    if not language or language.lower().startswith("zh"):
        return _ASSUMED
    return pyphen.language_fallback(language) or ""


@cache
def _dictionary(language: str, left: int, right: int) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=language, left=left, right=right)
