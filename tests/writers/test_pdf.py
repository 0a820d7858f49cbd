"""The PDF: its order, its pages, its lines, and that it is always the same."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

from pipeline.diagnostics import Code
from pipeline.model import (
    Asset,
    Book,
    Cell,
    Creator,
    Figure,
    Flow,
    Image,
    Kind,
    MathBlock,
    Metadata,
    Note,
    Row,
    Section,
    Table,
)
from pipeline.passes import anchors, notes
from pipeline.writers.pdf import WRITER
from tests.paper import Line, job, lines, outline, pages, printed, size
from tests.specimen import SPAN, chapter, paragraph, section, specimen, text

ROOT = Path(__file__).parents[2]
POINTS_A_MILLIMETRE = 72 / 25.4
PITCH = 18.375
# The first page of the text: before it are the cover, the half title, the title
# and the contents, each on the right, and the copyright page behind the title.
TEXT = 8


@cache
def sample() -> bytes:
    return printed(specimen())


def book(*sections: Section, **meta: object) -> Book:
    """Return a book of ``sections``, named and numbered."""
    known = replace(Metadata(title="试卷", language="zh-Hans"), **meta)
    whole = Book(known, (text(known.title),), (), sections)
    return notes.number(anchors.name(whole))


def prose(count: int) -> Flow:
    """Return a paragraph of ``count`` characters."""
    return paragraph("山" * (count - 1) + "。")


def page_of(pdf: bytes, words: str) -> int:
    """Return the one page whose text has ``words``, counted from 0."""
    texts = ["".join(run.text for run in page.runs) for page in pages(pdf)]
    (found,) = (n for n, said in enumerate(texts) if words in said)
    return found


# What it says about itself ------------------------------------------------------


def test_it_says_what_the_book_is():
    made = replace(job(specimen()), modified=datetime(2024, 12, 27, 9, 17, tzinfo=UTC))
    pdf = WRITER.write(made, lambda _finding: None).data
    with pypdfium2.PdfDocument(pdf) as document:
        said = document.get_metadata_dict()
        assert raw.FPDFCatalog_IsTagged(document)
    assert said["Title"] == "山居笔记"
    assert said["Author"] == "林望舒, 周牧"
    assert said["Subject"] == "一个人在山里住了一年，记下了四季。"
    assert said["Creator"].startswith("Keben ")
    assert said["CreationDate"] == said["ModDate"] == "D:20241227091700Z"


def test_viewers_are_told_language_title_and_spreads():
    streams = re.findall(rb"stream\n(.*?)\nendstream", sample(), re.DOTALL)
    catalog = b"".join(map(_inflated, streams))
    assert b"/Lang (zh-CN)" in catalog
    assert b"/DisplayDocTitle true" in catalog
    assert b"/PageLayout /TwoPageRight" in catalog


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def test_it_counts_its_pages():
    assert WRITER.write(job(specimen()), print).pages == len(pages(sample()))


def test_the_outline_has_every_heading_nested_as_in_the_book():
    found = [(mark.level, mark.title) for mark in outline(sample())]
    assert found[:3] == [(0, "目录"), (0, "卷一　春"), (1, "一　进山")]
    assert (2, "第一条") in found
    assert found[-1] == (0, "后记")


# The order of its parts ---------------------------------------------------------


def test_pages_are_called_as_they_are_numbered():
    found = [page.label for page in pages(sample())]
    assert found[:TEXT] == ["封面", "封面", "i", "ii", "iii", "iv", "v", "vi"]
    assert found[TEXT:] == [str(number) for number in range(1, len(found) - TEXT + 1)]


def test_the_contents_show_the_number_by_which_their_page_is_called():
    (page,) = [p for p in pages(sample()) if "目录" in "".join(r.text for r in p.runs)]
    assert (page.furniture.strip("·"), page.label) == ("v", "v")


@pytest.mark.parametrize(
    "words", ["2024年12月27日", "目录卷一春", "这本书写给", "卷首语", "第一编规矩"]
)
def test_title_contents_body_and_parts_open_on_a_right_hand_page(words):
    texts = ["".join(run.text for run in page.runs) for page in pages(sample())]
    bare = ["".join(said.split()) for said in texts]
    found = [number for number, said in enumerate(bare) if words in said]
    # Pages count from 0 here. The part is in the contents too; the day in the colophon.
    assert any(number % 2 == 0 for number in found)
    assert found[0] % 2 == 0


def test_chapters_open_on_the_next_page_of_either_hand():
    chapters = [chapter(f"第{n}章", prose(40)) for n in "一二三四"]
    pdf = printed(book(*chapters))
    found = [page_of(pdf, f"第{n}章{'山' * 30}") for n in "一二三四"]
    assert found == list(range(found[0], found[0] + 4))
    assert found[0] % 2 == 0


def test_a_book_without_headings_has_no_contents():
    untitled = section("", 1, prose(40), kind=Kind.FRONT)
    assert "目录" not in {mark.title for mark in outline(printed(book(untitled)))}


def test_blank_pages_are_blank():
    for page in pages(sample()):
        if not page.runs:
            assert page.furniture == ""


@pytest.mark.parametrize("length", range(1, 61, 7))
def test_the_cover_is_one_page_with_the_whole_title(length):
    title = "山中四季见闻与茶事之记"[: length % 11 or 1] * (length // 11 + 1)
    bare = book(chapter("一", prose(40)), title=title)
    rich = book(
        chapter("一", prose(40)),
        title=title,
        subtitle="附种茶手册",
        creators=(Creator("林望舒"), Creator("周牧")),
        publisher="松间书屋",
    )
    for pdf in map(printed, (bare, rich)):
        first, second, *_rest = pages(pdf)
        assert "".join(run.text for run in first.runs).startswith(title)
        assert not second.runs
        assert all(0 < line.left < line.right < 400 for line in lines(pdf, 0))
        assert all(line.baseline < size(pdf)[1] for line in lines(pdf, 0))


# Running heads and folios -------------------------------------------------------


def spreads() -> bytes:
    """Return a book of a chapter with sections, over some pages."""
    parts = [section(f"{n}、节名", 2, *[prose(300)] * 6) for n in "一二三"]
    run_in = section("（一）段首的标题", 2, prose(900), run_in=True)
    whole = chapter("长章", *[prose(300)] * 4, sections=(*parts, run_in))
    return printed(book(whole, title="书名"))


def test_heads_name_the_book_on_the_left_and_the_section_on_the_right():
    body = pages(spreads())[TEXT:]
    assert [page.label for page in body][:2] == ["1", "2"]
    for page in body[1:]:
        number = int(page.label)
        head = page.furniture.removesuffix(page.label)
        if number % 2:
            assert head in {
                "长章",
                "一、节名",
                "二、节名",
                "三、节名",
                "（一）段首的标题",
            }
        else:
            assert head == "书名"


def test_an_opening_has_a_folio_and_no_head():
    assert pages(spreads())[TEXT].furniture == "1"


def test_a_long_head_is_cut_and_never_runs_into_the_margin():
    long = "一个很长很长的章名" * 6
    pdf = printed(book(chapter(long, *[prose(300)] * 8), title=long))
    for number in (TEXT + 1, TEXT + 2):
        head, hidden = (line for line in lines(pdf, number) if line.size < 8.5)
        assert long.startswith(head.text)
        assert 50 < head.left < head.right < 370
        assert hidden.baseline - head.baseline == pytest.approx(8, abs=0.1)


def test_folios_stand_outside():
    pdf = spreads()
    for number in (TEXT + 1, TEXT + 2):
        folio = lines(pdf, number)[-1]
        text_lines = [line for line in lines(pdf, number) if line.size > 10]
        if number % 2:  # a left-hand page, because pages count from 0 here
            assert folio.left == pytest.approx(min(x.left for x in text_lines), abs=0.1)
        else:
            outer = min(x.left for x in text_lines) + 27 * 10.5
            assert folio.right == pytest.approx(outer, abs=0.5)


# Lines --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "paper", "characters", "count", "em"),
    [
        ("a5", (148, 210), 27, 26, 10.5),
        ("32k", (140, 203), 25, 25, 10.5),
        ("16k", (170, 240), 32, 30, 10.5),
        ("a4", (210, 297), 36, 33, 12),
    ],
)
def test_each_size_holds_the_lines_that_it_promises(name, paper, characters, count, em):
    pdf = printed(book(chapter("一", prose(5000))), size=name)
    assert size(pdf) == pytest.approx(
        tuple(length * POINTS_A_MILLIMETRE for length in paper), abs=0.1
    )
    full = [line for line in lines(pdf, TEXT + 2) if line.size > em - 0.2]
    assert len(full) == count
    assert {len(line.text) for line in full} == {characters}
    steps = [b.baseline - a.baseline for a, b in pairwise(full)]
    assert steps == pytest.approx([em * 1.75] * (count - 1), abs=0.01)


def test_the_end_of_lines_and_the_width_of_marks_can_be_chosen():
    whole = chapter("一", paragraph("山。“" * 13 + "，" + "山，" * 200))

    def body(**settings: str) -> list[Line]:
        return [s for s in lines(printed(book(whole), **settings), TEXT) if s.size > 10]

    hung, full = (body(**{"line-end": end}) for end in ("hang", "full"))
    assert max(line.right for line in hung) > max(line.right for line in full) + 5
    narrow, wide = (body(marks=marks) for marks in ("banjiao", "quanjiao"))
    assert len(narrow) < len(wide)


def test_margins_are_mirrored():
    pdf = printed(book(chapter("一", prose(3000))))
    left, right = lines(pdf, TEXT + 1)[3], lines(pdf, TEXT + 2)[3]
    width = size(pdf)[0]
    assert left.left == pytest.approx(width - right.right, abs=0.2)


def test_every_line_of_text_stands_on_one_grid():
    inlines, blocks = specimen().sections[1].sections
    shown = tuple(x for x in blocks.flow if not isinstance(x, MathBlock))
    whole = chapter("一", *inlines.flow, *shown, prose(90), sections=inlines.sections)
    pdf = printed(replace(book(whole), assets=specimen().assets))
    offsets = {
        (line.baseline / PITCH) % 1
        for number, page in enumerate(pages(pdf))
        if page.label.isdecimal()
        for line in lines(pdf, number)
        if line.size == pytest.approx(10.5)
    }
    assert max(offsets) - min(offsets) < 0.01


@pytest.mark.parametrize(
    ("width", "height", "count"), [(400, 300, 11), (100, 37, 2), (1600, 2400, 22)]
)
def test_a_picture_takes_whole_lines(width, height, count):
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"/>'
    )
    asset = Asset("drawn.svg", "image/svg+xml", drawing.encode())
    figure = Figure(Image("drawn.svg", "图", span=SPAN), span=SPAN)
    whole = chapter("一", figure, paragraph("下文。"))
    pdf = printed(replace(book(whole), assets=(asset,)), size="a4")
    number = page_of(pdf, "下文。")
    (below,) = (line for line in lines(pdf, number) if line.text == "下文。")
    opening = 8 + 1 if number == TEXT else 0
    first_baseline = 29.41 * POINTS_A_MILLIMETRE + 10.5 + 12 * 0.38
    lines_above = (below.baseline - first_baseline) / 21
    assert lines_above == pytest.approx(opening + count + 1, abs=0.02)


def test_no_page_ends_with_a_heading_or_begins_with_the_end_of_a_paragraph():
    sections = [
        section(f"第{n}节", 2, prose(27 * (n % 5 + 2) + 9), prose(80))
        for n in range(1, 60)
    ]
    pdf = printed(book(chapter("一", sections=tuple(sections))))
    body = [n for n, page in enumerate(pages(pdf)) if page.label.isdecimal()]
    for number in body:
        *_above, before, last = (x for x in lines(pdf, number) if x.size > 10)
        assert not last.text.startswith("第")
        assert not before.text.startswith("第") or last.text.endswith("。")
    for number in body[1:]:
        first, second = (x for x in lines(pdf, number)[:2])
        assert not first.text.endswith("。") or second.text.startswith("第")


def test_only_the_faces_of_the_design_are_used_and_none_is_made_bold():
    names = {font.name.partition("+")[2] for p in pages(sample()) for font in p.fonts}
    faces = ("Song", "Hei", "Latin", "Latin-Sans", "Mono")
    assert names == {f"Keben-{face}" for face in faces}


# Notes, tables, pictures --------------------------------------------------------


def test_a_note_stands_on_the_page_that_calls_it():
    def noted(n: int) -> Flow:
        note = Note(((text(f"注文{n}。" + "很长的注。" * (n % 13)),),), span=SPAN)
        return paragraph((text("正文" * 30), note, text("完" * (n % 40) + "。")))

    pdf = printed(book(chapter("一", *map(noted, range(40)))))
    for page in pages(pdf)[TEXT:]:
        calls = [run.text for run in page.runs if "Reference" in run.types]
        numbers = [run.text.strip() for run in page.runs if "Lbl" in run.types]
        assert calls == numbers


def test_notes_are_numbered_anew_in_each_chapter():
    def noted(title: str) -> Section:
        note = Note(((text("注"),),), span=SPAN)
        return chapter(title, paragraph((text("正文"), note)))

    pdf = printed(book(noted("一"), noted("二")))
    calls = [
        r.text for p in pages(pdf)[TEXT:] for r in p.runs if "Reference" in r.types
    ]
    assert calls == ["①", "①"]


def test_the_head_of_a_table_is_repeated():
    def row(*cells: str, header: bool = False) -> Row:
        return Row(
            tuple(Cell((paragraph(c),), header=header, span=SPAN) for c in cells),
            span=SPAN,
        )

    rows = tuple(row(f"第{n}天", "晴") for n in range(60))
    table = Table((text("天气"),), (row("日子", "天气", header=True),), rows, span=SPAN)
    pdf = printed(book(chapter("一", table)))
    first, *others = (p for p in pages(pdf)[TEXT:])
    assert "日子天气" in "".join(r.text for r in first.runs if "THead" in r.types)
    # The table has its head once; what is repeated stands on the page alone.
    assert ["日子天气" in page.furniture for page in others] == [True, True]
    assert not any("THead" in run.types for page in others for run in page.runs)


def test_a_picture_that_cannot_be_read_is_told():
    figure = Figure(Image("broken.png", "坏图", span=SPAN), span=SPAN)
    broken = replace(
        book(chapter("一", figure)), assets=(Asset("broken.png", "image/png", b"no"),)
    )
    found = []
    WRITER.write(job(broken), found.append)
    assert [d.code for d in found] == [Code.UNREADABLE_PICTURE]
    assert found[0].values["name"] == "broken.png"


def test_a_picture_from_the_network_is_never_fetched(monkeypatch):
    def no_network(*_arguments: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", no_network)
    figure = Figure(Image("https://example.org/x.png", "远", span=SPAN), span=SPAN)
    found = []
    WRITER.write(job(book(chapter("一", figure))), found.append)
    assert [d.code for d in found] == [Code.UNREADABLE_PICTURE]


# Characters ---------------------------------------------------------------------


def test_dots_are_copied_as_dots_beside_heads_that_are_too_long():
    long = "一个很长很长的章名" * 6
    whole = chapter(long, *[prose(300)] * 9, paragraph("他说……走了。"))
    pdf = printed(book(whole, title=long))
    assert page_of(pdf, "他说……走了。")


def test_without_a_glyph_for_each_character_nothing_is_set():
    found = []
    product = WRITER.write(job(book(chapter("一", paragraph("𠮷")))), found.append)
    assert [d.code for d in found] == [Code.MISSING_GLYPH]
    assert product.data == b""


def test_a_lost_character_is_shown_as_a_gap():
    found = []
    lost = book(chapter("一", paragraph("金\ue123书\ufffd。")))
    pdf = printed(lost, found.append)
    assert [d.code for d in found] == [Code.LOST_CHARACTER] * 2
    assert page_of(pdf, "金□书□。")


def test_readings_stand_above_without_moving_lines():
    found = {x.text: x.baseline for x in lines(sample(), page_of(sample(), "山口"))}
    line = next(text for text in found if text.endswith("有垭，"))
    assert found[line] - found["yā"] == pytest.approx(0.55 * PITCH, abs=1)
    assert found[line] - found["各位山友："] == pytest.approx(2 * PITCH, abs=0.1)


# The same bytes -----------------------------------------------------------------

BUILD = """
import os, sys, hashlib
os.umask(int(sys.argv[1], 8))
from tests.paper import printed
from tests.specimen import specimen
print(hashlib.sha256(printed(specimen())).hexdigest())
"""


def test_the_bytes_are_the_same_everywhere(tmp_path):
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4711",
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(tmp_path),
        "TZ": "Pacific/Kiritimati",
    }
    elsewhere = subprocess.run(
        [sys.executable, "-c", BUILD, "077"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout.split() == [hashlib.sha256(sample()).hexdigest()]
    assert elsewhere.stderr == ""
