"""Word files read: what they hold, what is left out, and what is no Word file."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.diagnostics import Code
from pipeline.model import Creator, Heading, walk
from pipeline.reader import HeadingHint, Hints, Input
from pipeline.readers.docx import READER
from tests.readers import trees
from tests.readers.damage import damaged
from tests.readers.office import docx, numbered, numbers, p, r, style, zipped
from tests.test_assets import PNG

HEADINGS = style("heading 1", key="1", outline="0") + style(
    "heading 2", key="2", outline="1"
)


def read(data, hints=None, report=None):
    report = report or (lambda _: None)
    return READER.read(Input("书稿.docx", data), hints or Hints(), report)


def lines(data, hints=None):
    return trees.manuscript(read(data, hints)).rstrip("\n").split("\n")


def codes(data):
    found = []
    read(data, report=found.append)
    return [diagnostic.code for diagnostic in found]


# Headings ---------------------------------------------------------------------


def test_headings_are_told_by_style_or_outline_level():
    book = docx(
        p("书名", "Title")
        + p("甲", "1")
        + p("正文。")
        + p("乙", "own")
        + p("正文。")
        + p("丙", properties='<w:outlineLvl w:val="1"/>')
        + p("正文。"),
        styles=HEADINGS
        + style("Title")
        + style("章名", key="base", outline="0")
        + style("自定义", key="own", based="base"),
    )
    assert lines(book) == [
        "1 Title: 书名",
        "2 Heading 1 section #: 甲",
        "3 Paragraph: 正文。",
        "4 Heading 1 section #: 乙",
        "5 Paragraph: 正文。",
        "6 Heading 2 section #: 丙",
        "7 Paragraph: 正文。",
    ]


@pytest.mark.parametrize("name", ["heading 1", "标题 1", "標題 1", "Heading1"])
def test_styles_of_headings_go_by_their_names_in_any_language(name):
    book = docx(p("甲", "x") + p("正文。") + p("乙", "x"), styles=style(name, key="x"))
    assert lines(book)[0] == "1 Heading 1 section #: 甲"


def test_a_file_without_styles_is_read_like_text():
    book = docx(
        p("关于开放图书馆的通知")
        + p("为了方便居民读书，决定延长开放时间，现将有关事项通知如下。")
        + p("一、开放时间")
        + p("每天上午八点到晚上九点，节假日照常开放，闭馆整理的日子另行通知。")
        + p("二、借阅办法")
        + p("凭借书证借阅，每次不超过五册，借期一个月，可以续借一次。")
    )
    assert lines(book)[:5] == [
        "1 Title: 关于开放图书馆的通知",
        "2 Paragraph: 为了方便居民读书，决定延长开放时间，现将有关事项通知如下。",
        "3 Heading 1 section #: 一、开放时间",
        "4 Paragraph: 每天上午八点到晚上九点，节假日照常开放，闭馆整理的日子另行通知。",
        "5 Heading 1 section #: 二、借阅办法",
    ]


# Numbers ----------------------------------------------------------------------


def test_numbers_that_word_makes_are_text():
    multilevel = numbers(
        ("chineseCountingThousand", "第%1章"),
        ("decimal", "%1.%2", "<w:isLgl/>"),
        ("chineseCounting", "（%3）"),
    )
    book = docx(
        "".join(
            [
                *(p("风起", "1", numbered(1)), p("石阶", "2", numbered(1, 1))),
                *(p("其一。", "", numbered(1, 2)), p("其二。", "", numbered(1, 2))),
                *(p("桥", "2", numbered(1, 1)), p("云涌", "1", numbered(1))),
                *(p("灯", "2", numbered(1, 1)), p("又其一。", "", numbered(1, 2))),
            ]
        ),
        styles=HEADINGS,
        numbering=multilevel,
    )
    assert [line.partition(": ")[2] for line in lines(book)] == [
        *("第一章 风起", "1.1 石阶", "（一）其一。", "（二）其二。", "1.2 桥"),
        *("第二章 云涌", "2.1 灯", "（一）又其一。"),
    ]
    kinds = [b.kind.value for b in read(book).blocks if isinstance(b, Heading)]
    assert kinds == ["chapter", "section", "section", "chapter", "section"]


def test_a_style_can_number_its_paragraphs():
    book = docx(
        p("甲", "x") + p("正文。") + p("乙", "x"),
        styles=style("heading 1", key="x", properties=numbered(1)),
        numbering=numbers(("japaneseCounting", "%1、")),
    )
    assert lines(book)[0] == "1 Heading 1 section #: 一、甲"


def test_bullets_make_a_list():
    book = docx(
        p("甲", "", numbered(1))
        + p("乙", "", numbered(1, 1))
        + p("丙", "", numbered(1)),
        numbering=numbers(("bullet", "•"), ("bullet", "◦")),
    )
    assert lines(book) == [
        "1 List",
        "  1 Item",
        "    1 Paragraph: 甲",
        "    2 List",
        "      2 Item",
        "        2 Paragraph: 乙",
        "  3 Item",
        "    3 Paragraph: 丙",
    ]


def test_a_list_can_begin_anew():
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="10"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    book = docx(
        p("甲。", "", numbered(1))
        + p("乙。", "", numbered(1))
        + p("丙。", "", numbered(2)),
        numbering=numbers(("decimal", "%1）")) + again,
    )
    assert [b.split(": ")[1] for b in lines(book)] == ["1）甲。", "2）乙。", "5）丙。"]


# What paragraphs hold ---------------------------------------------------------


def test_runs_keep_what_their_format_means():
    book = docx(
        p("书名", "Title")
        + p(
            r("粗", "<w:b/>")
            + r("体", "<w:b/>")
            + r("不粗", '<w:b w:val="0"/>')
            + r("斜", "<w:i/>")
            + r("点", '<w:em w:val="dot"/>')
            + r("无点", '<w:em w:val="none"/>')
            + r("删", "<w:strike/>")
            + r("2", '<w:vertAlign w:val="superscript"/>')
            + r("藏", "<w:vanish/>")
            + r("强", '<w:rStyle w:val="强"/>')
            + "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t>"
            '<w:br w:type="page"/><w:noBreakHyphen/>'
            '<w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
        ),
        styles=style("Title") + style("强", kind="character", run="<w:b/>"),
    )
    assert lines(book) == [
        "1 Title: 书名",
        "2 Paragraph: Strong(粗体)不粗Emphasis(斜点)无点Deleted(删)Superscript(2)"
        "Strong(强)甲⏎乙 丙⏎\u2011■",
        "drop 2 hidden: '藏'",
    ]


def test_program_text_is_told_by_the_names_of_its_styles():
    verbatim = '<w:rStyle w:val="V"/>'
    book = docx(
        p(r("键入") + r("ls -l", verbatim) + r("。"))
        + p(r("def ", verbatim) + r("f", verbatim), "S"),
        styles=style("Verbatim Char", key="V", kind="character")
        + style("Source Code", key="S"),
    )
    assert lines(book) == [
        "1 Paragraph: 键入Code(ls -l)。",
        "2 CodeBlock : 'def f'",
    ]


def test_a_note_is_taken_once_however_often_it_is_called():
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = '<w:footnote w:id="2">' + p("注。") + "</w:footnote>"
    book = docx(p(r("甲来了。") + call) + p(r("乙走了。") + call), footnotes=note)
    assert lines(book) == ["1 Paragraph: 甲来了。Note(注。)", "2 Paragraph: 乙走了。"]


def test_a_field_without_an_end_hides_no_text():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    said = "<w:r><w:instrText>REF x</w:instrText></w:r>"
    assert lines(docx(p(begin + said + r("甲来了。")) + p("乙走了。"))) == [
        "1 Paragraph: 甲来了。",
        "2 Paragraph: 乙走了。",
    ]


def test_a_drop_cap_belongs_to_the_paragraph_below():
    book = docx(
        p("从", properties='<w:framePr w:dropCap="drop" w:lines="2"/>')
        + p("前有座山。")
    )
    assert lines(book) == ["2 Paragraph: 从前有座山。"]


def test_a_line_that_only_names_the_author_is_metadata():
    book = docx(
        p("书名", "Title") + p("张三") + p("2024年5月1日") + p("正文。"),
        styles=style("Title"),
        core="<dc:creator>张三</dc:creator>",
    )
    assert lines(book) == [
        "1 Title: 书名",
        "4 Paragraph: 正文。",
        "drop 2 byline: '张三'",
        "drop 3 date: '2024年5月1日'",
    ]


def test_a_formula_that_is_a_paragraph_stands_by_itself():
    x = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
    book = docx(
        p(f"<m:oMathPara>{x}</m:oMathPara>")
        + p(f"<w:r><w:tab/></w:r>{x}" + r("（2-1）"))
        + p(x + r("是数。"))
    )
    assert lines(book) == [
        "1 MathBlock: 'x'",
        "2 MathBlock: 'x\\\\tag{2-1}'",
        "3 Paragraph: Math(x)是数。",
    ]


def test_ruby_keeps_its_reading():
    ruby = (
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>hàn zì</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>漢字</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    assert lines(docx(p(r("有") + ruby + r("。")))) == [
        "1 Paragraph: 有Ruby(漢字 hàn zì)。"
    ]


def test_notes_stand_where_they_are_called():
    reference = (
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        '<w:{}Reference w:id="2"/></w:r>'
    )
    note = (
        '<w:{0} w:type="separator" w:id="0"><w:p/></w:{0}><w:{0} w:id="2"><w:p>'
        '<w:r><w:{0}Ref/><w:t xml:space="preserve"> 注文</w:t></w:r>'
        "<w:r><w:rPr><w:i/></w:rPr><w:t>斜</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>又一段</w:t></w:r></w:p></w:{0}>"
    )
    calls = map(reference.format, ("footnote", "endnote"))
    book = docx(
        p(r("正文") + "".join(calls) + r("。")),
        footnotes=note.format("footnote"),
        endnotes=note.format("endnote"),
    )
    shown = "Note(注文Emphasis(斜) / 又一段)"
    assert lines(book) == [f"1 Paragraph: 正文{shown}{shown}。"]


def test_links_lead_to_the_web_and_to_headings():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> HYPERLINK "https://example.org/" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("域")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    book = docx(
        p("甲", "1")
        + p(
            f'<w:hyperlink r:id="web">{r("网")}</w:hyperlink>'
            f'<w:hyperlink w:anchor="place">{r("内")}</w:hyperlink>'
            f'<w:hyperlink w:anchor="nowhere">{r("无")}</w:hyperlink>'
            f'<w:hyperlink r:id="bad">{r("坏")}</w:hyperlink>' + field
        )
        + p('<w:bookmarkStart w:id="1" w:name="place"/>' + r("乙"), "1")
        + p("正文。"),
        styles=HEADINGS,
        links={"web": "https://example.org/a b", "bad": "javascript:alert(1)"},
    )
    assert lines(book) == [
        "1 Heading 1 section #: 甲",
        "2 Paragraph: Link(https://example.org/a%20b 网)Link(#书稿.docx#3 内)"
        "Link( 无)坏Link(https://example.org/ 域)",
        "3 Heading 1 section #书稿.docx#3: 乙",
        "4 Paragraph: 正文。",
    ]


def test_pictures_keep_their_descriptions():
    inline = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="转轮盘"/>'
        '<a:blip r:embed="{}"/></wp:inline></w:drawing></w:r>'
    )
    book = docx(
        p(inline.format("good"))
        + p("图一", "cap")
        + p(r("行内") + inline.format("good") + r("图。"))
        + p(inline.format("bad")),
        styles=style("caption", key="cap"),
        pictures={"good": PNG, "bad": b"\x01\x00\x00\x00 EMF"},
    )
    found = []
    manuscript = read(book, report=found.append)
    assert trees.manuscript(manuscript).split("\n")[:3] == [
        "1 Figure Image(转轮盘): 图一",
        "3 Paragraph: 行内Image(转轮盘)图。",
        "drop 4 picture: '转轮盘'",
    ]
    assert [diagnostic.code for diagnostic in found] == [Code.PICTURE_LEFT_OUT]
    assert len(manuscript.assets) == 1


def test_boxes_to_tick_are_marks_that_fonts_have():
    assert lines(docx(p(r("☒") + r("已办，") + r("☐") + r("未办。")))) == [
        "1 Paragraph: ■已办，□未办。"
    ]


def test_pictures_are_as_wide_as_word_shows_them():
    blip = '<a:blip r:embed="p"/>'
    drawing = f'<w:drawing><wp:inline><wp:extent cx="1440000"/>{blip}</wp:inline>'
    shape = '<v:shape style="width:72pt;height:36pt"><v:imagedata r:id="p"/></v:shape>'
    book = docx(
        p(f"<w:r>{drawing}</w:drawing></w:r>")
        + p(f"<w:r><w:pict>{shape}</w:pict></w:r>"),
        pictures={"p": PNG},
    )
    shown = [block.image.width for block in read(book).blocks]
    assert shown == ["40mm", "72pt"]


def test_text_boxes_follow_their_paragraph():
    box = "<w:txbxContent>{}</w:txbxContent>"
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing>{0}</w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict>{0}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    ).format(box.format(p("框内。")))
    assert lines(docx(p(r("正文。") + shape) + p("后文。"))) == [
        "1 Paragraph: 正文。",
        "2 Paragraph: 框内。",
        "3 Paragraph: 后文。",
    ]


def test_formulas_become_tex():
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:sSup><m:e><m:r>"
        "<m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:den>"
        "</m:f></m:oMath>"
    )
    assert lines(docx(p(r("得") + fraction + r("。")))) == [
        r"1 Paragraph: 得Math(\frac{1}{{x}^{2}})。"
    ]


def test_an_embedded_object_is_reported():
    chart = (
        '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://x/chart"/>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )
    assert codes(docx(p(r("图表") + chart))) == [Code.EMBEDDED_OBJECT]


# Tables -----------------------------------------------------------------------


def cell(content, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(content)}</w:tc>"


def test_merged_cells_reach_over_columns_and_rows():
    book = docx(
        p("表一", "cap")
        + "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell("品名", '<w:gridSpan w:val="2"/>')
        + cell("价")
        + "</w:tr><w:tr>"
        + cell("米", '<w:vMerge w:val="restart"/>')
        + cell("新")
        + cell("三文")
        + "</w:tr><w:tr>"
        + cell("", "<w:vMerge/>")
        + cell("陈")
        + cell("二文")
        + "</w:tr></w:tbl>",
        styles=style("题注", key="cap"),
    )
    (table,) = read(book).blocks
    assert trees.inlines(table.caption) == "表一"
    assert [
        [(trees.inlines(c.blocks[0].children), c.columns, c.rows) for c in row.cells]
        for row in (*table.head, *table.body)
    ] == [
        [("品名", 2, 1), ("价", 1, 1)],
        [("米", 1, 2), ("新", 1, 1), ("三文", 1, 1)],
        [("陈", 1, 1), ("二文", 1, 1)],
    ]
    assert len(table.head) == 1


def test_a_table_of_one_cell_is_a_frame_around_text():
    assert lines(docx(f"<w:tbl><w:tr>{cell('框。')}</w:tr></w:tbl>")) == [
        "1 Paragraph: 框。"
    ]


# What is left out -------------------------------------------------------------


def test_insertions_are_taken_and_deletions_left_out():
    book = docx(
        p(
            r("原文")
            + f"<w:ins>{r('新')}</w:ins>"
            + "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
            + f"<w:moveFrom>{r('移走')}</w:moveFrom><w:moveTo>{r('移来。')}</w:moveTo>"
        )
    )
    assert lines(book) == [
        "1 Paragraph: 原文新移来。",
        "drop 1 deleted: '旧'",
        "drop 1 deleted: '移走'",
    ]
    assert codes(book) == [Code.TRACKED_CHANGES]


def test_contents_comments_and_running_heads_are_left_out():
    gallery = (
        "<w:sdt><w:sdtPr><w:docPartObj>"
        '<w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('目录')}{p('甲……1', 'toc')}</w:sdtContent></w:sdt>"
    )
    field = (
        p('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText>'
          f'<w:fldChar w:fldCharType="separate"/></w:r>{r("乙……2")}')
        + p(r("丙……3") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    )  # fmt: skip
    comment = '<w:comment w:id="7"><w:p><w:r><w:t>批一笔</w:t></w:r></w:p></w:comment>'
    book = docx(
        gallery
        + field
        + p("丁……4", "toc")
        + p("甲", "1")
        + p(r("正文。") + '<w:r><w:commentReference w:id="7"/></w:r>'),
        styles=HEADINGS + style("toc 1", key="toc"),
        comments=comment,
        header=p("页眉"),
        footer=p("第 1 页"),
    )
    assert lines(book) == [
        "6 Title: 甲",
        "7 Paragraph: 正文。",
        "drop 1 contents-list: '目录'",
        "drop 2 contents-list: '甲……1'",
        "drop 3 contents-list: '乙……2'",
        "drop 4 contents-list: '丙……3'",
        "drop 5 contents-list: '丁……4'",
        "drop 7 comment: '批一笔'",
        "drop 7 header-footer: '页眉'",
        "drop 7 header-footer: '第 1 页'",
    ]


# What is known about the work ---------------------------------------------------


def test_properties_become_metadata():
    book = docx(
        p("山中小记", "Title")
        + p("三个月的日记", "sub")
        + p("甲", "1")
        + p("这里有书。"),
        styles=HEADINGS + style("Title") + style("副标题", key="sub"),
        core="<dc:title>旧稿</dc:title><dc:creator>林一舟</dc:creator>"
        "<dc:description>日记一种</dc:description>"
        "<dcterms:created>2021-03-05T09:17:00Z</dcterms:created>",
    )
    meta = read(book).meta
    assert (meta.title, meta.subtitle) == ("山中小记", "三个月的日记")
    assert meta.creators == (Creator("林一舟"),)
    assert (meta.date, meta.description) == ("2021-03-05", "日记一种")
    assert meta.language == "zh-Hans"


@pytest.mark.parametrize(
    "name", ["Administrator", "微软用户", "User", "Windows 用户", ""]
)
def test_the_name_of_a_computer_is_no_author(name):
    book = docx(p("正文。"), core=f"<dc:creator>{name}</dc:creator>")
    assert read(book).meta.creators == ()


def test_a_person_adds_removes_and_drops():
    book = docx(
        p("甲", "1")
        + p("乙")
        + p("正文。")
        + p("丙", "1")
        + p("丁", "1")
        + p("广告。"),
        styles=HEADINGS,
    )
    hints = Hints(
        headings_add=(HeadingHint(2, 2),),
        headings_remove=frozenset({4}),
        drop=frozenset({6}),
    )
    assert lines(book, hints) == [
        "1 Heading 1 section #: 甲",
        "2 Heading 2 section #: 乙",
        "3 Paragraph: 正文。",
        "4 Paragraph: 丙",
        "5 Heading 1 section #: 丁",
        "drop 6 asked: '广告。'",
    ]


# What is no Word file -----------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.EMPTY_SOURCE),
        (b"%PDF-1.7 ...", Code.DISGUISED_FILE),
        (OLE, Code.DISGUISED_FILE),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Code.ENCRYPTED_FILE),
        (b"{\\rtf1 ...}", Code.DISGUISED_FILE),
        ("一篇文章。".encode(), Code.UNPACKABLE),
        (b"PK\x03\x04 cut short", Code.BROKEN_CONTAINER),
        (zipped({"a.txt": "x"}), Code.MISSING_PART),
        (zipped({"xl/workbook.xml": "<x/>"}), Code.DISGUISED_FILE),
        (zipped({"word/document.xml": "<w:p"}), Code.BROKEN_PART),
        (zipped({"word/document.xml": "<x/>"}), Code.DISGUISED_FILE),
        (docx(), Code.EMPTY_SOURCE),
    ],
)
def test_a_file_that_can_not_be_read_is_told_in_a_sentence(data, code):
    assert codes(data) == [code]


def test_a_bomb_is_not_opened():
    assert codes(zipped({"word/document.xml": bytes(70 << 20)})) == [
        Code.OVERBLOWN_CONTAINER
    ]


def test_entities_are_neither_expanded_nor_fetched():
    bomb = (
        '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>笑&a;与&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert lines(zipped({"word/document.xml": bomb})) == ["1 Paragraph: 笑&a;与&b;"]


def test_a_strict_file_is_read_too():
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    assert lines(docx(p("正文。"), spaces=strict)) == ["1 Paragraph: 正文。"]


# What never happens -------------------------------------------------------------

SAMPLE = docx(
    p("甲", "1", numbered(1))
    + p("正文。")
    + f"<w:tbl><w:tr>{cell('格')}{cell('子')}</w:tr></w:tbl>",
    styles=HEADINGS,
    numbering=numbers(("decimal", "%1.")),
    footnotes='<w:footnote w:id="2"/>',
)


@given(st.binary(max_size=300))
def test_no_bytes_raise(data):
    read(data)
    read(b"PK\x03\x04" + data)


@settings(max_examples=100)
@given(damaged(SAMPLE))
def test_no_damage_within_the_parts_raises(data):
    read(data)


def test_links_and_references_lead_to_paragraphs_and_tables():
    def mark(name):
        return f'<w:bookmarkStart w:id="1" w:name="{name}"/>'

    def reference(kind, name):
        return f'<w:fldSimple w:instr=" {kind} {name} \\h ">{r(name)}</w:fldSimple>'

    book = docx(
        p("甲", "1")
        + f"<w:p>{reference('REF', 'here')}{reference('PAGEREF', 'table')}</w:p>"
        + f"<w:p>{mark('here')}{r('这里。')}</w:p>"
        + f"<w:p>{mark('nobody')}{r('那里。')}</w:p>"
        + mark("table")
        + f"<w:tbl><w:tr><w:tc>{p('格')}</w:tc><w:tc>{p('子')}</w:tc></w:tr>"
        + f"<w:tr><w:tc>{p('格')}</w:tc><w:tc>{p('子')}</w:tc></w:tr></w:tbl>",
        styles=HEADINGS,
    )
    assert lines(book)[1:5] == [
        "2 Paragraph: Link(#书稿.docx#3 here)Link(#书稿.docx#5 table)",
        "3 Paragraph #书稿.docx#3: 这里。",
        "4 Paragraph: 那里。",
        "5 Table #书稿.docx#5",
    ]


# Where the directory of the parts names the first: no name is left of it.
@example(SAMPLE.index(b"PK\x01\x02") + 46, 0)
@settings(max_examples=150)
@given(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255))
def test_no_damage_raises(place, byte):
    read(SAMPLE[:place] + bytes([byte]) + SAMPLE[place + 1 :])


NAMES = st.sampled_from(
    [
        *("w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:pPr", "w:rPr", "w:numPr"),
        *("w:hyperlink", "w:ins", "w:del", "w:sdt", "w:sdtContent", "w:ruby", "w:rt"),
        *("w:rubyBase", "w:fldChar", "w:instrText", "w:drawing", "w:txbxContent"),
        *("w:footnoteReference", "w:bookmarkStart", "m:oMath", "m:r", "m:t", "m:f"),
        *(
            "mc:AlternateContent",
            "mc:Choice",
            "w:br",
            "w:tab",
            "w:vMerge",
            "w:gridSpan",
        ),
    ]
)
ELEMENTS = st.recursive(
    st.text("字。1 ", max_size=3),
    lambda inner: st.builds(
        lambda name, value, below: f'<{name} w:val="{value}">{"".join(below)}</{name}>',
        NAMES,
        st.sampled_from(["", "0", "1", "restart", "x", "99999999999"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@settings(max_examples=200)
@given(st.lists(ELEMENTS, max_size=5).map("".join))
def test_no_markup_raises_and_spans_count_paragraphs(body):
    manuscript = read(docx(body, numbering=numbers(("decimal", "%1."))))
    paragraphs = max(1, body.count("<w:p "))
    spans = [n.span for block in manuscript.blocks for n in walk(block)]
    spans += [drop.span for drop in manuscript.drops]
    assert all(1 <= span.first <= span.last <= paragraphs + 1 for span in spans)


@given(st.lists(st.sampled_from(["", "1", "2", "Quote", "代码", "诗"]), max_size=12))
def test_no_text_is_lost(used):
    styles = HEADINGS + "".join(map(style, ("Quote", "代码", "诗")))
    body = "".join(p(f"字{n}。", name) for n, name in enumerate(used))
    manuscript = read(docx(body, styles=styles))
    shown = trees.manuscript(manuscript)
    assert all(f"字{n}。" in shown for n in range(len(used)))


def test_parts_stay_as_they_are():
    """The builder of these tests makes files that a zip program can open."""
    with ZipFile(BytesIO(SAMPLE)) as archive:
        assert archive.testzip() is None
