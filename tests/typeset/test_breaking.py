from __future__ import annotations

import pytest

from tests.typeset.setting import breaks


def broken_at(text: str) -> str:
    """Show with a bar where a line may end."""
    rules = breaks(text)
    return "".join(
        f"|{character}" if at and rules.may_end(at) else character
        for at, character in enumerate(text)
    )


@pytest.mark.parametrize(
    "expected",
    [
        "汉|字",
        "汉，|字",
        "汉|“字”|汉",
        "他|说：|“汉”。|字",
        "汉……|字",  # neither split nor at the start of a line
        "汉——|字",
        "张·|三",
        "三～|五",
        "人々|们",
        "约|３０％|的",
        "共|￥5|整",
        "a |b",
        "汉|word|字",
    ],
)
def test_lines_end_only_where_clreq_lets_them(expected):
    assert broken_at(expected.replace("|", "")) == expected


@pytest.mark.parametrize("text", ["2024年", "5月", "30个", "12.5%", "25℃", "8万"])
def test_numbers_stay_with_their_units(text):
    assert "|" not in broken_at(text)


def test_nothing_ends_before_what_is_held():
    from pipeline.typeset.breaking import Breaks
    from pipeline.typeset.classes import classify

    text = "汉字"
    rules = Breaks(text, classify(text), list, frozenset({1}))
    assert not rules.may_end(1)
    assert not rules.may_be_forced(1)
