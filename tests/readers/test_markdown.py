"""Markdown read: case files, places in the source, and what never happens."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.model import (
    Code,
    CodeBlock,
    Creator,
    Figure,
    Heading,
    Image,
    Link,
    Manuscript,
    Math,
    MathBlock,
    Metadata,
    Note,
    Ruby,
    Table,
    Text,
    Verse,
    walk,
)
from pipeline.reader import HeadingHint, Hints, Input
from pipeline.readers.markdown import READER
from pipeline.source import Source
from tests.readers import trees
from tests.test_assets import PNG

CASES = "markdown"
FILES = {"盘.png": PNG, "坏.png": b"not a picture"}


def read(text, hints=None, report=None):
    data = text if isinstance(text, bytes) else text.encode()
    report = report or (lambda _: None)
    return READER.read(Input("case.md", data, FILES.get), hints or Hints(), report)


def blocks(text, hints=None):
    return [line for block in read(text, hints).blocks for line in trees.tree(block)]


def nodes(manuscript: Manuscript):
    return [node for block in manuscript.blocks for node in walk(block)]


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en")


def test_case(case):
    found = []
    manuscript = read(case.input, report=found.append)
    said = "".join(f"{diagnostic}\n" for diagnostic in found)
    case.check(trees.manuscript(manuscript) + said)


# What is known about the work ------------------------------------------------


def test_front_matter_becomes_metadata():
    text = """---
title: 刻本小史
subtitle: 一本书是怎样做出来的
author: [甲, {name: 乙}]
译者: 丙、丁
publisher: 松间书屋
date: 2024年3月5日
lang: zh-TW
rights: 作者保留一切权利
abstract: 简介
isbn: 978-7-00-000000-0
---
文。
"""
    assert read(text).meta == Metadata(
        "刻本小史",
        "一本书是怎样做出来的",
        (
            Creator("甲"),
            Creator("乙"),
            Creator("丙", "trl"),
            Creator("丁", "trl"),
        ),
        "松间书屋",
        "2024-03-05",
        "",
        "zh-Hant",
        "作者保留一切权利",
        "简介",
        "978-7-00-000000-0",
    )


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2024", "2024"),
        ("2024-3", "2024-03"),
        ("2024年3月", "2024-03"),
        ("2024/12/27", "2024-12-27"),
        ("2024-12-27 09:17:17", "2024-12-27T09:17:17"),
        ("2024-13-01", ""),
        ("去年冬天", ""),
    ],
)
def test_dates_become_iso_8601(written, read_as):
    assert read(f"---\ndate: {written}\n---\n").meta.date == read_as


def test_front_matter_holds_no_character_that_an_edition_can_not():
    meta = read('---\ntitle: "书\\x01"\nauthor: "\\x02甲"\n---\n正文。\n').meta
    assert (meta.title, meta.creators) == ("书\ufffd", (Creator("\ufffd甲"),))


def test_a_title_in_the_text_is_the_works_unless_the_front_matter_has_another():
    assert read("# 刻书\n\n文。\n").meta.title == "刻书"
    chapter = "---\ntitle: 刻书\n---\n# 选材\n\n文。\n"
    assert blocks(chapter)[0] == "4 Heading 1 chapter #选材: 选材"


def test_the_language_is_that_of_the_text():
    assert read("這本書").meta.language == "zh-Hant"


@pytest.mark.parametrize(
    ("written", "width"),
    [
        ("![盘](盘.png){width=50%}", "50%"),
        ('![盘](盘.png){#图 width="3cm" height=2cm}', "3cm"),
        ('<img src="盘.png" alt="盘" width="60">', "60px"),
        ("![盘](盘.png){.wide}", ""),
    ],
)
def test_a_picture_is_as_wide_as_the_text_says(written, width):
    (figure,) = read(written).blocks
    assert figure.image.width == width


def test_the_cover_is_a_picture_beside_the_source():
    manuscript = read("---\ncover: 盘.png\n---\n")
    assert [asset.name for asset in manuscript.assets] == [manuscript.meta.cover]


# What a person said ----------------------------------------------------------


def test_a_person_adds_and_removes_headings():
    hints = Hints(
        headings_add=(HeadingHint(3), HeadingHint(7, 3, "题")),
        headings_remove=frozenset({5}),
    )
    text = "## 一\n\n添上的\n\n## 去掉的\n\n改了名的\n"
    assert blocks(text, hints) == [
        "1 Heading 2 chapter #一: 一",
        "3 Heading 2 chapter #添上的: 添上的",
        "5 Paragraph: 去掉的",
        "7 Heading 3 section #题: 题",
    ]


def test_a_person_names_headings_by_a_pattern():
    hints = Hints(headings_pattern="其.")
    assert blocks("其一\n文。\n", hints) == [
        "1 Title: 其一",
        "2 Paragraph: 文。",
    ]


def test_a_person_leaves_lines_out_and_brings_lines_back():
    hints = Hints(drop=frozenset({1}), keep=frozenset({3}))
    manuscript = read("广告\n\n<!-- 留下 -->\n", hints)
    assert trees.manuscript(manuscript) == (
        "3 Paragraph: <!-- 留下 -->\ndrop 1 asked: '广告'\n"
    )


# Places in the source --------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_texts_know_their_place_whatever_ends_a_line(end):
    text = end.join(["# 题", "", "> - 甲", ">   *乙*\u2028丙", "", "| 丁 |", "|-|", ""])
    for node in nodes(read(text)):
        if isinstance(node, Text):
            assert text[node.span.start : node.span.end] == node.value
    lines = {n.value: n.span.first for n in nodes(read(text)) if isinstance(n, Text)}
    assert lines == {"题": 1, "甲": 3, "乙": 4, "\u2028丙": 4, "丁": 6}


MARKDOWN = st.lists(
    st.sampled_from(
        [
            *"甲乙丙丁。，“”　 \n*_~^`$|[]()!<>#-+:.\\1a",
            *("\n\n", "\n    ", "**", "~~", "$$", "```", "\n# ", "\n> ", "\n- "),
            *("\n1. ", "\n| 甲 | 乙 |\n|--|--|\n| ", "[^1]", "\n[^1]: ", "^[", "\n: "),
            *("[丙](#丁)", "![图](盘.png)", "![戊](no.png)", "<u>", "</u>", "<br>"),
            *("<ruby>", "<rt>", "</rt>", "</ruby>", "<div>", "</div>", "<!-- ", " -->"),
            *("\n::: note 己\n", "\n:::\n", "\n::: verse\n", "\n***\n", "{漢|hàn}"),
            *("\n> [!NOTE]\n", "&amp;", "<https://a.b/庚>", "\n[辛]: a '壬'\n", "\r\n"),
            *("<img src='盘.png' alt='癸'>", "<a id='x'></a>", "\nTable: ", "\n===\n"),
        ]
    ),
    max_size=40,
).map("".join)


@given(MARKDOWN)
def test_spans_lie_in_the_source_and_texts_stand_where_they_say(text):
    lines = max(1, len(Source("", text).lines))
    manuscript = read(text)
    for span in (n.span for n in (*nodes(manuscript), *manuscript.drops)):
        assert 1 <= span.first <= span.last <= lines
    for node in nodes(manuscript):
        if isinstance(node, Text) and node.span.start is not None:
            assert text[node.span.start : node.span.end] == node.value


@given(MARKDOWN)
def test_no_chinese_character_is_lost(text):
    manuscript = read(text)
    kept = Counter("".join(map(_characters, nodes(manuscript))))
    kept += Counter("".join(drop.text for drop in manuscript.drops))
    lost = Counter(filter(_is_han, text)) - kept
    assert not lost


def _is_han(character):
    return "\u4e00" <= character <= "\u9fff"


def _characters(node):  # noqa: PLR0911 - an arm for each node
    match node:
        case Text(value=value) | Code(value=value):
            return value
        case CodeBlock(value=value, language=language):
            return value + language
        case Math(tex=tex) | MathBlock(tex=tex):
            return tex
        case Ruby(base=base, reading=reading):
            return base + reading
        case Link(target=target):
            return target
        case Image(alt=alt):
            # An address has become the name of an asset.
            return alt + "盘"
        case _:
            return ""


@given(st.binary(max_size=400) | MARKDOWN.map(str.encode) | st.text().map(str.encode))
@settings(deadline=None)
@example(b"")
@example(b"\xff\xfe---\n[")
@example(b"---\na: &a [*a]\n---\n")
@example(("---\na: " + "[" * 3000 + "\n---\n").encode())
@example(("+++\na = " + "[" * 3000 + "\n+++\n").encode())
@example(b"+++\ntitle = 1\n+++\n")
@example(b"[" * 3000)
@example(b"![" * 3000)
@example(b"> " * 3000)
@example(b"- " * 3000)
@example(b"*a **b " * 1000)
@example(b"<b>" * 3000)
@example(b"<ruby><rt>" * 1000)
@example(b"::: note\n" * 1000)
@example(b"^[" * 1000 + b"]" * 1000)
@example(b"[^1]: [^1]\n\n[^1]")
@example(b"{#a}\n" * 100)
@example(b"[a](http://[)")
@example(b"![a](http:///x[y)")
def test_nothing_raises(data):
    read(data)


# The sample ------------------------------------------------------------------


def test_the_sample_is_read_without_a_complaint():
    folder = Path(__file__).parents[2] / "docs" / "examples" / "markdown"
    given = Input(
        "刻本小史.md",
        (folder / "刻本小史.md").read_bytes(),
        lambda name: (folder / name).read_bytes(),
    )
    manuscript = READER.read(given, Hints(), pytest.fail)
    headings = [block for block in manuscript.blocks if isinstance(block, Heading)]
    assert [trees.inlines(h.children) for h in headings if h.level == 1] == [
        "第一章　一块木头",
        "第二章　一刀一刀",
        "第三章　从版到书",
    ]
    kinds = {type(node) for node in nodes(manuscript)}
    assert {Table, Figure, CodeBlock, MathBlock, Math, Note, Verse, Ruby} <= kinds


def test_brackets_within_too_many_others_stay_as_written_in_their_places():
    source = f"甲{'[' * 60}乙[丙](https://example.org)丁\n"
    (paragraph,) = READER.read(Input("书.md", source.encode()), Hints(), print).blocks
    texts = [node for node in walk(paragraph) if isinstance(node, Text)]
    assert "".join(text.value for text in texts) == source.strip()
    for text in texts:
        assert source[text.span.start : text.span.end] == text.value
