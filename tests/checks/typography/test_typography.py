"""Each of the ten defects is made, and must be found; sound pages have none."""

from __future__ import annotations

import random

import pytest

from pipeline.checks.typography import check
from pipeline.diagnostics import Code
from tests.checks.test_pdf import made_book
from tests.layout.lines.conftest import pdf  # noqa: F401 - a fixture
from tests.paper import printed
from tests.specimen import chapter, paragraph, specimen, speech

TEXT = (
    "那日天色将晚，他说：“风从东来，雨也就要到了。”众人听了，都不言语；"
    "只有老者抬头望了一望，慢慢地说道：“不妨，再等一等（总要等的）。”"
)
PLAIN = "那日天色将晚风从东来雨也就要到了众人听了都不言语只有老者抬头望了一望"
PARAGRAPH = f"<p>{PLAIN}</p>"


def codes(found) -> set[Code]:
    return {diagnostic.code for diagnostic in found}


# What is sound ------------------------------------------------------------------


def test_our_lines_have_no_defects(pdf, findings):  # noqa: F811
    assert findings(pdf(f"<p>{TEXT}</p>" * 20)) == []


@pytest.mark.parametrize("size", ["a5", "32k", "16k", "a4"])
@pytest.mark.parametrize("book", [specimen, speech], ids=lambda book: book.__name__)
def test_our_books_have_none_in_any_size(book, size, findings):
    assert findings(printed(book(), size=size)) == []


def test_a_novel_has_none(findings):
    chance = random.Random(7)
    book = made_book(*(chapter(f"第{n}章", *_prose(chance)) for n in "一二三"))
    # What no break divides, such as a character and an ellipsis, may leave too
    # few places to stretch.
    assert codes(findings(printed(book))) <= {Code.LOOSE_LINE}


def _prose(chance: random.Random):
    """Yield paragraphs of narration and talk, with Latin words and numbers."""
    parts = [*"风雨山川来去上下天地人我他说道看着听了走过" * 3, "AI", "7"]
    marks = ["，", "。", "；", "：“", "？”", "——", "……", "、", "！”“", "《", "》"]
    for _ in range(30):
        words = [
            "".join(chance.choices(parts, k=chance.randint(4, 13)))
            + chance.choice(marks)
            for _ in range(chance.randint(1, 20))
        ]
        yield paragraph("".join(words) + "。")


SOUND = {
    "a signature at the right": "<p style='text-align: right'>某某县委办公室</p>",
    "a centred line": f"<p style='text-align: center'>{PLAIN[:11]}</p>",
    "a heading of two lines": f"<h1>{PLAIN}</h1>",
    "verse": f"<p style='text-align: left; text-indent: -2em; padding-left: 4em'>"
    f"{PLAIN}</p>" * 3,
    "broken lines": f"<p>{PLAIN[:15]}<br/>{PLAIN[:12]}<br/>{PLAIN[:17]}</p>",
    "a list": f"<ul style='margin: 0'><li><p>{PLAIN}</p></li><li>{PLAIN[:5]}</li></ul>",
    "a table": f"<table><tr><td>{PLAIN[:9]}</td><td>{PLAIN}</td></tr></table>",
}


@pytest.mark.parametrize("body", SOUND.values(), ids=SOUND)
def test_what_only_looks_like_a_defect(body, stock, findings):
    assert findings(stock(PARAGRAPH * 12 + body)) == []


@pytest.mark.parametrize("tagged", [True, False], ids=["tagged", "untagged"])
def test_a_paragraph_over_two_pages(tagged, stock, findings):
    assert findings(stock(PARAGRAPH * 60, tagged=tagged)) == []


# What is not --------------------------------------------------------------------


@pytest.mark.parametrize("tagged", [True, False], ids=["tagged", "untagged"])
def test_stock_lines_are_ragged_and_their_marks_not_compressed(tagged, stock, findings):
    body = "".join(f"<p>{PLAIN[:length]}{TEXT}</p>" for length in range(20))
    found = codes(findings(stock(body, tagged=tagged)))
    assert found >= {Code.RAGGED_LINE, Code.UNCOMPRESSED_PAIR}


def test_turned_text_is_read_along_its_lines(stock, findings):
    turned = "<div style='transform: rotate(90deg); transform-origin: 50% 50%'>"
    assert findings(stock(f"{turned}{PARAGRAPH * 6}</div>")) == []
    body = "".join(f"<p>{PLAIN[:length]}{TEXT}</p>" for length in range(5))
    found = codes(findings(stock(f"{turned}{body}</div>")))
    assert found == {Code.RAGGED_LINE, Code.UNCOMPRESSED_PAIR}


def test_a_mark_of_a_question_keeps_its_blank_too(stock, findings):
    found = findings(stock("<p>“走？”他问。</p>"))
    assert [f.values["found"] for f in found] == ["？”"]


LINE = PLAIN[:18]
FORCED = f"<p>{LINE}<br/>"
DEFECTS = {
    "a ragged line": (FORCED[:-6] + f"<br/>{PLAIN}</p>", "", Code.RAGGED_LINE),
    "a line beyond the edge": (
        f"<p style='white-space: nowrap'>{LINE}言<br/>{PLAIN[:9]}</p>",
        "",
        Code.RAGGED_LINE,
    ),
    "a mark that starts a line": (FORCED + "，言语</p>", "", Code.PROHIBITED_START),
    "a dash that starts a line": (FORCED + "——言</p>", "", Code.PROHIBITED_START),
    "a mark that ends a line": (
        f"<p>{LINE[:17]}“<br/>{PLAIN}</p>",
        "",
        Code.PROHIBITED_END,
    ),
    "a half-width comma": ("<p>那日,天色</p>", "", Code.HALF_WIDTH_MARK),
    "half-width brackets": ("<p>那日(天色)</p>", "", Code.HALF_WIDTH_MARK),
    "straight quotes": ('<p>他说"天色"。</p>', "", Code.HALF_WIDTH_MARK),
    "a fallback": (
        "<p class='odd'>那日天色</p>",
        "@font-face { font-family: Gap; src: <Keben Song>; unicode-range: U+65e5 }"
        ".odd { font-family: Gap, 'Keben Hei' }",
        Code.FALLBACK_FACE,
    ),
    "marks that keep their blanks": ("<p>他说：“走。”</p>", "", Code.UNCOMPRESSED_PAIR),
    "a lone character": (FORCED + "也。</p>", "", Code.LONE_CHARACTER),
    "a lone character of a heading": (
        f"<h1>{LINE}<br/>也</h1>",
        "",
        Code.LONE_CHARACTER,
    ),
    "a paragraph off the grid": (
        f"<p style='margin-top: 3pt'>{PLAIN}</p>",
        "",
        Code.OFF_GRID,
    ),
    "a loose line": (
        f"<p style='letter-spacing: .1em'>{PLAIN}</p>",
        "",
        Code.LOOSE_LINE,
    ),
    "Latin quotes": (
        "<p>他说“走”了</p>",
        "p { font-feature-settings: 'pwid' }",
        Code.LATIN_QUOTES,
    ),
    "no space before Latin": ("<p>那日Keben</p>", "", Code.NO_HAN_LATIN_SPACE),
    "no space after a number": ("<p>3日</p>", "", Code.NO_HAN_LATIN_SPACE),
}


@pytest.mark.parametrize(("body", "css", "code"), DEFECTS.values(), ids=DEFECTS.keys())
def test_a_defect_is_found(body, css, code, stock, findings):
    found = findings(stock(PARAGRAPH * 12 + body, css))
    assert codes(found) >= {code}
    first = next(diagnostic for diagnostic in found if diagnostic.code is code)
    assert first.values["page"] == "1"
    if "line" in first.values:
        assert 25 <= first.values["line"] <= 27


# In all that holds text -----------------------------------------------------------

PLACES = {
    "columns": f"<div style='columns: 2; column-gap: 20pt'>{{}}{PARAGRAPH}</div>",
    "a list": "<ul style='margin: 0; padding-left: 20pt'><li>{}</li></ul>",
    "a cell": "<table style='width: 160pt'><tr><td>{}</td></tr></table>",
    "a note": "<p>天<span class='note'>{}</span></p>",
    "a caption": "<table style='width: 160pt'><caption>{}</caption></table>",
    "a quotation": "<blockquote style='margin: 0 20pt'>{}</blockquote>",
    "a heading": "<h2>{}</h2>",
}
STYLE = """
.note { float: footnote; font-size: 8pt; line-height: 14pt }
h2 { font-size: 10pt; margin: 0 } .narrow { font-feature-settings: 'pwid' }
"""
WITHIN_A_LINE = {
    "他说：“走。”众人": Code.UNCOMPRESSED_PAIR,
    "那日,天色": Code.HALF_WIDTH_MARK,
    "那日Keben说": Code.NO_HAN_LATIN_SPACE,
    "他说<b class='narrow'>“走”</b>了": Code.LATIN_QUOTES,
    "天地玄黄宇<br/>，言语": Code.PROHIBITED_START,
    "天地玄黄宇“<br/>洪荒日月": Code.PROHIBITED_END,
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_defects_are_found_in_all_that_holds_text(place, stock, findings):
    tag = "p" if "<p>" not in place and "h2" not in place else "span"
    body = "".join(
        place.format(f"<{tag} style='text-indent: 0'>{text}</{tag}>")
        for text in WITHIN_A_LINE
    )
    found = codes(findings(stock(PARAGRAPH * 4 + body, STYLE)))
    expected = {*WITHIN_A_LINE.values()}
    if "columns" in place:  # where stock layout tags what goes on as another paragraph
        expected -= {Code.PROHIBITED_START, Code.PROHIBITED_END}
    assert found >= expected


@pytest.mark.parametrize("name", ["columns", "a list", "a note", "a quotation"])
def test_lines_are_measured_in_all_that_is_justified(name, stock, findings):
    half = "<i style='padding-left: .5em'></i>"
    text = f"{PLAIN}{half}{PLAIN * 2}"
    body = text if name == "a note" else f"<p>{text}</p>"
    found = findings(stock(PARAGRAPH * 4 + PLACES[name].format(body), STYLE))
    assert Code.RAGGED_LINE in codes(found)


def test_running_heads_are_judged_too(stock, findings):
    css = "@page { @top-center { content: '他说：“走。”'; font: 8pt 'Keben Song' } }"
    found = findings(stock(PARAGRAPH, css))
    assert codes(found) == {Code.UNCOMPRESSED_PAIR}
    assert found[0].values["text"] == "他说：“走。”"


def test_what_is_no_pdf_is_reported(tmp_path):
    path = tmp_path / "book.pdf"
    path.write_bytes(b"%PDF")
    found = []
    check(path, found.append)
    assert [diagnostic.code for diagnostic in found] == [Code.UNREADABLE_PDF]
