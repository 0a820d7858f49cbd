from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.structure import markers


def shown(text):
    return [
        (m.family.name, m.number, text[m.start : m.end], text[m.title :])
        for m in markers.read(text)
    ]


@pytest.mark.parametrize(
    ("text", "family", "number", "label", "title"),
    [
        ("第一章 风起", "章", 1, "第一章", "风起"),
        ("第一章风起", "章", 1, "第一章", "风起"),
        ("第　一　回　风起", "回", 1, "第　一　回", "风起"),
        ("第12-13章 风起", "章", 13, "第12-13章", "风起"),
        ("第三節 源流", "节", 3, "第三節", "源流"),
        ("第一部分 总论", "部分", 1, "第一部分", "总论"),
        ("第一分编\u2002\u2002通则", "分编", 1, "第一分编", "通则"),
        ("第二分编 担保", "分编", 2, "第二分编", "担保"),
        ("第一百二十条之一 罚则", "条", 120, "第一百二十条之一", "罚则"),
        ("卷一", "卷", 1, "卷一", ""),
        ("卷之二 风起", "卷", 2, "卷之二", "风起"),
        ("下卷 风起", "上卷", 3, "下卷", "风起"),
        ("Chapter 3 Rain", "Chapter", 3, "Chapter 3", "Rain"),
        ("CHAPTER IV", "Chapter", 4, "CHAPTER IV", ""),
        ("一、总则", "一、", 1, "一、", "总则"),
        ("（二）目标。", "（一）", 2, "（二）", "目标。"),
        ("(三)目标", "（一）", 3, "(三)", "目标"),
        ("3．先后", "1.", 3, "3．", "先后"),
        ("3、先后", "1.", 3, "3、", "先后"),
        ("（4）先后", "（1）", 4, "（4）", "先后"),
        ("5）先后", "1）", 5, "5）", "先后"),
        ("③先后", "①", 3, "③", "先后"),
        ("1.2 背景", "1.1", 2, "1.2", "背景"),
        ("1.2.3 背景", "1.1.1", 3, "1.2.3", "背景"),
        ("十二", "一", 12, "十二", ""),
        ("012", "1", 12, "012", ""),
        ("三 风起", "一 …", 3, "三", "风起"),
        ("3 风起", "1 …", 3, "3", "风起"),
        ("楔子", "front", None, "楔子", ""),
        ("譯者序", "front", None, "譯者序", ""),
        ("后记", "back", None, "后记", ""),
        ("番外二：旧信", "back", 2, "番外二", "旧信"),
        ("正文 第一回 风起", "回", 1, "第一回", "风起"),
        ("☆、第三章 归人", "章", 3, "第三章", "归人"),
        ("【第四章 晴】", "章", 4, "第四章", "晴】"),
        ("### 第五章 山", "章", 5, "第五章", "山"),
        ("《远山》第七章 城", "章", 7, "第七章", "城"),
        ("远山 第七章 城", "章", 7, "第七章", "城"),
        ("远山 卷二", "卷", 2, "卷二", ""),
        ("远山志卷二", "卷", 2, "卷二", ""),
        ("远山第七回 城", "回", 7, "第七回", "城"),
        ("卷之三下 城", "卷", 3, "卷之三下", "城"),
        ("卷之四 伍家村", "卷", 4, "卷之四", "伍家村"),
        ("第一囘 城", "回", 1, "第一囘", "城"),
        ("第二笑 城", "笑", 2, "第二笑", "城"),
        ("学而第一", "…第一", 1, "学而第一", ""),
    ],
)
def test_a_line_opens_with_a_marker(text, family, number, label, title):
    assert shown(text) == [(family, number, label, title)]


def test_two_levels_on_a_line_are_both_read():
    found = shown("第九卷 少年 第二章 雨")
    assert [name for name, *_ in found] == ["卷", "章"]


@pytest.mark.parametrize(
    "text",
    [
        "40多岁的人",
        "3.5亿元的投资",
        "1.2亿元的投资",
        "07:55的车",
        "三、四个人走了",
        "序列号",
        "前言不搭后语",
        "他在第一章里说",
        "十年以后",
        "第二天早上",
        "他手里拿着第三卷 看了看",
        "说到这里： 第三回 完",
        "下令如下：第一条 不准出城",
        "",
        "　",
    ],
)
def test_prose_has_none(text):
    assert shown(text) == []


@given(
    st.text(alphabet="第一二百章回卷条、（）1.① 　【】《》正文序楔子番外a", max_size=16)
)
def test_offsets_are_in_range(text):
    for marker in markers.read(text):
        assert 0 <= marker.start < marker.end <= marker.title <= len(text)
        assert marker.prefix[0] <= marker.prefix[1] <= marker.start
