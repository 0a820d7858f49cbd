"""Whole texts, read: the source and what it was taken for, line by line."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.diagnostics import Code
from pipeline.model import (
    Break,
    Heading,
    Kind,
    Metadata,
    Paragraph,
    Role,
    Rule,
    Text,
    Title,
    Verse,
    plain,
    walk,
)
from pipeline.reader import HeadingHint, Hints
from pipeline.source import Source
from pipeline.structure import BLANKS, discern

CASES = "structure"


def read(text, hints=Hints(), name="text.txt", report=lambda _: None):  # noqa: B008
    return discern(Source(name, text), hints, report)


def outline(manuscript):
    """Write blocks and drops one a line, each behind its source lines."""
    lines = [f"{lines_of(block)} {_written(block)}" for block in manuscript.blocks]
    lines += [
        f"{lines_of(drop)} dropped as {drop.reason}: {_short(drop.text)}"
        for drop in manuscript.drops
    ]
    return "\n".join([*lines, *_known(manuscript.meta)]) + "\n"


def lines_of(node):
    span = node.span
    return f"{span.first}" if span.first == span.last else f"{span.first}-{span.last}"


def _written(block):
    match block:
        case Title(children=children):
            return f"title: {plain(children)}"
        case Heading(children=children, stop=stop):
            title = "".join(
                " / " if isinstance(c, Break) else plain((c,)) for c in children
            )
            kind = block.kind.value + (" run-in" if block.run_in else "")
            return f"{'#' * block.level} {kind}: {title}" + (
                f" [{plain(stop)}]" if stop else ""
            )
        case Paragraph(children=children, role=role):
            name = "paragraph" if role is Role.BODY else role.value
            return f"{name}: {_short(plain(children))}"
        case Verse(lines=verses):
            return "verse: " + " / ".join(map(plain, verses))
        case Rule(marks=marks):
            return f"rule: {marks}"


def _inline(node):
    return " / " if isinstance(node, Break) else plain((node,))


def _short(text):
    text = text.replace("\n", "␤")
    return text if len(text) <= 44 else f"{text[:30]}…{text[-10:]}"


def _known(meta):
    creators = ", ".join(f"{c.name} ({c.role})" for c in meta.creators)
    known = {
        "meta title": meta.title,
        "creators": creators,
        "publisher": meta.publisher,
        "date": meta.date,
        "source": meta.source_url,
        "language": meta.language,
    }
    return [f"{name}: {value}" for name, value in known.items() if value]


def test_case(case):
    reported = []
    manuscript = read(case.input, report=reported.append)
    codes = [f"{d.span.first} reported {d.code.name}\n" for d in reported]
    case.check(outline(manuscript) + "".join(codes))


# Nothing is lost, nothing is invented ------------------------------------------

LINES = st.sampled_from(
    [
        "",
        "　　",
        "目录",
        "第一章 起",
        "第二章 承",
        "第三章",
        "　　第一章 起",
        "卷一",
        "一、总则",
        "（一）目标。做到最好。",
        "（二）目标。",
        "1．先",
        "2．后；",
        "第一条 为了规范，制定本法。",
        "第二条",
        "楔子",
        "番外 之后",
        "后记",
        "作者：某人",
        "《书名》作者：某人",
        "某某网",
        "2024-01-02 03:04:05",
        "＊　＊　＊",
        "------",
        "春眠不觉晓，处处闻啼鸟。",
        "诗曰：",
        "各位代表：",
        "　　他走了很久，天黑了，路也看不见了，只好在树下坐着等天亮，想着明天。",
        "他走了很久，天黑了，路也看不见了，只好在树下坐着等天亮，想着明天怎么办",
        "相关文章",
        "- 另一篇",
        "本章字数:1200",
        "【第四章 转】",
        "第一卷 风 第五章 合",
        "12",
        "a b",
        "end",
    ]
)
TEXTS = st.lists(LINES, max_size=40).map("\n".join) | st.text(max_size=200)


NUMBERS = st.integers(1, 40)
HINTS = st.builds(
    Hints,
    headings_add=st.lists(
        st.builds(HeadingHint, NUMBERS, st.none() | st.integers(1, 6)), max_size=3
    ).map(tuple),
    headings_remove=st.frozensets(NUMBERS, max_size=3),
    headings_pattern=st.none() | st.just("第.章.*"),
    keep=st.frozensets(NUMBERS, max_size=3),
    drop=st.frozensets(NUMBERS, max_size=3),
)


def _pieces(manuscript):
    for block in manuscript.blocks:
        for node in walk(block):
            if isinstance(node, Text):
                yield node.span.start, node.value
            elif isinstance(node, Rule):
                yield node.span.start, node.marks
    for drop in manuscript.drops:
        yield drop.span.start, drop.text


@given(TEXTS, HINTS)
@example("第一章 起\n第一章 起\n第二章 承\r\n第三章 合", Hints())
def test_every_character_is_in_a_block_or_a_drop(text, hints):
    manuscript = read(text, hints)
    pieces = sorted(_pieces(manuscript))
    assert all(text[start : start + len(value)] == value for start, value in pieces)
    joined = "".join(value for _, value in pieces)
    assert strip(joined) == strip(text)


def strip(text):
    return "".join(character for character in text if character not in BLANKS)


@given(TEXTS, HINTS)
def test_blocks_stand_in_the_order_of_the_source(text, hints):
    starts = [block.span.start for block in read(text, hints).blocks]
    assert starts == sorted(starts)


@given(TEXTS, HINTS)
def test_levels_begin_at_one_and_skip_none(text, hints):
    last = 0
    for block in read(text, hints).blocks:
        if isinstance(block, Heading):
            assert 1 <= block.level <= last + 1
            last = block.level


@given(TEXTS)
def test_spans_are_in_range(text):
    manuscript = read(text)
    last = text.count("\n") + text.count("\r") + 1
    for item in (*manuscript.blocks, *manuscript.drops):
        assert 1 <= item.span.first <= item.span.last <= last
        assert 0 <= item.span.start <= item.span.end <= len(text)


# What a person says wins -------------------------------------------------------

NOVEL = "\n".join(f"第{n}章 题{n}\n　　正文写在这里。" for n in "一二三四")


def titles(manuscript):
    return [plain(b.children) for b in manuscript.blocks if isinstance(b, Heading)]


def test_headings_can_be_removed():
    hints = Hints(headings_remove=frozenset({3}))
    assert titles(read(NOVEL, hints)) == ["第一章 题一", "第三章 题三", "第四章 题四"]


def test_headings_can_be_added_with_level_and_title():
    text = "开头\n他说：好。\n下文"
    hints = Hints(headings_add=(HeadingHint(2, 1, "他说"),))
    heading, paragraph = read(text, hints).blocks[1:3]
    assert (heading.level, plain(heading.children)) == (1, "他说")
    assert heading.run_in
    assert plain(paragraph.children) == "好。"


def test_a_heading_that_was_found_can_be_given_another_level():
    hints = Hints(headings_add=(HeadingHint(3, 2),))
    found = [b for b in read(NOVEL, hints).blocks if isinstance(b, Heading)]
    assert [b.level for b in found] == [1, 2, 1, 1]


def test_a_pattern_finds_headings_of_a_persons_own():
    text = "卅日 晴\n今天无事。\n卅一日 雨\n今天也无事。"
    hints = Hints(headings_pattern="[卅一]+日 .")
    assert titles(read(text, hints)) == ["卅日 晴", "卅一日 雨"]


def test_lines_can_be_kept_and_dropped():
    text = "第一章 起\n正文。\n本章字数:1200\n广告一则。"
    hints = Hints(keep=frozenset({3}), drop=frozenset({4}))
    manuscript = read(text, hints)
    assert "本章字数:1200" in [plain(b.children) for b in manuscript.blocks]
    assert [(d.reason, d.text) for d in manuscript.drops] == [("asked", "广告一则。")]


@pytest.mark.parametrize(
    ("hints", "code"),
    [
        (Hints(headings_remove=frozenset({9})), Code.EMPTY_HINT),
        (Hints(headings_add=(HeadingHint(1, None, "不在"),)), Code.ABSENT_TITLE),
    ],
)
def test_hints_that_miss_are_reported(hints, code):
    reported = []
    read("一行字", hints, report=reported.append)
    assert [diagnostic.code for diagnostic in reported] == [code]


# What the file name tells --------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "title", "author"),
    [
        ("《长路》作者：某甲.txt", "长路", "某甲"),
        ("《长路》.txt", "长路", ""),
        ("长路 作者：某甲.txt", "长路", "某甲"),
        ("长路.txt", "长路", ""),
    ],
)
def test_a_file_name_names_the_work(name, title, author):
    meta = read(
        "这里没有书名，只有一段很长的正文，讲了许多事情，一直讲到最后。", name=name
    ).meta
    assert meta.title == title
    assert [creator.name for creator in meta.creators] == ([author] if author else [])


def test_an_empty_text_has_no_blocks():
    assert read(" \n　\n").blocks == ()


def test_what_a_person_knows_of_an_empty_text_is_kept():
    assert read("", Hints(meta=Metadata(title="某书"))).meta.title == "某书"


# Long texts --------------------------------------------------------------------


def test_headings_at_the_top_are_chapters():
    kinds = {b.kind for b in read(NOVEL).blocks if isinstance(b, Heading)}
    assert kinds == {Kind.CHAPTER}


@pytest.mark.parametrize(
    "line", ["第一章 起", "一、起", "1", "目录", "楔子", "起 承 转 合"]
)
def test_time_does_not_grow_with_the_square_of_the_lines(line, benchmark_seconds):
    short = benchmark_seconds(lambda: read("\n".join([line] * 2_000)))
    long = benchmark_seconds(lambda: read("\n".join([line] * 16_000)))
    assert long < short * 8 * 4 + 0.2
