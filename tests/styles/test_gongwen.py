"""GB/T 9704-2012, measured in the finished PDF. Lengths are millimetres."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import groupby, pairwise
from typing import NamedTuple

import pypdfium2
import pytest

from pipeline.build import Order, build
from pipeline.checks.pdf import judge
from pipeline.checks.typography import check_pages
from pipeline.diagnostics import Severity
from pipeline.model import Book, Metadata, Official
from pipeline.passes import anchors, notes
from pipeline.pdfium import opened
from pipeline.render.official import dated, rank
from tests.paper import pages, printed
from tests.specimen import chapter, official, paragraph, speech, text

MM = 25.4 / 72
HEIGHT = 297
CHARACTER = 156 / 28
LINE = CHARACTER * 15 / 8
# 5.2.1: where the type area is.
TOP, BOTTOM, BINDING = 37, 37 + 225, 28


class Character(NamedTuple):
    text: str
    x: float
    y: float


def document(*lines: str, said: Official | None = None) -> Book:
    whole = chapter("关于修路的通知", *map(paragraph, lines))
    meta = Metadata(title="关于修路的通知", language="zh-Hans", official=said)
    book = Book(meta, (text("关于修路的通知"),), (), (whole,))
    return notes.number(anchors.name(book))


def rows(pdf: bytes, number: int) -> list[tuple[Character, ...]]:
    """Return the lines of a page from the top."""
    with opened(pdf) as opened_pdf:
        page = list(opened_pdf.pages())[number]
    visible = [
        Character(text, x, piece.baseline)
        for piece in page.pieces
        for text, x in zip(piece.text, piece.places, strict=True)
        if text.strip()
    ]
    visible.sort(key=lambda c: (-c.y, c.x))
    return [tuple(row) for _, row in groupby(visible, key=lambda c: round(c.y))]


def ink(pdf: bytes, number: int, below: float = 0) -> tuple[float, ...]:
    """Return left, top, right and bottom of the ink on a page, ``below`` a place."""
    scale = 300 / 72
    page = pypdfium2.PdfDocument(io.BytesIO(pdf))[number]
    picture = page.render(scale=scale, grayscale=True).to_pil()
    top = round(below / MM * scale)
    picture = picture.crop((0, top, picture.width, picture.height))
    box = picture.point(lambda dot: 255 if dot < 128 else 0).getbbox()
    left, first, right, last = (edge / scale * MM for edge in box)
    return left, first + below, right, last + below


@pytest.fixture(scope="module")
def full() -> bytes:
    return printed(document("山" * 3000 + "。"), theme="gongwen")


def test_a_page_has_22_lines_of_28_characters(full):
    *body, folio = rows(full, 1)
    assert len(body) == 22
    assert {len(row) for row in body} == {28}
    assert "".join(c.text for c in folio) == "—2—"


def test_lines_and_characters_stand_on_the_grid(full):
    *body, _folio = rows(full, 1)
    steps = [(above[0].y - below[0].y) * MM for above, below in pairwise(body)]
    assert steps == pytest.approx([LINE] * 21, abs=0.01)
    pitches = [(b.x - a.x) * MM for row in body for a, b in pairwise(row)]
    assert pitches == pytest.approx([CHARACTER] * len(pitches), abs=0.01)


@pytest.mark.parametrize(("number", "left"), [(1, 210 - 156 - 28), (2, 28)])
def test_the_type_area_is_where_the_standard_has_it(full, number, left):
    *body, _folio = rows(full, number)
    assert body[0][0].x * MM == pytest.approx(left, abs=0.1)
    # The square of a character: .88 of it above the baseline, .12 below.
    head = HEIGHT - body[0][0].y * MM - 0.88 * CHARACTER
    foot = HEIGHT - body[-1][0].y * MM + 0.12 * CHARACTER
    assert head == pytest.approx(TOP, abs=0.1)
    assert foot == pytest.approx(BOTTOM, abs=0.1)


def test_the_ink_fills_the_type_area(full):
    body = document("口" * 3000 + "。")
    left, top, right, _ = ink(printed(body, theme="gongwen"), 2)
    assert BINDING < left < BINDING + 1
    assert BINDING + 155 < right < BINDING + 156.1
    assert TOP < top < TOP + 1


def test_a_dash_that_ends_a_line_is_one_glyph_whose_end_is_not_judged():
    line = "茶园里之旁。清早，看见两个人挑水走来，果然是村里张二，——"
    after = "《黄狗传》里写过的那一只，摇着尾巴。"
    # In folios a dash is half as wide, which is what the checker knows of it.
    flow = ("山" * 2500, "山" * 26 + line + after, "山" * 200)
    pdf = printed(document(*flow), theme="gongwen")
    last = rows(pdf, len(pages(pdf)) - 1)
    assert line in ["".join(c.text for c in row) for row in last]
    found = []
    check_pages(pages(pdf), found.append)
    assert found == []


def test_the_folio_is_7_mm_below_and_a_character_from_the_outer_edge(full):
    for number in (1, 2):
        *_body, folio = rows(full, number)
        dash = folio[0]
        # The dash of 14 pt is drawn 0.38 of its square above the baseline.
        assert HEIGHT - dash.y * MM - 0.38 * 14 * MM == pytest.approx(
            BOTTOM + 7, abs=0.2
        )
    left, *_ = ink(full, 1, below=264)
    *_, right, _ = ink(full, 2, below=264)
    assert left == pytest.approx(26 + 14 * MM, abs=0.3)
    assert right == pytest.approx(28 + 156 - 14 * MM, abs=0.3)


def test_nothing_is_there_that_nobody_said():
    pdf = printed(document("请知悉。"), theme="gongwen")
    said = "".join(run.text for page in pages(pdf) for run in page.runs)
    assert said == "关于修路的通知请知悉。"


def test_all_that_was_said_is_there_in_its_order():
    pdf = printed(official(), theme="gongwen")
    runs = (run.text for page in pages(pdf) for run in page.runs)
    said = "".join(runs).replace(" ", "")
    wanted = (
        "000001",
        "机密★1年",
        "特急",
        "山口县茶业局文件",
        "山茶发〔2024〕12号",
        "签发人：林望舒周牧",
        "在全体村民",
        "各乡镇人民政府：",
        "乡亲们：",
        "附件：1.修路筹款名册",
        "2.出工安排表",
        "山口县茶业局",
        "2024年12月27日",
        "（此件公开发布）",
        "抄送：县人民政府办公室。",
        "山口县茶业局办公室",
        "2024年12月28日印发",
    )
    place = 0
    for words in wanted:
        place = said.index(words, place) + len(words)


def test_a_cover_and_contents_come_when_asked_for():
    bare = pages(printed(speech(), theme="gongwen"))
    asked = pages(printed(speech(), theme="gongwen", cover="yes", contents="yes"))
    assert bare[0].label == "1"
    assert len(asked) > len(bare)
    assert asked[0].label == "封面"
    assert "目录" in "".join(run.text for page in asked[:4] for run in page.runs)


@pytest.mark.parametrize(
    ("title", "expected"),
    [("一、总则", 1), ("（二）目标", 2), ("3.措施", 3), ("（4）其他", 4), ("小结", 2)],
)
def test_levels_are_told_by_their_numbers(title, expected):
    assert rank(title, 2) == expected


@pytest.mark.parametrize(
    ("date", "printed_date"),
    [
        ("2024-12-27T09:17:17", "2024年12月27日"),
        ("2024-02", "2024年2月"),
        ("2024", "2024年"),
        ("民国三年", "民国三年"),
        ("", ""),
    ],
)
def test_dates_are_printed_as_people_write_them(date, printed_date):
    assert dated(date) == printed_date


def test_the_title_of_a_document_of_chapters_stands_above_them():
    book = document("甲。")
    second = replace(book.sections[0], id="c9", title=(text("二、要求"),))
    both = replace(
        book, sections=(replace(book.sections[0], title=(text("一、总则"),)), second)
    )
    pdf = printed(both, theme="gongwen")
    said = "".join(run.text for run in pages(pdf)[0].runs)
    assert said == "关于修路的通知一、总则甲。二、要求甲。"


SETTINGS = """
[gongwen]
letterhead = "山口县茶业局文件"
number = "山茶发〔2024〕12号"
recipients = "各乡镇人民政府"
signature = "山口县茶业局"
date = 2024-12-27
"""
ONE_CHAPTER = "# 关于修路的通知\n\n## 一、总则\n\n请知悉。\n"
CHAPTERS = """\
---
title: 修路办法
subtitle: （试行）
---

# 总则

甲。

# 筹款

乙。
"""
UNTITLED = "---\ntitle: 关于修路的通知\n---\n\n请知悉。\n"


@pytest.mark.parametrize("settings", ["", SETTINGS], ids=["bare", "official"])
@pytest.mark.parametrize("source", [ONE_CHAPTER, CHAPTERS, UNTITLED])
def test_both_editions_of_a_document_say_the_same(source, settings, tmp_path):
    (tmp_path / "通知.md").write_text(source, "utf-8")
    (tmp_path / "通知.toml").write_text(settings, "utf-8")
    order = Order(theme="gongwen")
    made = build(tmp_path / "通知.md", tmp_path, order, lambda _stage: None)
    assert [d for d in made.diagnostics if d.code.severity is Severity.ERROR] == []
    found = []
    judge(tmp_path / "通知.pdf", found.append)
    assert found == []
