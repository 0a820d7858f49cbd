"""How likely a text is as Chinese: a statistic of single characters.

Every reading of the same bytes has to explain all of them, so the logarithms of
the probabilities of its characters, added up, can be compared between readings
of different lengths (naive Bayes). Bytes read in the wrong encoding give
characters from all over the code table, where Chinese text keeps to few.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from math import log

CERTAIN = 12.0
"""The lead in likelihood that makes a reading certain: odds of 160,000 to 1."""

_UNSOUND = -11.5
"""The mean weight below which characters other than ASCII are not Chinese."""

# The most frequent characters of modern prose (about half of it) with their
# traditional forms, numerals, and the particles of the classical language.
_FREQUENT = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自"
    "着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用"
    "主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回"
    "二理点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走"
    "第门相次东口使西再平真听气信关并内加由却先山五太水万眼体处总才书四章节六七八九"
    "這來個國說們為時過學對裡後麼沒於還發當無開見經頭動兩長樣現將與進實點種聲話兒問機"
    "給幾業間門東聽氣關並內萬體處總書節曰乃吾汝矣哉焉耳兮夫臣君"
)
_PUNCTUATION = frozenset("，。、：；？！“”‘’「」『』《》〈〉（）【】…—·\u3000")


def likelihood(text: str) -> float:
    """Return the logarithm of the probability of ``text`` as Chinese."""
    return sum(count * weight(char) for char, count in Counter(text).items())


def is_sound(text: str) -> bool:
    """Tell whether the characters of ``text`` beyond ASCII can be Chinese."""
    foreign = "".join(re.findall(r"[^\x00-\x7f]+", text))
    return likelihood(foreign) >= _UNSOUND * len(foreign)


@cache
def weight(character: str) -> float:
    """Return the logarithm of the probability of one character.

    A class's share of running text is divided by the number of its members.
    """
    if " " <= character <= "~" or character in "\t\n\r":
        return log(0.4 / 60)
    if character in _FREQUENT:
        return log(0.4 / len(_FREQUENT))
    if character in _PUNCTUATION:
        return log(0.12 / len(_PUNCTUATION))
    if character in common_han():
        return log(0.3 / len(common_han()))
    return _unusual_weight(character)


def _unusual_weight(character: str) -> float:
    if character == "\ufffd":  # up to four bytes that mean nothing
        return log(1e-24)
    match unicodedata.category(character):
        case "Lo":
            return log(0.01 / 20_000)
        case "Lu" | "Ll" | "Lm" | "Mn" | "Mc" | "Nd" | "Zs" | "Cf":
            return log(0.01 / 1_000)
        case "Cs":  # a byte that has no reading: see ``tolerance``
            return log(1e-6)
        case "Cc" | "Cn" | "Co":
            return log(1e-7)
        case _:
            return log(0.01 / 3_000)


@cache
def common_han() -> frozenset[str]:
    """Return the first levels of GB/T 2312 and Big5: what people write with."""
    simplified = characters("gb18030", range(0xB0, 0xD8), range(0xA1, 0xFF))
    traditional = characters("big5hkscs", range(0xA4, 0xC7), range(0x40, 0x7F))
    traditional += characters("big5hkscs", range(0xA4, 0xC6), range(0xA1, 0xFF))
    return frozenset(char for char in simplified + traditional if "一" <= char <= "龥")


def characters(encoding: str, leads: range, trails: range) -> str:
    """Return the characters of a part of a double-byte code table."""
    codes = bytes(byte for lead in leads for trail in trails for byte in (lead, trail))
    return codes.decode(encoding)


@cache
def usual(separator: str) -> re.Pattern[str]:
    """Return a pattern of runs of usual characters, but for ``separator``."""
    others = "\t\r\n".replace(separator, "")
    known = "".join(sorted(common_han() | _PUNCTUATION))
    return re.compile(rf"[{others}\x20-\x7e！-～{known}]+")
