from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.structure import numerals


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零七", 107),
        ("一百〇八", 108),
        ("一百七", 107),
        ("一百一十七", 117),
        ("一百一", 101),
        ("一二零", 120),
        ("一一九", 119),
        ("廿", 20),
        ("廿三", 23),
        ("卅五", 35),
        ("卌", 40),
        ("一千二百三十四", 1234),
        ("一万零三", 10003),
        ("兩百", 200),
        ("壹拾貳", 12),
        ("０１", 1),
        ("001", 1),
        ("120", 120),
        ("XIV", 14),
        ("MCMXCIX", 1999),
        ("一　百", 100),
    ],
)
def test_numerals_have_values(numeral, value):
    assert numerals.value(numeral) == value


@pytest.mark.parametrize("text", ["", "第", "章", "IIX", "abc", "一章", "1" * 13])
def test_other_text_has_none(text):
    assert numerals.value(text) is None


@given(st.integers(1, 9999))
def test_every_spoken_number_is_read(number):
    assert numerals.value(spoken(number)) == number


def spoken(number):
    text = ""
    for unit, power in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // power % 10
        if digit:
            text += "一二三四五六七八九"[digit - 1] + unit
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")


@given(st.text(max_size=8))
def test_no_text_fails(text):
    numerals.value(text)
