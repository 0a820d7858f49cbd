"""EPUBs read: our own and others', and what is no EPUB."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.diagnostics import Code
from pipeline.model import Creator, Heading, Image, Title, walk
from pipeline.passes import nesting
from pipeline.reader import HeadingHint, Hints, Input
from pipeline.readers.epub import READER
from tests import specimen
from tests.readers import trees
from tests.readers.damage import damaged
from tests.readers.office import zipped
from tests.test_assets import PNG

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def epub(documents, *, nav="", ncx="", meta="", manifest="", files=None, guide=""):
    """Return an EPUB of ``documents``: the bodies of its chapters, by name.

    A document that is None is listed, but not there.
    """
    items = "".join(
        f'<item id="d{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(documents)
    )
    order = "".join(f'<itemref idref="d{n}"/>' for n in range(len(documents)))
    if nav:
        items += '<item id="nav" href="nav.xhtml" properties="nav"/>'
    if ncx:
        items += '<item id="ncx" href="b.ncx" media-type="application/x-dtbncx+xml"/>'
    found = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": (
            '<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="id"'
            ' xmlns:opf="http://www.idpf.org/2007/opf"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<metadata>{meta}</metadata><manifest>{items}{manifest}</manifest>"
            f"<spine>{order}</spine><guide>{guide}</guide></package>"
        ),
    }
    found |= {
        f"OEBPS/{name}": page(b) for name, b in documents.items() if b is not None
    }
    if nav:
        found["OEBPS/nav.xhtml"] = page(nav)
    if ncx:
        space = "http://www.daisy.org/z3986/2005/ncx/"
        found["OEBPS/b.ncx"] = f'<ncx xmlns="{space}"><navMap>{ncx}</navMap></ncx>'
    return zipped(found | (files or {}))


def page(body):
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"><body>{body}</body></html>'
    )


def toc(*entries):
    """Return a nav; an entry is a title, an address, and the entries below."""
    items = "".join(
        f'<li><a href="{href}">{title}</a>{_list(below)}</li>'
        for title, href, *below in entries
    )
    return f'<nav epub:type="toc"><ol>{items}</ol></nav>'


def _list(entries):
    items = "".join(f'<li><a href="{href}">{title}</a></li>' for title, href in entries)
    return f"<ol>{items}</ol>" if items else ""


def read(data, hints=None, report=None):
    report = report or (lambda _: None)
    return READER.read(Input("书.epub", data), hints or Hints(), report)


def lines(data, hints=None):
    return trees.manuscript(read(data, hints)).rstrip("\n").split("\n")


def codes(data):
    found = []
    read(data, report=found.append)
    return [diagnostic.code for diagnostic in found]


# Our own books ----------------------------------------------------------------


def sections(found, depth=0):
    """Yield sections and their flow, but for what no XHTML can keep."""
    for section in found:
        title = trees.inlines(section.title)
        level = min(section.level, 6)
        yield f"{level} {section.kind.value} {section.run_in} {title}"
        yield from (trees.inlines(section.stop), *map(flow, section.flow))
        yield from sections(section.sections, depth + 1)


def flow(block):
    lines = (
        line.lstrip().partition(" ")[2]
        for line in trees.tree(replace(block, anchor=""))
    )
    return "\n".join(line for line in lines if "Link(#" not in line)


@pytest.mark.parametrize("make", [specimen.specimen, specimen.speech])
def test_our_own_book_reads_back_with_the_same_sections_and_text(make):
    book = make()
    manuscript = read(specimen.packed(book), report=pytest.fail)
    back = nesting.divide(nesting.nest(manuscript, pytest.fail))
    assert list(sections(back.sections)) == list(sections(book.sections))


@pytest.mark.parametrize("make", [specimen.specimen, specimen.speech])
def test_our_own_book_reads_back_with_the_same_metadata(make):
    said = make().meta
    meta = read(specimen.packed(make())).meta
    assert meta.title == said.title
    assert meta.subtitle == said.subtitle
    assert meta.creators == said.creators
    assert meta.publisher == said.publisher
    assert meta.date == said.date[:10]
    assert meta.source_url == said.source_url
    assert meta.language == said.language
    assert meta.rights == said.rights
    assert meta.description == said.description
    assert meta.identifier == specimen.IDENTIFIER


def test_our_own_pages_around_the_text_are_left_out():
    manuscript = read(specimen.packed(specimen.specimen()))
    whole = [drop for drop in manuscript.drops if drop.reason != "note-mark"]
    assert {drop.reason for drop in whole} == {"made-anew"}
    assert {drop.span.source for drop in whole} == {
        "EPUB/text/title.xhtml",
        "EPUB/text/contents.xhtml",
        "EPUB/text/colophon.xhtml",
    }


# Headings ---------------------------------------------------------------------


def test_the_contents_give_headings_their_levels():
    book = epub(
        {
            "p1.xhtml": "<h1>风起</h1>",
            "c1.xhtml": "<h1>石阶</h1><p>一。</p><h2>雨</h2><p>二。</p>",
            "c2.xhtml": "<h1>桥</h1><p>三。</p>",
            "e.xhtml": "<h2>后记</h2><p>四。</p>",
        },
        nav=toc(
            ("风起", "p1.xhtml", ("石阶", "c1.xhtml"), ("桥", "c2.xhtml")),
            ("后记", "e.xhtml"),
        ),
    )
    assert lines(book) == [
        "1 Heading 1 part #: 风起",
        "2 Heading 2 chapter #: 石阶",
        "3 Paragraph: 一。",
        "4 Heading 3 section #: 雨",
        "5 Paragraph: 二。",
        "6 Heading 2 chapter #: 桥",
        "7 Paragraph: 三。",
        "8 Heading 1 back #: 后记",
        "9 Paragraph: 四。",
    ]


def test_paragraphs_that_the_contents_repeat_are_headings():
    point = (
        '<navPoint><navLabel><text>{}</text></navLabel><content src="{}"/></navPoint>'
    )
    book = epub(
        {
            "a.xhtml": '<p class="t">第一章　石阶</p><p>一。</p>'
            '<div><a id="x"/></div><p><b>桥</b></p><p>二。</p>',
            "b.xhtml": "<p>三。</p>",
        },
        ncx=point.format("第一章 石阶", "a.xhtml")
        + point.format("桥", "a.xhtml#x")
        + point.format("没有印出的标题", "b.xhtml"),
    )
    assert lines(book) == [
        "1 Heading 1 chapter #: 第一章　石阶",
        "2 Paragraph: 一。",
        "3 Heading 1 chapter #: Strong(桥)",
        "4 Paragraph: 二。",
        "5 Heading 1 chapter #: 没有印出的标题",
        "5 Paragraph: 三。",
    ]


def test_a_book_without_headings_and_contents_is_read_like_text():
    text = "<p>他在灯下坐了很久，听见雨声一阵紧过一阵，终于站起来关上了窗子。</p>"
    book = epub({"a.xhtml": f"<p>第一章 雨</p>{text}<p>第二章 灯</p>{text}"})
    found = [b for b in read(book).blocks if isinstance(b, Heading)]
    assert [trees.inlines(b.children) for b in found] == ["第一章 雨", "第二章 灯"]


# Notes, links, pictures -------------------------------------------------------


def test_notes_and_links_lead_across_documents():
    book = epub(
        {
            "a.xhtml": "<h1>甲</h1>"
            '<p>正文<a epub:type="noteref" href="n.xhtml#n1">1</a>，'
            '见<a href="b.xhtml">乙</a>、<a href="b.xhtml#t">表</a>、'
            '<a href="https://example.org/">网</a>、<a href="none.xhtml">无</a>。</p>',
            "b.xhtml": '<h1>乙</h1><p>一。</p><h2>丙</h2><table id="t"><tr><td>格</td>'
            "<td>子</td></tr></table>",
            "n.xhtml": '<h1>注释</h1><p id="n1"><a href="a.xhtml">1</a> 注文。</p>',
        }
    )
    assert lines(book) == [
        "1 Heading 1 section #OEBPS/a.xhtml#1: 甲",
        "2 Paragraph: 正文Note(注文。)，见Link(#OEBPS/b.xhtml#9 乙)、"
        "Link(#OEBPS/b.xhtml#12 表)、Link(https://example.org/ 网)、无。",
        "3 Heading 1 section #OEBPS/b.xhtml#9: 乙",
        "4 Paragraph: 一。",
        "5 Heading 2 section #: 丙",
        "6 Table #OEBPS/b.xhtml#12",
        "  6 Row: 格 | 子",
        "drop 2 note-mark: '1'",
        "drop 8 note-heading: '注释'",
        "drop 9 note-mark: '1'",
    ]


def test_pictures_and_the_cover_come_along():
    book = epub(
        {
            "cover.xhtml": '<svg xmlns="http://www.w3.org/2000/svg"'
            ' xmlns:xlink="http://www.w3.org/1999/xlink">'
            '<image xlink:href="img/%E5%9B%BE.png"/></svg>',
            "text/a.xhtml": '<h1>甲</h1><p><img src="../img/图.png" alt="图"/></p>'
            '<p>正文<img src="../img/none.png" alt="无"/>。</p>',
        },
        manifest='<item id="c" href="img/%E5%9B%BE.png" properties="cover-image"/>',
        guide='<reference type="cover" href="cover.xhtml"/>',
        files={"OEBPS/img/图.png": PNG},
    )
    manuscript = read(book)
    assert [b for b in trees.manuscript(manuscript).split("\n") if b] == [
        "2 Heading 1 section #: 甲",
        "3 Figure Image(图): ",
        "4 Paragraph: 正文。",
        "drop 4 picture: '无'",
    ]
    assert manuscript.meta.cover == manuscript.assets[0].name
    assert codes(book) == [Code.PICTURE_LEFT_OUT]


# What is left out -------------------------------------------------------------


def test_what_every_edition_makes_itself_is_left_out():
    links = "".join(f'<p><a href="a.xhtml">第{n}章</a></p>' for n in "一二三四五")
    book = epub(
        {
            "t.xhtml": '<section epub:type="titlepage"><p>书名</p></section>',
            "l.xhtml": links,
            "a.xhtml": '<h1>甲</h1><p>前<span epub:type="pagebreak">12</span>后。</p>'
            "<h1>乙</h1><script>x()</script><p>正文。</p>",
        }
    )
    assert lines(book)[:4] == [
        "7 Heading 1 section #: 甲",
        "8 Paragraph: 前后。",
        "9 Heading 1 section #: 乙",
        "10 Paragraph: 正文。",
    ]
    reasons = [drop.reason for drop in read(book).drops]
    assert reasons == ["made-anew", *["contents-list"] * 5, "page-number"]


def test_a_page_of_nothing_but_title_and_author_is_left_out():
    book = epub(
        {
            "t.xhtml": "<h1>书名</h1><p>作者：张三</p><p>某社</p>",
            "a.xhtml": "<h1>第一章</h1><p>正文。</p>",
        },
        meta="<dc:title>《书名》</dc:title><dc:creator>张三</dc:creator>"
        "<dc:publisher>某社</dc:publisher>",
    )
    assert lines(book)[:1] == ["4 Heading 1 chapter #: 第一章"]
    assert [drop.reason for drop in read(book).drops] == ["made-anew"] * 3


def test_a_person_adds_removes_and_drops():
    book = epub(
        {"a.xhtml": "<h1>甲</h1><p>乙</p><p>正文。</p><h1>丙</h1><p>广告。</p>"}
    )
    hints = Hints(
        headings_add=(HeadingHint(2, 2),),
        headings_remove=frozenset({4}),
        drop=frozenset({5}),
    )
    assert lines(book, hints) == [
        "1 Heading 1 section #: 甲",
        "2 Heading 2 section #: 乙",
        "3 Paragraph: 正文。",
        "4 Paragraph: 丙",
        "drop 5 asked: '广告。'",
    ]


# What is known about the work -------------------------------------------------


def test_metadata_of_version_2_has_attributes():
    meta = read(
        epub(
            {"a.xhtml": "<p>燈還亮著，兩個人說話。</p>"},
            meta="<dc:title>夜話</dc:title><dc:language>zh</dc:language>"
            '<dc:creator opf:role="aut" opf:file-as="Lin">林一舟</dc:creator>'
            '<dc:creator opf:role="trl">周牧</dc:creator>'
            '<dc:creator opf:role="bkp">calibre</dc:creator>'
            "<dc:date>2003-05-06T00:00:00+00:00</dc:date>"
            "<dc:description>&lt;p&gt;兩個人的&lt;b&gt;夜談&lt;/b&gt;。&lt;/p&gt;"
            '</dc:description><dc:identifier id="id">urn:isbn:1</dc:identifier>',
        )
    ).meta
    assert meta.title == "夜話"
    assert meta.creators == (Creator("林一舟", "aut", "Lin"), Creator("周牧", "trl"))
    assert meta.date == "2003-05-06T00:00:00"
    assert meta.description == "兩個人的夜談。"
    assert meta.language == "zh-Hant"
    assert meta.identifier == "urn:isbn:1"


def test_series_subjects_and_isbn_are_read_from_either_version():
    body = {"a.xhtml": "<p>正文。</p>"}
    third = read(
        epub(
            body,
            meta="<dc:title>夜話</dc:title><dc:subject>小说</dc:subject>"
            "<dc:subject>夜</dc:subject>"
            "<dc:identifier>urn:isbn:978-7-02-000220-7</dc:identifier>"
            '<meta property="belongs-to-collection" id="s">丛书</meta>'
            '<meta property="collection-type" refines="#s">series</meta>'
            '<meta property="group-position" refines="#s">2</meta>'
            '<dc:contributor id="c">周牧</dc:contributor>'
            '<meta property="role" refines="#c">ill</meta>',
        )
    ).meta
    assert (third.series, third.series_index) == ("丛书", "2")
    assert third.subjects == ("小说", "夜")
    assert third.isbn == "978-7-02-000220-7"
    assert third.creators == (Creator("周牧", "ill"),)
    second = read(
        epub(
            body,
            meta="<dc:title>夜話</dc:title>"
            '<dc:identifier opf:scheme="ISBN">9787020002207</dc:identifier>'
            '<meta name="calibre:series" content="丛书"/>'
            '<meta name="calibre:series_index" content="3.0"/>',
        )
    ).meta
    assert (second.series, second.series_index) == ("丛书", "3")
    assert second.isbn == "9787020002207"


# What is no sound EPUB --------------------------------------------------------


def encryption(algorithm):
    space = "http://www.w3.org/2001/04/xmlenc#"
    method = f'<e:EncryptionMethod Algorithm="{algorithm}"/>'
    data = f"<e:EncryptedData>{method}</e:EncryptedData>"
    return f'<encryption xmlns:e="{space}">{data}</encryption>'


AES = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
TEXT = {"a.xhtml": "<p>正文。</p>"}


@pytest.mark.parametrize(
    ("lock", "method"),
    [
        ("META-INF/rights.xml", "Adobe ADEPT"),
        ("META-INF/license.lcpl", "Readium LCP"),
        ("META-INF/sinf.xml", "Apple FairPlay"),
        ("other.xml", AES),
    ],
)
def test_a_locked_book_is_refused(lock, method):
    files = {"META-INF/encryption.xml": encryption(AES), lock: "x"}
    found = []
    assert read(epub(TEXT, files=files), report=found.append).blocks == ()
    assert [(d.code, d.values) for d in found] == [
        (Code.COPY_PROTECTED, {"method": method})
    ]


def test_obfuscated_fonts_are_no_lock():
    files = {
        "META-INF/encryption.xml": encryption("http://www.idpf.org/2008/embedding")
    }
    assert lines(epub(TEXT, files=files)) == ["1 Paragraph: 正文。"]


@pytest.mark.parametrize(
    "said",
    [
        {"meta": '<meta property="rendition:layout">pre-paginated</meta>'},
        {"meta": '<meta name="fixed-layout" content="true"/>'},
        {
            "files": {
                "META-INF/com.apple.ibooks.display-options.xml": (
                    '<display_options><platform name="*"><option name="fixed-layout">'
                    "true</option></platform></display_options>"
                )
            }
        },
    ],
)
def test_pages_that_are_laid_out_for_good_are_refused(said):
    assert codes(epub(TEXT, **said)) == [Code.FIXED_LAYOUT]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.EMPTY_SOURCE),
        (b"%PDF-1.7 ...", Code.DISGUISED_FILE),
        ("一篇文章。".encode(), Code.UNPACKABLE),
        (b"PK\x03\x04 cut short", Code.BROKEN_CONTAINER),
        (zipped({"a.txt": "x"}), Code.MISSING_PART),
        (zipped({"word/document.xml": "<x/>"}), Code.DISGUISED_FILE),
        (zipped({"a.opf": "<package"}), Code.BROKEN_PART),
        (epub({"a.xhtml": ""}), Code.EMPTY_SOURCE),
        (zipped({"a.opf": bytes(70 << 20)}), Code.OVERBLOWN_CONTAINER),
    ],
)
def test_a_file_that_can_not_be_read_is_told_in_a_sentence(data, code):
    assert codes(data) == [code]


def test_a_document_that_is_not_well_formed_is_mended():
    book = epub({"a.xhtml": "<p>一<br>二&nbsp;三。<p>四。"})
    assert codes(book) == [Code.MENDED_PART]
    assert lines(book) == ["1 Paragraph: 一⏎二\xa0三。", "2 Paragraph: 四。"]


def test_a_document_that_can_not_be_mended_is_an_error():
    deep = "<div>" * 9_000 + "正文。" + "</div>" * 9_000
    assert codes(epub(TEXT | {"b.xhtml": deep})) == [Code.BROKEN_PART]


def test_a_document_that_is_missing_is_reported():
    book = epub(TEXT | {"gone.xhtml": None})
    assert codes(book) == [Code.LOST_PART]
    assert lines(book) == ["1 Paragraph: 正文。"]


def test_no_path_leads_out_of_the_archive():
    book = epub(
        {"a.xhtml": '<p>正文<img src="../../../../etc/hostname" alt=""/>。</p>'}
    )
    assert codes(book) == [Code.PICTURE_LEFT_OUT]


# What never happens -----------------------------------------------------------

SAMPLE = epub(
    {"a.xhtml": '<h1 id="a">甲</h1><p>正文。</p>', "b.xhtml": "<p>乙</p>"},
    nav=toc(("甲", "a.xhtml#a"), ("乙", "b.xhtml")),
    meta="<dc:title>书</dc:title>",
)


@given(st.binary(max_size=300))
def test_no_bytes_raise(data):
    read(data)
    read(b"PK\x03\x04" + data)


@settings(max_examples=100)
@given(damaged(SAMPLE))
def test_no_damage_within_the_parts_raises(data):
    read(data)


@settings(max_examples=150)
@given(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255))
def test_no_damage_raises(place, byte):
    read(SAMPLE[:place] + bytes([byte]) + SAMPLE[place + 1 :])


TAGS = st.sampled_from(
    [
        *("p", "div", "h1", "h2", "section", "ul", "li", "table", "tr", "td"),
        *("b", "a", "ruby", "rt", "aside"),
    ]
)


@settings(max_examples=100)
@given(
    st.lists(st.lists(TAGS, max_size=8), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), max_size=5),
)
def test_no_text_is_lost_whatever_the_contents_say(bodies, entries):
    documents = {
        f"d{n}.xhtml": "".join(
            f'<{tag} id="i{m}">字{n}{m}。</{tag}>' for m, tag in enumerate(tags)
        )
        for n, tags in enumerate(bodies)
    }
    nav = toc(*(("甲", f"d{n}.xhtml#i{m}") for n, m in entries))
    manuscript = read(epub(documents, nav=nav))
    recorded = trees.manuscript(manuscript)
    for n, tags in enumerate(bodies):
        assert all(f"字{n}{m}。" in recorded for m in range(len(tags)))


def test_a_picture_is_always_an_asset():
    manuscript = read(specimen.packed(specimen.specimen()))
    names = {asset.name for asset in manuscript.assets}
    nodes = [n for block in manuscript.blocks for n in walk(block)]
    assert {n.asset for n in nodes if isinstance(n, Image)} <= names
    assert not any(isinstance(n, Title) for n in nodes)
