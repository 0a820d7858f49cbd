"""CID-keyed fonts: each code in the text is the number of a glyph."""

from __future__ import annotations

from io import BytesIO

from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from pipeline import fonts
from pipeline.layout.cff import cid_keyed


def order(table: bytes) -> list[str]:
    """Return the names of the glyphs of a CFF table, in order of their numbers."""
    font_set = CFFFontSet()
    font_set.decompile(BytesIO(table), None)
    return list(font_set[0].charset)


def test_each_glyph_gets_its_number_for_its_cid():
    (face,) = (f for f in fonts.faces() if f.family == "Keben Song")
    table = cid_keyed(face.path.read_bytes())
    names = order(table)
    assert names[0] == ".notdef"
    assert names[1:] == [f"cid{number:05}" for number in range(1, len(names))]
    # Nothing else is touched.
    before = TTFont(face.path).reader["CFF "]
    assert len(table) == len(before)
    assert order(before)[1:] != names[1:]


def test_other_fonts_are_left_alone():
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    pen = T2CharStringPen(500, None)
    glyph = pen.getCharString()
    builder.setupCFF("Named-Regular", {}, {".notdef": glyph, "A": glyph}, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "A": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupOS2()
    builder.setupPost()
    named = BytesIO()
    builder.save(named)
    assert cid_keyed(named.getvalue()) is None
    assert cid_keyed(b"\0\1\0\0 a TrueType font") is None
