"""Web pages read: case files, encodings, metadata, and what never happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.diagnostics import Code
from pipeline.model import CodeBlock, Creator, Image, Link, Text, plain, walk
from pipeline.reader import HeadingHint, Hints, Input
from pipeline.readers.html import READER
from tests.readers import trees
from tests.test_assets import PNG

CASES = "html"
PAGES = Path(__file__).parents[1] / "cases" / CASES
DOT = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00"
    b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
FILES = {
    "盘.png": PNG,
    "page_files/roof.png": PNG,
    "坏.png": b"no picture",
    "点.gif": DOT,
}


def read(text, hints=None, report=None):
    data = text if isinstance(text, bytes) else text.encode()
    report = report or (lambda _: None)
    return READER.read(Input("page.html", data, FILES.get), hints or Hints(), report)


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en")


def test_case(case):
    found = []
    manuscript = read(case.input, report=found.append)
    said = "".join(f"{diagnostic}\n" for diagnostic in found)
    case.check(trees.manuscript(manuscript) + said)


# Bytes to text ---------------------------------------------------------------

PAGE = """<html><head><meta charset="{declared}"><title>山中小记</title></head>
<body><h1>山中小记</h1><p>天还没有亮，我们就出发了，走了很久才看见村子里的灯。</p></body></html>"""


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-8", "utf-8"), ("gb2312", "utf-8"), ("utf-8", "gb18030"), ("big5", "utf-16")],
)
def test_the_declared_encoding_is_only_a_hint(declared, encoding):
    found = []
    page = read(PAGE.format(declared=declared).encode(encoding), report=found.append)
    assert found == []
    assert shown(page).startswith("山中小记天还没有亮")


@pytest.mark.parametrize(
    "page",
    [
        '<frameset><frame src="a.html"><frame src="b.html"></frameset>',
        '<body><iframe src="a.html"></iframe><iframe src="b.html"></iframe></body>',
    ],
)
def test_a_page_of_frames_names_the_pages_in_them(page):
    found = []
    assert read(f"<html>{page}</html>", report=found.append).blocks == ()
    assert [d.code for d in found] == [Code.ONLY_FRAMES]
    assert found[0].values == {"names": "a.html, b.html"}


def test_an_empty_file_is_reported():
    found = []
    assert read(b"", report=found.append).blocks == ()
    assert [diagnostic.code for diagnostic in found] == [Code.EMPTY_SOURCE]


def test_a_pdf_with_the_name_of_a_page_is_told_from_one():
    found = []
    read(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", report=found.append)
    assert found[0].code is Code.FOREIGN_FORMAT


# What is known about the work ------------------------------------------------


def test_the_head_of_a_page_becomes_metadata():
    page = """<html lang="zh-TW"><head>
    <title>山城夜話 - 青山網</title>
    <meta property="og:title" content="山城夜話">
    <meta property="article:published_time" content="2021-03-05T09:17:00+08:00">
    <meta name="author" content="林一舟、周平">
    <meta name="description" content="兩個人的夜談。">
    <meta property="og:site_name" content="青山網">
    <link rel="canonical" href="https://example.org/a.html">
    </head><body><h1>山城夜話</h1><p>燈還亮著。</p></body></html>"""
    meta = read(page).meta
    assert meta.title == "山城夜話"
    assert meta.creators == (Creator("林一舟"), Creator("周平"))
    assert meta.publisher == "青山網"
    assert meta.date == "2021-03-05T09:17:00"
    assert meta.description == "兩個人的夜談。"
    assert meta.source_url == "https://example.org/a.html"
    assert meta.language == "zh-Hant"


def test_linked_data_tells_what_the_head_does_not():
    page = """<html><head><script type="application/ld+json">
    {"@type": "Article", "headline": "夜话", "datePublished": "2020-1-2",
     "author": [{"name": "林一舟"}], "publisher": {"name": "青山网"}}
    </script></head><body><p>灯还亮着。</p></body></html>"""
    meta = read(page).meta
    assert (meta.title, meta.date, meta.publisher) == ("夜话", "2020-01-02", "青山网")
    assert meta.creators == (Creator("林一舟"),)


@pytest.mark.parametrize("said", ["", "{", "[1, 2]", '{"headline": {"name": 3}}'])
def test_broken_linked_data_is_passed_over(said):
    page = f'<script type="application/ld+json">{said}</script><p>灯还亮着。</p>'
    assert shown(read(page)) == "灯还亮着。"


def test_the_lines_below_the_headline_become_metadata():
    meta = read(page_of("saved_page.html")).meta
    assert meta.date == "2021-03-05T09:17:00"
    assert meta.publisher == "青山日报"
    assert meta.creators == (Creator("林一舟"),)
    assert meta.language == "zh-Hans"


@pytest.mark.parametrize(
    ("said", "width"),
    [('width="200"', "200px"), ('width="9" style="width: 50%"', "50%"), ("", "")],
)
def test_a_picture_is_as_wide_as_the_page_says(said, width):
    page = read(f'<body><h1>图</h1><p><img src="盘.png" alt="盘" {said}></p></body>')
    (image,) = (n for block in page.blocks for n in walk(block) if isinstance(n, Image))
    assert image.width == width


@pytest.mark.parametrize("owner", ["青山网", "editor@example.org", "10432", "admin"])
def test_a_site_is_not_the_author_of_its_pages(owner):
    page = (
        f'<head><meta name="author" content="{owner}">'
        '<meta name="copyright" content="青山网版权所有"></head><p>灯还亮着。</p>'
    )
    assert read(page).meta.creators == ()


# What a person said ----------------------------------------------------------

BOOK = "<h1>书</h1>\n<h2>甲章</h2>\n<p>正文。</p>\n<p>乙章</p>\n<p>正文又一段。</p>"


def test_a_person_adds_and_removes_headings():
    hints = Hints(
        headings_add=(HeadingHint(4, title="第二"),), headings_remove=frozenset({2})
    )
    assert outline(read(BOOK, hints)) == ["Title: 书", "Heading: 第二"]


def test_a_person_names_headings_by_a_pattern():
    found = read(BOOK, Hints(headings_pattern=".章"))
    assert outline(found) == ["Title: 书", "Heading: 甲章", "Heading: 乙章"]


def test_a_person_leaves_lines_out():
    page = read(BOOK, Hints(drop=frozenset({5})))
    assert "又一段" not in shown(page)
    assert [(drop.reason, drop.text) for drop in page.drops] == [
        ("asked", "正文又一段。")
    ]


# What never happens ----------------------------------------------------------

TAGS = st.sampled_from(
    [
        *("p", "div", "span", "b", "h1", "h3", "ul", "ol", "li", "table", "tr", "td"),
        *("th", "ruby", "rt", "rb", "a href=#x", "a id=x", "sup", "pre", "code", "br"),
        *("blockquote", "dl", "dt", "dd", "img src=x", "section", "aside", "form"),
        *("figure", "figcaption", "math", "svg", "q", "em", "hr", "caption", "tbody"),
        *("html", "body", "title", "details", "summary", "font", "center", "iframe"),
    ]
)
WORDS = st.text("一二三四五字词句，。：（）“”abc 　\n[]1①&;<>=\"'", max_size=12)
PIECES = st.one_of(
    TAGS.map(lambda tag: f"<{tag}>"),
    TAGS.map(lambda tag: f"</{tag.split(' ', maxsplit=1)[0]}>"),
    WORDS,
)


@given(st.binary(max_size=400))
def test_no_bytes_raise(data):
    read(data)


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_markup_raises_and_spans_stay_inside(page):
    lines = page.count("\n") + 1
    manuscript = read(page)
    spans = [n.span for block in manuscript.blocks for n in walk(block)]
    spans += [drop.span for drop in manuscript.drops]
    assert all(1 <= span.first <= span.last <= lines for span in spans)


SAFE_TAGS = st.sampled_from(
    [
        *("p", "div", "span", "b", "h2", "ul", "li", "ol", "table", "tr", "td", "th"),
        *("blockquote", "dl", "dt", "dd", "em", "section", "q", "center", "font"),
        *("aside", "caption", "figure", "figcaption", "sup", "details", "summary"),
        *("pre", "u", "main", "article", "header", "footer", "tbody", "tfoot"),
    ]
)


@settings(max_examples=200)
@given(st.lists(st.one_of(SAFE_TAGS, SAFE_TAGS.map("/{}".format)), max_size=40))
def test_no_text_is_lost(tags):
    pieces = [f"<{tag}>字{number}。" for number, tag in enumerate(tags)]
    manuscript = read("<h1>书名</h1>" + "".join(pieces))
    recorded = shown(manuscript) + "".join(drop.text for drop in manuscript.drops)
    for number in range(len(tags)):
        assert f"字{number}。" in recorded


def test_markup_nested_without_end_is_read():
    page = (
        "<p>开头。</p>" + "<div>" * 1500 + "深处。" + "</div>" * 1500 + "<p>末尾。</p>"
    )
    assert shown(read(page)) == "开头。深处。末尾。"


def test_markup_nested_beyond_the_parser_is_refused():
    found = []
    read("<p>开头。</p>" + "<div>" * 5000 + "深处。", report=found.append)
    assert [diagnostic.code for diagnostic in found] == [Code.DEEP_MARKUP]


def test_no_address_but_of_the_web_passes():
    for path in PAGES.iterdir():
        page = read(page_of(path.name))
        for block in page.blocks:
            for node in walk(block):
                if isinstance(node, Link):
                    assert re.match("#|https?://|mailto:", node.target)
                if isinstance(node, Image):
                    assert node.asset in {asset.name for asset in page.assets}


def page_of(name):
    return (PAGES / name).read_text("utf-8").partition("\n.\n")[0]


def shown(manuscript):
    nodes = [n for block in manuscript.blocks for n in walk(block)]
    return "".join(n.value for n in nodes if isinstance(n, Text | CodeBlock))


def outline(manuscript):
    return [
        f"{type(block).__name__}: {plain(block.children)}"
        for block in manuscript.blocks
        if type(block).__name__ in {"Title", "Heading"}
    ]
