"""Drawings that strangers made: what does nothing but draw, and what does not."""

from __future__ import annotations

import pytest

from pipeline.drawings import Fault, fault

SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawing(content: str, attributes: str = "", above: str = "") -> Fault | None:
    return fault(f"{above}<svg {SPACES} {attributes}>{content}</svg>".encode())


@pytest.mark.parametrize(
    "content",
    [
        '<defs><linearGradient id="a"/></defs><rect fill="url(#a)"/>',
        '<image href="data:image/png;base64,AA"/>',
        '<style>text { font-family: "宋体" } rect { fill: url( "#a" ) }</style>',
        '<a href="https://example.org/"><text>字</text></a>',
        '<text font-family="\\5b8b\\4f53">字</text>',
        '<metadata><x:about xmlns:x="urn:x" x:path="C:\\a" href="x.svg"/></metadata>',
        '<style>.a { clip-path: url(#c) }</style><clipPath id="c"><rect/></clipPath>',
        '<filter id="f"><feGaussianBlur/></filter><g filter="url(#f)"/>',
        "<g>" * 90 + "</g>" * 90,
    ],
)
def test_what_only_draws_passes(content):
    assert drawing(content) is None


@pytest.mark.parametrize(
    "content",
    [
        # programs
        "<script>x()</script>",
        '<g onload="x()"/>',
        '<g ONLOAD="x()"/>',
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">x()</x:script>',
        '<a href="javascript:x()"><text>字</text></a>',
        '<a xlink:href=" java&#10;script:x()"><text>字</text></a>',
        '<a href="data:text/html,x"><text>字</text></a>',
        '<a><set attributeName="href" to="javascript:x()"/></a>',
        '<a><animate attributeName="xlink:href" values="javascript:x()"/></a>',
        '<handler xmlns="http://www.w3.org/2000/svg">x()</handler>',
        # other documents
        "<foreignObject/>",
        '<iframe xmlns="http://www.w3.org/1999/xhtml" src="https://example.org/"/>',
        '<img xmlns="http://www.w3.org/1999/xhtml" src="https://example.org/a.png"/>',
        '<link xmlns="http://www.w3.org/1999/xhtml" href="#a"/>',
        '<image xlink:href="file:///etc/hostname"/>',
        '<image href="../../etc/hostname"/>',
        '<image href="data:image/svg+xml,x"/>',
        '<use href="https://example.org/a.svg#b"/>',
        '<use href="#b" xml:base="https://example.org/a.svg"/>',
        '<feImage href="https://example.org/a.png"/>',
        # style sheets
        '<rect fill="url(https://example.org/)"/>',
        '<rect fill="URL(https://example.org/)"/>',
        "<rect style=\"fill: url( 'x.svg#a' )\"/>",
        '<rect style="fill: u\\72l(https://example.org/)"/>',
        '<style>@import "x.css";</style>',
        '<style>@IMPORT "x.css";</style>',
        '<style>@\\69mport "x.css";</style>',
        "<style><![CDATA[@font-face { src: url(//example.org/a.woff) }]]></style>",
        '<style>rect { background: image-set("https://example.org/a.png" 1x) }</style>',
        # what the tree does not show
        "<unclosed>",
        "<g>" * 101 + "<script/>" + "</g>" * 101,
    ],
)
def test_what_does_more_is_refused(content):
    assert drawing(content) is Fault.ACTIVE


@pytest.mark.parametrize(
    "above",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x()">]>',
        '<?xml-stylesheet href="https://example.org/a.css"?>',
        '<?xml version="1.0" encoding="UTF-7"?>',
    ],
)
def test_what_declarations_add_is_refused(above):
    assert drawing("", above=above) is Fault.ACTIVE


def test_the_declaration_of_svg_itself_is_none_that_adds():
    declared = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">'
    assert (
        drawing("", above=f'<?xml version="1.0" encoding="utf-8"?>{declared}') is None
    )


def test_what_is_repeated_is_counted_each_time():
    """Ten of ten of ten …: a billion circles in a kilobyte."""
    parts = ['<circle id="a0"/>']
    for n in range(1, 10):
        uses = f'<use href="#a{n - 1}"/>' * 10
        parts.append(f'<g id="a{n}">{uses}</g>')
    assert drawing("".join(parts[:5])) is None
    assert drawing("".join(parts)) is Fault.ENDLESS


@pytest.mark.parametrize(
    "content",
    [
        '<use id="a" href="#a"/>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<pattern id="p"><rect fill="url(#p)"/></pattern>',
    ],
)
def test_what_contains_itself_never_ends(content):
    assert drawing(content) is Fault.ENDLESS


def test_a_marker_stands_on_every_point():
    marker = f'<marker id="m">{"<path/>" * 1000}</marker>'
    line = f'<path marker-mid="url(#m)" d="{"L1 1" * 1000}"/>'
    assert drawing(marker + line) is Fault.ENDLESS
    assert drawing(marker + '<path marker-mid="url(#m)" d="M1 1L2 2"/>') is None


def test_the_elements_of_a_million_are_too_many():
    assert drawing("<g/>" * 300_000) is Fault.ENDLESS
