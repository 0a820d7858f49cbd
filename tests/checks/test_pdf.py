"""Checks of a PDF: each defect is made, and must be found."""

from __future__ import annotations

import ctypes
import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

from pipeline.checks.pdf import flow_text, judge
from pipeline.diagnostics import Code, Diagnostic
from pipeline.layout import Copy, Imprint, PageLabels, paginate
from pipeline.model import Book, Cell, Metadata, Note, Row, Ruby, Section, Table
from pipeline.passes import anchors, notes
from pipeline.pdfium import UnreadablePdf
from pipeline.writer import Face, Stylesheet
from tests.paper import job, printed
from tests.specimen import (
    SPAN,
    chapter,
    packed,
    paragraph,
    specimen,
    speech,
    text,
)


@cache
def sample() -> bytes:
    return printed(specimen())


def findings(folder: Path, pdf: bytes, epub: bytes | None = None) -> list[Diagnostic]:
    """Return what is wrong with ``pdf``, beside ``epub`` if there is one."""
    (folder / "book.pdf").write_bytes(pdf)
    if epub is not None:
        (folder / "book.epub").write_bytes(epub)
    found: list[Diagnostic] = []
    judge(folder / "book.pdf", found.append)
    # Lines have tests of their own.
    return [diagnostic for diagnostic in found if diagnostic.code.id < "K670"]


def test_lines_are_checked_too(tmp_path):
    css = "p { text-align: left; white-space: nowrap }"
    path = tmp_path / "book.pdf"
    path.write_bytes(made(f"<p>他说，“走。”{'言' * 40}</p><p>(言</p>", css))
    found: list[Diagnostic] = []
    judge(path, found.append)
    assert Code.HALF_WIDTH_MARK in codes(found)


def codes(found: list[Diagnostic]) -> set[Code]:
    return {diagnostic.code for diagnostic in found}


def made(body: str, css: str = "", faces: tuple[Face, ...] | None = None) -> bytes:
    """Return a PDF of plain markup in the theme's style, with page labels."""
    design = job(speech()).design
    xhtml = (
        f'<html lang="zh-CN"><head><title>书</title></head><body>{body}</body></html>'
    )
    copy = Copy(
        xhtml,
        (*design.paged, Stylesheet("css/test.css", css)),
        design.faces if faces is None else faces,
    )
    labels = (PageLabels("", "D"),)
    return paginate(copy, Imprint("书", labels=labels), lambda _finding: None).data


CHAPTER = '<section class="chapter"><h1 id="c">一</h1><p>正文。</p></section>'
COLOPHON = '<section class="colophon"><h1 id="colophon">版本记录</h1></section>'


# What is sound ------------------------------------------------------------------


@pytest.mark.parametrize("book", [specimen, speech], ids=lambda book: book.__name__)
def test_what_the_writers_make_is_sound(book, tmp_path):
    assert findings(tmp_path, printed(book()), packed(book())) == []


def test_the_made_up_pdf_of_these_tests_is_sound(tmp_path):
    assert findings(tmp_path, made(CHAPTER + COLOPHON)) == []


# What is not --------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"no PDF", sample()[:2000]])
def test_what_cannot_be_opened(data, tmp_path):
    assert codes(findings(tmp_path, data)) == {Code.UNREADABLE_PDF}
    with pytest.raises(UnreadablePdf):
        flow_text(tmp_path / "book.pdf")


def test_a_font_that_is_not_embedded(tmp_path):
    bare = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
        b"endobj\n4 0 obj<</Length 36>>stream\nBT /F 12 Tf 20 20 Td (borrowed) Tj ET\n"
        b"endstream endobj\ntrailer<</Root 1 0 R>>"
    )
    expected = {Code.FONT_NOT_EMBEDDED, Code.FOREIGN_FONT, Code.NO_OUTLINE}
    assert codes(findings(tmp_path, bare)) == expected


def test_a_font_of_another_design(tmp_path):
    face = replace(job(speech()).design.faces[0], family="Strange Song")
    css = '* { font-family: "Strange Song" !important }'
    (found,) = findings(tmp_path, made(CHAPTER + COLOPHON, css, (face,)))
    assert found.code is Code.FOREIGN_FONT
    assert found.values["name"].endswith("+Strange-Song")


def test_a_glyph_that_no_face_has(tmp_path):
    # That of a Latin face would be blank.
    css = 'p { font-family: "Keben Song" }'
    body = CHAPTER.replace("正文", "\ue123") + COLOPHON
    found = findings(tmp_path, made(body, css))
    assert [(d.code, d.values["code"]) for d in found] == [
        (Code.UNMAPPED_CHARACTER, "U+E123")
    ]


def test_a_missing_outline(tmp_path):
    pdf = made(CHAPTER, "h1 { bookmark-level: none }")
    assert codes(findings(tmp_path, pdf)) == {Code.NO_OUTLINE}


def test_a_bookmark_that_names_no_heading_of_its_page(tmp_path):
    pdf = made(CHAPTER + COLOPHON, '#c { bookmark-label: "二" }')
    (found,) = findings(tmp_path, pdf)
    assert (found.code, found.values["title"]) == (Code.BOOKMARK_ASTRAY, "二")


def test_a_bookmark_to_a_page_that_is_gone(tmp_path):
    def without_first_page(document: pypdfium2.PdfDocument) -> None:
        del document[0]

    pdf = edited(made(CHAPTER + CHAPTER + COLOPHON), without_first_page)
    assert codes(findings(tmp_path, pdf)) == {Code.BOOKMARK_ASTRAY}


def test_bookmarks_out_of_order(tmp_path):
    def with_second_chapter_first(document: pypdfium2.PdfDocument) -> None:
        raw.FPDF_MovePages(document, (ctypes.c_int * 1)(1), 1, 0)

    second = CHAPTER.replace("一", "二").replace('id="c"', 'id="d"')
    pdf = edited(made(CHAPTER + second + COLOPHON), with_second_chapter_first)
    assert codes(findings(tmp_path, pdf)) == {Code.BOOKMARKS_OUT_OF_ORDER}


def edited(pdf: bytes, edit: Callable[[pypdfium2.PdfDocument], None]) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    edit(document)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


# The text -----------------------------------------------------------------------


def made_book(*sections: Section, **meta: object) -> Book:
    known = Metadata(title="试卷", language="zh-Hans", **meta)
    book = Book(known, (text("试卷"),), (), sections)
    return notes.number(anchors.name(book))


VERSES = chapter("一", paragraph("山中何所有，岭上多白云。"), paragraph("只可自怡悦。"))


@pytest.mark.parametrize(
    ("printed_lines", "found", "wanted"),
    [
        (["山中何所有，岭上多白云。", "只可自悦。"], "悦。", "怡悦。"),
        (["山中何所有，岭上多白云。"], "", "只可自怡悦。"),
        (["山中何所有，岭上多白云。", "只可自怡悦。", "终"], "终", ""),
        (
            ["只可自怡悦。", "山中何所有，岭上多白云。"],
            "只可自怡悦。山中何所有，",
            "山中何所有，岭上多白云。",
        ),
    ],
    ids=["a character lost", "a paragraph lost", "something added", "order changed"],
)
def test_a_text_that_differs_from_the_epub(printed_lines, found, wanted, tmp_path):
    pdf = printed(made_book(chapter("一", *map(paragraph, printed_lines))))
    (difference,) = findings(tmp_path, pdf, packed(made_book(VERSES)))
    assert difference.code is Code.TEXT_DIFFERS
    assert difference.values == {"page": "1", "found": found, "wanted": wanted}


def test_the_page_of_the_difference_is_named(tmp_path):
    chapters = [chapter(n, paragraph(f"第{n}章的正文。")) for n in "一二三"]
    other = [*chapters[:2], chapter("三", paragraph("第三章的文。"))]
    pdf = printed(made_book(*other))
    (difference,) = findings(tmp_path, pdf, packed(made_book(*chapters)))
    assert difference.values["page"] == "3"


def test_a_note_that_differs_from_the_epub(tmp_path):
    def noted(words: str) -> Book:
        note = Note(((text(words),),), span=SPAN)
        return made_book(chapter("一", paragraph((text("正文"), note))))

    (difference,) = findings(tmp_path, printed(noted("注一")), packed(noted("注二")))
    assert difference.values == {"page": "1", "found": "一", "wanted": "二"}


def test_repeated_heads_readings_and_numbers_are_not_differences(tmp_path):
    def row(*cells: str, header: bool = False) -> Row:
        return Row(
            tuple(Cell((paragraph(c),), header=header, span=SPAN) for c in cells),
            span=SPAN,
        )

    rows = tuple(row(f"第{n}天", "晴") for n in range(60))
    table = Table((text("天气"),), (row("日子", "天气", header=True),), rows, span=SPAN)
    note = Note(((text("注"),),), span=SPAN)
    ruby = paragraph((Ruby("垭", "yā", span=SPAN), text("口"), note))
    book = made_book(chapter("一", table, table, ruby))
    assert findings(tmp_path, printed(book), packed(book)) == []
    assert (
        sum(words.count("日子") for _page, words in flow_text(tmp_path / "book.pdf"))
        == 2
    )


def test_lost_characters_count_as_the_gap_that_stands_for_them(tmp_path):
    book = made_book(chapter("一", paragraph("金\ufffd书\ue123。")))
    pdf = printed(book, report=lambda _finding: None)
    assert findings(tmp_path, pdf, packed(book)) == []


def test_an_epub_that_cannot_be_read_is_left_to_its_own_check(tmp_path):
    assert findings(tmp_path, sample(), b"no EPUB") == []


def test_flow_text_is_the_body_alone(tmp_path):
    (tmp_path / "book.pdf").write_bytes(sample())
    flow = flow_text(tmp_path / "book.pdf")
    together = "".join(words for _page, words in flow)
    assert [page for page, _words in flow][:3] == ["1", "2", "3"]
    assert together.startswith("这本书写给")
    assert together.endswith("二〇二四年十二月")
    assert "yā" not in together
    assert "山名见县志" not in together
    assert "版本记录" not in together


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs Poppler's pdftotext")
def test_another_reader_of_pdfs_sees_the_same_characters(tmp_path):
    (tmp_path / "book.pdf").write_bytes(printed(speech()))
    flow = "".join(words for _page, words in flow_text(tmp_path / "book.pdf"))
    seen = subprocess.run(
        ["pdftotext", "-raw", "-f", "9", tmp_path / "book.pdf", "-"],
        capture_output=True,
        check=True,
    ).stdout.decode()
    body = seen.split("\f")[0].rpartition("1")[0]
    assert "".join(body.split()) == "".join(flow.split())
