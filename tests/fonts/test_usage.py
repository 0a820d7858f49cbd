"""Which fonts a book asks for: told to its reader and to its maker."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline import fonts, glyphs, theme
from pipeline.diagnostics import Code
from pipeline.fonts.usage import (
    Demand,
    Usage,
    credits_of,
    families,
    substitutions,
    usage,
)
from pipeline.render import Credit, render
from pipeline.writer import Job, Stylesheet
from pipeline.writers.epub import WRITER as EPUB
from pipeline.writers.pdf import WRITER as PDF
from tests.specimen import IDENTIFIER, specimen, speech

FACES = fonts.faces()


def sheets(css: str) -> tuple[Stylesheet, ...]:
    return (Stylesheet("css/test.css", css),)


@pytest.mark.parametrize(
    ("css", "named"),
    [
        ('html { font-family: "Keben Song" }', {"Keben Song"}),
        ("html { font: 12pt 'Keben Kai' }", {"Keben Kai"}),
        ('/* "Keben Kai" */ p { color: red }', set()),
        ('pre, code { font-family: "Keben Mono" }', set()),
        ('p.a b { font-family: "Keben Hei" }', set()),
        ('p.a { font-family: "Keben Hei" }', {"Keben Hei"}),
        ('pre, p:first-child { font-family: "Keben Hei" }', {"Keben Hei"}),
        ('p:not(:has(> pre)) { font-family: "Keben Hei" }', {"Keben Hei"}),
        ('@page { @top-center { font: 8pt "Keben Hei" } }', {"Keben Hei"}),
    ],
)
def test_only_rules_that_may_apply_count(css, named):
    xhtml = '<html><body><p class="x a">山</p></body></html>'
    assert usage(sheets(css), xhtml).families == named


@pytest.mark.parametrize(
    ("css", "used"),
    [
        ('p { font-family: "Keben Latin", "Keben Song" }', {"Keben Song"}),
        ('h1 { font-family: "Keben Latin", "Keben Song" }', {"Keben Latin"}),
        ('p { font-family: "Keben Kai", "Keben Song" }', {"Keben Song"}),
        ('p { font: bold 9pt "Keben Song" }', {"Keben Song", "Keben Hei"}),
        ('h1::after { font-family: "Keben Latin" }', {"Keben Latin", "Keben Song"}),
        ('ul > li::marker { font-family: "Keben Latin" }', {"Keben Song"}),
        (
            '@page { @top-left { font-family: "Keben Mono" } }',
            {"Keben Mono", "Keben Song"},
        ),
    ],
)
def test_a_face_is_credited_where_it_has_what_is_asked_of_it(css, used):
    xhtml = "<p>山</p><ul><li/></ul><h1>a</h1>"
    if "@" in css:
        xhtml = "<p>a</p>"
    said = credits_of(FACES, usage(sheets(css), xhtml))
    names = {face.name for face in FACES if face.family in used}
    assert {name for credit in said for name in credit.names} == names


@pytest.mark.parametrize(
    ("css", "bold"),
    [
        ("p { font-weight: bold }", True),
        ("p { font-weight: 900 }", True),
        ('p { font: 700 9pt "Keben Song" }', True),
        ("p { font-weight: 400 }", False),
        ("b { font-weight: bold }", False),
        ("p { font-weight: normal; margin: 700px }", False),
    ],
)
def test_bold_is_noticed(css, bold):
    assert usage(sheets(css), "<p>山</p>").has_bold is bold


def test_every_name_in_a_sheet_counts_for_the_list():
    css = 'pre { font-family: "Keben Mono" } p { font-family: "Keben Kai" }'
    assert families(sheets(css)) == {"Keben Mono", "Keben Kai"}


# What is told of substitutes --------------------------------------------------------


def told(asked: set[str], *, has_bold: bool = False, faces=FACES):
    demand = Demand(tuple(sorted(asked)), frozenset("山"), has_bold)
    found = substitutions(faces, Usage((demand,)))
    return [(d.code, str(d)) for d in found]


def test_what_stands_in_is_told_once_with_the_command_that_helps(monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    ((code, sentence),) = told({"Keben Song", "Keben Kai"})
    assert code is Code.SUBSTITUTED_FACE
    assert "没有安装楷体，改用宋体" in sentence
    assert "keben fonts install lxgw-wenkai" in sentence
    assert told({"Keben Song", "Keben Hei", "Keben Latin"}) == []


def test_a_bold_that_is_not_at_hand_is_told(monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    ((code, sentence),) = told({"Keben Song"}, has_bold=True)
    assert code is Code.SUBSTITUTED_BOLD
    assert "没有安装宋体的粗体，加粗的文字改用黑体" in sentence
    assert "keben fonts install noto-serif-sc" in sentence
    song = next(face for face in FACES if face.family == "Keben Song")
    assert told({"Keben Song"}, has_bold=True, faces=(replace(song, weight=700),)) == []


@pytest.mark.parametrize("family", ["Keben Fangsong", "Keben Xiaobiaosong"])
def test_every_face_that_may_be_wanting_can_be_had(family):
    ((_code, sentence),) = told({family})
    assert "keben fonts install" in sentence


# What the colophon says -------------------------------------------------------------


def test_fonts_are_credited_by_licence():
    faces = (
        *FACES,
        replace(FACES[0], family="Keben Kai", name="My Kai", licence=""),
    )
    families = ("Keben Song", "Keben Hei", "Keben Kai")
    asked = Usage(tuple(Demand((f,), frozenset("山")) for f in families))
    in_use = [
        f for f in faces if f.family not in ("Keben Other Song", "Keben Other Hei")
    ]
    assert credits_of(in_use, asked) == (
        Credit(("Noto Serif SC", "Noto Sans SC"), "OFL-1.1"),
        Credit(("My Kai",), ""),
    )


@pytest.mark.parametrize("name", ["book", "report", "plain", "vertical"])
@pytest.mark.parametrize("book", [specimen, speech], ids=lambda book: book.__name__)
def test_the_colophon_credits_the_fonts_that_the_pages_embed_and_no_more(book, name):
    design = theme.load(name)
    credited = []

    def credit(markup: str) -> tuple[Credit, ...]:
        faces = glyphs.needed(book(), design)
        credited.extend(credits_of(faces, usage(design.paged, markup)))
        return tuple(credited)

    rendered = render(book(), PDF.edition_in(design), IDENTIFIER, credit=credit)
    product = PDF.write(Job(book(), rendered, design, IDENTIFIER), lambda _found: None)
    names = {name for one in credited for name in one.names}
    assert {face.name for face in product.faces} == names
    (page,) = rendered.pages
    colophon = page.xhtml.partition('<section class="colophon"')[2]
    assert all(name in colophon for name in names)
    assert "（OFL-1.1）" in colophon


def test_an_epub_that_embeds_no_font_credits_none():
    colophon = render(specimen(), EPUB.edition, IDENTIFIER).pages[-1]
    assert "Noto" not in colophon.xhtml
    assert "字体" not in colophon.xhtml
