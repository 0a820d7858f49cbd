"""The pages of the PDF inside the EPUB: each at its character, on every page."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest

from pipeline import theme
from pipeline.checks import pdf
from pipeline.checks.epub import check, page_texts
from pipeline.diagnostics import Code
from pipeline.model import (
    Book,
    CodeBlock,
    Figure,
    Image,
    Kind,
    Metadata,
    Note,
    Ruby,
    Verse,
)
from pipeline.passes import anchors, notes
from pipeline.pdfium import opened
from pipeline.render import render
from pipeline.render.pages import PageStart
from pipeline.writer import Job
from pipeline.writers import epub
from pipeline.writers import pdf as paper
from tests.checks.epub.test_rules import rewritten
from tests.paper import job
from tests.specimen import (
    IDENTIFIER,
    PICTURE,
    SPAN,
    _table,
    chapter,
    paragraph,
    section,
    specimen,
    text,
)

XHTML = "{http://www.w3.org/1999/xhtml}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
CHAPTER = "EPUB/text/chapter-001.xhtml"

SENTENCE = "山中无历日，寒尽不知年，只见云从门前过，又从屋后回，"


def long() -> Book:
    """Return a book of many pages, which end within all that text can be in."""
    note = Note(((text("注文不在正文里，也不算在页首之前。"),),), span=SPAN)
    verse = Verse(
        tuple((text(f"第{n}句诗，各占一行。"),) for n in range(40)), span=SPAN
    )
    code = CodeBlock("".join(f"x[{n}] = {n} < 40\n" for n in range(60)), "c", span=SPAN)
    rich = tuple(
        paragraph(
            (
                text(SENTENCE * 2 + str(number)),
                Ruby("垭", "yā", span=SPAN),
                note,
                text(SENTENCE),
                Image("seal.png", "印", span=SPAN),
            )
        )
        for number in range(30)
    )
    table = _table()
    tall = replace(table, body=table.body * 15)
    figure = Figure(Image("seal.png", "印", span=SPAN), span=SPAN)
    chapters = (
        chapter("一", *rich),
        chapter("二", verse, code, figure),
        chapter("三", tall, paragraph(SENTENCE * 200)),
    )
    meta = Metadata(title="山中", date="2024", language="zh-Hans")
    book = Book(meta, (text("山中"),), (), chapters, (PICTURE,))
    return anchors.resolve(notes.number(anchors.name(book)), report=pytest.fail)


def law() -> Book:
    """Return a law of a thousand sections, of which nine in ten are articles."""
    articles = tuple(
        section(f"第{n}条", 3, paragraph(f"{SENTENCE}{n}。"), kind=Kind.ARTICLE)
        for n in range(1, 10)
    )
    bare = tuple(replace(a, run_in=True, stop=()) for a in articles)
    parts = tuple(
        chapter(
            f"第{number}章",
            sections=tuple(section(f"第{n}节", 2, sections=bare) for n in range(1, 11)),
        )
        for number in range(1, 11)
    )
    meta = Metadata(title="样例法", date="2024", language="zh-Hans")
    book = Book(meta, (text("样例法"),), (), parts)
    return anchors.resolve(notes.number(anchors.name(book)), report=pytest.fail)


@cache
def both(make) -> tuple[bytes, bytes, tuple[PageStart, ...]]:
    """Return EPUB and PDF of a book, and where the pages of the PDF start."""
    book = make()
    printed = paper.WRITER.write(job(book), pytest.fail)
    rendered = render(book, epub.WRITER.edition, IDENTIFIER, printed.starts)
    made = epub.WRITER.write(Job(book, rendered, theme.load(), IDENTIFIER), pytest.fail)
    return made.data, printed.data, printed.starts


def squeezed(value: str) -> str:
    return "".join(value.split())


@pytest.mark.parametrize("make", [specimen, long, law])
def test_between_two_marks_stands_the_text_of_that_page(make, tmp_path):
    data, printed, _ = both(make)
    path = tmp_path / "book.pdf"
    path.write_bytes(printed)
    flow = [(label, squeezed(t)) for label, t in pdf.flow_text(path) if t.strip()]
    assert len(flow) > 7
    found = [(label, squeezed(t)) for label, t in page_texts(data)]
    assert [(label, t) for label, t in found if t] == flow


@pytest.mark.parametrize("make", [specimen, long, law])
def test_both_lists_name_every_page_that_is_not_blank(make):
    data, printed, _ = both(make)
    with opened(printed) as document:
        labels = [page.label for page in document.pages() if page.runs]
    # The EPUB has no half title, and its colophon is its last document.
    labels = [label for label in labels if label not in {"i", "iv"}]
    archive = zipfile.ZipFile(io.BytesIO(data))
    nav = ElementTree.fromstring(archive.read("EPUB/nav.xhtml"))
    (pages,) = (n for n in nav.iter(f"{XHTML}nav") if n.get("id") == "page-list")
    assert [a.text for a in pages.iter(f"{XHTML}a")] == labels
    ncx = ElementTree.fromstring(archive.read("EPUB/toc.ncx"))
    targets = list(ncx.iter(f"{NCX}pageTarget"))
    assert [t.find(f"{NCX}navLabel/{NCX}text").text for t in targets] == labels
    assert [t.get("type") for t in targets][:3] == ["special", "front", "front"]
    links = [t.find(f"{NCX}content").get("src") for t in targets]
    assert links == [a.get("href") for a in pages.iter(f"{XHTML}a")]


def test_the_play_order_runs_through_headings_and_pages_in_reading_order():
    archive = zipfile.ZipFile(io.BytesIO(both(long)[0]))
    ncx = ElementTree.fromstring(archive.read("EPUB/toc.ncx"))
    points = [p for p in ncx.iter() if p.get("playOrder")]
    order = {
        p.find(f"{NCX}content").get("src"): int(p.get("playOrder")) for p in points
    }
    assert sorted(order.values()) == list(range(1, len(points) + 1))
    # Each chapter opens a page: the mark stands before its heading.
    assert order["text/chapter-002.xhtml#c2"] == (
        min(n for href, n in order.items() if "chapter-002.xhtml#page" in href) + 1
    )


def test_the_package_says_whose_pages_they_are():
    package = zipfile.ZipFile(io.BytesIO(both(long)[0])).read("EPUB/content.opf")
    for said in (
        ">pageBreakMarkers<",
        ">pageNavigation<",
        f'property="pageBreakSource">《山中》PDF 版（{IDENTIFIER}）<',
    ):
        assert said in package.decode()


@pytest.mark.parametrize("make", [specimen, long, law])
def test_marks_break_no_rule(make, tmp_path):
    path = tmp_path / "book.epub"
    path.write_bytes(both(make)[0])
    found = []
    check(path, found.append)
    assert found == []


def test_a_mark_out_of_place_is_found_out(tmp_path):
    data, printed, starts = both(long)
    (tmp_path / "book.pdf").write_bytes(printed)
    label, first = next((s.label, s.opening[0]) for s in starts if s.offset)
    mark = (
        f'<span id="page-{label}" epub:type="pagebreak" role="doc-pagebreak" '
        f'aria-label="{label}"></span>'
    )
    moved = rewritten(data, CHAPTER, mark + first, first + mark)
    (tmp_path / "book.epub").write_bytes(moved)
    found = []
    pdf.check(tmp_path / "book.pdf", found.append)
    # Of the setting of lines, too, something may be said.
    astray = [f for f in found if f.code is Code.PAGE_MARK_ASTRAY]
    assert len(astray) == 2


def test_alone_the_epub_has_no_pages():
    book = long()
    rendered = render(book, epub.WRITER.edition, IDENTIFIER)
    assert rendered.marks == ()
    made = epub.WRITER.write(Job(book, rendered, theme.load(), IDENTIFIER), pytest.fail)
    archive = zipfile.ZipFile(io.BytesIO(made.data))
    for name in archive.namelist():
        assert b"pagebreak" not in archive.read(name)
        assert b"pageBreak" not in archive.read(name)
        assert b"pageList" not in archive.read(name)


def test_a_page_whose_start_is_not_found_is_reported():
    book = long()
    rendered = render(
        book, epub.WRITER.edition, IDENTIFIER, [PageStart("9", "c9", 0, "")]
    )
    found = []
    epub.WRITER.write(Job(book, rendered, theme.load(), IDENTIFIER), found.append)
    assert [(f.code, f.values["label"]) for f in found] == [(Code.PAGE_UNMARKED, "9")]


def test_between_the_number_of_an_article_and_its_text_is_a_gap():
    page = zipfile.ZipFile(io.BytesIO(both(law)[0])).read(CHAPTER).decode()
    assert f'>第1条</h3><span class="space">　</span><p>{SENTENCE[:4]}' in page
    assert 'class="stop"' not in page
