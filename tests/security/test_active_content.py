"""Nothing that a source can do is left to do in a book."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from lxml import etree

from pipeline.diagnostics import Code
from pipeline.reader import Hints, Input
from pipeline.readers.docx import READER
from pipeline.reading import failed
from tests.readers.office import docx, p
from tests.security.hostile import AWAY

ACTIVE = {
    *(
        "script",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "base",
        "form",
        "input",
    ),
    *("button", "video", "audio", "source", "track", "canvas", "foreignObject", "set"),
    *("animate", "handler", "maction", "annotation-xml", "template", "portal"),
}
# Where an address stands, and what it may be beside a part of the book.
ADDRESSES = {
    "href",
    "src",
    "data",
    "poster",
    "action",
    "formaction",
    "background",
    "srcset",
}
LINK = re.compile(r"(?:https?|ftp)://(?!evil\.example)|mailto:")
SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*\s*:|\s*//")
STYLE = re.compile(
    r"(?i)@import|expression\(|behavior|javascript|url\(\s*[\"']?(?:\w+:|//)"
)
FORBIDDEN = {
    *("/JS", "/JavaScript", "/Launch", "/AA", "/GoToR", "/GoToE", "/SubmitForm"),
    *("/ImportData", "/RichMedia", "/XFA", "/AcroForm", "/EmbeddedFile", "/Movie"),
    *("/Rendition", "/Sound", "/OpenAction"),
}


def parts(epub: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(epub)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def trees(epub: bytes):
    """Yield each element of each document of an EPUB, with the name of its part."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for name, data in parts(epub).items():
        if name.endswith((".xhtml", ".opf", ".ncx", ".svg", ".xml")):
            for element in etree.fromstring(data, parser).iter(etree.Element):
                yield name, element


def test_the_text_is_all_there(made):
    assert not failed(made.outcome.diagnostics)
    documents = b"".join(d for n, d in parts(made.epub).items() if n.endswith("xhtml"))
    said = documents.decode()
    assert "正文第一段" in said
    assert "正文最后一段" in said
    assert made.outcome.audit.is_proved


def test_no_element_of_an_epub_runs_or_embeds_anything(made):
    found = {(n, etree.QName(e).localname) for n, e in trees(made.epub)}
    assert [(part, name) for part, name in found if name in ACTIVE] == []


def test_no_attribute_of_an_epub_is_a_program(made):
    for name, element in trees(made.epub):
        for key, value in element.attrib.items():
            local = etree.QName(key).localname.lower()
            assert not local.startswith("on"), (name, key, value)
            assert not re.search(r"(?i)(?:java|vb)\s*script\s*:", value), (name, value)


def test_no_address_in_an_epub_leads_out_but_links_to_the_web(made):
    for name, element in trees(made.epub):
        for key, value in element.attrib.items():
            if etree.QName(key).localname in ADDRESSES and SCHEME.match(value):
                assert etree.QName(element).localname == "a", (name, key, value)
                assert LINK.match(value), (name, value)
            assert AWAY not in value or etree.QName(key).localname == "alt"


def test_no_style_of_an_epub_fetches_anything(made):
    for name, data in parts(made.epub).items():
        if name.endswith(".css"):
            assert not STYLE.search(data.decode()), name
    for name, element in trees(made.epub):
        assert etree.QName(element).localname != "style", name
        assert not STYLE.search(element.get("style", "")), name


def test_the_parts_of_an_epub_have_plain_names(made):
    for name in parts(made.epub):
        assert re.fullmatch(r"[\w./-]+", name)
        assert ".." not in name
        assert not name.startswith("/")


def test_no_object_of_a_pdf_acts(made):
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        for value in pdf.objects:
            for dictionary in _dictionaries(value):
                names = set(map(str, dictionary.keys()))
                names |= {
                    str(v) for v in dictionary.values() if isinstance(v, pikepdf.Name)
                }
                assert not names & FORBIDDEN


def test_links_of_a_pdf_lead_to_the_web_or_into_it(made):
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        found = [
            str(dictionary["/URI"])
            for value in pdf.objects
            for dictionary in _dictionaries(value)
            if isinstance(dictionary.get("/URI"), pikepdf.String)
        ]
    assert all(map(LINK.match, found)), found


def _dictionaries(value):
    """Yield the dictionaries directly in an object of a PDF."""
    if isinstance(value, pikepdf.Stream):
        value = pikepdf.Dictionary(dict(value.items()))
    if isinstance(value, pikepdf.Dictionary):
        yield value
        for below in value.values():
            if not getattr(below, "is_indirect", False):
                yield from _dictionaries(below)
    elif isinstance(value, pikepdf.Array):
        for below in value:
            if not getattr(below, "is_indirect", False):
                yield from _dictionaries(below)


def test_nothing_is_asked_of_the_network(made):
    assert made.asked_for == ()


@pytest.mark.parametrize("address", ["https://example.org/a.png", "http://127.0.0.1/"])
@pytest.mark.parametrize("scheme", ["", "file:///etc/hostname", "ftp://example.org/"])
def test_the_layout_fetches_nothing_but_what_is_of_the_book(address, scheme):
    from pipeline.layout import Copy
    from pipeline.layout.sources import Files

    fetcher = Files(Copy("", (), (), ()))
    with pytest.raises(ValueError, match="is not a part of the book"):
        fetcher.fetch(scheme or address)


def test_a_file_within_a_word_file_is_left_out_with_a_warning(tmp_path):
    data = docx(p("正文。") + '<w:altChunk r:id="x"/>')
    found = []
    READER.read(Input("a.docx", data), Hints(), found.append)
    assert [(d.code, d.values["kind"]) for d in found] == [
        (Code.EMBEDDED_OBJECT, "altChunk")
    ]
