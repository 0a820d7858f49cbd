"""Emphasis beside Chinese, by the examples that the amendments are made for."""

import pytest

from pipeline.markdown.flanking import flanks, is_cjk, is_punctuation


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("", "真", True, False),
        ("。", "她", True, True),
        ("”", "她", True, True),
        ("她", "“", True, True),
        ("a", "b", True, True),
        ("a", "(", False, True),
        (")", "a", True, False),
        (" ", "a", True, False),
        ("a", " ", False, True),
        ("\u3000", "真", True, False),
        ("！", "\U0001f600", True, True),
        ("葛\U000e0100"[-1], "(", True, True),
        ("한", "(", True, True),
    ],
)
def test_what_a_run_of_marks_may_do(before, after, left, right):
    assert flanks(before, after) == (left, right)


@pytest.mark.parametrize("character", ["汉", "。", "（", "あ", "한", "𠀀", "￥"])
def test_chinese_japanese_and_korean_are_told_from_the_rest(character):
    assert is_cjk(character)


@pytest.mark.parametrize("character", ["", "a", "“", "—", "·", "😀", "é"])
def test_the_rest_is_told_from_chinese(character):
    assert not is_cjk(character)


def test_symbols_are_punctuation_too():
    assert [is_punctuation(c) for c in ("*", "。", "$", "真", "")] == [
        True,
        True,
        True,
        False,
        False,
    ]
