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
    Code,
    Creator,
    Emphasis,
    Kind,
    Metadata,
    Note,
    Quote,
    Ruby,
    Strong,
    Subscript,
    Superscript,
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
DATES = "第1章于2026年11月25日7时成，A和B和C各1册、2册、3册。"
LIGATURES = "fi官office官afi官fl山flow水。"
WITH_SPACES = "用 Keben 刻 The Book of Songs 与 Shijing。"
MARKS = "他说：“（山）、〔水〕——《经》……”"
LONG = "山中何所有，岭上多白云；只可自怡悦，不堪持赠君。" * 9
PARAGRAPHS = (
    *(BEYOND_THE_FIRST_PLANE, COMPATIBLE, BESIDE_LATIN, MARKS, LONG),
    *(RARE_BESIDE_LATIN, DATES, LIGATURES, WITH_SPACES),
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
    RARE_BESIDE_LATIN,
    DATES,
    LIGATURES,
    WITH_SPACES,
    "引文一段。",
    "一刀横来一刀竖，木屑落满旧衣服。",
    "着重与加重的字。",
    "用ls看Bold的第1章，x2与H2O共5kg。",
    "注在页脚，也能复制。",
]


@cache
def copied(program: str) -> str:
    """Return the text of the book as ``program`` copies it, lines joined."""
    pdf = _book()
    if program == "PDFium":
        return "".join(_pdfium(pdf).splitlines())
    done = subprocess.run(
        ["pdftotext", *program.split()[1:], "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    return "".join(done.stdout.decode().splitlines())


def _pdfium(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


@cache
def _set_down() -> bytes:
    paragraphs = map(paragraph, (BESIDE_LATIN, DATES, RARE_BESIDE_LATIN, LIGATURES))
    whole = Book(
        Metadata(title="竖排", language="zh-Hans"),
        (),
        (),
        tuple(
            chapter(f"第{number}回", each) for number, each in enumerate(paragraphs, 1)
        ),
    )
    return printed(anchors.name(whole), theme="vertical")


@cache
def _book() -> bytes:
    note = Note(((text("注在页脚，也能复制。"),),), span=SPAN)
    emphasised = Emphasis((text("着重"),), span=SPAN)
    strong = Strong((text("加重"),), span=SPAN)
    strong_latin = Strong((text("Bold"),), span=SPAN)
    ruby = Ruby("雕", "diāo", span=SPAN)
    mixed = (
        *(text("用"), Code("ls", span=SPAN), text("看"), strong_latin, text("的")),
        *(Emphasis((text("第"),), span=SPAN), text("1章，x")),
        *(Superscript((text("2"),), span=SPAN), text("与H")),
        *(Subscript((text("2"),), span=SPAN), text("O共5kg。")),
    )
    flow = (
        *map(paragraph, PARAGRAPHS),
        Quote((paragraph("引文一段。"),), span=SPAN),
        Verse(((text("一刀横来一刀竖，"),), (text("木屑落满旧衣服。"),)), span=SPAN),
        paragraph((emphasised, text("与"), strong, text("的字。"), note)),
        paragraph((ruby, text("版。"))),
        paragraph(mixed),
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


@pytest.mark.parametrize("piece", [BESIDE_LATIN, DATES, RARE_BESIDE_LATIN, LIGATURES])
def test_what_is_copied_from_lines_that_run_down(piece):
    assert piece in "".join(_pdfium(_set_down()).splitlines())
