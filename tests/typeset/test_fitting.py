from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.typeset.setting import broken

CLOSERS = "，。、；：？！”）》…—·"
OPENERS = "“（《"


def test_full_lines_are_left_as_they_are():
    assert broken("一二三四五六七八九十", 5) == ["一二三四五", "六七八九十"]


def test_a_mark_is_pushed_in_before_anything_is_pushed_out():
    assert broken("一二，三四五六，七八九十", 7.5) == ["一二，三四五六，", "七八九十"]


def test_no_character_is_left_alone():
    assert [len(line) for line in broken("一" * 21, 10)][-1] == 2


def test_a_long_word_is_not_cut():
    assert broken("汉 abcdefghijkl 字", 3) == ["汉", "abcdefghijkl", "字"]


def test_a_number_goes_to_the_next_line_with_its_unit():
    assert broken("一二三四五2024年六七八九十", 8)[0] == "一二三四五"


def test_a_hyphen_comes_before_a_loose_line_and_not_before_a_good_one():
    text = "一二三四typesetting五六"
    hyphens = {8: 50.0}  # type-setting
    assert broken(text, 7, hyphens=hyphens) == ["一二三四type", "setting五六"]
    assert broken("一二三四五六七" + text, 7, hyphens={15: 50.0})[0] == "一二三四五六七"


TEXTS = st.text("一二三四五六七八九十，。“”（）——abc 12年", min_size=1, max_size=120)


@given(TEXTS, st.integers(6, 30))
def test_nothing_is_lost_but_spaces(text, squares):
    assert "".join(broken(text, squares)).replace(" ", "") == text.replace(" ", "")


@given(
    st.lists(
        st.sampled_from(["一", "二三", "四，五", "六。七", "“八”九", "十：“百”千"]),
        min_size=3,
        max_size=60,
    ),
    st.integers(8, 30),
)
def test_no_line_starts_or_ends_with_a_prohibited_mark(parts, squares):
    lines = broken("".join(parts), squares)
    assert not [line for line in lines if line[0] in CLOSERS]
    assert not [line for line in lines if line[-1] in OPENERS]
