"""An EPUB of ours, read back and built again, is the same book."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from pipeline import reading, works
from pipeline.build import Order, Outcome, build
from pipeline.checks.epub import body_text, note_text
from pipeline.diagnostics import Severity
from pipeline.model import (
    Book,
    Image,
    Math,
    MathBlock,
    Node,
    Note,
    Paragraph,
    Placed,
    Section,
    Text,
    rewrite,
)
from tests.reading_systems.books import law, manual
from tests.render.test_splitting import long_book
from tests.specimen import packed, specimen, speech

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "docs/examples"
SOURCES = [
    ROOT / "seeds/000_8f2d622efa803fc5.txt",
    EXAMPLES / "markdown/刻本小史.md",
    EXAMPLES / "novel/夜航.txt",
]


def built(source: Path, out: Path, **settings: str) -> Outcome:
    order = Order(outputs=("epub",), settings=settings)
    return build(source, out, order, lambda _stage: None)


def book_of(path: Path) -> Book:
    """Return the book that our reader makes of an EPUB, the text as it stands."""
    found = []
    work = works.locate(path, found.append)
    hints = replace(work.config.hints, normalise=False)
    work = replace(work, config=replace(work.config, hints=hints))
    understood = reading.read(work)
    found += understood.diagnostics
    assert [d for d in found if d.code.severity is Severity.ERROR] == []
    assert understood.manuscript.edits == ()
    return reading.finish(understood.book, pytest.fail)


def essence(book: Book) -> Book:
    """Return a book without what an EPUB can't tell.

    That is the hour of a date, the names of places and pictures in the source, and
    where one text ends and another begins.
    """

    def joined(node: Node) -> Node:
        if isinstance(node, Math | MathBlock):
            return replace(node, mathml="")
        if isinstance(node, Image):
            return replace(node, asset="")
        if isinstance(node, Paragraph):
            return replace(node, children=tuple(in_one(node.children)), anchor="")
        if isinstance(node, Section | Placed):
            return replace(node, anchor="")
        if isinstance(node, Note):
            lines = (tuple(in_one(line)) for line in node.paragraphs)
            return replace(node, paragraphs=tuple(lines))
        return node

    def in_one(line):
        groups = groupby(line, key=lambda node: isinstance(node, Text))
        for is_text, nodes in groups:
            whole = tuple(nodes)
            value = "".join(node.value for node in whole if is_text)
            yield from (replace(whole[0], value=value),) if is_text else whole

    meta = replace(book.meta, date=book.meta.date[:10], identifier="")
    sections = tuple(rewrite(section, joined) for section in book.sections)
    return replace(book, meta=meta, sections=sections, anchor="")


def shallow(book: Book) -> Book:
    """Return a book without what lies deeper than HTML has headings for."""

    def cut(node: Node) -> Node:
        if isinstance(node, Section) and node.level == 6:
            return replace(node, sections=())
        return node

    return replace(book, sections=tuple(rewrite(s, cut) for s in book.sections))


def documents(data: bytes) -> dict[str, str]:
    """Return all that is text in an EPUB, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith((".xhtml", ".ncx", ".css"))
        }


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_book_read_back_is_the_same_book(source, tmp_path):
    assert_comes_back(source, tmp_path)


@pytest.mark.parametrize("make", [manual, law])
def test_what_readers_are_tried_with_comes_back(make, tmp_path):
    assert_comes_back(make(tmp_path), tmp_path)


def assert_comes_back(source: Path, tmp_path: Path) -> None:
    first = built(source, tmp_path / "first")
    path = first.editions[0].path
    original = reading.finish(first.reading.book, pytest.fail)
    assert essence(book_of(path)).sections == essence(original).sections
    assert essence(book_of(path)).meta == essence(original).meta
    second = built(path, tmp_path / "second").editions[0].path
    one, other = path.read_bytes(), second.read_bytes()
    assert body_text(other) == body_text(one)
    assert note_text(other) == note_text(one)
    assert documents(other) == documents(one)


@pytest.mark.parametrize("make", [specimen, speech, long_book])
@pytest.mark.parametrize("settings", [{}, {"notes": "duokan"}, {"nav_depth": "any"}])
def test_one_of_everything_comes_back(make, settings, tmp_path):
    path = tmp_path / "book.epub"
    book = shallow(make())
    path.write_bytes(packed(book, **settings))
    assert essence(book_of(path)).sections == essence(book).sections
