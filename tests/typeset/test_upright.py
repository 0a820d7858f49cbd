"""What stands upright in lines that run down."""

from __future__ import annotations

import pytest

from pipeline.typeset.upright import Digits, stretches


def marked(text: str, digits: Digits = Digits.UPRIGHT) -> str:
    """Return a text with what stands in it: [abreast] or <one to a square>."""
    done, said = 0, ""
    for first, last, pose in stretches(text, digits):
        left, right = "[]" if pose.value == "combined" else "<>"
        said += f"{text[done:first]}{left}{text[first:last]}{right}"
        done = last
    return said + text[done:]


@pytest.mark.parametrize(
    "expected",
    [
        "第[12]回",
        "<1984>年[5]月[1]日",
        "全书<120>回，印<1000>部",
        "（[1]）和 [2] 号",
        "[A]君与[B]君",
        "<1999>",
        "电话是12345678",
        "定价12.5元，1,024字",
        "占80%，长35km，在3-5页，第3/4题",
        "用Windows 11写成，3 km",
        "AI与4K",
        "[3]×[4]＝[12]",
        "年份：<1984>。<2024>！",
    ],
)
def test_numbers_stand_in_han_and_lie_in_western_text(expected):
    bare = expected.translate(dict.fromkeys(map(ord, "[]<>")))
    assert marked(bare) == expected


def test_long_numbers_lie_where_one_wants_them_to():
    assert marked("1984年第12回", Digits.LYING) == "1984年第[12]回"
