from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.word.numerals import written


@pytest.mark.parametrize(
    ("form", "number", "text"),
    [
        ("decimal", 12, "12"),
        ("chineseCounting", 1, "一"),
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 19, "十九"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 107, "一百零七"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("taiwaneseCountingThousand", 2005, "二千零五"),
        ("japaneseCounting", 36, "三十六"),
        ("ideographDigital", 120, "一二〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographLegalTraditional", 26, "貳拾陸"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 11, "甲"),
        ("ideographZodiac", 12, "亥"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 9, "ix"),
        ("upperLetter", 2, "B"),
        ("lowerLetter", 28, "bb"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircle", 60, "60"),
        ("decimalEnclosedParen", 4, "(4)"),
        ("ideographEnclosedCircle", 2, "㊁"),
        ("none", 2, ""),
        ("whatever comes", 5, "5"),
    ],
)
def test_numbers_are_written_in_the_format_of_a_list(form, number, text):
    assert written(number, form) == text


FORMS = st.sampled_from(
    [
        *("chineseCounting", "ideographDigital", "chineseLegalSimplified"),
        *("ideographTraditional", "ideographZodiac", "upperRoman", "lowerLetter"),
        *("decimalEnclosedCircle", "ideographEnclosedCircle", "decimalZero"),
    ]
)


@given(st.integers(-5, 10**6), FORMS)
def test_no_number_raises(number, form):
    assert isinstance(written(number, form), str)
