"""How likely a text is as Chinese: a statistic of single characters.

Each reading of the same bytes must explain all of them, so the logarithms of
the probabilities of its characters, added up, can be compared between readings
of different lengths (naive Bayes). Bytes read in the wrong encoding give
characters from all over the code table, where Chinese text keeps to few.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from math import log

REPLACEMENT = "\ufffd"

# The most frequent characters of modern prose (about half of it), with their
# traditional forms, and the particles of the classical language.
_FREQUENT = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自"
    "着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用"
    "主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回"
    "二理点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走"
    "第门相次东口使西再平真听气信关并内加由却先山五太水万眼体处总才书四第章节六七八九"
    "這來個國說們為時過學對裡後麼沒於還發當無開見經頭動兩長樣現將與進實點種聲話兒問機"
    "給幾業間門東聽氣關並內萬體處總書節曰乃吾汝矣哉焉耳兮夫臣君"
)
_PUNCTUATION = frozenset("，。、：；？！“”‘’「」『』《》〈〉（）【】…—·　")


def likelihood(text: str) -> float:
    """Return the logarithm of the probability of ``text`` as Chinese."""
    return sum(count * weight(char) for char, count in Counter(text).items())


@cache
def weight(character: str) -> float:
    """Return the logarithm of the probability of one character.

    Each arm divides a class's share of running text by the number of its
    members.
    """
    if character in "\t\n\r" or " " <= character <= "~":
        return log(0.4 / 60)
    if character in _FREQUENT:
        return log(0.4 / len(_FREQUENT))
    if character in _PUNCTUATION:
        return log(0.12 / len(_PUNCTUATION))
    if character in common_han():
        return log(0.3 / len(common_han()))
    return _rare_weight(character)


@cache
def common_han() -> frozenset[str]:
    """Return the first levels of GB/T 2312 and Big5: what people write with."""
    simplified = _rows("gb2312", range(0xB0, 0xD8))
    traditional = _rows("big5", range(0xA4, 0xC7))
    return frozenset(char for char in simplified + traditional if "一" <= char <= "龥")


def _rows(encoding: str, leads: range) -> str:
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    codes = bytes(byte for lead in leads for trail in trails for byte in (lead, trail))
    pairs = (codes[i : i + 2] for i in range(0, len(codes), 2))
    return "".join(pair.decode(encoding, "ignore") for pair in pairs)


def _rare_weight(character: str) -> float:
    if character == REPLACEMENT:
        return log(1e-8)
    match unicodedata.category(character):
        case "Lo":
            return log(0.01 / 20_000)
        case "Lu" | "Ll" | "Mn" | "Mc" | "Lm" | "Nd" | "Zs" | "Cf":
            return log(0.01 / 1_000)
        case "Cc" | "Cn" | "Co" | "Cs":
            return log(1e-7)
        case _:
            return log(0.01 / 3_000)
