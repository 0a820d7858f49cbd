"""The two helpers over the tree, and how trees compare."""

from dataclasses import replace

import pytest

from pipeline.model import (
    Break,
    Code,
    Emphasis,
    Kind,
    Note,
    Paragraph,
    Quote,
    Ruby,
    Section,
    Text,
    plain,
    rewrite,
    walk,
)
from pipeline.source import Span

HERE = Span("a.txt", 1, 1)


def text(value, span=HERE):
    return Text(value, span=span)


def test_trees_compare_by_content_not_by_place():
    assert text("甲") == text("甲", Span("b.txt", 9, 9))


def test_walk_goes_in_reading_order():
    section = Section(
        "c1",
        1,
        Kind.SECTION,
        (text("题"),),
        (text("。"),),
        (Paragraph((text("文"), Emphasis((text("重"),), span=HERE)), span=HERE),),
        (Section("c2", 2, Kind.SECTION, (text("小题"),), span=HERE),),
        span=HERE,
    )
    values = [node.value for node in walk(section) if isinstance(node, Text)]
    assert values == ["题", "。", "文", "重", "小题"]


def test_rewrite_changes_what_it_is_asked_to_and_shares_the_rest():
    kept = Paragraph((text("不动"),), span=HERE)
    quote = Quote((kept, Paragraph((text("改"),), span=HERE)), span=HERE)

    def change(node):
        if isinstance(node, Text) and node.value == "改":
            return replace(node, value="已改")
        return node

    changed = rewrite(quote, change)
    assert changed.blocks[0] is kept
    assert changed.blocks[1].children[0].value == "已改"


def test_rewrite_refuses_to_turn_a_node_into_another():
    with pytest.raises(TypeError):
        rewrite(text("甲"), lambda node: Break(span=node.span))


def test_plain_shows_what_the_eye_reads_in_the_line():
    inlines = (
        text("读"),
        Ruby("漢字", "hànzì", span=HERE),
        Note(((text("注"),),), span=HERE),
        Code("x=1", span=HERE),
        Break(span=HERE),
        Emphasis((text("完"),), span=HERE),
    )
    assert plain(inlines) == "读漢字x=1\n完"
