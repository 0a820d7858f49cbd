"""Trees of HTML and XML: what is kept, what is mended, and what is never done."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tree import (
    Element,
    Malformed,
    descendants,
    find,
    parse_html,
    parse_xml,
    rebuild,
    text,
    with_children,
)

BOMB = b"<!DOCTYPE x [<!ENTITY a '%s'>%s]><x y='&f;'/>" % (
    b"ha" * 50,
    b"".join(
        b"<!ENTITY %c '%s'>" % (name, b"&%c;" % (name - 1) * 10)
        for name in range(ord("b"), ord("g"))
    ),
)


def test_names_carry_the_usual_prefixes():
    root = parse_xml(
        b'<p:a xmlns:p="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        b' xmlns="http://www.w3.org/1999/xhtml" p:val="1" id="2"><b/></p:a>'
    )
    assert isinstance(root, Element)
    assert root.name == "w:a"
    assert root.attributes == {"w:val": "1", "id": "2"}
    assert root.elements[0].name == "b"


def test_elements_know_their_line():
    root = parse_xml(b"<a>\n<b/>\n\n<c/></a>")
    assert isinstance(root, Element)
    assert [(e.name, e.line) for e in descendants(root)] == [
        ("a", 1),
        ("b", 2),
        ("c", 4),
    ]


def test_html_is_mended_as_browsers_do():
    page = parse_html("<p>一<p>二</body></html><p>三")
    assert isinstance(page, Element)
    body = find(page, "body")
    assert body is not None
    assert [text(paragraph) for paragraph in body.elements] == ["一", "二", "三"]


@pytest.mark.parametrize("said", ["", " \n", "<!-- 注 -->", "<?xml version='1.0'?>"])
def test_a_page_of_nothing_is_empty(said):
    page = parse_html(said)
    assert isinstance(page, Element)
    assert not text(page).strip()


@pytest.mark.parametrize("name", ["{", "{}", "{x}", "a{b}", ":", "=", "'"])
def test_attributes_may_be_called_anything(name):
    page = parse_html(f'<p {name}="1" id="2">字</p>')
    assert isinstance(page, Element)
    paragraph = find(page, "p")
    assert paragraph is not None
    assert paragraph.get("id") == "2"


def test_entities_are_left_as_they_are_written():
    said = b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    root = parse_xml(said + b"<x>&a;&f;&amp;&#21313;</x>")
    assert isinstance(root, Element)
    assert text(root) == "&a;&f;&十"


def test_entities_of_html_are_known_in_xhtml():
    doctype = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "xhtml11.dtd">'
    root = parse_xml(doctype + b"<p>a&nbsp;b</p>")
    assert isinstance(root, Element)
    assert text(root) == "a\xa0b"


@pytest.mark.parametrize(
    "data",
    [b"", b"<a>", b"<a></b>", b"<a>&none;</a>", b"<a>" * 300 + b"</a>" * 300, BOMB],
)
def test_broken_xml_is_said_to_be(data):
    assert isinstance(parse_xml(data), Malformed)


def test_what_is_nested_deeper_than_a_page_is_keeps_its_text():
    page = parse_html("<div>" * 500 + "深" + "</div>" * 500)
    assert isinstance(page, Element)
    assert text(page) == "深"


def test_rebuilding_shares_what_stays():
    root = parse_xml(b"<a><b>1</b><c>2</c></a>")
    assert isinstance(root, Element)
    (same,) = rebuild(root, lambda element: (element,))
    assert same is root
    (other,) = rebuild(root, lambda e: e.children if e.name == "b" else (e,))
    assert isinstance(other, Element)
    assert text(other) == "12"
    assert [e.name for e in other.elements] == ["c"]
    assert with_children(root, root.children) is root


@given(st.text(max_size=200))
def test_no_text_raises(said):
    parse_html(said)


@given(st.binary(max_size=200))
def test_no_bytes_raise(data):
    parse_xml(data)
