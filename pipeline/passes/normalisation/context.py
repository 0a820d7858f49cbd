"""What a character is to punctuation, and what stands around a mark."""

from __future__ import annotations

import re

HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)
"""A character class: Han, and kana, which is set alike."""

FULL_WIDTH = "，。、：；？！（）《》〈〉【】〔〕「」『』％"
"""Marks that are never anything but Chinese."""

SHARED = "“”‘’…—·～"
"""Marks that Latin text has, too."""

LATIN = "0-9A-Za-z\u00c0-\u024f\u0370-\u03ff"
BLANK = " \t\u00a0\u2002-\u200a\u202f"
"""Spaces other than U+3000, which is layout."""

_CHINESE = re.compile(f"[{HAN}{FULL_WIDTH}{SHARED}]")
_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(f"[{LATIN}]")
_PASSED_BEFORE = " \t\n\u00a0\u3000\"')]”’!?！？"
_PASSED_AFTER = " \t\n\u00a0\u3000\"'([“‘"

# Addresses and paths: their marks belong to them, but for one at the very end.
_ADDRESS = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]*://|www\.)[!-~]*[A-Za-z0-9/#=&_-]"
    r"|[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|[A-Za-z]:\\[!-~]*[A-Za-z0-9]"
)


def is_chinese(character: str) -> bool:
    """Tell whether a character is Han or a Chinese mark; nothing is not."""
    return bool(_CHINESE.match(character))


def is_han(character: str) -> bool:
    """Tell whether a character is Han or kana; nothing is not."""
    return bool(_HAN.match(character))


def is_latin(character: str) -> bool:
    """Tell whether a character is a Latin or Greek letter or a digit."""
    return bool(_LATIN.match(character))


def addresses(text: str) -> list[tuple[int, int]]:
    """Return where addresses and paths stand in ``text``."""
    return [match.span() for match in _ADDRESS.finditer(text)]


def before(text: str, index: int) -> str:
    """Return what stands before ``index``; blanks and closing signs are passed."""
    while index > 0 and text[index - 1] in _PASSED_BEFORE:
        index -= 1
    return text[index - 1 : index] if index else ""


def after(text: str, index: int) -> str:
    """Return what stands from ``index`` on; blanks and opening signs are passed."""
    while index < len(text) and text[index] in _PASSED_AFTER:
        index += 1
    return text[index : index + 1]
