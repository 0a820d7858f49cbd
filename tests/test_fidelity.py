"""The first source, through everything: nothing lost, and the same in both editions."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from pipeline import reading
from pipeline.build import Order, build
from pipeline.checks import epub, pdf
from pipeline.model import Text, walk
from pipeline.passes.record import reconstruct
from pipeline.pdfium import opened
from pipeline.source import Source

SOURCE = Path(__file__).parents[1] / "seeds" / "000_8f2d622efa803fc5.txt"
SECTIONS = [
    "（一）积极应对互联网迅猛发展带来的新挑战新考验",
    "（二）牢牢把握网上舆论引导工作的主动权",
    "（三）不断提升网上舆论引导工作的能力和水平",
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    return build(SOURCE, out, Order(), lambda _stage: None)


@pytest.fixture(scope="module")
def model(made):
    """Return the text of the model, chapter titles and stops included."""
    book = reading.finish(made.reading.book, lambda _diagnostic: None)
    nodes = (node for section in book.sections for node in walk(section))
    return squeezed("".join(n.value for n in nodes if isinstance(n, Text)))


def squeezed(text):
    return re.sub(r"\s", "", text)


def edition(made, suffix):
    return next(e.path for e in made.editions if e.path.suffix == suffix)


def test_the_source_less_drops_plus_edits_is_the_model(made, model):
    source = Source(SOURCE.name, SOURCE.read_text("utf-8"))
    manuscript = made.reading.manuscript
    assert squeezed(reconstruct(source, manuscript.drops, manuscript.edits)) == model


def test_the_epub_has_the_text_of_the_model(made, model):
    assert squeezed(epub.body_text(edition(made, ".epub"))) == model


def test_the_pdf_has_the_text_of_the_model(made, model):
    flow = "".join(text for _label, text in pdf.flow_text(edition(made, ".pdf")))
    assert squeezed(flow) == model


def test_poppler_copies_the_text_of_the_model(made, model):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (Poppler) is not installed: no second opinion")
    with opened(edition(made, ".pdf")) as document:
        furniture = [squeezed(page.furniture) for page in document.pages()]
    run = subprocess.run(
        ["pdftotext", edition(made, ".pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    copied = ""
    for text, around in zip(run.stdout.split("\f"), furniture, strict=False):
        copied += _without(squeezed(text), around)
    assert model in copied


def _without(page, furniture):
    """Take running head and folio off a page: a head is at its top, a folio below."""
    folio = re.search(r"[0-9ivx]*$", furniture)[0] or re.match(r"\d*", furniture)[0]
    head = furniture.replace(folio, "", 1)
    return page.removeprefix(head).removesuffix(folio)


def test_every_contents_has_the_three_sections(made):
    with zipfile.ZipFile(edition(made, ".epub")) as archive:
        nav, ncx, page = (
            etree.fromstring(archive.read(f"EPUB/{name}"))
            for name in ("nav.xhtml", "toc.ncx", "text/contents.xhtml")
        )
    with opened(edition(made, ".pdf")) as document:
        outline = [bookmark.title for bookmark in document.bookmarks]
    entries = "//*[local-name()='nav'][1]//*[local-name()='a']//text()"
    for titles in (
        nav.xpath(entries),
        ncx.xpath("//*[local-name()='navPoint']//*[local-name()='text']/text()"),
        page.xpath("//*[local-name()='a']//text()"),
        outline,
    ):
        assert [title for title in titles if title in SECTIONS] == SECTIONS


def test_both_editions_are_sound(made):
    found = []
    for path in (edition(made, ".epub"), edition(made, ".pdf")):
        {".epub": epub, ".pdf": pdf}[path.suffix].check(path, found.append)
    assert found == []
