"""The structure tree: what the text is, whatever page and line it stands on."""

from __future__ import annotations

import re
import zlib

import pytest

from pipeline import fonts
from pipeline.layout import Copy, Imprint, paginate
from pipeline.model import Asset
from pipeline.pdfium import Page, Run
from pipeline.writer import Stylesheet
from tests.paper import pages

CSS = """
@page { size: 80mm 60mm; margin: 8mm; @top-center { content: "书眉" }
        @bottom-center { content: counter(page) } }
html { font: 10pt/15pt "Keben Song" } h1 { bookmark-level: none }
span.note { float: footnote } a::after { content: leader("·") "7" }
section ol { list-style: none } div.run-in > h2, div.run-in > p { display: inline }
"""
DOT = Asset(
    "dot.svg",
    "image/svg+xml",
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    b'<circle cx="4" cy="4" r="3"/></svg>',
)


def tagged(body: str) -> bytes:
    """Return the PDF of ``body``."""
    copy = Copy(
        f'<html lang="zh-CN"><title>书</title><body>{body}</body></html>',
        (Stylesheet("book.css", CSS),),
        fonts.faces(),
        (DOT,),
    )
    return paginate(copy, Imprint("书"), lambda _finding: None).data


def structure(body: str) -> list[tuple[str, str]]:
    """Return the types, from the document down, and the text of all runs."""
    found = (run for page in pages(tagged(body)) for run in page.runs)
    return [_plain(run) for run in found]


def _plain(run: Run) -> tuple[str, str]:
    return "/".join(run.types[1:]), run.text.strip()


def objects(pdf: bytes) -> bytes:
    """Return all that is in object streams."""
    streams = re.findall(rb"/ObjStm.*?stream\n(.*?)\nendstream", pdf, re.DOTALL)
    return b"\n".join(map(zlib.decompress, streams))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>一</h1><p>山</p>", [("H1", "一"), ("P", "山")]),
        (
            "<section><h1>一</h1><section><h2>二</h2></section></section>",
            [("Sect/H1", "一"), ("Sect/Sect/H2", "二")],
        ),
        (
            "<p>山<em>中</em><strong>何</strong><code>x</code></p>",
            # Em and Strong are Spans to who does not know them.
            [("P", "山"), ("P/Span", "中"), ("P/Span", "何"), ("P/Code", "x")],
        ),
        (
            "<p><ruby>山<rt>shān</rt></ruby></p>",
            [("P/Ruby", "山"), ("P/Ruby/RT", "shān")],
        ),
        ("<blockquote><p>山</p></blockquote>", [("BlockQuote/P", "山")]),
        ("<blockquote>山</blockquote>", [("BlockQuote/P", "山")]),
        ("<pre><code>山</code></pre>", [("P/Code", "山")]),
        (
            "<ol><li><p>山</p><ul><li>水</li></ul></li></ol>",
            [
                ("L/LI/Lbl", "1."),
                ("L/LI/LBody/P", "山"),
                ("L/LI/LBody/L/LI/Lbl", "◦"),
                ("L/LI/LBody/L/LI/LBody", "水"),
            ],
        ),
        (
            "<dl><dt>山</dt><dd>土</dd><dd>石</dd></dl>",
            [
                ("L/LI/Lbl/Span", "山"),
                ("L/LI/LBody", "土"),
                ("L/LI/LBody", "石"),
            ],
        ),
        (
            "<table><caption>表</caption><thead><tr><th>甲</th></tr></thead>"
            "<tbody><tr><td>乙</td></tr></tbody></table>",
            [
                ("Table/Caption", "表"),
                ("Table/THead/TR/TH", "甲"),
                ("Table/TBody/TR/TD", "乙"),
            ],
        ),
        (
            "<section role='doc-toc'><ol><li><a href='#a'>一</a>"
            "<ol><li><a href='#a'>二</a></li></ol></li></ol></section>"
            "<p id='a'>山</p>",
            [
                ("Sect/TOC/TOCI/Reference/Link", "一7"),
                ("Sect/TOC/TOCI/TOC/TOCI/Reference/Link", "二7"),
                ("P", "山"),
            ],
        ),
        (
            "<div class='run-in'><h2>题</h2><span>。</span><p>山</p></div>",
            [("Div/H2", "题"), ("Div/P", "。山")],
        ),
        ("<p>山<span lang='en'>hill</span></p>", [("P", "山"), ("P/Span", "hill")]),
    ],
)
def test_elements_of_the_text(body, expected):
    assert structure(body) == expected


def test_a_note_stands_behind_the_block_that_calls_it():
    note = "<span class='note'>注{}</span>"
    body = f"<p>山{note.format(1)}水{note.format(2)}。</p><p>下</p>"
    assert structure(body) == [
        ("P", "山"),
        ("P/Reference", "1"),
        ("P", "水"),
        ("P/Reference", "2"),
        ("P", "。"),
        ("Note/Lbl", "1."),
        ("Note", "注1"),
        ("Note/Lbl", "2."),
        ("Note", "注2"),
        ("P", "下"),
    ]
    found = objects(tagged(body))
    assert b"/ID(note-1)" in found
    assert re.search(rb"/IDTree <</Names\[\(note-1\)\d+ 0 R \(note-2\)", found)


def test_a_note_in_a_cell_stays_there_and_one_in_a_list_in_its_item():
    note = "<span class='note'>注</span>"
    cell = f"<table><tr><td>山{note}</td></tr></table>"
    assert ("Table/TBody/TR/TD/Note", "注") in structure(cell)
    item = f"<ul><li><p>山{note}</p></li></ul>"
    assert ("L/LI/LBody/Note", "注") in structure(item)


def test_a_paragraph_over_pages_is_one_element():
    pdf = tagged(f"<section><p>{'山水' * 300}。</p></section>")
    assert len(pages(pdf)) > 2
    assert all(page.runs for page in pages(pdf))
    assert objects(pdf).count(b"/S/P/") == objects(pdf).count(b"/S/Sect/") == 1


def test_what_stands_on_every_page_is_no_part_of_the_text():
    page: Page
    (page,) = pages(tagged("<p>山</p>"))
    assert page.furniture == "书眉1"
    assert [run.text for run in page.runs] == ["山"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<img src='dot.svg' alt='点'/>", rb"/S/Figure/.*/BBox\[.*/Alt<feff70b9>"),
        (
            "<p><img role='math' src='dot.svg' alt='x'/></p>",
            rb"/S/Formula/.*/Placement/Inline.*/Alt<feff0078>",
        ),
        ("<ol><li>一</li></ol>", rb"/S/L/.*/ListNumbering/Decimal"),
        ("<ul><li>一</li></ul>", rb"/S/L/.*/ListNumbering/Disc"),
        (
            "<table><thead><tr><th colspan='2'>甲</th></tr></thead>"
            "<tr><td>乙</td><td>丙</td></tr></table>",
            rb"/S/TH/.*/ColSpan 2/Scope/Column",
        ),
        ("<table><tr><th>甲</th><td>乙</td></tr></table>", rb"/S/TH/.*/Scope/Row"),
        ("<p lang='en'>hill</p>", rb"/S/P/.*/Lang\(en\)"),
        ("<p id='a'><a href='#a'>山</a></p>", rb"/Contents <feff5c71>"),
        ("<p><a href='https://b.org/'>山</a></p>", rb"/Contents \(https://b.org/\)"),
    ],
)
def test_what_is_said_of_elements(body, expected):
    assert re.search(expected, objects(tagged(body)))


def test_a_picture_without_a_description_is_a_decoration():
    assert b"/Figure" not in objects(tagged("<p>山</p><img src='dot.svg' alt=''/>"))


def test_a_link_has_one_area_on_each_line():
    pdf = tagged(f"<p id='a'><a href='#a'><em>{'山水' * 15}</em></a></p>")
    assert objects(pdf).count(b"/Subtype /Link") == 2
    assert objects(pdf).count(b"/Type/OBJR") == 2
    assert objects(pdf).count(b"/S/Link/") == 1
