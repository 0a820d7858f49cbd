"""Notes are numbered from 1 in each chapter."""

from pipeline.model import Book, Kind, Metadata, Note, Paragraph, Section, Text, walk
from pipeline.passes import anchors, notes
from pipeline.source import Span

HERE = Span("a.md", 1, 1)


def paragraph(count):
    note = Note(((Text("注", span=HERE),),), span=HERE)
    return Paragraph((Text("文", span=HERE), *[note] * count), span=HERE)


def section(kind, count, *sections):
    flow = (paragraph(count),)
    return Section("", 1, kind, (), flow=flow, sections=sections, span=HERE)


def numbered(*sections):
    book = notes.number(anchors.name(Book(Metadata(), (), (), sections)))
    found = (n for s in book.sections for n in walk(s))
    return [(n.id, n.number) for n in found if isinstance(n, Note)]


def test_each_chapter_starts_again():
    assert numbered(section(Kind.CHAPTER, 2), section(Kind.CHAPTER, 1)) == [
        ("c1-n1", 1),
        ("c1-n2", 2),
        ("c2-n1", 1),
    ]


def test_the_sections_of_a_chapter_go_on_counting():
    chapter = section(Kind.CHAPTER, 1, section(Kind.SECTION, 1))
    assert numbered(chapter) == [("c1-n1", 1), ("c1-n2", 2)]


def test_a_volume_and_its_chapters_count_apart():
    volume = section(Kind.VOLUME, 1, section(Kind.CHAPTER, 1), section(Kind.CHAPTER, 1))
    assert numbered(volume) == [("c1-n1", 1), ("c1-1-n1", 1), ("c1-2-n1", 1)]
