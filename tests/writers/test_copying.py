"""Text that is copied from the PDF, or searched in it: as it is in the book.

Readers of PDFs guess spaces from gaps, characters from glyphs, and the order of
lines from where they stand.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

import pypdfium2
import pytest

from pipeline.model import (
    Book,
    Creator,
    Emphasis,
    Kind,
    Metadata,
    Note,
    Quote,
    Ruby,
    Strong,
    Verse,
)
from pipeline.passes import anchors, notes
from tests.paper import printed
from tests.specimen import SPAN, chapter, paragraph, section, text

BEYOND_THE_FIRST_PLANE = "字在第二平面：𠂇、𠂉、𣲗、𣲘、𡐓。"
# They look like 更, 車, 金 and 巽, and are other characters.
RARE_BESIDE_LATIN = "𠂇Python，𡐓3𠂉。"
COMPATIBLE = "兼容汉字\uf901\uf902\uf90a\U0002f884，部首⺀⺈，与更車金不同。"
BESIDE_LATIN = "用Python写EPUB3.3与PDF/A，共100％，It’s好。"
MARKS = "他说：“（山）、〔水〕——《经》……”"
LONG = "山中何所有，岭上多白云；只可自怡悦，不堪持赠君。" * 9
PARAGRAPHS = (
    *(BEYOND_THE_FIRST_PLANE, COMPATIBLE, BESIDE_LATIN, MARKS, LONG),
    RARE_BESIDE_LATIN,
)
PIECES = [
    "夜航山居",
    "张三李四",
    "目录",
    "第一编",
    "第一回",
    BEYOND_THE_FIRST_PLANE,
    COMPATIBLE,
    BESIDE_LATIN,
    MARKS,
    LONG,
    "引文一段。",
    "一刀横来一刀竖，木屑落满旧衣服。",
    "着重与加重的字。",
    "注在页脚，也能复制。",
]


@cache
def copied(program: str) -> str:
    """Return the text of the book as ``program`` copies it, lines joined."""
    pdf = _book()
    if program == "PDFium":
        with pypdfium2.PdfDocument(pdf) as document:
            pages = [page.get_textpage().get_text_bounded() for page in document]
        return "".join("".join(pages).splitlines())
    done = subprocess.run(
        ["pdftotext", *program.split()[1:], "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    return "".join(done.stdout.decode().splitlines())


@cache
def _book() -> bytes:
    note = Note(((text("注在页脚，也能复制。"),),), span=SPAN)
    emphasised = Emphasis((text("着重"),), span=SPAN)
    strong = Strong((text("加重"),), span=SPAN)
    ruby = Ruby("雕", "diāo", span=SPAN)
    flow = (
        *map(paragraph, PARAGRAPHS),
        Quote((paragraph("引文一段。"),), span=SPAN),
        Verse(((text("一刀横来一刀竖，"),), (text("木屑落满旧衣服。"),)), span=SPAN),
        paragraph((emphasised, text("与"), strong, text("的字。"), note)),
        paragraph((ruby, text("版。"))),
    )
    part = section("第一编", 1, kind=Kind.PART)
    first = chapter("第一回", *flow)
    meta = Metadata(
        title="夜航山居", language="zh-Hans", creators=(Creator("张三李四"),)
    )
    whole = Book(meta, (text(meta.title),), (), (part, first))
    return printed(notes.number(anchors.name(whole)))


@pytest.mark.parametrize("program", ["PDFium", "Poppler", "Poppler -raw"])
@pytest.mark.parametrize("piece", PIECES)
def test_what_is_copied_is_what_is_written(piece, program):
    if program != "PDFium" and shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (Poppler) is not installed: no second opinion")
    assert piece in copied(program)


@pytest.mark.parametrize("program", ["PDFium", "Poppler -raw"])
def test_the_order_is_that_of_reading(program):
    if program != "PDFium" and shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (Poppler) is not installed: no second opinion")
    body = PIECES[PIECES.index(BEYOND_THE_FIRST_PLANE) :]
    places = [copied(program).index(piece) for piece in body]
    assert places == sorted(places)


@pytest.mark.parametrize("program", ["PDFium", "Poppler"])
def test_no_character_of_another_plane_is_lost_beside_latin(program):
    if program != "PDFium" and shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (Poppler) is not installed: no second opinion")
    # A space may be seen in the gap: PDFium has no way to be told otherwise.
    assert RARE_BESIDE_LATIN in copied(program).replace(" ", "")
