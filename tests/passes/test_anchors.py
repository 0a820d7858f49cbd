"""Ids come from places, and links find them."""

import pytest

from pipeline.diagnostics import Code
from pipeline.model import Book, Kind, Link, Metadata, Paragraph, Section, Text, walk
from pipeline.passes import anchors
from pipeline.source import Span

HERE = Span("a.md", 1, 1)


def section(title, *sections, flow=(), anchor="", file="a.md"):
    return Section(
        "",
        1,
        Kind.CHAPTER,
        (Text(title, span=HERE),),
        flow=flow,
        sections=sections,
        anchor=anchor,
        span=Span(file, 1, 1),
    )


def book(*sections):
    return Book(Metadata(), (), (), sections)


def link(target):
    return Paragraph((Link(target, (Text("见", span=HERE),), span=HERE),), span=HERE)


def test_ids_tell_the_place():
    named = anchors.name(
        book(section("一"), section("二", section("甲"), section("乙")))
    )
    ids = [n.id for s in named.sections for n in walk(s) if isinstance(n, Section)]
    assert ids == ["c1", "c2", "c2-1", "c2-2"]


def targets(*sections):
    found = []
    resolved = anchors.resolve(anchors.name(book(*sections)), found.append)
    nodes = (n for s in resolved.sections for n in walk(s))
    return [n.target for n in nodes if isinstance(n, Link)], found


def test_a_link_leads_to_the_section_of_that_name():
    found, _ = targets(section("一", flow=(link("#乙"),)), section("乙", anchor="乙"))
    assert found == ["#c2"]


def test_a_link_to_nowhere_keeps_its_text_and_is_reported():
    found, diagnostics = targets(section("一", flow=(link("#无"),)))
    assert found == [""]
    assert [d.code for d in diagnostics] == [Code.UNRESOLVED_LINK]


def test_addresses_are_left_alone():
    found, diagnostics = targets(section("一", flow=(link("https://example.org/"),)))
    assert (found, diagnostics) == (["https://example.org/"], [])


def test_links_between_the_files_of_a_book_find_their_places():
    found, _ = targets(
        section("一", flow=(link("b.md"), link("b.md#乙"), link("#乙"))),
        section("二", section("乙", anchor="乙", file="b.md"), file="b.md"),
    )
    assert found == ["#c2", "#c2-1", "#c2-1"]


def test_the_same_file_comes_first():
    found, _ = targets(
        section("一", anchor="同", file="b.md"),
        section("二", flow=(link("#%E5%90%8C"),), anchor="同"),
    )
    assert found == ["#c2"]


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "无.md",
        "//[",
    ],
)
def test_what_is_neither_in_the_book_nor_on_the_web_leads_nowhere(target):
    found, diagnostics = targets(section("一", flow=(link(target),)))
    assert found == [""]
    assert [d.code for d in diagnostics] == [Code.UNRESOLVED_LINK]


def test_paths_are_seen_from_the_file_of_the_link():
    here = Span("a/one.md", 1, 1)
    links = tuple(
        Paragraph((Link(t, (Text("见", span=here),), span=here),), span=here)
        for t in ("two.md", "../two.md", "/two.md", "./two.html#乙", "../b/", "../b")
    )
    found, _ = targets(
        section("一", flow=links, file="a/one.md"),
        section("二", section("乙", anchor="乙", file="a/two.md"), file="a/two.md"),
        section("三", file="two.md"),
        section("四", file="b/README.md"),
    )
    assert found == ["#c2", "#c3", "#c3", "#c2-1", "#c4", "#c4"]


def placed(name, file="a.md"):
    span = Span(file, 5, 5)
    return Paragraph((Text("段", span=span),), anchor=name, span=span)


def test_a_link_leads_to_a_paragraph_which_gets_an_id():
    found = []
    whole = book(section("一", flow=(link("#段"), placed("段"), placed("无人"))))
    (only,) = anchors.resolve(anchors.name(whole), found.append).sections
    assert found == []
    assert only.flow[0].children[0].target == "#p1"
    assert [block.id for block in only.flow] == ["", "p1", ""]


def test_of_two_places_of_one_name_the_first_is_meant():
    whole = book(section("一", flow=(placed("段"), placed("段"), link("#段"))))
    (only,) = anchors.resolve(anchors.name(whole), print).sections
    assert [block.id for block in only.flow] == ["p1", "", ""]


def test_a_link_finds_a_paragraph_in_another_file():
    found, diagnostics = targets(
        section("一", flow=(link("b.md#段"), placed("段"))),
        section("二", flow=(placed("段", "b.md"),), file="b.md"),
    )
    assert (found, diagnostics) == (["#p2"], [])
