"""A PDF says the same without the shapes of its glyphs, which take most of the time."""

from __future__ import annotations

import re

import pytest

from pipeline.audit.strand import squeezed
from pipeline.pdfium import opened, without_shapes

FONT = re.compile(rb"<<[^<>]*/CIDFontType0C[^<>]*>>\s*stream\r?\n")


def spoken(pdf):
    """Return all that the pages say; PDFium makes up spaces by the ink of glyphs."""
    with opened(pdf) as document:
        return [
            (
                page.label,
                [(squeezed(s.text), s.element.types, s.picture) for s in page.said],
                *map(squeezed, (page.pagination, page.artifacts, page.strays)),
            )
            for page in document.spoken(range(document.count))
        ]


def test_it_says_the_same(made):
    changed = without_shapes(made.pdf)
    assert changed != made.pdf
    assert spoken(changed) == spoken(made.pdf)


def test_nothing_but_fonts_is_changed(made):
    places = [match.end() for match in FONT.finditer(made.pdf)]
    assert places
    changed = without_shapes(made.pdf)
    rest = 0
    for start in places:
        assert changed[rest:start] == made.pdf[rest:start]
        rest = made.pdf.index(b"endstream", start)
    assert changed[rest:] == made.pdf[rest:]


@pytest.mark.parametrize(
    "stream",
    [
        b"<</Subtype/CIDFontType0C/Length 999>>stream\nglyphs\nendstream",
        b"<</Subtype/CIDFontType0C/Length 9 0 R/Filter/FlateDecode>>stream\n"
        + bytes(999),
        b"<</Subtype/CIDFontType0C/Length 6/Filter/FlateDecode>>stream\nglyphs\n"
        b"endstream",
        b"<</Subtype/CIDFontType0C/Length 999/Filter/FlateDecode>>stream\n" + bytes(9),
        b"<</Subtype/CIDFontType0C/Filter/FlateDecode>>stream\n" + bytes(999),
    ],
)
def test_a_font_that_is_not_packed_as_ours_stays(stream):
    assert without_shapes(stream) == stream
