"""The labels of pages, and where pages start."""

from __future__ import annotations

from pipeline import theme
from pipeline.layout import Copy, Imprint, PageLabels, paginate
from pipeline.layout.pages import label_texts
from pipeline.pdfium import opened
from pipeline.writer import Stylesheet
from pipeline.writers.pdf import WRITER
from tests.paper import job
from tests.specimen import specimen

SMALL = Stylesheet(
    "css/small.css", "@page { size: 10em 4em; margin: 0 } body { margin: 0 }"
)


def starts(body: str):
    xhtml = f"<html><body>{body}</body></html>"
    copy = Copy(xhtml, (SMALL,), theme.load().faces)
    found = []
    return paginate(copy, Imprint(labels=(PageLabels("", "D"),)), found.append).starts


def where(body: str) -> list[tuple[str, str, int]]:
    return [(start.label, start.anchor, start.offset) for start in starts(body)]


def test_labels_follow_the_numbering_of_their_range():
    ranges = [(0, PageLabels("", prefix="封面")), (1, PageLabels("a", "r"))]
    assert label_texts(4, ranges) == ("封面", "i", "ii", "iii")
    body = (3, PageLabels("b", "D"))
    assert label_texts(5, [body, *ranges]) == ("封面", "i", "ii", "1", "2")


def test_labels_are_those_that_a_pdf_reader_shows():
    product = WRITER.write(job(specimen()), lambda _finding: None)
    with opened(product.data) as document:
        shown = {page.label for page in document.pages() if page.runs}
    assert {start.label for start in product.starts} == shown


def test_a_page_starts_after_as_many_characters_as_stand_before_it():
    body = '<p id="a">一二三</p><div style="break-before: page">四 五</div>'
    assert where(body) == [("1", "a", 0), ("2", "a", 3)]
    assert starts(body)[1].opening == "四五"


def test_a_blank_page_starts_nowhere():
    body = '<p id="a">一</p><p id="b" style="break-before: right">二</p>'
    assert where(body) == [("1", "a", 0), ("3", "b", 0)]


def test_marks_readings_and_running_heads_are_not_counted():
    body = (
        "<style>li::before { content: '甲' } </style>"
        '<ol id="a"><li>一<ruby>垭<rt>yā</rt></ruby></li></ol>'
        '<p style="break-before: page">二</p>'
    )
    assert where(body) == [("1", "a", 0), ("2", "a", 2)]


def test_the_head_of_a_table_is_counted_once():
    rows = "".join(f"<tr><td>第{n}行</td></tr>" for n in range(1, 7))
    body = f'<table id="a"><thead><tr><th>头</th></tr></thead>{rows}</table>'
    found = starts(body)
    assert len(found) > 2
    assert all(start.opening.startswith("第") for start in found[1:])
