"""Classes of characters, as CLREQ sorts them by how they behave in a line.

A class is one letter, so that the classes of a text are a text of the same
length, in which the regular expression engine finds marks at C speed.
"""

from __future__ import annotations

import re
from typing import Final

HAN: Final = "h"
ITERATION: Final = "k"  # of the character before it, so never starts a line
WIDE: Final = "w"  # anything else that fills its square
OBJECT: Final = "b"  # a picture, or a box of its own, in the line
OPENING: Final = "o"
CLOSING: Final = "c"
PAUSE: Final = "p"  # 句内点号
STOP: Final = "s"  # 句末点号
INTERPUNCT: Final = "m"  # 间隔号
CONNECTOR: Final = "t"  # 连接号, 分隔号
DASH: Final = "i"  # 破折号, 省略号: two characters that are one mark
LETTER: Final = "l"
NUMERAL: Final = "n"
PREFIX: Final = "r"  # currency and number signs
POSTFIX: Final = "q"  # percent and degree signs
OTHER: Final = "x"  # Western punctuation and symbols
SPACE: Final = " "
NO_BREAK_SPACE: Final = "g"
BREAK: Final = "z"  # zero width space
JOINER: Final = "j"  # invisible, and holds its neighbours together
NEWLINE: Final = "\n"

SQUARE: Final = HAN + ITERATION + WIDE + OBJECT
STOPS: Final = PAUSE + STOP
MARKS: Final = OPENING + CLOSING + STOPS
WESTERN: Final = LETTER + NUMERAL + PREFIX + POSTFIX + OTHER

# CLREQ, "Punctuation marks in Chinese": tables of marks.
_LISTED: Final = {
    OPENING: "（《〈「『【〔〖［｛“‘",
    CLOSING: "）》〉」』】〕〗］｝”’",
    PAUSE: "，、；：",
    STOP: "。？！．‼⁇⁈⁉",
    INTERPUNCT: "·・‧",
    CONNECTOR: "～－–〜／",
    DASH: "—…⋯―⸺",
    # Small kana too: Japanese passages within Chinese ones (JIS X 4051, 行頭禁則).
    ITERATION: "々〻ヽヾゝゞーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ",
    PREFIX: "￥¥＄$￡£€№＃#",
    POSTFIX: "％%‰℃℉°′″￠",
    SPACE: " ",
    NO_BREAK_SPACE: "\u00a0\u202f",
    BREAK: "\u200b",
    JOINER: "\u2060\ufeff\u00ad\u200d\u200c",
    NEWLINE: "\n",
    OBJECT: "\ufffc",
}

_HAN = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_WIDE = re.compile(
    "[\u2460-\u24ff\u2600-\u27bf\u3000-\u303f\u3200-\u33ff\uff00-\uffef]"
)
_LETTER = re.compile(
    "[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1fff]"
)


def classify(text: str) -> str:
    """Return the class of each character of ``text``, one letter for each."""
    return text.translate(_CLASSES)


class _Classes(dict[int, str]):
    """Fills itself with the characters that texts really have."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _class(chr(code))
        return found


def _class(character: str) -> str:
    for name, members in _LISTED.items():
        if character in members:
            return name
    if character in "0123456789":
        return NUMERAL
    if _HAN.match(character):
        return HAN
    if _WIDE.match(character):
        return WIDE
    return LETTER if _LETTER.match(character) else OTHER


_CLASSES = _Classes()
