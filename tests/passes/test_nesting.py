"""Flat headings become nested sections; every book gets its chapters."""

from pipeline.diagnostics import Code
from pipeline.model import (
    Heading,
    Kind,
    Manuscript,
    Metadata,
    Paragraph,
    Rule,
    Text,
    Title,
    plain,
)
from pipeline.passes.nesting import divide, nest
from pipeline.source import Span


def inline(value, line=1):
    return (Text(value, span=Span("a.txt", line, line)),)


def heading(level, value, kind=Kind.SECTION, **more):
    return Heading(level, kind, inline(value), span=Span("a.txt", 1, 1), **more)


def paragraph(value):
    return Paragraph(inline(value), span=Span("a.txt", 2, 2))


def tree(sections, depth=0):
    for section in sections:
        flow = "".join(plain(p.children) for p in section.flow)
        yield f"{'  ' * depth}{section.level} {plain(section.title)}: {flow}".rstrip()
        yield from tree(section.sections, depth + 1)


def nested(*blocks):
    found = []
    return nest(Manuscript(blocks, Metadata(title="书")), found.append), found


def test_sections_nest_by_level():
    book, _ = nested(
        heading(1, "一"),
        paragraph("甲"),
        heading(2, "（一）"),
        paragraph("乙"),
        heading(1, "二"),
        paragraph("丙"),
    )
    assert list(tree(book.sections)) == ["1 一: 甲", "  2 （一）: 乙", "1 二: 丙"]


def test_a_skipped_level_is_closed_up():
    book, _ = nested(heading(2, "深"), heading(5, "更深"), paragraph("甲"))
    assert list(tree(book.sections)) == ["1 深:", "  2 更深: 甲"]


def test_the_printed_title_is_the_title():
    book, _ = nested(Title(inline("题"), span=Span("a.txt", 1, 1)), paragraph("甲"))
    assert plain(book.title) == "题"


def test_without_a_printed_title_the_metadata_gives_it():
    book, _ = nested(paragraph("甲"))
    assert plain(book.title) == "书"


def test_an_empty_section_is_noted():
    _, found = nested(heading(1, "空"), heading(1, "有"), paragraph("甲"))
    assert [d.code for d in found] == [Code.EMPTY_SECTION]


def test_a_run_in_heading_needs_a_paragraph_to_run_into():
    stop = inline("。")
    book, _ = nested(
        heading(1, "接排", run_in=True, stop=stop),
        paragraph("甲"),
        heading(1, "无文", run_in=True, stop=stop),
        Rule(span=Span("a.txt", 3, 3)),
    )
    assert [section.run_in for section in book.sections] == [True, False]


def test_a_speech_becomes_one_chapter_under_its_title():
    book, _ = nested(paragraph("开头"), heading(1, "一"), paragraph("甲"))
    assert list(tree(divide(book).sections)) == ["1 书: 开头", "  2 一: 甲"]


def test_text_before_the_first_chapter_stays_before_it():
    book, _ = nested(paragraph("题记"), heading(1, "第一章", Kind.CHAPTER))
    divided = divide(book)
    assert list(tree(divided.sections)) == ["1 : 题记", "1 第一章:"]
    assert divided.sections[0].kind is Kind.FRONT


def test_a_book_of_chapters_is_left_as_it_is():
    book, _ = nested(heading(1, "第一卷", Kind.VOLUME), paragraph("甲"))
    assert divide(book) == book


def test_a_book_without_text_has_no_chapters():
    book, _ = nested()
    assert divide(book).sections == ()
