"""The style sheets of the EPUB: what old engines can read, and nothing unused."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import cssselect2
import pytest
import tinycss2

from pipeline import theme
from pipeline.model import Kind
from pipeline.render import render_cover
from pipeline.writers.epub import WRITER
from tests.checks.test_pdf import made_book
from tests.specimen import chapter, official, packed, paragraph, specimen, speech

VERTICAL = theme.load("vertical")
SHEETS = {sheet.name: sheet.css for sheet in VERTICAL.reflowable}
BOOK, MORE = "css/book.css", "css/more.css"

# What an engine of before 2012 doesn't know, or what is for paper.
TOO_NEW = re.compile(r"\b(calc|var|min|max|clamp|env)\(|[0-9](px|rem|vh|vw|pt|cm|mm)\b")
ON_PAPER = {"bleed", "bookmark-level", "bookmark-label", "float-defer", "marks"}
ON_PAPER |= {"footnote-display", "page", "size", "string-set"}
COLOURS = {"background", "background-color", "border-color", "color", "fill"}

# Hooks that a theme may use; these sheets need no rule for them.
HOOKS = {kind.value for kind in Kind} | {
    *("attachments", "copied", "masthead", "names", "number", "printer", "printing"),
    *("recipients", "red", "reference", "remark", "several", "upward", "label"),
    *("imprint-lines", "signed", "grades"),
    *("imprint-lines", "signed", "grades", "tail"),
    *("dated", "name", "secrecy", "signers"),
    "warning",
    "note",
    "language-python",
}
HOOKS |= {"duokan-footnote", "duokan-footnote-item"}


def rules(sheet: str):
    """Yield each rule of a sheet, those inside @supports too."""
    waiting = tinycss2.parse_stylesheet(
        SHEETS[sheet], skip_comments=True, skip_whitespace=True
    )
    for rule in waiting:
        if rule.type == "at-rule" and rule.lower_at_keyword == "supports":
            yield from tinycss2.parse_rule_list(rule.content, skip_whitespace=True)
        elif rule.type == "qualified-rule":
            yield rule


def declarations(sheet: str):
    for rule in rules(sheet):
        yield from tinycss2.parse_blocks_contents(
            rule.content, skip_comments=True, skip_whitespace=True
        )


def selectors(sheet: str) -> list[str]:
    preludes = (tinycss2.serialize(rule.prelude).strip() for rule in rules(sheet))
    return [part.strip() for prelude in preludes for part in prelude.split(",")]


def packed_books():
    return packed(specimen()), packed(official())


def editions():
    """Yield books in the other forms that settings give them."""
    yield packed(specimen(), notes="duokan")
    yield packed(specimen(), theme_name="vertical")
    yield packed(speech(), theme_name="vertical")
    yield packed(made_book(chapter("一", paragraph("1984年"))), theme_name="vertical")


@pytest.fixture(scope="module")
def documents():
    upright = replace(WRITER.edition_in(VERTICAL), cover="")
    typeset = render_cover(specimen(), upright)
    archives = [
        zipfile.ZipFile(io.BytesIO(data)) for data in (*editions(), *packed_books())
    ]
    packed_pages = [
        archive.read(name)
        for archive in archives
        for name in archive.namelist()
        if name.startswith("EPUB/text/")
    ]
    return list(map(ElementTree.fromstring, (typeset.xhtml, *packed_pages)))


def classes(documents) -> set[str]:
    found = (element.get("class", "") for root in documents for element in root.iter())
    return {word for value in found for word in value.split()}


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_declaration_can_be_parsed(sheet):
    assert [d for d in declarations(sheet) if d.type != "declaration"] == []


@pytest.mark.parametrize(
    ("sheet", "selector"), [(s, each) for s in SHEETS for each in selectors(s)]
)
def test_every_rule_is_for_something_that_templates_make(sheet, selector, documents):
    namespaces = {None: "http://www.w3.org/1999/xhtml"}
    (compiled,) = cssselect2.compile_selector_list(selector, namespaces)
    wrappers = (cssselect2.ElementWrapper.from_xml_root(root) for root in documents)
    elements = (element for root in wrappers for element in root.iter_subtree())
    assert any(compiled.test(element) for element in elements)


def test_every_class_that_templates_make_has_a_rule(documents):
    styled = {name for s in SHEETS for name in re.findall(r"\.([a-z-]+)", SHEETS[s])}
    assert classes(documents) - HOOKS - styled == set()


def test_no_selector_stands_twice_with_the_same_property():
    seen = Counter(
        (selector.strip(), declaration.lower_name)
        for rule in rules(BOOK)
        for selector in tinycss2.serialize(rule.prelude).split(",")
        for declaration in tinycss2.parse_blocks_contents(rule.content)
        if declaration.type == "declaration"
    )
    assert [key for key, count in seen.items() if count > 1] == []


def test_old_engines_can_read_the_first_sheet():
    parsed = tinycss2.parse_stylesheet(SHEETS[BOOK], skip_comments=True)
    assert [r.at_keyword for r in parsed if r.type == "at-rule"] == ["charset"]
    for declaration in declarations(BOOK):
        value = tinycss2.serialize(declaration.value)
        assert not TOO_NEW.search(value), value
        assert declaration.lower_name not in ON_PAPER


@pytest.mark.parametrize("sheet", SHEETS)
def test_colours_and_faces_are_the_readers_own(sheet):
    for declaration in declarations(sheet):
        value = tinycss2.serialize(declaration.value).strip()
        assert declaration.lower_name != "font-family"
        assert declaration.lower_name not in COLOURS or value == "inherit"
        assert "#" not in value
        assert "rgb" not in value


def test_han_is_never_slanted():
    for sheet in SHEETS.values():
        assert not re.search("italic|oblique", sheet)


def test_what_is_new_stands_in_the_second_sheet_alone():
    new = {"text-autospace", "text-spacing-trim", "text-wrap", "line-break"}
    assert new <= {declaration.lower_name for declaration in declarations(MORE)}
    assert new.isdisjoint(declaration.lower_name for declaration in declarations(BOOK))
    # Apple Books clips hanging marks.
    assert "hanging-punctuation" not in SHEETS[MORE]
