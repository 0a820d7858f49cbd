from __future__ import annotations

import pytest

from pipeline.typeset.breaking import Breaks
from pipeline.typeset.classes import classify
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
        "コ|ン|ピュー|ター|で|ちょっ|と",
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


def test_a_path_keeps_the_slash_that_it_begins_with():
    text = "径 /usr/lib"
    anywhere = [True] * (len(text) + 1)
    rules = Breaks(text, classify(text), lambda: anywhere)
    assert not rules.may_end(text.index("u"))
    assert rules.may_end(text.index("l"))


def test_nothing_ends_before_what_is_held():
    text = "汉字"
    rules = Breaks(text, classify(text), list, frozenset({1}))
    assert not rules.may_end(1)
    assert not rules.may_be_forced(1)


def test_a_word_is_divided_only_where_a_hyphen_may_stand():
    text = "汉typeset字"
    rules = Breaks(
        text,
        classify(text),
        lambda: [False] * 9,
        frozenset({6}),
        hyphens=lambda: {5: 3.0, 6: 3.0},
    )
    assert [at for at in range(1, 9) if rules.may_end(at)] == [1, 5, 8]
    assert rules.hyphen(5) == 3.0
    assert rules.hyphen(6) == rules.hyphen(1) == 0.0


def test_hyphens_are_looked_up_only_when_a_line_might_end_in_a_word():
    rules = Breaks("汉ab", classify("汉ab"), lambda: [False] * 4, hyphens=pytest.fail)
    assert rules.may_end(1)


@pytest.mark.parametrize(
    "expected",
    [
        "a_very_|long_|identifier_|name",
        "2001:|0db8:|85a3:|0000",
        "example.|org/|a/|path/to",
        "short_name",
        "a well-known 3.14159",
    ],
)
def test_only_long_names_and_addresses_are_divided_behind_their_marks(expected):
    text = expected.replace("|", "")
    rules = breaks(text)
    found = [at for at in range(1, len(text)) if rules.divides(at)]
    shown = "".join(f"|{c}" if at in found else c for at, c in enumerate(text))
    assert shown == expected
    assert all(rules.may_end(at) and not rules.hyphen(at) for at in found)
