"""What stands around an official document, measured by GB/T 9704-2012, 7.

Lengths are millimetres from the head and the left edge of the page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

import pypdfium2
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from pipeline import theme
from pipeline.fonts.families import SONG
from pipeline.model import Official
from pipeline.pdfium import Piece, opened
from pipeline.render.official import (
    imprint_lines,
    letterhead,
    right_of_signature,
    seals_in_a_row,
)
from tests.paper import pages, printed
from tests.specimen import official, paragraph

MM = 25.4 / 72
HEIGHT = 297
CHARACTER = 156 / 28
LINE = CHARACTER * 15 / 8
SIZE_4 = 14 * MM
TOP, LEFT, RIGHT, BOTTOM = 37, 28, 28 + 156, 37 + 225
# The back of a sheet is bound at its right.
BACK_LEFT, BACK_RIGHT = 26, 26 + 156
# 字: where its square is, as the faces that come with Keben have it.
ABOVE_BASELINE = 0.88


class Row(NamedTuple):
    """Characters on one baseline: where each one's square starts, and the last ends.

    ``top`` and ``size`` are those of the square of the first.
    """

    text: str
    places: tuple[float, ...]
    right: float
    top: float
    size: float

    @property
    def middle(self) -> float:
        return (self.places[0] + self.right) / 2


class Rule(NamedTuple):
    top: float
    bottom: float


@cache
def made(**said: object) -> bytes:
    return printed(official(**said), theme="gongwen")


@cache
def blank_right(character: str) -> float:
    """Return how many em of its square a character leaves blank at its right."""
    face = next(face for face in theme.load().faces if face.family == SONG)
    font = TTFont(face.path)
    glyphs = font.getGlyphSet()
    name = font.getBestCmap()[ord(character)]
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    return (glyphs[name].width - pen.bounds[2]) / font["head"].unitsPerEm


def rows(pdf: bytes, number: int = 0) -> list[Row]:
    """Return the rows of a page from its head."""
    with opened(pdf) as opened_pdf:
        page = list(opened_pdf.pages())[number]
    found = [one for piece in page.pieces for one in written(piece)]
    found.sort(key=lambda row: (baseline(row), row.places[0]))
    lines = groupby(found, key=baseline)
    return [joined(list(pieces)) for _, pieces in lines]


def written(piece: Piece) -> Iterator[Row]:
    size = piece.size * MM
    top = HEIGHT - piece.baseline * MM - ABOVE_BASELINE * size
    shown = [n for n, c in enumerate(piece.text) if c.strip()]
    if shown:
        last = shown[-1]
        # Of what is spelt out, only the place of its ink is true.
        right = piece.places[last] * MM + piece.inks[last].right * size
        text = "".join(piece.text[n] for n in shown)
        places = tuple(piece.places[n] * MM for n in shown)
        yield Row(text, places, right + blank_right(text[-1]) * size, top, size)


def baseline(row: Row) -> int:
    return round(row.top + ABOVE_BASELINE * row.size)


def joined(pieces: list[Row]) -> Row:
    text = "".join(piece.text for piece in pieces)
    places = tuple(place for piece in pieces for place in piece.places)
    return Row(text, places, pieces[-1].right, pieces[0].top, pieces[0].size)


def row(pdf: bytes, text: str, number: int = 0) -> Row:
    """Return the row that has ``text``, from where that begins to where it ends."""
    found = next(one for one in rows(pdf, number) if text in one.text)
    first = found.text.index(text)
    end = first + len(text)
    right = (
        found.right if end == len(found.text) else found.places[end - 1] + found.size
    )
    return found._replace(text=text, places=found.places[first:end], right=right)


def column(pdf: bytes, number: int, x: float) -> list[tuple[int, int, int]]:
    """Return the colours of a page along a line down, 50 in a millimetre."""
    page = pypdfium2.PdfDocument(io.BytesIO(pdf))[number]
    width, _height = page.get_size()
    crop = (x / MM, 0, width - x / MM - 0.5, 0)
    picture = page.render(scale=50 * MM, crop=crop).to_pil().convert("RGB")
    return [picture.getpixel((0, y)) for y in range(picture.height)]


def rules(pdf: bytes, number: int, x: float) -> list[Rule]:
    """Return what is dark along a line down the page."""
    dark = [n for n, colour in enumerate(column(pdf, number, x)) if colour[1] < 128]
    found: list[list[int]] = []
    for n in dark:
        if found and n - found[-1][-1] == 1:
            found[-1].append(n)
        else:
            found.append([n])
    return [Rule(run[0] / 50, (run[-1] + 1) / 50) for run in found]


def red_ink(pdf: bytes) -> tuple[float, float]:
    """Return where the red of the first page begins and ends."""
    page = pypdfium2.PdfDocument(io.BytesIO(pdf))[0]
    picture = page.render(scale=10 * MM).to_pil().convert("RGB")
    places = [
        y
        for y in range(picture.height)
        for x in range(0, picture.width, 3)
        if (p := picture.getpixel((x, y)))[1] < 100 and p[0] > 150
    ]
    return min(places) / 10, (max(places) + 1) / 10


# 7.2 above the red line ---------------------------------------------------------


def test_copy_number_secrecy_and_urgency_are_the_first_three_lines():
    pdf = made()
    for number, text in enumerate(("000001", "机密★1年", "特急")):
        found = row(pdf, text)
        assert found.places[0] == pytest.approx(LEFT, abs=0.1)
        assert found.top == pytest.approx(TOP + number * LINE, abs=0.1)
        assert found.size == pytest.approx(CHARACTER, abs=0.01)


def test_secrecy_is_on_the_second_line_also_without_a_copy_number():
    found = row(made(copy_number=""), "机密★1年")
    assert found.top == pytest.approx(TOP + LINE, abs=0.1)


def test_a_letterhead_begins_35_mm_below_the_head_of_the_type_area():
    top, _ = red_ink(made())
    assert top == pytest.approx(TOP + 35, abs=0.3)
    found = row(made(), "山口县茶业局文件")
    assert found.middle == pytest.approx((LEFT + RIGHT) / 2, abs=0.1)


def test_the_number_stands_in_the_middle_two_lines_below_the_letterhead():
    pdf = made(signers=())
    above, found = row(pdf, "山口县茶业局文件"), row(pdf, "山茶发〔2024〕12号")
    # By the ink, which begins .06 em below the square.
    foot = above.top + (1 + 0.06) * above.size
    assert found.top - foot == pytest.approx(2 * LINE, abs=0.1)
    assert found.middle == pytest.approx((LEFT + RIGHT) / 2, abs=0.1)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_the_red_line_is_4_mm_below_the_number_and_as_wide_as_the_type_area(count):
    signers = ("林望舒", "周牧", "欧阳之行", "陈阿水", "张三")[:count]
    pdf = made(signers=signers)
    found = row(pdf, "山茶发〔2024〕12号")
    for x in (LEFT + 0.2, RIGHT - 0.2):
        (rule,) = (r for r in rules(pdf, 0, x) if 0.7 < r.bottom - r.top < 0.9)
        assert rule.top - (found.top + CHARACTER) == pytest.approx(4, abs=0.1)
    assert rules(pdf, 0, LEFT - 0.2) == rules(pdf, 0, RIGHT + 0.2) == []


def test_signers_stand_two_in_a_row_the_number_beside_the_last():
    pdf = made(signers=("林望舒", "周牧之", "欧阳行"))
    first, last = row(pdf, "签发人：林望舒周牧之"), row(pdf, "欧阳行")
    number = row(pdf, "山茶发〔2024〕12号")
    assert first.right == pytest.approx(RIGHT - CHARACTER, abs=0.6)
    assert number.places[0] == pytest.approx(LEFT + CHARACTER, abs=0.1)
    assert last.places[0] == pytest.approx(first.places[4], abs=0.1)
    assert last.top - first.top == pytest.approx(LINE, abs=0.1)
    assert number.top == pytest.approx(last.top, abs=0.1)


def test_bodies_that_issue_together_are_equally_wide_with_the_word_in_their_middle():
    bodies = ("山口县茶业局", "山口县交通运输局", "山口县财政局")
    pdf = made(letterhead=(*bodies, "文件"))
    found = [row(pdf, body) for body in (bodies[0], bodies[2])]
    middle = row(pdf, "山口县交通运输局文件")
    for one in found:
        assert one.places[0] == pytest.approx(middle.places[0], abs=0.1)
        assert one.right == pytest.approx(middle.places[7] + middle.size, abs=0.1)
    above, below = middle.top - found[0].top, found[1].top - middle.top
    assert above == pytest.approx(below, abs=0.1)
    top, _ = red_ink(pdf)
    assert top == pytest.approx(TOP + 35, abs=0.4)


# 7.3 the title, what is attached, and who signs -----------------------------------


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"signers": ("林望舒", "周牧", "欧阳之行")},
        {"letterhead": ("山口县茶业局", "山口县交通运输局", "文件")},
        {"letterhead": ("山口县茶业局文件的一个很长很长很长的名称",)},
    ],
    ids=["one", "signers", "joint", "long"],
)
def test_the_title_is_on_the_grid_two_lines_below_the_red_line(said):
    pdf = made(**said)
    _, red = red_ink(pdf)
    title = next(one for one in rows(pdf) if abs(one.size - 22 * MM) < 0.1)
    assert red + 2 * LINE - 0.1 <= title.top < red + 3 * LINE
    below = (title.top + title.size / 2 - TOP - CHARACTER / 2) / LINE
    assert below == pytest.approx(round(below), abs=0.01)


def test_names_of_attachments_hang_below_their_first_character():
    long = "山口县各村历年筹款和出工情况的统计表以及与此有关的说明"
    attachments = ("修路筹款名册", long, "出工安排表")
    pdf = made(attachments=attachments, letterhead=(), number="", signers=())
    number = len(pages(pdf)) - 1
    page = next(
        n for n in range(number + 1) if any("附件：" in r.text for r in rows(pdf, n))
    )
    found = rows(pdf, page)
    first = next(n for n, one in enumerate(found) if "附件：" in one.text)
    head, second, further, third = found[first : first + 4]
    assert head.text == "附件：1.修路筹款名册"
    assert head.places[0] == pytest.approx(LEFT + 2 * CHARACTER, abs=0.1)
    name = head.places[5]
    assert second.text.startswith("2.山口县")
    assert (second.places[2], further.places[0]) == pytest.approx((name, name), abs=0.1)
    assert third.text == "3.出工安排表"
    assert third.places[0] == pytest.approx(head.places[3], abs=0.1)


def test_without_a_seal_the_date_is_two_characters_right_of_the_body():
    pdf = made()
    body, date = row(pdf, "山口县茶业局", 1), row(pdf, "2024年12月27日", 1)
    assert date.places[0] - body.places[0] == pytest.approx(2 * CHARACTER, abs=0.1)
    assert date.top - body.top == pytest.approx(LINE, abs=0.1)
    assert date.right == pytest.approx(BACK_RIGHT - 2 * CHARACTER, abs=0.1)


def test_with_a_seal_the_body_is_above_the_middle_of_the_date():
    pdf = made(seal="印章")
    body, date = row(pdf, "山口县茶业局", 1), row(pdf, "2024年12月27日", 1)
    assert BACK_RIGHT - date.right == pytest.approx(4 * CHARACTER, abs=0.1)
    assert body.middle == pytest.approx(date.middle, abs=0.1)
    above = next(a for a, b in pairwise(rows(pdf, 1)) if "山口县茶业局" in b.text)
    assert body.top - above.top == pytest.approx(3 * LINE, abs=0.1)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_seals_of_several_bodies_do_not_touch(count):
    names = ("甲县茶业局", "乙县交通局", "丙县财政局", "丁县林业局", "戊县水利局")[
        :count
    ]
    pdf = made(
        seal="印章", signature=names, remark="", copied_to="", printer="", printed=""
    )
    last = len(pages(pdf)) - 1
    centres = {}
    for name in names:
        found = row(pdf, name, last)
        middle = found.middle
        centres[name] = (middle, found.top)
        assert BACK_LEFT + 21 <= middle <= RIGHT - 21
    for (x, y), (u, v) in pairwise(centres.values()):
        assert (x - u) ** 2 + (y - v) ** 2 > 42**2
    date = row(pdf, "2024年12月27日", last)
    middle, top = centres[names[-1]]
    assert date.middle == pytest.approx(middle, abs=0.1)
    assert date.top - top == pytest.approx(LINE, abs=0.1)


def test_a_remark_stands_in_brackets_below_the_date():
    pdf = made()
    remark, date = row(pdf, "（此件公开发布）", 1), row(pdf, "2024年12月27日", 1)
    assert remark.top - date.top == pytest.approx(LINE, abs=0.1)
    # The blank half of the bracket may be left out.
    assert remark.places[1] == pytest.approx(
        BACK_LEFT + 3 * CHARACTER, abs=0.6 * CHARACTER
    )


# 7.4 版记 ---------------------------------------------------------------------------


def test_the_imprint_has_its_rules_and_ends_where_the_type_area_does():
    pdf = made()
    first, between, last = rules(pdf, 1, 100)[-3:]
    thick = [rule.bottom - rule.top for rule in (first, between, last)]
    assert thick == pytest.approx([0.35, 0.25, 0.35], abs=0.03)
    assert last.bottom == pytest.approx(BOTTOM, abs=0.1)
    for x in (BACK_LEFT + 0.2, BACK_RIGHT - 0.2):
        assert rules(pdf, 1, x)[-1] == last
    assert rules(pdf, 1, BACK_LEFT - 0.2) == rules(pdf, 1, BACK_RIGHT + 0.2) == []


def test_the_imprint_is_of_size_4_a_character_from_both_edges():
    pdf = made()
    copied = row(pdf, "抄送：县人民政府办公室。", 1)
    printer, date = row(pdf, "山口县茶业局办公室", 1), row(pdf, "2024年12月28日印发", 1)
    for found in (copied, printer, date):
        assert found.size == pytest.approx(SIZE_4, abs=0.01)
    left = BACK_LEFT + SIZE_4
    assert (copied.places[0], printer.places[0]) == pytest.approx((left, left), abs=0.1)
    assert date.right == pytest.approx(BACK_RIGHT - SIZE_4, abs=0.1)


def test_a_long_list_of_copies_hangs_below_its_first_character():
    pdf = made(
        copied_to="，".join(["县委办公室", "县人大常委会办公室", "县政协办公室"] * 2)
    )
    found = rows(pdf, len(pages(pdf)) - 1)
    first = next(n for n, one in enumerate(found) if "抄送：" in one.text)
    assert found[first + 1].places[0] == pytest.approx(found[first].places[3], abs=0.1)


def folio(pdf: bytes, number: int) -> str:
    return next((r.text for r in rows(pdf, number) if r.top > BOTTOM), "")


@pytest.mark.parametrize(
    ("paragraphs", "where", "folios"),
    [
        # The back of the only sheet; the page of the text; a sheet of its own.
        (10, 2, ["—1—", "—2—"]),
        (25, 2, ["—1—", "—2—"]),
        (32, 4, ["—1—", "—2—", "", ""]),
        (45, 4, ["—1—", "—2—", "—3—", "—4—"]),
    ],
)
def test_the_imprint_is_on_the_back_of_a_sheet(paragraphs, where, folios):
    book = official(letterhead=(), number="", signers=(), remark="", attachments=())
    flow = tuple(paragraph("修路。") for _ in range(paragraphs))
    text = replace(book.sections[0], flow=flow, sections=())
    pdf = printed(replace(book, sections=(text,)), theme="gongwen")
    assert len(pages(pdf)) == where
    assert any("印发" in one.text for one in rows(pdf, where - 1))
    assert [folio(pdf, number) for number in range(where)] == folios


# What is reckoned -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "seal", "right"),
    [
        ("某县委", "", 2),
        ("某县委", "印章", 4),
        ("山口县茶业局党组办公室及其全部直属单位", "印章", 6.5),
    ],
)
def test_what_is_left_at_the_right_of_the_signature(body, seal, right):
    said = Official(signature=(body,), date="2024-01-02", seal=seal)
    assert right_of_signature(said) == right


@pytest.mark.parametrize(
    ("count", "length", "row"),
    [(2, 6, 2), (3, 6, 3), (4, 6, 2), (5, 6, 3), (3, 12, 2), (2, 20, 1)],
)
def test_how_many_seals_are_in_a_row(count, length, row):
    assert seals_in_a_row(Official(signature=("某" * length,) * count)) == row


@pytest.mark.parametrize(
    ("copied_to", "printer", "lines"),
    [("", "", 0), ("", "某局", 1), ("县委", "", 1), ("县委，" * 9, "某局", 2)],
)
def test_the_lines_of_an_imprint(copied_to, printer, lines):
    said = Official(copied_to=copied_to, printer=printer)
    assert imprint_lines(said) == lines + (1 if len(copied_to) > 26 else 0)


def test_a_long_letterhead_is_as_wide_as_the_type_area_allows():
    assert letterhead(Official(letterhead=("某县委文件",))).size == 16
    assert letterhead(Official(letterhead=("某" * 20,))).size == 7.5
