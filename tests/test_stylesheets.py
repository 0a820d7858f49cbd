"""Style sheets: what of them a book needs, and what they say."""

from __future__ import annotations

import pytest

from pipeline.stylesheets import Declaration, Usage, parse, pruned

HEAD = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>题</title></head>'


def document(body: str) -> str:
    return f"{HEAD}<body>{body}</body></html>"


@pytest.mark.parametrize(
    ("selector", "body", "expected"),
    [
        ("p", "<p>一</p>", True),
        ("h1", "<p>一</p>", False),
        (".note", '<p class="a note">一</p>', True),
        (".not", '<p class="note">一</p>', False),
        ("p.note", '<div class="note"><p>一</p></div>', False),
        (".note p", '<div class="note"><p>一</p></div>', True),
        (".note > p", '<div class="note"><div><p>一</p></div></div>', False),
        ("section + aside", "<section><p>一</p></section><aside>二</aside>", True),
        ("section + aside", "<aside>二</aside><section><p>一</p></section>", False),
        (":not(.a) + .a", '<p class="a">一</p><p class="a">二</p>', False),
        (":not(.a) + .a", '<p>零</p><p class="a">一</p>', True),
        ("p + p", "<p>一</p><p>二</p><p>三</p><p>四</p>", True),
        ("html p", "<p>一</p>", True),
        ("ul ul ul ul", "<ul><li>" * 4 + "</li></ul>" * 4, True),
        ("ul ul ul ul ul", "<ul><li>" * 4 + "</li></ul>" * 4, False),
    ],
)
def test_a_selector_is_used_where_it_matches(selector, body, expected):
    assert Usage([document("<br/>"), document(body)]).has(selector) is expected


def test_only_what_is_used_is_kept():
    css = """@charset "utf-8";
/* Text */
p, h6 { margin: 0; /* none */ }
h6 { color: inherit; }
@supports (a: b) { h6 { x: y; } }
@supports (a: b) {
  p { x: y; }
  h6 { x: y; }
}
"""
    assert pruned(css, Usage([document("<p>一</p>")])) == (
        '@charset "utf-8";\np { margin: 0; }\n@supports (a: b) {\np { x: y; }\n}\n'
    )


def test_a_face_without_a_block_brings_nothing():
    assert parse("@font-face").faces == frozenset()


def test_a_sheet_tells_its_rules_with_their_lines():
    sheet = parse("p,\nh1 { margin: 0 }\n@media print {\n  a { b: c }\n}\np { x }")
    first, second, broken = sheet.rules
    assert first.selectors == ("p", "h1")
    assert first.declarations == (Declaration("margin", "0", 2),)
    assert (second.conditions, second.line) == (("@media print",), 4)
    assert sheet.at_rules == (("media", 3),)
    assert broken.declarations == ()
    assert [line for _problem, line in sheet.errors] == [6]
