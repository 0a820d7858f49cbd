"""Glyphs: what the faces can show, and what of a book they can't."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from pipeline import fonts, glyphs
from pipeline.fonts import coverage
from pipeline.model import (
    Book,
    CodeBlock,
    Creator,
    Kind,
    Metadata,
    Note,
    Paragraph,
    Ruby,
    Rule,
    Section,
    Text,
)
from pipeline.model import Code as ProgramText
from pipeline.source import Span

META = Metadata(title="书")


def span(line: int) -> Span:
    return Span("book.txt", line, line)


def book(*children, meta=META) -> Book:
    flow = tuple(
        child
        if isinstance(child, Rule | CodeBlock)
        else Paragraph((child,), span=child.span)
        for child in children
    )
    chapter = Section("c", 1, Kind.CHAPTER, (), flow=flow, span=span(1))
    return Book(meta, (), (), (chapter,))


def missing(of: Book) -> list[str]:
    found = []
    glyphs.report_missing(of, fonts.faces(), found.append)
    return [f"{d.span or 'metadata'} {d.code.id} {d.values['code']}" for d in found]


@pytest.mark.parametrize("face", fonts.faces(), ids=lambda face: face.family)
def test_characters_are_those_that_fonttools_finds(face):
    with TTFont(face.path, lazy=True) as font:
        assert coverage.characters(face.path) == set(map(chr, font.getBestCmap()))


def test_a_book_of_common_characters_lacks_nothing():
    assert missing(book(Text("山中何所有，岭上多白云。A–Z", span=span(2)))) == []


def test_a_missing_character_is_named_with_its_line():
    rare = Text("𠮷野家", span=span(7))
    assert missing(book(rare)) == ["book.txt:7 K501 U+20BB7"]


def test_each_character_is_named_once_where_it_first_stands():
    twice = (Text("한한", span=span(3)), Text("한글", span=span(9)))
    assert missing(book(*twice)) == ["book.txt:3 K501 U+D55C", "book.txt:9 K501 U+AE00"]


@pytest.mark.parametrize(
    "node",
    [
        ProgramText("한", span=span(4)),
        CodeBlock("x = '한'", span=span(4)),
        Ruby("한", "hán", span=span(4)),
        Ruby("韩", "한", span=span(4)),
        Rule("한", span=span(4)),
        Note(((Text("한", span=span(4)),),), span=span(4)),
    ],
    ids=lambda node: type(node).__name__,
)
def test_every_node_that_shows_text_is_looked_at(node):
    assert missing(book(node)) == ["book.txt:4 K501 U+D55C"]


@pytest.mark.parametrize(
    "meta",
    [
        Metadata(title="한"),
        Metadata(subtitle="한"),
        Metadata(creators=(Creator("한"),)),
        Metadata(publisher="한"),
        Metadata(rights="한"),
    ],
)
def test_metadata_that_a_page_shows_is_looked_at(meta):
    assert missing(book(meta=meta)) == ["metadata K501 U+D55C"]


def test_what_shapers_draw_themselves_needs_no_glyph():
    invisible = "\t\n \u00a0\u2009\u3000\u200b\u200d\u2060\ufeff\u00ad\ufe00\U000e0100"
    assert missing(book(Text(f"山{invisible}水", span=span(2)))) == []


@pytest.mark.parametrize("character", ["\ufffd", "\ue123", "\U000f0001"])
def test_what_nobody_knows_any_more_is_told_and_shown_as_a_gap(character):
    lost = Text(f"金{character}书", span=span(5))
    assert missing(book(lost)) == [f"book.txt:5 K503 U+{ord(character):04X}"]
    assert glyphs.without_lost(lost.value) == "金□书"


@given(st.text())
def test_only_lost_characters_are_replaced(text):
    shown = glyphs.without_lost(text)
    assert len(shown) == len(text)
    for before, after in zip(text, shown, strict=True):
        assert after == (glyphs.LOST if glyphs.is_lost(before) else before)
