"""Numbers as Word writes them: ST_NumberFormat (ECMA-376, part 1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_UNITS = ("", "十", "百", "千")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_FORMAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_FORMAL_TRADITIONAL = str.maketrans(
    "〇一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟"
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def written(number: int, form: str) -> str:
    """Return ``number`` in the format of that name; an unknown one is decimal."""
    return _FORMATS.get(form, str)(number)


def _counted(number: int) -> str:
    """Return 107 as 一百零七, and 12 as 十二."""
    if not 0 < number < 10_000:
        return _digital(number)
    pieces: list[str] = []
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            pieces.append(_DIGITS[int(digit)] + _UNITS[place])
        elif pieces and pieces[-1] != "零":
            pieces.append("零")
    text = "".join(reversed(pieces))
    return text.removeprefix("一") if 10 <= number < 20 else text


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number) if digit.isdigit())


def _formal(number: int) -> str:
    return _long(number).translate(_FORMAL)


def _formal_traditional(number: int) -> str:
    return _long(number).translate(_FORMAL_TRADITIONAL)


def _long(number: int) -> str:
    return f"一{_counted(number)}" if 10 <= number < 20 else _counted(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value and len(text) < 20:
            text += letters
            number -= value
    return text


def _letters(number: int) -> str:
    # After z comes aa, then bb: ST_NumberFormat, lowerLetter.
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    for first, last, base in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(base + number - first)
    return str(number)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)]


_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            *("chineseCounting", "chineseCountingThousand", "taiwaneseCounting"),
            *(
                "taiwaneseCountingThousand",
                "japaneseCounting",
                "ideographLegalCounting",
            ),
        ),
        _counted,
    ),
    **dict.fromkeys(("ideographDigital", "taiwaneseDigital"), _digital),
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal_traditional,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda number: f"({number})",
    "ideographEnclosedCircle": lambda number: (
        chr(0x3280 + number - 1) if 1 <= number <= 10 else str(number)
    ),
    "none": lambda _number: "",
}
