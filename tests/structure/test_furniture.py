from __future__ import annotations

import pytest

from pipeline.source import Source
from pipeline.structure import furniture, rows

PROSE = "雨停了以后，院子里的石板还是湿的，猫从屋檐上跳下来，坐了很久。"


def reasons(*lines):
    source = Source("text.txt", "\n".join(lines))
    found, _ = furniture.find(rows.split(source), source.text)
    return [found.get(index) for index in range(len(lines))]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("更新时间:2007-11-16 7:55:51 本章字数:4804", "word-count"),
        ("本章字數：1306", "word-count"),
        ("------章节内容开始-------", "site-banner"),
        ("请记住本站网址 www.example.com", "site-banner"),
        ("（本章完）", "site-banner"),
        ("上一篇：在座谈会上的讲话", "navigation"),
        ("【打印】【关闭】", "navigation"),
        ("您现在的位置：首页 > 文秘 > 讲话", "navigation"),
        ("返回目錄", "navigation"),
    ],
)
def test_these_are_furniture_anywhere(line, reason):
    text = [PROSE] * 20
    assert reasons(*text, line, *text)[20] == reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("某人扫描，某人校对", "credit"),
        ("责任编辑：某某", "credit"),
        ("《某文》由网友整理上传。原文链接:http://a.example.com/1.html", "credit"),
        ("版权所有 某某网", "copyright"),
        ("未经许可不得转载", "copyright"),
    ],
)
def test_these_are_furniture_at_the_edge_only(line, reason):
    text = [PROSE] * 20
    assert reasons(*text, line)[20] == reason
    assert reasons(*text, line, *text)[20] is None


@pytest.mark.parametrize(
    "line",
    [
        "他把名单整理好，交给了校对的人。",
        "第一条 未经许可，擅自经营的，责令停止违法行为。",
        "第三条 24小时内未能离开的，应当报告。",
        "她收藏了很多旧书。",
        "“上一章你读完了吗？”",
        "作者在网上提供了一份名单，版权的事谁也没有提起。",
    ],
)
def test_sentences_stay(line):
    assert reasons(PROSE, line, PROSE) == [None, None, None]


def test_lists_of_other_articles_end_with_the_first_sentence():
    lines = [PROSE, "推荐文章", "- 某文一", "- 某文二", "- 某文三", PROSE]
    assert reasons(*lines) == [None, *["related-articles"] * 4, None]


def test_the_rest_of_a_page_stands_line_by_line():
    lines = ["首页", ">", "新闻", "下载", "【字号：", "大", "】", PROSE]
    assert reasons(*lines) == [*["navigation"] * 7, None]


def test_doubtful_rows_are_named():
    source = Source("text.txt", "\n".join([PROSE] * 20 + ["编辑：某某"] + [PROSE] * 20))
    _, doubtful = furniture.find(rows.split(source), source.text)
    assert [row.number for row in doubtful] == [21]


def test_the_address_is_found():
    assert (
        furniture.address(["x", "链接:http://a.b/c.html 转载"]) == "http://a.b/c.html"
    )
