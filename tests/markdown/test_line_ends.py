"""What a line end stands for between two pieces of text."""

import pytest

from pipeline.markdown.line_ends import between


@pytest.mark.parametrize(
    ("before", "after", "space"),
    [
        ("汉", "字", ""),
        ("word", "word", " "),
        ("word,", "word", " "),
        ("汉", "word", ""),
        ("word", "汉", ""),
        ("word", "，", ""),
        ("他说：", "“好", ""),
        ("好”", "“好", ""),
        ("good”", "“good", " "),
        ("……", "——", " "),
        ("", "", " "),
    ],
)
def test_a_space_between_words_and_nothing_beside_chinese(before, after, space):
    assert between(before, after) == space
