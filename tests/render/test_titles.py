"""Display titles: where their lines break."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model import Break, Emphasis, Inline, Note, Ruby, Text, plain
from pipeline.render.titles import lines
from pipeline.source import Span

SPAN = Span("title", 1, 1)


def text(value: str) -> Text:
    return Text(value, span=SPAN)


def broken(title: str, measure: int) -> str:
    found = lines((text(title),), measure)
    return " | ".join(plain(line.content) for line in found)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (9, "茶"),
        (9, "水浒传"),
        (9, "关于修桥的通知"),
        # Before 关于, and between words of two characters.
        (9, "村民委员会 | 关于整修东岸老路 | 和石桥的说明"),
        (12, "村民委员会关于整修 | 东岸老路和石桥的说明"),
        (12, "国务院办公厅关于加强 | 三级公立医院绩效 | 考核工作的意见"),
        (
            14,
            "国务院关于在市场监管领域 | 全面推行部门联合 | “双随机、一公开”监管的意见",
        ),
        (14, "中华人民共和国 | 个人所得税法实施条例"),
        # Never inside a known word, nor inside a phrase of two of them.
        (12, "县委书记关于加强 | 网上舆论引导工作的讲话"),
        (9, "县委书记 | 关于加强网上舆论 | 引导工作的讲话"),
        # Never inside a date.
        (14, "政府工作报告 | ——2019年3月5日在第十三届 | 全国人民代表大会第二次会议上"),
        # After a colon, and a dash with the line that it opens.
        (9, "林望舒： | 让茶叶走出大山 | ——大会上的讲话"),
        # Never inside a number.
        (9, "在种茶合作社成立 | 50周年大会上的讲话"),
        # A name in marks stays whole.
        (9, "关于印发 | 《山路养护办法》 | 的通知"),
    ],
)
def test_titles_break_by_sense(measure, expected):
    assert broken(expected.replace(" | ", ""), measure) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("第一章　进山", "第一章　进山"),
        (
            "第一回　风雪夜少年投古寺　石桥边老叟赠奇书",
            "第一回 | 风雪夜少年投古寺 | 石桥边老叟赠奇书",
        ),
        (
            "A Short History of Tea from the Hills",
            "A Short History of | Tea from the Hills",
        ),
    ],
)
def test_spaces_part_lines_where_one_line_is_not_enough(title, expected):
    assert broken(title, 14) == expected


def test_a_space_parts_what_a_narrow_screen_has_no_room_for():
    def parted(title: str) -> list[str]:
        return [plain(line.content) for line in lines((text(title),), 14, 6)]

    assert parted("第一章　表与码") == ["第一章", "表与码"]
    assert parted("序章　雨") == ["序章　雨"]
    assert parted("立公约山门不锁") == ["立公约山门不锁"]


def test_the_space_between_lines_is_kept_apart():
    found = lines((text("第一回　风雪夜少年投古寺 石桥边老叟赠奇书"),), 14)
    assert [line.gap for line in found] == ["\u3000", " ", ""]


def test_a_break_in_the_source_ends_a_line():
    title = (text("山居"), Break(span=SPAN), text("笔记"))
    assert [plain(line.content) for line in lines(title, 9)] == ["山居", "笔记"]


def test_what_is_not_plain_text_is_never_cut():
    emphasis = Emphasis((text("东岸老路和石桥"),), span=SPAN)
    ruby = Ruby("垭口", "yākǒu", span=SPAN)
    note = Note(((text("注"),),), span=SPAN)
    title = (text("村民委员会关于整修"), emphasis, ruby, note, text("的说明"))
    found = [inline for line in lines(title, 9) for inline in line.content]
    assert [i for i in found if not isinstance(i, Text)] == [emphasis, ruby, note]


inlines = st.one_of(
    st.text(max_size=30).map(text),
    st.just(Break(span=SPAN)),
    st.text(min_size=1, max_size=6).map(lambda t: Emphasis((text(t),), span=SPAN)),
    st.just(Note((), span=SPAN)),
)


def shown(title: tuple[Inline, ...]) -> str:
    return plain(title).replace("\n", "")


@example((Emphasis((text("茶 0 \x80"),), span=SPAN),), 1)
@example((Emphasis((text("0 "),), span=SPAN), Break(span=SPAN)), 1)
@given(st.lists(inlines, max_size=6).map(tuple), st.integers(1, 20))
def test_nothing_is_lost_and_nothing_is_added(title, measure):
    found = lines(title, measure)
    together = "".join(shown(line.content) + line.gap for line in found)
    assert together == shown(title)
    notes = [i for line in found for i in line.content if isinstance(i, Note)]
    assert notes == [inline for inline in title if isinstance(inline, Note)]


@given(st.text("山水茶书的关于，。", max_size=60))
def test_titles_of_chinese_keep_to_the_measure(title):
    longest = max(len(plain(line.content)) for line in lines((text(title),), 9))
    assert longest <= 9 or len(title) > 8 * 9 or any(c in "，。" for c in title)
