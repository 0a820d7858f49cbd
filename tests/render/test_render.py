"""Rendering: one set of templates, and one list of entries for all contents."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from pipeline.model import Book, Figure, Image, Kind
from pipeline.passes import anchors
from pipeline.render import Edition, Entry, language_tag, render
from pipeline.source import Span
from pipeline.writers.epub import WRITER as EPUB
from tests.specimen import IDENTIFIER, META, chapter, paragraph, section, specimen, text

NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
HERE = Span("文.md", 1, 1)
PAPER = Edition(paged=True, split=False)


def rendered(*sections, edition=EPUB.edition):
    book = anchors.name(Book(META, (text("茶"),), (), sections))
    return render(book, edition, IDENTIFIER)


def nested(depth: int, rank: int = 1):
    below = (nested(depth, rank + 1),) if rank < depth else ()
    kind = Kind.CHAPTER if rank == 1 else Kind.SECTION
    return section(f"第{rank}层", rank, paragraph("文"), kind=kind, sections=below)


def outline(entries: tuple[Entry, ...]):
    return [(entry.title, outline(entry.children)) for entry in entries]


def test_the_contents_follow_the_sections():
    contents = rendered(nested(2), chapter("第二章", paragraph("文"))).contents
    assert outline(contents) == [("第1层", [("第2层", [])]), ("第二章", [])]
    assert contents[0].children[0].href == "chapter-001.xhtml#c1-1"
    assert contents[1].href == "chapter-002.xhtml#c2"


def test_deeper_entries_join_the_third_level_on_screens():
    assert outline(rendered(nested(5)).contents) == [
        ("第1层", [("第2层", [("第3层", []), ("第4层", []), ("第5层", [])])])
    ]


def test_paper_keeps_all_levels():
    contents = rendered(nested(4), edition=PAPER).contents
    assert outline(contents) == [("第1层", [("第2层", [("第3层", [("第4层", [])])])])]


def test_articles_and_untitled_sections_are_no_entries():
    article = section("第一条", 2, paragraph("文"), kind=Kind.ARTICLE)
    opening = section("", 1, paragraph("文"), kind=Kind.FRONT)
    law = chapter("总则", sections=(article,))
    assert outline(rendered(opening, law).contents) == [("总则", [])]


def test_the_ncx_counts_its_points_and_its_depth():
    root = ElementTree.fromstring(render(specimen(), EPUB.edition, IDENTIFIER).ncx)
    order = [int(point.get("playOrder")) for point in root.iter(f"{NCX}navPoint")]
    metas = {m.get("name"): m.get("content") for m in root.iter(f"{NCX}meta")}
    assert order == list(range(1, len(order) + 1))
    assert metas["dtb:depth"] == "3"
    assert metas["dtb:uid"] == IDENTIFIER


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ("zh-Hans", "zh-CN"),
        ("zh-Hant", "zh-TW"),
        ("zh-Hant-HK", "zh-HK"),
        ("en", "en"),
        ("", "und"),
    ],
)
def test_the_language_is_one_that_reading_systems_know(language, tag):
    assert language_tag(language) == tag


@pytest.mark.parametrize("part", ["cover", "title", "contents", "colophon"])
def test_paper_has_every_part_of_the_book_in_one_document(part):
    (page,) = rendered(nested(1), edition=PAPER).pages
    split = {page.name for page in rendered(nested(1)).pages}
    assert f"{part}.xhtml" in split
    assert f'class="{"titlepage" if part == "title" else part}' in page.xhtml


@pytest.mark.parametrize(
    ("edition", "width", "style"),
    [
        (PAPER, "50%", "--shown: calc(var(--measure) * 50 / 100)"),
        (PAPER, "40mm", "--shown: 40mm"),
        (EPUB.edition, "50%", "width: 50%"),
    ],
)
def test_a_picture_is_as_wide_as_the_source_says(edition, width, style):
    figure = Figure(Image("a.png", "叶", width, span=HERE), span=HERE)
    pages = rendered(chapter("第一章", figure), edition=edition).pages
    assert any(f'alt="叶" style="{style}"/>' in page.xhtml for page in pages)
