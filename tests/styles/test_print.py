"""The style sheets of the PDF: understood by the engine, and no rule in vain."""

from __future__ import annotations

import re

import cssselect2
import pytest
import tinycss2
import tinyhtml5

from pipeline import theme
from pipeline.fonts.families import FAMILIES
from pipeline.model import Kind
from pipeline.render import Edition, Notes, render
from pipeline.writers.pdf import WRITER
from tests.paper import pages, printed
from tests.specimen import official, official_of_several, specimen, speech

DESIGNS = {name: theme.load(name) for name in theme.names()}
SHEETS = {
    f"{name}/{sheet.name}": sheet.css
    for name, design in DESIGNS.items()
    for sheet in (*design.paged, *design.numbers)
}
BOOKS = (
    *(specimen(), speech(), official(), official_of_several()),
    official(seal="印章", copy_number=""),
)
THEMES_OF_ALL = ("base.css", "print.css", "cover.css")

# Forms that a book can have and the specimens don't.
UNSEEN = (
    *(".line", ".gap", ".cover-title:has", ":has(.line", '[data-length="', ".pictured"),
    *(":not(:has(li))", "h4", "h5", "h6", ".volume", ".part", "section.front"),
    *("thead td", ".titlepage > .subtitle", ".rank-", ".article"),
)


def rules(sheet: str):
    parsed = tinycss2.parse_stylesheet(
        SHEETS[sheet], skip_comments=True, skip_whitespace=True
    )
    return [rule for rule in parsed if rule.type == "qualified-rule"]


@pytest.fixture(scope="module")
def documents():
    return {
        name: [
            cssselect2.ElementWrapper.from_html_root(
                tinyhtml5.parse(page.xhtml, namespace_html_elements=False)
            )
            for book in BOOKS
            for notes in Notes
            for page in render(book, edition(name, notes), "urn:x").pages
        ]
        for name in DESIGNS
    }


def edition(name: str, notes: Notes) -> Edition:
    settings = {s.name: "yes" for s in theme.settings_of(name) if "yes" in s.choices}
    return WRITER.edition_in(theme.load(name, {**settings, "notes": notes.value}))


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_selector_finds_something(sheet, documents):
    name, _, file = sheet.partition("/css/")
    # What all share, the themes need not each have.
    names = DESIGNS if file in THEMES_OF_ALL else (name,)
    for rule in rules(sheet):
        for selector in cssselect2.compile_selector_list(rule.prelude):
            written = tinycss2.serialize(rule.prelude)
            found = any(
                selector.test(element)
                for theme_name in names
                for root in documents[theme_name]
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
    assert named <= set(FAMILIES)
    assert not re.search(r"\b(serif|monospace|local)\b", SHEETS[sheet])


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_is_loaded_but_what_the_sheet_holds(sheet):
    urls = re.findall(r'url\("([^"]*)', SHEETS[sheet])
    assert all(url.startswith("data:") for url in urls)


def test_every_kind_of_section_has_an_opening_or_a_depth():
    style = "".join(css for name, css in SHEETS.items() if "book/" in name)
    known = {kind.value for kind in Kind if f".{kind.value}" in style}
    assert known == {kind.value for kind in Kind}


@pytest.mark.parametrize("notes", ["footnote", "endnote"])
@pytest.mark.parametrize("name", ["book", "gongwen", "report", "plain"])
def test_pages_have_the_numbers_that_they_are_called_by(name, notes):
    """Parts, chapters and notes begin pages of their own kinds: none starts again."""
    numbered = {
        page.label: found[1]
        for page in pages(printed(specimen(), theme=name, notes=notes))
        if (found := re.search(r"([0-9ivx]+)[ —]*$", page.furniture))
    }
    assert len(numbered) > 3
    assert numbered == {label: label for label in numbered}
