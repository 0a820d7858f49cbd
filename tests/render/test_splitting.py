"""Long chapters are cut where a reader would not mind, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from pipeline.checks.epub import body_text, check, note_text
from pipeline.model import (
    Book,
    Kind,
    Link,
    Metadata,
    Note,
    Section,
    Text,
    plain,
    walk,
)
from pipeline.passes import anchors, notes
from pipeline.render import render
from pipeline.render.splitting import cut, documents
from pipeline.writers.epub import WRITER
from tests.specimen import (
    IDENTIFIER,
    SPAN,
    chapter,
    job,
    packed,
    paragraph,
    section,
    specimen,
    text,
)

LARGEST = 250_000
PARAGRAPH = "山中无历日，寒尽不知年。" * 30


def size(node) -> int:
    """Three bytes a character, as in UTF-8."""
    return 3 * sum(len(n.value) for n in walk(node) if isinstance(n, Text))


def filler(characters: int):
    return tuple(paragraph(PARAGRAPH) for _ in range(characters // len(PARAGRAPH)))


def headings(content) -> list[str]:
    return [
        plain(n.title) for top in content for n in walk(top) if isinstance(n, Section)
    ]


def test_a_short_chapter_is_not_cut():
    whole = chapter("一", paragraph("短。"), sections=(section("（一）", 2),))
    assert list(cut(whole, size)) == [(whole,)]


def test_a_long_chapter_is_cut_before_its_sections():
    parts = tuple(section(f"（{n}）", 2, *filler(40_000)) for n in "一二三")
    whole = chapter("章", paragraph("引言。"), sections=parts)
    first, second, third = cut(whole, size)
    assert headings(first) == ["章", "（一）"]
    assert second == parts[1:2]
    assert third == parts[2:]


def test_a_section_that_alone_is_too_long_is_cut_before_paragraphs():
    whole = chapter("章", sections=(section("节", 2, *filler(150_000)),))
    title, *pieces = cut(whole, size)
    assert headings(title) == ["章"]
    assert headings(pieces[0]) == ["节"]
    assert all(headings(piece) == [] for piece in pieces[1:])
    flow = (pieces[0][0].flow, *pieces[1:])
    assert tuple(node for piece in flow for node in piece) == whole.sections[0].flow


def test_a_run_in_title_keeps_its_paragraph():
    long = section("（一）题", 2, *filler(150_000), run_in=True)
    first = next(iter(cut(long, lambda node: size(node) * 1000)))
    assert first == (replace(long, flow=long.flow[:1]),)


def test_volumes_and_parts_are_documents_of_their_own():
    volume = section(
        "卷一", 1, paragraph("序。"), kind=Kind.VOLUME, sections=(chapter("一"),)
    )
    assert [plain(s.title) for s in documents((volume,))] == ["卷一", "一"]


# In a whole book ------------------------------------------------------------------


@cache
def long_book() -> Book:
    """Return a chapter of 400,000 characters with links and notes throughout."""
    note = Note(((text("注在同一文件里。"),),), span=SPAN)
    link = Link("#last", (text("见末节"),), span=SPAN)
    flow = (paragraph((text("起"), link, note, text("。"))), *filler(120_000))
    sections = tuple(
        section(
            f"第{n}节",
            2,
            *filler(9_000),
            paragraph((text("又"), note)),
            anchor="last" if n == 30 else "",
        )
        for n in range(1, 31)
    )
    whole = chapter("长章", *flow, sections=sections)
    other = chapter(
        "后章", paragraph((text("回"), Link("#last", (text("看"),), span=SPAN)))
    )
    meta = Metadata(title="长书", date="2024", language="zh-Hans")
    book = Book(meta, (text("长书"),), (), (whole, other))
    return anchors.resolve(notes.number(anchors.name(book)), report=pytest.fail)


def test_every_document_is_short_enough():
    pages = job(long_book()).rendered.pages
    lengths = {page.name: len(page.xhtml.encode()) for page in pages}
    assert len(lengths) > 8
    assert max(lengths.values()) < LARGEST
    assert [name for name in lengths if name.startswith("chapter-001")][:3] == [
        "chapter-001.xhtml",
        "chapter-001-2.xhtml",
        "chapter-001-3.xhtml",
    ]


def test_not_a_character_is_lost_or_moved():
    body = body_text(packed(long_book()), with_notes=False)
    model = "".join(
        n.value
        for s in long_book().sections
        for n in walk(without_notes(s))
        if isinstance(n, Text)
    )
    assert "".join(body.split()) == "".join(model.split())
    assert note_text(packed(long_book())).count("注在同一文件里。") == 31


def without_notes(node):
    from pipeline.model import rewrite

    return rewrite(
        node, lambda n: replace(n, paragraphs=()) if isinstance(n, Note) else n
    )


def test_links_and_notes_land_wherever_the_cut_is(tmp_path):
    pages = {page.name: page.xhtml for page in job(long_book()).rendered.pages}
    home = next(name for name, xhtml in pages.items() if 'id="c1-30"' in xhtml)
    assert home not in {"chapter-001.xhtml", "chapter-002.xhtml"}
    for name in ("chapter-001.xhtml", "chapter-002.xhtml"):
        assert f'href="{home}#c1-30"' in pages[name]
    path = tmp_path / "book.epub"
    path.write_bytes(packed(long_book()))
    found = []
    check(path, found.append)
    assert found == []


def test_on_paper_nothing_is_cut():
    edition = replace(WRITER.edition, paged=True, split=False)
    (page,) = render(long_book(), edition, IDENTIFIER).pages
    assert 'aria-label="长章"' not in page.xhtml


def test_the_specimen_is_not_cut():
    names = [page.name for page in job(specimen()).rendered.pages]
    assert not [name for name in names if name.count("-") > 1]
