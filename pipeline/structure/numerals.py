"""Numbers as headings write them: 一百零七, 一百七, 一二零, 廿, ０１, XII."""

from __future__ import annotations

import re

_DIGITS = {
    **dict(zip("〇一二三四五六七八九", range(10), strict=True)),
    **dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    **dict(zip("○壹貳參肆伍陸柒捌玖", range(10), strict=True)),
    "Ｏ": 0,
    "弌": 1,
    "元": 1,
    "两": 2,
    "兩": 2,
    "叄": 3,
}
_TENS = {"廿": 20, "卄": 20, "卅": 30, "卌": 40}
_UNITS = {
    "十": 10,
    "拾": 10,
    "百": 100,
    "佰": 100,
    "千": 1000,
    "仟": 1000,
    "万": 10000,
    "萬": 10000,
}
_BLANKS = re.compile(r"\s+")
_ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LONGEST = 12

HAN = "".join(c for c in (*_DIGITS, *_TENS, *_UNITS) if c != "元")
"""All characters that a Chinese numeral is written with."""


def value(numeral: str) -> int | None:
    """Return what ``numeral`` is worth, or None where it is not a number.

    Takes Chinese numerals in either script, also the positional 一二零, digits
    of both widths, and capital Roman numerals. 一百七 is 107, as chapters count,
    not 170, as prices do. Blanks between the characters are of no account.
    """
    numeral = _BLANKS.sub("", numeral)
    if not 0 < len(numeral) <= _LONGEST:
        return None
    if numeral.isdecimal():
        return int(numeral)
    if numeral.isascii():
        return _roman(numeral)
    if len(numeral) > 1 and all(character in _DIGITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    return _spoken(numeral)


def _spoken(numeral: str) -> int | None:
    total, digit = 0, None
    for character in numeral:
        if unit := _UNITS.get(character):
            if unit == 10000:
                total = (total + (digit or 0) or 1) * unit
            else:
                total += (1 if digit is None else digit) * unit
            digit = None
        elif character in _TENS:
            total, digit = total + _TENS[character], None
        elif character in _DIGITS:
            digit = _DIGITS[character]
        else:
            return None
    return total + (digit or 0)


def _roman(numeral: str) -> int | None:
    if not _ROMAN.fullmatch(numeral):
        return None
    digits = [_ROMAN_DIGITS[character] for character in numeral]
    return sum(
        -digit if digit < after else digit
        for digit, after in zip(digits, [*digits[1:], 0], strict=True)
    )
