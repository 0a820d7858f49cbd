"""headings.level of book.toml: lines, patterns and markers, in this order."""

import pytest

from pipeline import structure
from pipeline.model import Heading, plain
from pipeline.passes.levels import overrule
from pipeline.reader import Hints
from pipeline.source import Source, Span

TEXT = """第一卷 海

第一章 出

　　船出了港。

一、风

　　风大。

二、浪

　　浪高。

第二章 归

　　船回了港。

番外 灯

　　灯亮着。
"""
PLACE = Span("book.toml", 1, 1)


def levels(said, reports):
    manuscript = structure.discern(Source("夜航.txt", TEXT), Hints(), reports.append)
    blocks = overrule(manuscript, said, PLACE, reports.append).blocks
    found = [block for block in blocks if isinstance(block, Heading)]
    return {plain(heading.children): heading.level for heading in found}


AS_READ = {
    "第一卷 海": 1,
    "第一章 出": 2,
    "一、风": 3,
    "二、浪": 3,
    "第二章 归": 2,
    "番外 灯": 2,
}


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ({}, {}),
        ({"第一章": 1}, {"第一章 出": 1, "第二章 归": 1}),
        ({"第 12 章": 1}, {"第一章 出": 1, "第二章 归": 1}),
        ({"一、": 5}, {"一、风": 5, "二、浪": 5}),
        ({"番外.*": 1}, {"番外 灯": 1}),
        ({"15": 1}, {"第二章 归": 1}),
        ({"第一章": 3, "第二章 归": 4}, {"第一章 出": 3, "第二章 归": 4}),
        ({"第一章": 3, ".*归": 4, "15": 1}, {"第一章 出": 3, "第二章 归": 1}),
    ],
)
def test_a_line_a_pattern_or_a_marker_says_the_level(said, changed):
    reports = []
    assert levels(said, reports) == {**AS_READ, **changed}


def test_a_key_that_names_no_heading_is_reported():
    reports = []
    assert levels({"第一回": 1, "7": 1, "尾声": 2}, reports) == {**AS_READ, "一、风": 1}
    assert [str(report.values["key"]) for report in reports] == ["第一回", "尾声"]
    assert {report.span for report in reports} == {PLACE}
