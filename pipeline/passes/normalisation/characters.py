"""Characters that stand for other characters, and characters that may not stand.

Each function here says what should change in one line of text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.passes.normalisation.editing import Change

RADICAL = "kangxi-radical"
COMPATIBILITY = "compatibility-ideograph"
PRIVATE_USE = "private-use"
INVISIBLE = "invisible-character"
ILLEGAL = "illegal-character"

# https://www.w3.org/TR/xml/#charsets
_ILLEGAL = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
# Byte order marks and spaces without width, left over from files glued together.
_INVISIBLE = re.compile("[\\ufeff\\u200b\\u2060]")
_STAND_IN = re.compile("[\\u2e80-\\u2fd5\\uf900-\\ufad9\\U0002f800-\\U0002fa1d]")
_PRIVATE = re.compile("[\\ue000-\\uf8ff]")

# The twelve ideographs that Unicode put among the compatibility ones by mistake.
_TRUE_IDEOGRAPHS = frozenset("﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩")

# CJK radicals without a decomposition, and the characters that they look like.
_RADICALS = str.maketrans(
    "⺁⺄⺅⺇⺈⺉⺊⺌⺍⺎⺏⺐⺒⺓⺔⺖⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺦⺨⺩⺪⺬⺭⺮⺰⺱⺴⺶⺷⺹⺺⺼⺽⺾⻀⻁⻂⻃⻄⻅⻇⻈⻉⻊⻋⻍⻎⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻮⻯⻰⻳",
    "厂乛亻几刀刂卜小小兀尣尢巳幺彑忄心扌攵旡月歺母民氵水灬爫丬犭王疋示礻竹纟罒罓羊羊耂肀月臼艹艹虎衤覀西见角讠贝足车辶辶钅长長长门阝雨青韦页风飞食饣飠马骨鬼鱼鸟卤麦黄黾齐齐齿龙龙龟",
)

# GB 18030-2022, table of code points changed from the private use area: what
# GBK and GB 18030-2000 could not yet name.
_GB18030_2022 = {
    **{0xE78D + n: c for n, c in enumerate("︐︒︑︓︔︕︖︗︘︙")},
    0xE7C7: "ḿ",
    0xE816: "\U00020087",
    0xE817: "\U00020089",
    0xE818: "\U000200cc",
    0xE81E: "龴",
    0xE826: "龵",
    0xE82B: "龶",
    0xE82C: "龷",
    0xE831: "\U000215d7",
    0xE832: "龸",
    0xE83B: "\U0002298f",
    0xE843: "龹",
    0xE854: "龺",
    0xE855: "\U000241fe",
    0xE864: "龻",
}


def illegal(line: str) -> Iterator[Change]:
    """Put U+FFFD in place of every character that is illegal in XML."""
    for match in _ILLEGAL.finditer(line):
        yield Change(*match.span(), "\ufffd", ILLEGAL)


def invisible(line: str) -> Iterator[Change]:
    """Take out byte order marks and spaces without width."""
    for match in _INVISIBLE.finditer(line):
        yield Change(*match.span(), "", INVISIBLE)


def stand_ins(line: str) -> Iterator[Change]:
    """Put the ordinary character for a radical or a compatibility ideograph."""
    for match in _STAND_IN.finditer(line):
        character = match[0]
        ordinary = unicodedata.normalize("NFKC", character).translate(_RADICALS)
        if ordinary != character and character not in _TRUE_IDEOGRAPHS:
            rule = RADICAL if character < "\u3000" else COMPATIBILITY
            yield Change(*match.span(), ordinary, rule)


def private_use(line: str) -> Iterator[Change]:
    """Put the character that GB 18030 now has for a private code point."""
    for match in _PRIVATE.finditer(line):
        if assigned := _assigned(ord(match[0])):
            yield Change(*match.span(), assigned, PRIVATE_USE)


def unassigned(line: str) -> list[str]:
    """Return the private-use characters that nothing is known about."""
    return [c for c in _PRIVATE.findall(line) if not _assigned(ord(c))]


def _assigned(code: int) -> str:
    if known := _GB18030_2022.get(code):
        return known
    found = _by_gbk_bytes(code)
    return found if found and not _PRIVATE.fullmatch(found) else ""


def _by_gbk_bytes(code: int) -> str:
    """Return what the codec has at the bytes that GBK gave to ``code``.

    GBK kept FE50-FEA0 and A989-A995 at U+E815-E864 and U+E7E7-E7F3 until
    Unicode had names for them.
    """
    if 0xE815 <= code <= 0xE864:
        trail = 0x50 + code - 0xE815
        trail += trail >= 0x7F
        return bytes((0xFE, trail)).decode("gb18030")
    if 0xE7E7 <= code <= 0xE7F3:
        return bytes((0xA9, 0x89 + code - 0xE7E7)).decode("gb18030")
    return ""
