"""The style sheets of the PDF: understood by the engine, and no rule in vain."""

from __future__ import annotations

import re

import cssselect2
import pytest
import tinycss2
import tinyhtml5

from pipeline import theme
from pipeline.model import Kind
from pipeline.render import render
from pipeline.writers.pdf import WRITER
from tests.specimen import specimen, speech

DESIGN = theme.load()
SHEETS = {sheet.name: sheet.css for sheet in DESIGN.paged}

# Forms that a book can have and the specimens don't.
UNSEEN = (
    *(".line", ".gap", ".cover-title:has", ":has(.line", '[data-length="', ".pictured"),
    *(":not(:has(li))", "h5", "h6", ".volume", ".part", "section.front", "thead td"),
)


def rules(sheet: str):
    parsed = tinycss2.parse_stylesheet(
        SHEETS[sheet], skip_comments=True, skip_whitespace=True
    )
    return [rule for rule in parsed if rule.type == "qualified-rule"]


@pytest.fixture(scope="module")
def documents():
    return [
        cssselect2.ElementWrapper.from_html_root(
            tinyhtml5.parse(page.xhtml, namespace_html_elements=False)
        )
        for book in (specimen(), speech())
        for page in render(book, WRITER.edition, "urn:x").pages
    ]


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_selector_finds_something(sheet, documents):
    for rule in rules(sheet):
        for selector in cssselect2.compile_selector_list(rule.prelude):
            written = tinycss2.serialize(rule.prelude)
            found = any(
                selector.test(element)
                for root in documents
                for element in root.iter_subtree()
            )
            assert found or any(unseen in written for unseen in UNSEEN), written


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_is_bold_or_slanted(sheet):
    rules_alone = re.sub(r"/\*.*?\*/", "", SHEETS[sheet], flags=re.DOTALL)
    assert not re.search(r"\bbold|italic|oblique", rules_alone)


@pytest.mark.parametrize("sheet", SHEETS)
def test_only_the_faces_of_the_design_are_named(sheet):
    named = set(re.findall(r'"(Keben [A-Za-z]+)"', SHEETS[sheet]))
    assert named <= {face.family for face in DESIGN.faces}
    assert not re.search(r"\b(serif|monospace|local)\b", SHEETS[sheet])


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_is_loaded_but_what_the_sheet_holds(sheet):
    urls = re.findall(r'url\("([^"]*)', SHEETS[sheet])
    assert all(url.startswith("data:") for url in urls)


def test_every_kind_of_section_has_an_opening_or_a_depth():
    style = "".join(SHEETS.values())
    known = {kind.value for kind in Kind if f".{kind.value}" in style}
    assert known == {kind.value for kind in Kind} - {"article"}
