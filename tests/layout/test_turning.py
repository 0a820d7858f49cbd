"""Pages whose lines run down: turned, and read as they were written."""

from pipeline import theme
from pipeline.layout import Copy, Imprint, paginate
from pipeline.pdfium import opened
from pipeline.render import Writing
from pipeline.writer import Stylesheet

SHEET = Stylesheet(
    "a.css",
    "@page { size: 400px 300px; margin: 20px; --writing: vertical } "
    'html { font: 20px/2 "Keben Song"; '
    '--writing: vertical; font-feature-settings: "vert" }',
)


def page(text):
    copy = Copy(
        f'<html lang="zh-Hans"><body><p>{text}</p></body></html>',
        (SHEET,),
        theme.load("vertical").faces,
        writing=Writing.VERTICAL,
    )
    found = []
    product = paginate(copy, Imprint(), found.append)
    assert found == []
    assert product.data == paginate(copy, Imprint(), found.append).data
    with opened(product.data) as document:
        (page,) = document.pages()
    return page


def test_pages_are_upright_and_lines_run_down_from_the_right():
    found = page("甲乙丙。")
    assert (found.width, found.height) == (225, 300)
    (piece,) = found.pieces
    assert piece.text == "甲乙丙。"
    assert piece.angle == 270
    assert piece.places == tuple(sorted(piece.places))
    assert piece.baseline > found.width / 2


def test_numbers_of_two_digits_stand_in_one_square_and_others_lie():
    pieces = page("第12回1984年").pieces
    angles = {character: piece.angle for piece in pieces for character in piece.text}
    assert angles["2"] == 0
    assert angles["9"] == 270
