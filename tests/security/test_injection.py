"""Whatever settings say is text in every place where a book says it again."""

from __future__ import annotations

import json
import re
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest
from lxml import etree

from pipeline.build import Order, build
from pipeline.cli import main
from pipeline.markdown import front_matter
from pipeline.reading import failed
from pipeline.settings import _File, _Gongwen

EVIL = "甲\"乙'<script>x()</script>{{ seven * seven }}{% raw %}</style>]]>&amp;\\)丙"
TEXT = "# 一\n\n字。\n\n# 二\n\n句。\n"
# Fields that hold any text, and how each is written in book.toml.
WORDS = {
    **dict.fromkeys(("title", "subtitle", "publisher", "source_url", "rights"), EVIL),
    **dict.fromkeys(("description", "identifier", "series"), EVIL),
    "subjects": [EVIL, EVIL],
    **{
        role: {"name": EVIL, "file_as": EVIL}
        for role in ("author", "translator", "editor")
    },
}
OFFICIAL = {
    **dict.fromkeys(
        ("letterhead", "recipients", "remark", "copied_to", "printer"), EVIL
    ),
    **{name: [EVIL] for name in ("signers", "attachments", "signature")},
    "secrecy": f"机密★{EVIL}",
    "number": f"{EVIL}〔2024〕1号",
}
# Fields that hold no other text than one of their kind.
NARROW = ("date", "language", "isbn", "series_index")
NARROW_OFFICIAL = ("copy_number", "urgency", "date", "seal", "printed")
# Fields that name files, themes and rules, or hold tables with fields of their own.
OTHER = {
    *("cover", "sources", "encoding", "theme", "to", "normalise", "headings", "lines"),
    *("rules", "fonts", "gongwen", "set"),
}


def toml(table) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in table.items())


def _value(value) -> str:
    if isinstance(value, dict):
        pairs = (f"{key} = {_value(below)}" for key, below in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)


def test_every_field_of_the_settings_is_tried():
    assert {*WORDS, *NARROW, *OTHER} == set(_File.model_fields)
    assert {*OFFICIAL, *NARROW_OFFICIAL} == set(_Gongwen.model_fields)


@pytest.fixture(scope="module", params=["book", "gongwen"])
def made(request, tmp_path_factory):
    """Build a book all of whose settings try to be markup."""
    folder = tmp_path_factory.mktemp("injected")
    (folder / "a.md").write_text(TEXT, "utf-8")
    said = toml({**WORDS, "theme": request.param})
    (folder / "a.toml").write_text(f"{said}[gongwen]\n{toml(OFFICIAL)}", "utf-8")
    outcome = build(folder / "a.md", folder, Order(), lambda _stage: None)
    assert not failed(outcome.diagnostics)
    return [(folder / f"a.{kind}").read_bytes() for kind in ("epub", "pdf")]


def _trees(epub: bytes):
    with ZipFile(BytesIO(epub)) as packed:
        for name in packed.namelist():
            if name.endswith((".xhtml", ".opf", ".ncx")):
                yield name, etree.fromstring(packed.read(name))


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_no_field_becomes_markup_in_an_epub(made):
    for name, tree in _trees(made[0]):
        names = {etree.QName(element).localname for element in tree.iter(etree.Element)}
        assert "script" not in names, name
        assert "49" not in "".join(tree.itertext())


@pytest.mark.parametrize("name", ["title", "cover", "colophon"])
def test_the_pages_of_an_epub_say_what_was_said(made, name):
    pages = {n: t for n, t in _trees(made[0]) if n.endswith(".xhtml")}
    said = "".join(_squeezed("".join(tree.itertext())) for tree in pages.values())
    assert _squeezed(EVIL) in said


def test_the_package_and_the_ncx_say_what_was_said(made):
    trees = dict(_trees(made[0]))
    package = trees["EPUB/content.opf"]
    said = [element.text for element in package.iter(etree.Element)]
    # title, subtitle, people with their names to sort by, and the rest
    assert said.count(EVIL) >= 14
    (ncx,) = (tree for name, tree in trees.items() if name.endswith(".ncx"))
    assert EVIL in [element.text for element in ncx.iter(etree.Element)]


def test_the_pdf_says_what_was_said(made):
    with pikepdf.open(BytesIO(made[1])) as pdf:
        assert str(pdf.docinfo["/Title"]) == EVIL
        assert EVIL in str(pdf.docinfo["/Author"])
        assert EVIL in str(pdf.docinfo["/Keywords"])
        packet = etree.fromstring(pdf.Root["/Metadata"].read_bytes())
        said = [element.text for element in packet.iter(etree.Element)]
        assert said.count(EVIL) >= 6
        names = {etree.QName(element).localname for element in packet.iter()}
        assert "script" not in names


def test_the_pages_of_a_pdf_say_what_was_said(made):
    pdf = pypdfium2.PdfDocument(made[1])
    said = "".join(_squeezed(page.get_textpage().get_text_range()) for page in pdf)
    pdf.close()
    assert "<script>x()</script>" in said
    assert "{{seven*seven}}{%raw%}</style>" in said


@pytest.mark.parametrize("field", NARROW)
def test_a_narrow_field_holds_nothing_else(tmp_path, capsys, monkeypatch, field):
    monkeypatch.setenv("LC_ALL", "C")
    (tmp_path / "a.md").write_text(TEXT, "utf-8")
    (tmp_path / "a.toml").write_text(toml({field: EVIL}), "utf-8")
    assert main(["build", str(tmp_path / "a.md"), "-o", str(tmp_path)]) == 1
    assert "a.toml:1: error K404" in capsys.readouterr().err


@pytest.mark.parametrize("field", NARROW_OFFICIAL)
def test_so_does_one_of_official_documents(tmp_path, capsys, monkeypatch, field):
    monkeypatch.setenv("LC_ALL", "C")
    (tmp_path / "a.md").write_text(TEXT, "utf-8")
    (tmp_path / "a.toml").write_text(f"[gongwen]\n{toml({field: EVIL})}", "utf-8")
    assert main(["build", str(tmp_path / "a.md"), "-o", str(tmp_path)]) == 1
    assert "a.toml:2: error K404" in capsys.readouterr().err


def test_front_matter_is_text_as_well(tmp_path):
    keys = [keys[0] for keys in front_matter._TEXTS.values()]
    keys += [keys[0] for keys in front_matter._ROLES.values()]
    table = "".join(f"{key}: {json.dumps(EVIL)}\n" for key in (*keys, "tags", "lang"))
    (tmp_path / "a.md").write_text(f"---\n{table}---\n\n{TEXT}", "utf-8")
    outcome = build(tmp_path / "a.md", tmp_path, Order(), lambda _stage: None)
    assert not failed(outcome.diagnostics)
    trees = dict(_trees((tmp_path / "a.epub").read_bytes()))
    said = [e.text for e in trees["EPUB/content.opf"].iter(etree.Element)]
    assert said.count(EVIL) >= len(front_matter._TEXTS)
    for tree in trees.values():
        names = {etree.QName(element).localname for element in tree.iter(etree.Element)}
        assert "script" not in names


@pytest.mark.parametrize("character", ["\\u0000", "\\u001b", "\\ud800", "\\uffff"])
@pytest.mark.parametrize("name", ["a.md", "book.json"])
def test_characters_that_no_xml_holds_are_replaced(tmp_path, character, name):
    if name == "a.md":
        front = f'---\ntitle: "书{character}名"\n---\n\n'
        (tmp_path / "a.md").write_text(front + TEXT, "utf-8")
        source = tmp_path / "a.md"
    else:
        source = tmp_path
        (tmp_path / "book.json").write_text(f'{{"title": "书{character}名"}}', "utf-8")
        (tmp_path / "SUMMARY.md").write_text("- [一](a.md)\n", "utf-8")
        (tmp_path / "a.md").write_text(TEXT, "utf-8")
    outcome = build(source, tmp_path / "dist", Order(("epub",)), lambda _stage: None)
    assert not failed(outcome.diagnostics)
    assert "书" in outcome.reading.book.meta.title


def test_the_path_of_a_font_is_no_markup(tmp_path):
    from tests.fonts.typefoundry import font

    folder = tmp_path / "a&b<c>'\")}"
    folder.mkdir()
    (folder / "x.ttf").write_bytes(font("一字句，。", family="<b>&\"')}"))
    (folder / "a.md").write_text("# 一\n\n字句，字句。\n", "utf-8")
    (folder / "a.toml").write_text('[fonts]\nsong = "x.ttf"\n', "utf-8")
    outcome = build(folder / "a.md", folder, Order(), lambda _stage: None)
    assert not failed(outcome.diagnostics)
    faces = {face.path.name for e in outcome.editions for face in e.faces}
    assert "x.ttf" in faces
