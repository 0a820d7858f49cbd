"""Opening an EPUB: what cannot be read is refused with its place, whatever it is."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.epub.publication import Target, Unreadable, read
from tests.checks.epub.test_rules import rewritten
from tests.specimen import packed, speech

CONTAINER, PACKAGE = "META-INF/container.xml", "EPUB/content.opf"
CHAPTER = "EPUB/text/chapter-001.xhtml"
SPEECH = packed(speech())


@pytest.mark.parametrize(
    ("file", "old", "new", "where"),
    [
        (CHAPTER, "</section>", "", CHAPTER),
        (CONTAINER, "rootfile ", "file ", CONTAINER),
        (CONTAINER, "content.opf", "lost.opf", CONTAINER),
        (PACKAGE, 'properties="nav"', "", PACKAGE),
        (PACKAGE, "text/chapter-001", "text/lost", PACKAGE),
        (PACKAGE, 'idref="doc-chapter-001"', 'idref="lost"', PACKAGE),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(file, old, new, where):
    with pytest.raises(Unreadable) as caught:
        read(rewritten(SPEECH, file, old, new))
    assert caught.value.file == where
    assert caught.value.line >= 1


def test_a_book_without_ncx_can_be_read():
    item = 'href="toc.ncx" id="ncx" media-type="application/x-dtbncx+xml"'
    other = item.replace("dtbncx", "other")
    assert read(rewritten(SPEECH, PACKAGE, item, other)).ncx is None


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("title.xhtml", Target("EPUB/text/title.xhtml", "")),
        ("../nav.xhtml#toc", Target("EPUB/nav.xhtml", "toc")),
        ("#c1", Target(CHAPTER, "c1")),
        ("%E5%B1%B1.xhtml", Target("EPUB/text/山.xhtml", "")),
        ("https://example.org/a#b", None),
        ("//example.org/", None),
        ("mailto:lin@example.org", None),
        ("http://[", None),
    ],
)
def test_links_are_followed_from_where_they_stand(href, expected):
    (chapter,) = (d for d in read(SPEECH).spine if d.name == CHAPTER)
    assert chapter.target(href) == expected


@given(st.integers(0, len(SPEECH) - 1), st.binary(min_size=1, max_size=4))
def test_damage_is_refused_or_harmless(offset, damage):
    damaged = SPEECH[:offset] + damage + SPEECH[offset + len(damage) :]
    with suppress(Unreadable):
        read(damaged)
