"""Marked-up blocks read like text: nothing that they hold is lost on the way."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.diagnostics import Code, Diagnostic
from pipeline.markup import lines
from pipeline.model import (
    Break,
    Emphasis,
    Figure,
    Heading,
    Image,
    Kind,
    Link,
    Note,
    Paragraph,
    Quote,
    Ruby,
    Strong,
    Text,
    Title,
    walk,
)
from pipeline.reader import HeadingHint, Hints
from pipeline.source import Span
from tests.readers import trees

LONG = "他在灯下坐了很久，听见雨声一阵紧过一阵，终于站起来关上了窗子。"


def at(line):
    return Span("书.html", line, line)


def text(value, line=1):
    return Text(value, span=at(line))


def paragraph(line, *children):
    inlines = tuple(text(c, line) if isinstance(c, str) else c for c in children)
    return Paragraph(inlines, span=at(line))


def read(*blocks, hints=None, report=lambda _: None):
    return lines.read(blocks, "书.html", hints or Hints(), report)


def shown(*blocks, hints=None):
    return trees.manuscript(read(*blocks, hints=hints)).rstrip("\n").split("\n")


def note(value):
    return Note(((text(value),),), span=at(1))


def test_headings_are_cut_out_with_what_they_hold():
    assert shown(
        paragraph(3, "一、", Emphasis((text("雨"),), span=at(3)), note("题注"), "声"),
        paragraph(4, LONG, note("文注")),
        paragraph(7, "二、窗"),
        paragraph(9, Link("https://example.org/", (text(LONG),), span=at(9))),
    ) == [
        "3 Heading 1 section #: 一、Emphasis(雨)Note(题注)声",
        f"4 Paragraph: {LONG}Note(文注)",
        "7 Heading 1 section #: 二、窗",
        f"9 Paragraph: Link(https://example.org/ {LONG})",
    ]


def test_a_run_in_heading_parts_a_paragraph_with_its_notes():
    assert shown(
        paragraph(1, "一、总论"),
        paragraph(2, LONG),
        paragraph(3, "（一）听雨", note("甲"), "。", note("乙"), LONG),
        paragraph(4, "（二）关窗。", LONG),
        paragraph(5, "二、余论"),
        paragraph(6, LONG),
    )[2:4] == [
        "3 Heading 2 section #: （一）听雨Note(甲)",
        f"3 Paragraph: Note(乙){LONG}",
    ]


def test_pictures_and_quotations_stay_between_the_lines():
    figure = Figure(Image("a.png", "图", span=at(2)), span=at(2))
    quote = Quote((paragraph(3, "引文。"),), span=at(3))
    found = read(paragraph(1, "一、雨"), figure, quote, paragraph(4, LONG))
    assert figure in found.blocks
    assert quote in found.blocks


def test_the_lines_of_a_paragraph_stay_together():
    lined = paragraph(2, "山高月小，", Break(span=at(2)), "又是一句没有那么整齐的话。")
    title = Title((text("书名"),), span=at(1))
    assert (
        shown(title, lined)[1] == "2 Paragraph: 山高月小，⏎又是一句没有那么整齐的话。"
    )


def test_bold_lines_are_headings_where_nothing_else_is():
    def bold(line, value):
        return paragraph(line, Strong((text(value, line),), span=at(line)))

    title = Title((text("书名"),), span=at(1))
    found = shown(
        title,
        bold(2, "茶馆"),
        paragraph(3, LONG),
        bold(4, "铁匠铺"),
        paragraph(5, LONG),
    )
    assert found[1] == "2 Heading 1 section #: 茶馆"
    assert found[3] == "4 Heading 1 section #: 铁匠铺"
    assert not any(
        "Heading" in line for line in shown(title, bold(2, "茶馆"), paragraph(3, LONG))
    )


def test_what_a_person_says_of_lines_is_said_of_the_documents_lines():
    hints = Hints(
        headings_add=(HeadingHint(30, 1),), drop=frozenset({50}), keep=frozenset({60})
    )
    found = shown(
        Title((text("书名", 10),), span=at(10)),
        paragraph(30, "茶馆"),
        paragraph(40, LONG),
        paragraph(50, "广告。"),
        paragraph(60, "责任编辑：周平"),
        hints=hints,
    )
    assert found == [
        "10 Title: 书名",
        "30 Heading 1 chapter #: 茶馆",
        f"40 Paragraph: {LONG}",
        "60 Paragraph: 责任编辑：周平",
        "drop 50 asked: '广告。'",
    ]


def test_reports_name_the_documents_lines():
    found: list[Diagnostic] = []
    chapters = (
        block
        for line, number in ((20, "一"), (40, "二"), (60, "四"))
        for block in (paragraph(line, f"第{number}章 雨"), paragraph(line + 1, LONG))
    )
    read(*chapters, report=found.append)
    assert [(d.code, d.span.first) for d in found if d.span] == [
        (Code.MISSING_NUMBERS, 60)
    ]


def test_a_document_with_headings_keeps_its_own_and_loses_furniture():
    found = read(
        Heading(1, Kind.SECTION, (text("雨"),), span=at(1)),
        paragraph(2, "一、不是标题。"),
        paragraph(3, LONG),
        paragraph(4, "责任编辑：周平"),
    )
    assert len(found.blocks) == 3
    assert [drop.reason for drop in found.drops] == ["credit"]


PIECES = st.one_of(
    st.builds(text, st.text("第一章二、（）。雨声 　abc", min_size=1, max_size=8)),
    st.builds(Break, span=st.builds(at, st.just(1))),
    st.builds(Image, st.just("a.png"), st.just("图"), span=st.builds(at, st.just(1))),
    st.builds(note, st.just("注")),
    st.builds(Ruby, st.just("漢"), st.just("hàn"), span=st.builds(at, st.just(1))),
    st.builds(
        lambda value: Emphasis((text(value),), span=at(1)), st.text("字。", min_size=1)
    ),
)


@settings(max_examples=200)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=5), max_size=8))
def test_nothing_is_lost(paragraphs):
    blocks = [Paragraph(tuple(p), span=at(n)) for n, p in enumerate(paragraphs, 1)]
    found = read(*blocks)
    assert characters(found.blocks, found.drops) == characters(blocks, ())


def characters(blocks, drops):
    nodes = [node for block in blocks for node in walk(block)]
    said = [n.value for n in nodes if isinstance(n, Text)]
    said += [n.base for n in nodes if isinstance(n, Ruby)]
    said += [n.alt for n in nodes if isinstance(n, Image)]
    said += [drop.text for drop in drops]
    return sorted("".join("".join(said).split()))
