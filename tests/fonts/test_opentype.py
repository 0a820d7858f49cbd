"""OpenType: what a file says about itself, whatever its form."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import fonts
from pipeline.fonts import opentype
from pipeline.fonts.opentype import Unusable
from tests.fonts.typefoundry import collection, font, webfont

TEXT = "AB“”山水〇\u3000"


@pytest.mark.parametrize("face", fonts.faces(), ids=lambda face: face.postscript)
def test_characters_are_those_that_fonttools_finds(face):
    with TTFont(face.path, lazy=True) as known:
        found = opentype.characters(face.path.read_bytes())
        assert found == set(known.getBestCmap())


@pytest.mark.parametrize("form", [4, 6, 12])
def test_every_form_of_the_table_of_characters_is_read(form):
    assert set(map(chr, opentype.characters(font(TEXT, form=form)))) == set(TEXT)


def test_rare_characters_are_found():
    assert set(map(chr, opentype.characters(font("山𠮷")))) == {"山", "𠮷"}


@settings(max_examples=40, deadline=None)
@given(st.sets(st.characters(codec="utf-16", exclude_categories=["Cs"]), min_size=1))
def test_no_character_is_lost_or_made_up(characters):
    made = font(characters, form=4)
    assert set(map(chr, opentype.characters(made))) == characters


def test_what_a_font_says_about_itself():
    found = opentype.describe(font(style="Bold", licence="SIL Open Font License"))
    assert (found.name, found.postscript) == ("Test Song Bold", "TestSong-Bold")
    assert found.licence == "SIL Open Font License"
    assert found.has_outlines
    assert not found.is_variable
    assert not found.forbids_subsets
    assert opentype.describe(font(variable=True)).is_variable


@pytest.mark.parametrize(
    ("bits", "forbidden"),
    [
        (0x0000, False),  # installable
        (0x0002, True),  # restricted
        (0x0004, False),  # preview and print
        (0x0008, False),  # editable, as FandolFang
        (0x000A, False),  # of several the most generous counts
        (0x0100, True),  # no subsets
        (0x0200, True),  # bitmaps only
    ],
)
def test_what_licences_forbid(bits, forbidden):
    assert opentype.describe(font(fs_type=bits)).forbids_subsets is forbidden


def test_each_font_of_a_collection_becomes_a_font():
    both = collection(font("山", family="First"), font("水", family="Second"))
    assert opentype.is_collection(both)
    members = opentype.members(both)
    assert [opentype.describe(one).name for one in members] == ["First", "Second"]
    for one, text in zip(members, "山水", strict=True):
        with TTFont(io.BytesIO(one), checkChecksums=2) as opened:
            assert set(opened.getBestCmap()) == {ord(text)}


def test_a_webfont_becomes_the_font_that_it_was():
    plain = font(TEXT)
    packed = webfont(plain)
    assert opentype.is_webfont(packed)
    unpacked = opentype.unpacked(packed)
    with TTFont(io.BytesIO(unpacked), checkChecksums=2) as opened:
        assert set(opened.getBestCmap()) == set(map(ord, TEXT))
    assert opentype.tables(unpacked) == opentype.tables(plain)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x00\x00",
        b"no font at all" * 20,
        b"%PDF-1.7\n" * 20,
        font()[:200],
        font()[:-300],
    ],
    ids=["empty", "short", "text", "pdf", "head", "cut"],
)
def test_what_is_no_font_is_refused(data):
    with pytest.raises(Unusable):
        opentype.describe(data)


@pytest.mark.parametrize("data", [b"wOFF", webfont(font())[:120], b"wOFF" + bytes(60)])
def test_damaged_webfonts_are_refused(data):
    with pytest.raises(Unusable):
        opentype.describe(opentype.unpacked(data))


def test_damaged_collections_are_refused():
    with pytest.raises(Unusable):
        opentype.members(collection(font(), font(family="B"))[:64])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=8))
def test_a_damaged_font_is_read_or_refused_but_never_a_crash(at, noise):
    whole = font(TEXT)
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    try:
        opentype.describe(damaged)
        opentype.characters(damaged)
    except Unusable:
        pass
