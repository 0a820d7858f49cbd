"""Printed pages are marked at their first character, and nowhere else."""

from __future__ import annotations

import pytest

from pipeline.render.pages import OBJECT, PageStart, mark


def marked(*documents: str, **starts: tuple[str, int, str]) -> list[str]:
    """Return documents with ``|label|`` at each mark; ``starts`` are by label."""
    pages = [PageStart(label, *where) for label, where in starts.items()]
    return list(mark(documents, pages, lambda start: f"|{start.label}|").documents)


@pytest.mark.parametrize(
    ("document", "start", "expected"),
    [
        ('<h2 id="a">一二</h2>', ("a", 0, ""), '|p|<h2 id="a">一二</h2>'),
        (
            '<h2 id="a">一</h2>\n<p>二　三</p>',
            ("a", 2, "三"),
            '<h2 id="a">一</h2>\n<p>二　|p|三</p>',
        ),
        (
            '<p id="a">一<em>二三</em></p>',
            ("a", 1, "二三"),
            '<p id="a">一|p|<em>二三</em></p>',
        ),
        (
            '<p id="a">一<em>二三</em></p>',
            ("a", 2, "三"),
            '<p id="a">一<em>二|p|三</em></p>',
        ),
        (
            '<p id="a">一&amp;二</p>',
            ("a", 1, "&二"),
            '<p id="a">一|p|&amp;二</p>',
        ),
        (
            '<p id="a"><ruby>垭<rt>yā</rt></ruby>口</p>',
            ("a", 1, "口"),
            '<p id="a"><ruby>垭<rt>yā</rt></ruby>|p|口</p>',
        ),
        (
            '<p id="a">一<sup class="noteref"><a id="n">1</a></sup>二</p>',
            ("a", 1, "二"),
            '<p id="a">一<sup class="noteref"><a id="n">1</a></sup>|p|二</p>',
        ),
        (
            '<p id="a">一</p><figure><img src="a.png"/></figure><p>二</p>',
            ("a", 1, f"{OBJECT}二"),
            '<p id="a">一</p>|p|<figure><img src="a.png"/></figure><p>二</p>',
        ),
        (
            '<p id="a">一<math><mi>x</mi></math>二</p>',
            ("a", 2, "二"),
            '<p id="a">一<math><mi>x</mi></math>|p|二</p>',
        ),
    ],
)
def test_a_mark_stands_before_the_first_character_of_its_page(
    document, start, expected
):
    assert marked(document, p=start) == [expected]


def test_notes_at_the_end_of_a_document_are_no_part_of_the_flow():
    first = '<p id="a">一</p><aside id="n"><p>注</p></aside>'
    assert marked(first, "<p>二</p>", p=("a", 1, "二")) == [first, "<p>|p|二</p>"]


def test_where_counting_is_out_the_nearest_place_with_that_text_is_found():
    (found,) = marked('<p id="a">春夏秋冬春夏</p>', p=("a", 5, "春夏"))
    assert found == '<p id="a">春夏秋冬|p|春夏</p>'


def test_what_is_not_there_is_not_marked():
    lost = [PageStart("1", "b", 0, "春"), PageStart("2", "a", 1, "秋")]
    made = mark(['<p id="a">春夏</p>'], lost, lambda start: start.label)
    assert made.documents == ('<p id="a">春夏</p>',)
    assert made.lost == tuple(lost)


def test_several_pages_start_in_one_document():
    document = '<p id="a">一二三</p>'
    assert marked(document, x=("a", 1, "二"), y=("a", 2, "三")) == [
        '<p id="a">一|x|二|y|三</p>'
    ]


def test_the_id_of_a_mark_is_a_name_that_links_can_hold():
    assert PageStart("xii", "a", 3, "").id == "page-xii"
    assert PageStart("封面", "cover", 0, "").id == "page-cover"
