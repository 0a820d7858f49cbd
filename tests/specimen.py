"""A book that shows every template at least once, in each of its forms."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from pipeline import math as formula
from pipeline import theme
from pipeline.model import (
    Admonition,
    Align,
    Asset,
    Book,
    Break,
    Cell,
    Code,
    CodeBlock,
    Creator,
    Definition,
    DefinitionList,
    Deleted,
    Emphasis,
    Figure,
    Flow,
    Gloss,
    Image,
    Inline,
    Item,
    Kind,
    Link,
    List,
    Math,
    MathBlock,
    Metadata,
    Note,
    Official,
    Paragraph,
    ProperName,
    Quote,
    Role,
    Row,
    Ruby,
    Rule,
    Section,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Verse,
    WorkTitle,
)
from pipeline.passes import anchors, notes
from pipeline.render import render
from pipeline.source import Span
from pipeline.writer import Job
from pipeline.writers.epub import WRITER as EPUB

IDENTIFIER = "urn:uuid:3c0a2b6e-5d0a-5b2e-9a51-0f6f7a8c9d10"

SPAN = Span("specimen", 1, 1)

PICTURE = Asset(
    "seal.png",
    "image/png",
    b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAABgAAAAYCAAAAADFHGIkAAAALElEQVR42mP4jwMwUFmCgQGIkAiE"
        "BKo4QgKLOMwoVMOQJVAkRy3HbTmN4xwAU8xxnUR7ETwAAAAASUVORK5CYII="
    ),
)

META = Metadata(
    title="山居笔记",
    subtitle="附种茶手册",
    creators=(
        Creator("林望舒", file_as="Lin, Wangshu"),
        Creator("周牧", role="trl"),
    ),
    publisher="松间书屋",
    date="2024-12-27T09:17:17",
    source_url="https://example.org/notes?id=1&page=2",
    language="zh-Hans",
    rights="作者保留一切权利。",
    description="一个人在山里住了一年，记下了四季。",
    isbn="978-7-02-000220-7",
    series="山居丛书",
    series_index="2",
    subjects=("散文", "茶"),
)


def specimen() -> Book:
    """Return the book, its sections named and its notes numbered."""
    book = Book(
        META,
        (text("山居笔记"),),
        (),
        (_opening(), _volume(), _part(), _afterword()),
        (PICTURE,),
    )
    return anchors.resolve(notes.number(anchors.name(book)), report=_no_report)


def speech() -> Book:
    """Return a speech: one chapter with run-in headings."""
    whole = chapter(
        "在全体村民关于修路筹款和出工安排大会上的讲话",
        paragraph("乡亲们：", Role.SALUTATION),
        paragraph("今天请大家来，是商量修路的事。路修好了，茶叶就运得出去。"),
        sections=tuple(
            section(title, 2, paragraph(line), run_in=True)
            for title, line in (
                ("（一）修哪一段", "先修村口到大桥的三里路，这一段雨天最难走。"),
                ("（二）谁来修", "农闲时每户出一个人，工具由村里统一准备。"),
            )
        ),
    )
    meta = Metadata(
        title="在全体村民关于修路筹款和出工安排大会上的讲话",
        date="2001",
        language="zh-Hans",
    )
    book = Book(meta, whole.title, (), (whole,))
    return anchors.resolve(notes.number(anchors.name(book)), report=_no_report)


def official(**changed: object) -> Book:
    """Return the speech as a document with all that GB/T 9704 knows, as ``changed``."""
    plain = speech()
    said = Official(
        copy_number="000001",
        secrecy="机密★1年",
        urgency="特急",
        letterhead=("山口县茶业局文件",),
        number="山茶发〔2024〕12号",
        signers=("林望舒", "周牧"),
        recipients="各乡镇人民政府",
        attachments=("修路筹款名册", "出工安排表"),
        signature=("山口县茶业局",),
        date="2024-12-27",
        remark="此件公开发布",
        copied_to="县人民政府办公室",
        printer="山口县茶业局办公室",
        printed="2024-12-28",
    )
    said = replace(said, **changed)
    return replace(plain, meta=replace(plain.meta, official=said))


def official_of_several() -> Book:
    """Return the document as several bodies issue and seal it."""
    bodies = ("山口县茶业局", "山口县交通局")
    signers = ("林望舒", "周牧", "陈阿水")
    letterhead = (*bodies, "文件")
    return official(
        letterhead=letterhead, signature=bodies, signers=signers, seal="印章"
    )


def job(book: Book, theme_name: str = "book", **settings: str) -> Job:
    """Return what a writer gets, for the EPUB of ``book``; ``_`` stands for ``-``."""
    chosen = {name.replace("_", "-"): value for name, value in settings.items()}
    design = theme.load(theme_name, chosen)
    return Job(
        book,
        render(book, EPUB.edition_in(design), IDENTIFIER),
        design,
        IDENTIFIER,
        datetime(2024, 12, 27, 9, 17, 17, tzinfo=UTC),
    )


@cache
def packed(book: Book, theme_name: str = "book", **settings: str) -> bytes:
    """Return the EPUB of ``book``."""
    return EPUB.write(job(book, theme_name, **settings), _no_report).data


def text(value: str) -> Text:
    return Text(value, span=SPAN)


def paragraph(value: str | tuple[Inline, ...], role: Role = Role.BODY) -> Paragraph:
    children = (text(value),) if isinstance(value, str) else value
    return Paragraph(children, role, span=SPAN)


def section(
    title: str,
    level: int,
    *flow: Flow,
    kind: Kind = Kind.SECTION,
    sections: tuple[Section, ...] = (),
    run_in: bool = False,
    anchor: str = "",
) -> Section:
    return Section(
        "",
        level,
        kind,
        (text(title),) if title else (),
        stop=(text("。"),) if run_in else (),
        flow=flow,
        sections=sections,
        run_in=run_in,
        anchor=anchor,
        span=SPAN,
    )


def chapter(title: str, *flow: Flow, sections: tuple[Section, ...] = ()) -> Section:
    return section(title, 1, *flow, kind=Kind.CHAPTER, sections=sections)


def _opening() -> Section:
    return section(
        "",
        1,
        paragraph("这本书写给想住到山里去、又还没有动身的人。"),
        paragraph((text("请先看"), Link("#tea", (text("种茶"),), span=SPAN))),
        kind=Kind.FRONT,
    )


def _volume() -> Section:
    inlines = replace(
        section("一　进山", 2, *_prose(), kind=Kind.CHAPTER), sections=_depths()
    )
    blocks = section("二　种茶", 2, *_blocks(), kind=Kind.CHAPTER, anchor="tea")
    return section(
        "卷一　春",
        1,
        paragraph("卷首语。"),
        kind=Kind.VOLUME,
        sections=(inlines, blocks),
    )


def _part() -> Section:
    articles = tuple(
        section(number, 3, paragraph(line), kind=Kind.ARTICLE, run_in=True)
        for number, line in (
            ("第一条", "山门不关，来者自便。"),
            ("第二条", "灶台用后擦净。"),
        )
    )
    title = "第三回　立公约山门不锁　分灶火宾主同炊"
    rules = section(title, 2, kind=Kind.CHAPTER, sections=articles)
    return section("第一编　规矩", 1, kind=Kind.PART, sections=(rules,))


def _afterword() -> Section:
    return section(
        "后记",
        1,
        paragraph("写完这些，雪又下来了。"),
        paragraph("林望舒", Role.SIGNATURE),
        paragraph("二〇二四年十二月", Role.SIGNATURE),
        kind=Kind.BACK,
    )


def _prose() -> tuple[Flow, ...]:
    note = Note(
        ((text("山名见县志。"),), (text("又名“云台”，"), text("今不用。"))), span=SPAN
    )
    return (
        paragraph("各位山友：", Role.SALUTATION),
        paragraph(
            (
                text("山"),
                note,
                text("在"),
                Emphasis((text("云"),), span=SPAN),
                text("外，"),
                Strong((text("很远"),), span=SPAN),
                text("，约"),
                Deleted((text("三"),), span=SPAN),
                text("五十 km"),
                Superscript((text("2"),), span=SPAN),
                text("，空气里少 CO"),
                Subscript((text("2"),), span=SPAN),
                text("。"),
                ProperName((text("阿云"),), span=SPAN),
                text("的"),
                WorkTitle((text("山志"),), span=SPAN),
                Gloss((text("今存三卷。"),), span=SPAN),
                text("说，山口有"),
                Ruby("垭", "yā", span=SPAN),
                text("，"),
                Code("ls -a", span=SPAN),
                text("算得"),
                Math("E=mc^2", formula.inline("E=mc^2"), span=SPAN),
                text("，"),
                text("看得见"),
                Image("seal.png", "印章", span=SPAN),
                Break(span=SPAN),
                text("网址"),
                Link(
                    "https://example.org/", (text("https://example.org/"),), span=SPAN
                ),
            )
        ),
        Rule("＊　＊　＊", span=SPAN),
        Verse(
            (
                (text("松下问童子，言师采药去。"),),
                (text("只在此山中，云深不知处。"),),
            ),
            span=SPAN,
        ),
        Rule(span=SPAN),
        Quote((paragraph("引一段旧话。"), paragraph("再引一段。")), span=SPAN),
    )


def _depths() -> tuple[Section, ...]:
    deepest: tuple[Section, ...] = ()
    for level in range(7, 2, -1):
        deepest = (
            section(f"第{level}层", level, paragraph("正文。"), sections=deepest),
            section(f"第{level}层提要", level, paragraph("提要的正文。"), run_in=True),
        )
    return deepest


def _blocks() -> tuple[Flow, ...]:
    return (
        List(
            (
                Item((paragraph("翻土"),), checked=True, span=SPAN),
                Item((paragraph("下种"),), checked=False, span=SPAN),
            ),
            span=SPAN,
        ),
        List(
            (
                Item((paragraph("晒"),), span=SPAN),
                Item((paragraph("揉"), List((_item("轻"),), span=SPAN)), span=SPAN),
            ),
            start=3,
            span=SPAN,
        ),
        List((_item("存"),), start=1, span=SPAN),
        DefinitionList(
            (Definition((text("明前"),), (paragraph("清明前采的茶。"),), span=SPAN),),
            span=SPAN,
        ),
        _table(),
        Figure(
            Image("seal.png", "一方印章", span=SPAN), (text("图一　印"),), span=SPAN
        ),
        Figure(Image("seal.png", "又一方印章", span=SPAN), span=SPAN),
        MathBlock("a^2", formula.displayed("a^2"), span=SPAN),
        CodeBlock('def brew():  # 水温\n    return "85"\n', "python", span=SPAN),
        CodeBlock("水温 85 度\n", span=SPAN),
        Admonition("warning", (text("小心"),), (paragraph("灶台很烫。"),), span=SPAN),
        Admonition("note", (), (paragraph("茶凉得快。"),), span=SPAN),
    )


def _item(value: str) -> Item:
    return Item((paragraph(value),), span=SPAN)


def _table() -> Table:
    def cell(value: str, **rest: object) -> Cell:
        return replace(Cell((paragraph(value),), span=SPAN), **rest)

    head = Row((cell("月份", header=True), cell("产量", header=True)), span=SPAN)
    body = (
        Row((cell("三月", rows=2), cell("12.5", align=Align.END)), span=SPAN),
        Row((cell("8", align=Align.CENTER),), span=SPAN),
        Row((cell("合计二十斤半", columns=2),), span=SPAN),
    )
    return Table((text("表一　收成"),), (head,), body, span=SPAN)


def _no_report(diagnostic: object) -> None:
    raise AssertionError(diagnostic)
