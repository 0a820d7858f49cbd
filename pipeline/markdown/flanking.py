"""Whether a run of ``*`` may open or close, beside Chinese characters too.

CommonMark 0.31.2, 6.2, as amended by the CommonMark CJK-friendly Amendments
(github.com/tats-u/markdown-cjk-friendly, specification.md): in plain CommonMark
``**真。**她`` is not bold, because a stop stands before the closing run and a
letter behind it.
"""

from __future__ import annotations

import unicodedata

_IDEOGRAPHIC_SELECTORS = ("\U000e0100", "\U000e01ef")
_HANGUL = (("\u1100", "\u11ff"), ("\ua960", "\ua97f"), ("\uac00", "\ud7ff"))


def flanks(before: str, after: str) -> tuple[bool, bool]:
    """Tell whether a run between two characters is left-flanking, right-flanking.

    An empty string stands for the beginning and the end of the text.
    """
    left = not _is_space(after) and (
        not _is_foreign_punctuation(after)
        or _is_space(before)
        or _is_foreign_punctuation(before)
        or is_cjk(before)
    )
    right = not _is_space(before) and (
        not _is_foreign_punctuation(before)
        or _is_space(after)
        or _is_foreign_punctuation(after)
        or is_cjk(after)
    )
    return left, right


def is_cjk(character: str) -> bool:
    """Tell whether a character belongs to Chinese, Japanese or Korean."""
    if not character:
        return False
    low, high = _IDEOGRAPHIC_SELECTORS
    if low <= character <= high:
        return True
    if any(first <= character <= last for first, last in _HANGUL):
        return True
    wide = unicodedata.east_asian_width(character) in "WFH"
    # Emoji are wide, but symbols (So) that Chinese does not use as text.
    return wide and unicodedata.category(character) not in {"So", "Sk"}


def is_punctuation(character: str) -> bool:
    """Tell whether a character is Unicode punctuation (CommonMark 2.1)."""
    return bool(character) and unicodedata.category(character)[0] in "PS"


def _is_foreign_punctuation(character: str) -> bool:
    return is_punctuation(character) and not is_cjk(character)


def _is_space(character: str) -> bool:
    return not character or character.isspace()
