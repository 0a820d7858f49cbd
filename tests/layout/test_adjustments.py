"""What we change in WeasyPrint: proved, apart from one another, and undone."""

from __future__ import annotations

import dataclasses

import pytest
import weasyprint
from weasyprint import pdf
from weasyprint.layout import block
from weasyprint.pdf import tags

from pipeline import fonts
from pipeline.layout import Copy, Imprint, adjustments, paginate, proof
from pipeline.writer import Stylesheet
from tests.paper import pages

CORRECTING = {"structure tree", "footnotes", "columns"}
OTHERS = CORRECTING | {"compression"}
SAVING = [each.name for each in adjustments.ALL if each.name not in OTHERS]

# Everything that the engine looks for on other pages: contents with page
# numbers, running heads, notes, bookmarks, and kinds of pages.
CSS = """
@page { size: 60mm 90mm; margin: 10mm; @top-center { content: string(t) counter(page) }
        @bottom-left { content: "始" }
        @bottom-right { content: counter(page) "/" counter(pages) } }
@page :first { @bottom-left { content: none } @left-middle { content: "中" } }
@page :left { margin-left: 15mm } @page :nth(3) { @top-right-corner { content: "三" } }
@page wide { size: 90mm 60mm; margin: 5pvw }
html { font: 10pt/15pt "Keben Song" } h1 { string-set: t content(); break-before: page }
a::after { content: target-counter(attr(href), page) } i { float: footnote }
"""
CHAPTER = "<h1 id='c{0}'>第{0}章</h1>" + "<p>山中何所有？<i>注</i>岭上多白云。</p>" * 9
BODY = (
    "<p>"
    + "".join(f"<a href='#c{n}'>第{n}章</a>" for n in range(3))
    + "</p>"
    + "".join(map(CHAPTER.format, range(3)))
    + "<div style='page: wide'>宽<b style='position: absolute'>浮</b></div>"
)
FIXED = BODY + "<div style='position: fixed; bottom: 0'>定</div>"


def set_with(names: set[str], body: str, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Set a body with the adjustments that have these names alone."""
    chosen = tuple(each for each in adjustments.ALL if each.name in names)
    monkeypatch.setattr(adjustments, "ALL", chosen)
    copy = Copy(
        f'<html lang="zh-Hans"><title>书</title><body>{body}</body></html>',
        (Stylesheet("book.css", CSS),),
        fonts.faces(),
    )
    data = paginate(copy, Imprint("书"), lambda _: None).data
    monkeypatch.undo()
    return data


@pytest.mark.parametrize("adjustment", adjustments.ALL, ids=lambda each: each.name)
def test_each_is_proved_for_the_version_that_we_ask_for(adjustment):
    assert adjustment.differences() == ()
    assert adjustment.rests_on


@pytest.mark.parametrize("body", [BODY, FIXED], ids=["flowing", "fixed"])
@pytest.mark.parametrize("name", SAVING)
def test_what_saves_time_changes_no_byte(name, body, monkeypatch):
    with_it = set_with(CORRECTING | {name}, body, monkeypatch)
    assert with_it == set_with(CORRECTING, body, monkeypatch)


def test_less_compression_changes_no_page(monkeypatch):
    with_it = set_with({"compression"}, BODY, monkeypatch)
    without = set_with(set(), BODY, monkeypatch)
    assert with_it != without
    assert placed(with_it) == placed(without)


def placed(data: bytes) -> list[list[tuple[str, tuple[float, ...], float]]]:
    """Return the text of each page with its places."""
    return [
        [(piece.text, piece.places, piece.baseline) for piece in page.pieces]
        for page in pages(data)
    ]


@pytest.mark.parametrize("name", [each.name for each in adjustments.ALL])
def test_each_replaces_something_and_puts_it_back(name, monkeypatch):
    (adjustment,) = (each for each in adjustments.ALL if each.name == name)
    places = [(module, what) for module, what, _ in adjustment.replacements()]
    before = [getattr(module, what) for module, what in places]
    with adjustments.adjusted():
        during = [getattr(module, what) for module, what in places]
    assert all(new is not old for new, old in zip(during, before, strict=True))
    assert [getattr(module, what) for module, what in places] == before


def test_what_is_not_as_it_was_keeps_one_adjustment_away(monkeypatch):
    first, *others = adjustments.ALL
    ((place, _), *_) = first.rests_on.items()
    altered = dataclasses.replace(first, rests_on={place: "0123456789abcdef"})
    monkeypatch.setattr(adjustments, "ALL", (altered, *others))
    lines = block._linebox_layout
    with adjustments.adjusted():
        assert pdf.add_tags is tags.add_tags
        assert block._linebox_layout is not lines


def test_all_step_aside_from_another_version(monkeypatch):
    monkeypatch.setattr(weasyprint, "VERSION", "71.0")
    with adjustments.adjusted():
        assert pdf.add_tags is tags.add_tags


def test_a_book_can_be_set_without_any(monkeypatch):
    data = set_with(set(), "<h1>一</h1><p>山</p>", monkeypatch)
    assert [run.text for run in pages(data)[0].runs if run.text in "一山"] == [
        "一",
        "山",
    ]


def test_an_edit_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="not once"):
        proof.edited((block, "_linebox_layout"), ("no such line", ""))


def test_text_below_columns_keeps_the_grid(monkeypatch):
    body = (
        "<div>始</div><div style='columns: 2'><div style='margin-bottom: 7pt'>一</div>"
        "<div>二</div><div>三</div><div>四</div></div><div>终</div>"
    )

    def steps(names: set[str]) -> float:
        (page,) = pages(set_with(names, body, monkeypatch))
        heights = [p.baseline for p in page.pieces if p.text in ("始", "终")]
        return (max(heights) - min(heights)) / 15

    assert steps({"columns"}) == pytest.approx(4, abs=1e-3)
    assert steps(set()) == pytest.approx(3 + 7 / 15, abs=1e-3)
