"""What the PDF is for: a press wants inks and bleed, an office printer A4."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image as Raster

from pipeline.checks import verapdf
from pipeline.diagnostics import Code
from pipeline.model import Asset, Figure, Image
from pipeline.pdfium import first_page
from tests.paper import outline, pages, printed, size
from tests.press import profile
from tests.specimen import SPAN, paragraph, specimen

MILLIMETRE = 72 / 25.4
DRAWING = b"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><defs>
<linearGradient id="g"><stop offset="0" stop-color="red"/>
<stop offset="1" stop-color="#00f"/></linearGradient></defs>
<rect width="40" height="30" fill="url(#g)"/>
<rect width="9" height="9" fill="teal" stroke="orange" opacity=".5"/></svg>"""


def photograph() -> bytes:
    data = BytesIO()
    Raster.new("RGBA", (8, 6), (200, 30, 30, 128)).save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def press(tmp_path):
    """Return what sets the specimen, with pictures in colour, for a press."""
    path = tmp_path / "press.icc"
    path.write_bytes(profile())

    def make(cover: str = "", **settings: str) -> bytes:
        figures = (
            Figure(Image(name, "图", span=SPAN), span=SPAN)
            for name in ("photograph.png", "drawing.svg")
        )
        whole = specimen()
        first, *others = whole.sections
        first = replace(first, flow=(*first.flow, *figures, paragraph("完。")))
        assets = (
            *whole.assets,
            Asset("photograph.png", "image/png", photograph()),
            Asset("drawing.svg", "image/svg+xml", DRAWING),
        )
        meta = replace(whole.meta, cover=cover)
        book = replace(whole, meta=meta, sections=(first, *others), assets=assets)
        return printed(book, print="press", profile=str(path), **settings)

    return make


def streams(pdf: bytes) -> list[tuple[bytes, bytes]]:
    """Return the dictionaries and the contents of all streams."""
    found = re.findall(
        rb"(<<(?:[^>]|>(?!>\n))*>>)\nstream\n(.*?)\nendstream", pdf, re.DOTALL
    )
    return [
        (head, zlib.decompress(body) if b"/FlateDecode" in head else body)
        for head, body in found
    ]


def painting(pdf: bytes) -> bytes:
    """Return all that is neither a picture nor a font nor a profile."""
    kinds = (b"/Image", b"FontFile", b"CIDFont", b"Length1", b"/N ", b"/XRef")
    return b"\n".join(
        body
        for head, body in streams(pdf)
        if b"/ObjStm" in head or not any(kind in head for kind in kinds)
    )


def test_everything_is_in_inks(press):
    said = painting(press())
    assert not re.search(rb"[\d.]+ [\d.]+ [\d.]+ (rg|RG)\b", said)
    assert b"DeviceRGB" not in said
    assert b"0 0 0 1 k" in said
    assert re.search(rb"/C0 \[[\d.]+ [\d.]+ [\d.]+ [\d.]+\]", said)
    heads = b"".join(head for head, _body in streams(press()) if b"/Image" in head)
    assert b"/DeviceCMYK" in heads
    assert b"/DeviceRGB" not in heads


def test_text_is_black_ink_alone(press):
    colours = re.findall(rb"([\d. e-]+) k\n(?:[^\n]*\n){0,3}?BT", painting(press()))
    text = [tuple(map(float, colour.split())) for colour in colours]
    assert text
    # But for the publisher, who stands on cinnabar in the colour of the paper.
    assert len([colour for colour in text if colour[:3] != (0, 0, 0)]) == 1


def test_black_text_is_printed_upon_what_is_below_it(press):
    said = painting(press())
    assert re.search(rb"/ExtGState/OP true/op true/OPM 1|/op true", said)
    assert re.search(rb"0 0 0 1 k\n(?:[^\n]*\n){0,2}?/upon gs\nBT", said)
    assert said.count(b"ET\n/cut-out gs") == said.count(b"/upon gs\nBT")
    plain = painting(printed(specimen()))
    assert b"/upon gs" not in plain


def test_it_is_pdf_x_4_with_the_profile_of_the_press(press, tmp_path):
    pdf = press()
    assert pdf.startswith(b"%PDF-1.6")
    assert b"<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in pdf
    assert b"pdfaid" not in pdf
    assert any(body == profile() for _head, body in streams(pdf))
    said = painting(pdf)
    assert b"/S /GTS_PDFX/OutputConditionIdentifier (FOGRA39)" in said
    assert b"/Trapped /False" in said
    assert b"/Annot" not in said
    (tmp_path / "x.pdf").write_bytes(pdf)
    found = []
    verapdf.validate(tmp_path / "x.pdf", found.append)
    assert found == []


def test_what_is_no_file_for_a_press_is_found(tmp_path):
    claim = b"GTS_PDFXVersion>PDF/X-4<"
    part = b"<pdfaid:part>3</pdfaid:part>"
    pdf = printed(specimen()).replace(part, claim.ljust(len(part)))
    (tmp_path / "x.pdf").write_bytes(pdf)
    found = []
    verapdf.validate(tmp_path / "x.pdf", found.append)
    rules = {(f.code, f.values["profile"], f.values["rule"]) for f in found}
    assert rules == {
        (Code.NOT_CONFORMING, "PDF/X-4", f"X-{number}") for number in range(1, 5)
    }


def test_colour_goes_three_millimetres_beyond_the_cut(press):
    bled = size(press())
    plain = size(printed(specimen()))
    assert bled == pytest.approx([edge + 6 * MILLIMETRE for edge in plain], abs=0.01)


@pytest.mark.parametrize("theme", ["book", "vertical"])
@pytest.mark.parametrize("picture", ["", "photograph.png"], ids=["drawn", "given"])
def test_covers_are_printed_beyond_the_cut(press, theme, picture):
    data = first_page(press(cover=picture, theme=theme), 72)
    page = Raster.open(BytesIO(data)).convert("L")
    width, height = page.size
    edges = [(0, 0, width, 1), (0, height - 1, width, height)]
    edges += [(0, 0, 1, height), (width - 1, 0, width, height)]
    for edge in edges:
        assert page.crop(edge).getextrema()[1] < 253, edge  # no white paper


def test_marks_are_drawn_when_asked_for_outside_of_the_bleed(press):
    marked = press(**{"crop-marks": "yes"})
    room = [edge + 24 * MILLIMETRE for edge in size(printed(specimen()))]
    assert size(marked) == pytest.approx(room, abs=0.01)
    boxes = re.findall(rb"/BleedBox \[([^\]]*)\]", painting(marked))
    assert boxes
    for left, top, *_rest in (map(float, box.split()) for box in boxes):
        assert (left, top) == pytest.approx([-3 * MILLIMETRE] * 2, abs=0.01)
    strokes = [painting(pdf).count(b"0 0 0 1 K") for pdf in (press(), marked)]
    assert strokes[1] - strokes[0] >= len(pages(marked))


def test_the_text_is_the_same_for_each_purpose(press):
    def said(pdf: bytes) -> list[str]:
        return [run.text for page in pages(pdf) for run in page.runs]

    assert "".join(said(press())).endswith("".join(said(printed(specimen())))[-50:])
    assert outline(press()) == outline(printed(specimen()))


def test_the_bytes_for_a_press_are_the_same_on_every_build(press):
    assert press() == press()


def test_an_office_printer_gets_a4_on_both_sides():
    home = printed(specimen(), print="home")
    assert size(home) == pytest.approx((210 * MILLIMETRE, 297 * MILLIMETRE), abs=0.1)
    assert b"/Duplex/DuplexFlipLongEdge" in painting(home)
    assert b"/PrintScaling/None" in painting(home)
    small = printed(specimen(), print="home", size="a5")
    assert size(small)[0] == pytest.approx(148 * MILLIMETRE, abs=0.1)
    assert b"Duplex" not in painting(printed(specimen()))
