"""Lines as they come out of WeasyPrint, read from the finished PDF."""

from __future__ import annotations

from itertools import groupby, pairwise

import pytest
import weasyprint

from pipeline import fonts
from pipeline.diagnostics import Code, Diagnostic
from pipeline.layout import Copy, Imprint, paginate, typecase
from pipeline.layout.lines import host, iteration
from pipeline.layout.lines.hooks import installed
from pipeline.pdfium import opened
from pipeline.writer import Stylesheet
from tests.layout.lines.conftest import CSS

TEXT = (
    "那日天色将晚，他说：“风从东来，雨也就要到了。”众人听了，都不言语；"
    "只有老者抬头望了一望，慢慢地说道：“不妨，再等一等（总要等的）。”"
)
MARKED = (
    "那日<a href='#x'>天色将晚，</a>他说：<em>“风从东来，</em>雨<code>也就</code>要"
    "到了。”众人听了，都不<strong>言语；只有老者<em>抬头</em></strong>望了一望，慢慢"
    "地说道：<span id='x'>“不妨，</span>再等一等（总要等的）。”"
)
RIGHT_EDGE = 20 / 25.4 * 72 + 200


def rows(data: bytes) -> list[tuple[str, float]]:
    """Return the lines of a PDF, with where the last character's square ends."""
    with opened(data) as document:
        characters = [
            (round(piece.baseline), text, place)
            for page in document.pages()
            for piece in page.pieces
            for text, place in zip(piece.text, piece.places, strict=True)
            if text.strip()
        ]
    found = []
    for _, row in groupby(characters, key=lambda character: character[0]):
        line = tuple(row)
        _, last, place = line[-1]
        # Marks at the end of a line have half a square.
        square = 5 if last in "，。；：”）" else 10
        found.append(("".join(text for _, text, _ in line), place + square))
    return found


def text_of(data: bytes) -> str:
    with opened(data) as document:
        return "".join(run.text for page in document.pages() for run in page.runs)


@pytest.mark.parametrize("text", [TEXT, MARKED], ids=["plain", "marked"])
def test_all_lines_but_the_last_end_at_the_edge(pdf, text):
    *lines, last = rows(pdf(f"<p>{text}</p>"))
    assert len(lines) == 3
    assert [end for _, end in lines] == pytest.approx([RIGHT_EDGE] * 3, abs=0.05)
    assert last[1] < RIGHT_EDGE


def test_markup_changes_no_line(pdf):
    plain, marked = (
        [line for line, _ in rows(pdf(f"<p>{text}</p>"))] for text in (TEXT, MARKED)
    )
    assert plain == marked


def test_stock_lines_are_uneven(pdf):
    lines = rows(pdf(f"<p>{TEXT[2:] * 2}</p>", lines="stock"))
    assert any(abs(end - RIGHT_EDGE) > 2 for _, end in lines[:-1])


@pytest.mark.parametrize(
    "text",
    [
        "在2024年5月，用Python写成。",
        "卡尔·马克思——“破折号”……（完）",
        "The quick brown fox，狐狸。",
        "“！”、”“与《》",
    ],
)
def test_copied_text_is_the_text(pdf, text):
    assert text_of(pdf(f"<p>{text}</p>")) == text


def test_lines_keep_their_grid_beside_other_faces(pdf):
    data = pdf(f"<p>{MARKED}</p>", 'strong, code { font-family: "Keben Hei" }')
    with opened(data) as document:
        page, *_ = document.pages()
    heights = sorted({round(piece.baseline, 2) for piece in page.pieces})
    steps = [after - before for before, after in pairwise(heights)]
    assert steps == pytest.approx([17.5] * len(steps), abs=0.01)


def test_a_table_gives_its_text_the_room_it_takes(pdf):
    table = "<table><tr><td>第1章</td><td>用Python写</td></tr></table>"
    assert [line for line, _ in rows(pdf(table))] == ["第1章用Python写"]


def test_paragraphs_go_on_over_pages(pdf):
    marked = MARKED.replace(" id='x'", "").replace(" href='#x'", "")
    body = f"<p>{TEXT}{marked}</p>" * 12
    assert text_of(pdf(body)) == (TEXT * 2) * 12


SQUARE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9'/>"


@pytest.mark.parametrize(
    "text",
    [
        "一<br/>二",
        f'一<img alt="" src="{SQUARE}" style="width: 5%"/>二',
        "一<span style='display: inline-block; width: 50%'>二</span>",
        "<i></i>一",
        "一&#173;二",
        "一\u200b二\u2060三",
    ],
)
def test_odd_content_is_set(pdf, text):
    assert "一" in text_of(pdf(f"<p>{text}</p>"))


@pytest.mark.parametrize(
    "style", ["float: right", "position: absolute", "white-space: pre-wrap"]
)
def test_a_paragraph_left_to_stock_layout_is_named_once(style):
    body = f"<p>一<span style='{style}'>二</span></p>"
    copy = Copy(
        f"<html lang='zh'><body>{body}</body></html>",
        (Stylesheet("book.css", CSS),),
        fonts.faces(),
    )
    found: list[Diagnostic] = []
    assert "一" in text_of(paginate(copy, Imprint("书"), found.append).data)
    assert [diagnostic.code for diagnostic in found] == [Code.STOCK_PARAGRAPH]
    assert found[0].values == {"text": "一二"}


LISTING = "def 面积(r):\n    \t# 圆的面积，以平方米计\n\n名称\t= 1\nx\t= 2\n"
PROGRAM = """
pre { font: 10pt/17.5pt "Keben Mono", "Keben Hei"; white-space: pre-wrap;
      overflow-wrap: anywhere; margin: 0 }
code { font: inherit }
"""


def test_program_text_stands_in_the_cells_of_a_grid(pdf):
    data = pdf(f"<pre><code>{LISTING}</code></pre>", PROGRAM)
    with opened(data) as document:
        (page,) = document.pages()
        places = [
            (character, place)
            for piece in page.pieces
            for character, place in zip(piece.text, piece.places, strict=True)
        ]
    left = min(place for _, place in places)
    columns = {c: (place - left) / 6 for c, place in places}
    assert columns["x"] == pytest.approx(0, abs=0.01)
    assert columns["名"] == pytest.approx(1 / 6, abs=0.01)  # in the middle of 2 cells
    assert columns["1"] == pytest.approx(10, abs=0.01)
    assert columns["2"] == pytest.approx(10, abs=0.01)
    assert "".join(text_of(data).split()) == "".join(LISTING.split())


def test_long_lines_of_programs_go_on_below_unfilled(pdf):
    line = "# 一二三四五六七八九十一二三四，五六七八九十一二"
    data = pdf(f"<pre>{line}\n    {'x' * 50}</pre>", PROGRAM)
    lines = [text for text, _ in rows(data)]
    assert lines == [
        "#一二三四五六七八九十一二三四，",
        "五六七八九十一二",
        "x" * 29,
        "x" * 21,
    ]


ENGLISH = (
    "The internationalization of typographical conventions isn’t a straightforward "
    "undertaking; “characteristically” contradictory recommendations complicate it."
)


def test_western_text_is_filled_and_hyphenated_and_copied_whole(pdf):
    data = pdf(f"<p>{ENGLISH}</p>", "p { hyphens: auto; hyphenate-character: '-' }")
    lines = [line for line, _ in rows(data)]
    assert any(line[-1].isalpha() for line in lines[:-1])  # with a hyphen behind it
    assert "".join(lines) == ENGLISH.replace(" ", "")
    with opened(data) as document:
        assert "-" not in "".join(run.text for p in document.pages() for run in p.runs)


def test_a_soft_hyphen_divides_a_word_in_chinese_text(pdf):
    word = "internation\u00adalization"
    plain, marked = (
        [line for line, _ in rows(pdf(f"<p>一二三四五六七八九十{w}一二三四</p>"))]
        for w in (word.replace("\u00ad", ""), word)
    )
    assert plain == ["一二三四五六七八九十", "internationalization一二三四"]
    assert marked == ["一二三四五六七八九十internation", "alization一二三四"]


def test_a_hyphen_of_the_text_at_the_end_of_a_line_is_read(pdf):
    text = "一二三四五六七八九十一二三四五well-known一二三"
    data = pdf(f"<p>{text}</p>", "p { text-indent: 0; hyphens: manual }")
    assert [line for line, _ in rows(data)] == [text[:20], text[20:]]
    assert text_of(data) == text
    with opened(data) as document:
        assert (
            "".join(s.text for page in document.spoken(range(1)) for s in page.said)
            == text
        )


def test_quotes_of_western_text_come_from_its_face(pdf):
    css = 'p { font-family: "Keben Latin", "Keben Song" }'
    data = pdf("<p>他说“It’s a ‘test’ of it”。</p>", css)
    with opened(data) as document:
        (page,) = document.pages()
        names = {font.name.partition("+")[2] for font in page.fonts}
        assert page.runs[0].text == "他说“It’s a ‘test’ of it”。"
    assert names == {"Keben-Latin", "Keben-Latin-Marks", "Keben-Song"}


def test_text_of_other_scripts_and_digits_alone_is_ours_too(pdf, monkeypatch):
    stock = monkeypatch.setattr(host.inline, "iter_line_boxes", pytest.fail)
    body = "<p>2024</p><p lang='en'>word</p><p lang='ja'>かな</p><p>α</p>"
    contents = "<a style='display: block' href='#a'>一</a><p id='a'>二</p>"
    css = "a::after { content: leader('·') target-counter(attr(href), page) }"
    pdf(body + contents, css + ".l::before { content: '\\A'; white-space: pre }")
    assert stock is None


def test_a_break_in_a_title_is_one(pdf):
    css = ".l::before { content: '\\A'; white-space: pre } .g { font-size: 0 }"
    title = "<h1>上<span class='g'> </span><span class='l'>下</span></h1>"
    assert [line for line, _ in rows(pdf(title, css))] == ["上", "下"]


def test_a_first_letter_has_its_style(pdf):
    data = pdf(f"<p>{TEXT}</p>", "p::first-letter { font-size: 14pt }")
    with opened(data) as document:
        (page,) = document.pages()
    assert [round(piece.size) for piece in page.pieces[:2]] == [14, 10]
    assert all(abs(e - RIGHT_EDGE) < 0.1 for _, e in rows(data)[:-1])


TALL = (
    "<img alt='' style='height: 4em; vertical-align: -2em' src=\"data:image/svg+xml,"
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\"/>"
)


def test_lines_below_a_high_formula_keep_their_grid(pdf):
    data = pdf(f"<p>{TEXT}{TALL}{TEXT}</p>")
    with opened(data) as document:
        (page,) = document.pages()
    heights = sorted({round(piece.baseline, 2) for piece in page.pieces}, reverse=True)
    steps = [(before - after) / 17.5 for before, after in pairwise(heights)]
    assert steps == pytest.approx(list(map(round, steps)), abs=1e-3)
    assert max(steps) == pytest.approx(2)


def test_text_from_right_to_left_stays_whole_in_a_chinese_line():
    hebrew = "שלום עולם"
    copy = Copy(
        f"<html lang='zh'><body><p>{TEXT}{hebrew}{TEXT}</p></body></html>",
        (Stylesheet("book.css", CSS),),
        fonts.faces(),
    )
    data = paginate(copy, Imprint("书"), lambda _: None).data  # no face has the letters
    *lines, _ = rows(data)
    assert any(set("שלוםעולם") <= set(line) for line, _ in lines)
    assert [end for _, end in lines] == pytest.approx(
        [RIGHT_EDGE] * len(lines), abs=0.1
    )


def test_the_same_text_gives_the_same_bytes(pdf):
    assert pdf(f"<p>{MARKED}</p>") == pdf(f"<p>{MARKED}</p>")


def test_whatever_is_replaced_is_put_back():
    before = host.block.iter_line_boxes, host.draw.draw_text, host.inline.strut
    with installed(lambda diagnostic: None) as ours:
        assert ours
        assert host.block.iter_line_boxes is not before[0]
    assert before == (
        host.block.iter_line_boxes,
        host.draw.draw_text,
        host.inline.strut,
    )


def test_another_weasyprint_sets_its_own_lines(monkeypatch):
    found = []
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    before = host.block.iter_line_boxes
    with installed(found.append) as ours:
        assert not ours
        assert host.block.iter_line_boxes is before
    assert [diagnostic.code for diagnostic in found] == [Code.STOCK_LINES]
    assert "71.0" in found[0].message


def test_an_altered_function_is_named(monkeypatch):
    monkeypatch.setattr(
        host, "RELIED_UPON", {(host.inline, "atomic_box"): "0123456789abcdef"}
    )
    assert host.differences() == ("weasyprint.layout.inline.atomic_box",)


def test_when_our_lines_fail_the_book_is_made_all_the_same(monkeypatch):
    def fails(*_arguments):
        raise RuntimeError("no line")

    monkeypatch.setattr(iteration, "paragraph_of", fails)
    found = []
    body = "<html lang='zh-Hans'><title>书</title><body><p>文</p></body></html>"
    product = paginate(Copy(body, (), fonts.faces()), Imprint("书"), found.append)
    assert text_of(product.data) == "文"
    assert [diagnostic.code for diagnostic in found] == [Code.LINES_FAILED]


def test_a_book_is_the_same_after_another(pdf):
    pdf("<p>一二三</p>")
    after_another = pdf("<p>⼀二三</p>")  # a radical with the glyph of a character
    typecase.fonts.cache_clear()
    assert pdf("<p>⼀二三</p>") == after_another
