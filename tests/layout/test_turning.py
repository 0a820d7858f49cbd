"""Pages whose lines run down: turned, seen, copied, and read as they were written."""

from __future__ import annotations

import io
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from pipeline import theme
from pipeline.layout import Copy, Imprint, paginate
from pipeline.model import Asset
from pipeline.pdfium import Page, first_page, opened
from pipeline.render import Writing
from pipeline.writer import Direction, Stylesheet

SIZE = 15  # points of a square: 20 pixels
SCALE = 4  # dots a point
BASE = """
@page { size: 400px 300px; margin: 20px; --writing: vertical }
html { font: 20px/2 "Keben Song"; text-align: justify; --writing: vertical;
  font-feature-settings: "vert" }
body, p { margin: 0 } a, em, i, del, ruby, sup { line-height: 1 }
"""


def made(
    body: str,
    css: str = "",
    assets: tuple[Asset, ...] = (),
    imprint: Imprint | None = None,
) -> bytes:
    copy = Copy(
        f'<html lang="zh-Hans"><title>书</title><body>{body}</body></html>',
        (Stylesheet("a.css", BASE + css),),
        theme.load("vertical").faces,
        assets=assets,
        writing=Writing.VERTICAL,
    )
    found = []
    product = paginate(copy, imprint or Imprint(), found.append)
    assert found == []
    return product.data


def seen(data: bytes) -> Page:
    with opened(data) as document:
        return next(document.pages())


def copied(data: bytes) -> list[str]:
    """Return what Chrome copies of the first page, line by line."""
    with pypdfium2.PdfDocument(data) as document:
        return document[0].get_textpage().get_text_range().split("\r\n")


def squares(data: bytes) -> dict[str, tuple[float, float]]:
    """Return the left and the top of the square of each character, in points."""
    page = seen(data)
    return {
        character: (piece.baseline - 0.12 * piece.size, page.height + place)
        for piece in page.pieces
        for character, place in zip(piece.text, piece.places, strict=True)
    }


class Ink:
    """What is black on the first page."""

    def __init__(self, data: bytes) -> None:
        self._picture = Image.open(io.BytesIO(first_page(data, 72 * SCALE))).convert(
            "L"
        )
        self.squares = squares(data)

    def __call__(
        self, character: str, left: float, top: float, right: float, bottom: float
    ) -> bool:
        """Tell whether there is ink in a part of a square, in em from its corner."""
        x, y = self.squares[character]
        sides = (x + left * SIZE, y + top * SIZE, x + right * SIZE, y + bottom * SIZE)
        cut = self._picture.crop(tuple(round(SCALE * side) for side in sides))
        return cut.getextrema()[0] < 128


def test_pages_are_upright_and_lines_run_down_from_the_right():
    data = made("<p>甲乙丙。</p>")
    assert data == made("<p>甲乙丙。</p>")
    found = seen(data)
    assert (found.width, found.height) == (225, 300)
    assert "".join(piece.text for piece in found.pieces) == "甲乙丙。"
    assert {piece.angle for piece in found.pieces} == {270}
    places = [place for piece in found.pieces for place in piece.places]
    assert [b - a for a, b in pairwise(places)] == pytest.approx([SIZE] * 3, abs=0.01)
    assert found.pieces[0].baseline > found.width / 2


def test_lines_are_copied_in_order_and_without_spaces():
    lines = ["甲乙丙丁戊己庚", "子丑寅卯辰巳午", "他说：“（天）”，《地》——"]
    assert copied(made("".join(f"<p>{line}</p>" for line in lines))) == lines


@pytest.mark.parametrize(
    ("direction", "layout", "first"),
    [(Direction.L2R, "/SinglePage", "“（"), (Direction.R2L, "/TwoPageRight", "。")],
)
def test_pages_from_the_right_are_shown_so_and_read_as_they_were_written(
    direction, layout, first
):
    """If PDFium learns to read such lines, they need no other direction any more."""
    line = "“（天）”地。"
    data = made(f"<p>{line}</p>", imprint=Imprint(direction=direction))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.PageLayout == layout
        said = pdf.Root.ViewerPreferences.get("/Direction", "/L2R")
    assert said == f"/{direction.value.upper()}"
    assert copied(data)[0].startswith(first)
    assert "".join(piece.text for piece in seen(data).pieces) == line


def test_spaces_between_han_are_copied():
    text = "天地 玄黄 宇宙洪荒 日 月盈昃 辰"
    body = text.replace("玄黄", "<i>玄黄</i>").replace("月盈昃", "<i>月盈昃</i>")
    css = 'i { font-style: normal; font-family: "Keben Hei" }'
    assert copied(made(f"<p>{body}</p>" * 4, css)) == [text] * 4


# Numbers --------------------------------------------------------------------------


def test_numbers_of_two_digits_stand_abreast_and_years_down():
    data = made("<p>第12回1984年用12345678</p>")
    assert copied(data) == ["第12回1984年用12345678"]
    pieces = seen(data).pieces
    text = "".join(piece.text for piece in pieces)
    assert text == "第12回1984年用12345678"
    places = [place for piece in pieces for place in piece.places]
    steps = [round((b - a) / SIZE, 1) for a, b in pairwise(places)]
    # 第12回 take three squares, the year four.
    assert steps[:9] == [1, 0, 1, 1, 1, 1, 1, 1, 1]
    assert max(steps[-6:]) < 0.7  # on their side


def test_digits_abreast_are_on_both_sides_of_the_middle():
    ink = Ink(made("<p>第12回</p>"))
    x, y = ink.squares["第"]
    ink.squares["12"] = (x, y + SIZE)
    assert ink("12", 0.05, 0.1, 0.45, 0.9)
    assert ink("12", 0.55, 0.1, 0.95, 0.9)
    assert not ink("12", -0.3, 0.1, 0, 0.9)
    assert not ink("12", 1, 0.1, 1.3, 0.9)


def test_years_lie_where_one_wants_them_to():
    data = made("<p>第12回1984年</p>", "html { --digits: lying }")
    places = {c: y for c, (_, y) in squares(data).items()}
    assert places["4"] - places["9"] < 1.5 * SIZE


@pytest.mark.parametrize("number", ["5", "12", "120", "1984"])
def test_a_number_stays_with_its_unit(number):
    for before in range(12, 17):
        body = f"<p>{'天' * before}{number}年{'地' * 10}</p>"
        lines = copied(made(body))
        assert sum(f"{number}年" in line for line in lines) == 1


# Marks ----------------------------------------------------------------------------


@pytest.mark.parametrize("mark", "，。、")
def test_stops_are_at_the_upper_right_of_their_squares(mark):
    ink = Ink(made(f"<p>天{mark}地</p>"))
    assert ink(mark, 0.5, 0, 1, 0.5)
    assert not ink(mark, 0, 0.55, 1, 1)
    assert not ink(mark, 0, 0, 0.4, 1)


def test_brackets_turn_and_stand_beside_what_they_hold():
    ink = Ink(made("<p>天「地」人（和）</p>"))
    assert ink("「", 0, 0.5, 1, 1)
    assert not ink("「", 0, 0, 1, 0.45)
    assert ink("」", 0, 0, 1, 0.5)
    assert ink("（", 0.05, 0.5, 0.95, 1)


def test_dashes_and_ellipses_run_down_in_the_middle():
    ink = Ink(made("<p>天——地……人</p>"))
    for mark in "—…":
        assert ink(mark, 0.4, 0, 0.6, 1)
        assert not ink(mark, 0, 0, 0.3, 1)
        assert not ink(mark, 0.7, 0, 1, 1)


def test_emphasis_dots_are_at_the_right_and_lines_of_names_at_the_left():
    css = """.dots { --text-emphasis: dot; text-decoration: underline }
    .name { --name-line: straight; text-decoration: underline }
    .work { --name-line: wavy; text-decoration: underline }"""
    body = (
        "<p>前<span class='dots'>山，</span>后<span class='name'>曹</span>中"
        "<span class='work'>史</span></p>"
    )
    ink = Ink(made(body, css))
    right, left = (1.02, 0.1, 1.4, 0.9), (-0.4, 0.1, -0.02, 0.9)
    assert [c for c in "前山，后曹中史" if ink(c, *right)] == ["山"]
    assert [c for c in "前山，后曹中史" if ink(c, *left)] == ["曹", "史"]


def test_a_line_through_text_is_in_its_middle():
    data = made("<p>前<del>一一一</del>后</p>", "del { text-decoration: line-through }")
    x, _ = squares(data)["前"]
    with pypdfium2.PdfDocument(data) as document:
        rules = [
            thing.get_bounds()
            for thing in document[0].get_objects()
            if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH
        ]
    (rule,) = (r for r in rules if r[3] - r[1] > 2 * SIZE)
    assert (rule[0] + rule[2]) / 2 == pytest.approx(x + SIZE / 2, abs=0.06 * SIZE)


def test_a_gloss_is_read_from_its_right_line():
    css = "i { font-style: normal; font-size: 15px; --gloss: two-lines }"
    found = squares(made("<p>前<i>甲乙丙丁</i>后</p>", css))
    assert (
        copied(made("<p>天地玄黄宇宙洪荒日月<i>甲乙丙丁</i>盈</p>" * 4, css))
        == ["天地玄黄宇宙洪荒日月甲乙丙丁盈"] * 4
    )
    right, left = found["甲"], found["丙"]
    assert right[0] - left[0] == pytest.approx(SIZE / 2, abs=0.1 * SIZE)
    assert right[1] == pytest.approx(left[1], abs=0.05)
    assert found["乙"][1] - right[1] == pytest.approx(SIZE / 2, abs=0.05)


def test_the_number_of_a_note_stands_at_the_right_of_its_line():
    data = made(
        "<p>前<sup>①</sup>后</p>",
        "sup { font-size: 12px; line-height: 0; vertical-align: 14px }",
    )
    found = squares(data)
    assert found["①"][0] > found["前"][0] + SIZE / 2
    (piece,) = (p for p in seen(data).pieces if p.text == "①")
    assert piece.angle == 270


# Places in the file ---------------------------------------------------------------


def test_a_link_is_where_its_text_is():
    data = made("<p>前<a href='https://example.org/'>甲乙</a>后</p>")
    height = seen(data).height
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (link,) = pdf.pages[0].Annots
        left, bottom, right, top = map(float, link.Rect)
    x, y = squares(data)["甲"]
    assert (left, right) == pytest.approx((x, x + SIZE), abs=SIZE / 8)
    assert (height - top, height - bottom) == pytest.approx((y, y + 2 * SIZE), abs=0.1)


PICTURE = Asset(
    "a.svg",
    "image/svg+xml",
    b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30">'
    b'<rect width="60" height="30" fill="#000"/></svg>',
)


@pytest.mark.parametrize("turned", [True, False], ids=["upright", "lying"])
def test_the_structure_says_where_a_figure_is_seen(turned):
    css = "img { width: 60px; height: 30px }" + (
        "img { transform: rotate(-90deg) }" if turned else ""
    )
    data = made("<p>前<img src='a.svg' alt='甲'/>后</p>", css, (PICTURE,))
    with pypdfium2.PdfDocument(data) as document:
        (shown,) = (
            thing.get_bounds()
            for thing in document[0].get_objects()
            if thing.type != pypdfium2.raw.FPDF_PAGEOBJ_TEXT
        )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (box,) = (
            attributes.BBox
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
            for attributes in thing.A
        )
        assert tuple(map(float, box)) == pytest.approx(shown, abs=0.5)
