"""The cover: the theme's own as a picture, or set in type where that can't be."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from pipeline.diagnostics import Code
from pipeline.layout import EngineMissing
from pipeline.model import Metadata
from pipeline.writers.epub import WRITER, cover
from tests.specimen import job, packed, specimen, speech, text

OPF = "{http://www.idpf.org/2007/opf}"


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def size(jpeg: bytes) -> tuple[int, int]:
    """Return width and height as the frame header has them (ITU-T T.81, B.2.2)."""
    frame = jpeg.index(b"\xff\xc0")
    height, width = struct.unpack_from(">HH", jpeg, frame + 5)
    return width, height


def test_the_picture_has_the_size_that_shops_ask_for():
    picture = opened(packed(speech())).read("EPUB/images/cover.jpg")
    assert size(picture) == (1600, 2400)
    assert len(picture) < 500_000


def test_every_reading_system_finds_the_picture():
    root = ElementTree.fromstring(opened(packed(speech())).read("EPUB/content.opf"))
    (item,) = (i for i in root.iter(f"{OPF}item") if i.get("id") == "cover")
    assert item.get("href") == "images/cover.jpg"
    assert item.get("properties") == "cover-image"
    metas = [m.attrib for m in root.iter(f"{OPF}meta")]
    assert {"name": "cover", "content": "cover"} in metas


def test_the_cover_page_shows_the_picture_and_says_what_it_is():
    page = opened(packed(specimen())).read("EPUB/text/cover.xhtml").decode()
    assert 'src="../images/cover.jpg" alt="封面：山居笔记"' in page


def test_other_books_have_other_covers():
    one, other = (
        opened(packed(book())).read("EPUB/images/cover.jpg")
        for book in (specimen, speech)
    )
    assert one != other


def test_the_chapters_are_not_laid_out_for_the_cover(monkeypatch):
    asked = []
    monkeypatch.setattr(
        cover, "paginate", lambda copy, *_: asked.append(copy) or _stop()
    )
    with pytest.raises(KeyboardInterrupt):
        cover.draw(job(specimen()), pytest.fail)
    assert "山居笔记" in asked[0].xhtml
    assert "很远" not in asked[0].xhtml


def _stop():
    raise KeyboardInterrupt


def test_the_authors_own_picture_fills_the_cover():
    book = specimen()
    own = replace(book, meta=replace(book.meta, cover=book.assets[0].name))
    picture, drawn = (
        opened(packed(b)).read("EPUB/images/cover.jpg") for b in (own, book)
    )
    assert picture != drawn
    assert size(picture) == size(drawn)


# Where no picture can be drawn --------------------------------------------------


def without_engine(monkeypatch):
    def refuse(*_rest):
        raise EngineMissing("layout.libraries", reason="libpango")

    monkeypatch.setattr(cover, "paginate", refuse)


def test_without_an_engine_the_cover_is_set_in_type(monkeypatch):
    without_engine(monkeypatch)
    found = []
    archive = opened(WRITER.write(job(specimen()), found.append).data)
    page = archive.read("EPUB/text/cover.xhtml").decode()
    assert "EPUB/images/cover.jpg" not in archive.namelist()
    assert '<p class="cover-title"' in page
    assert "<img" not in page
    assert 'href="../css/book.css"' in page
    assert [finding.code for finding in found] == [Code.COVER_NOT_DRAWN]
    assert "libpango" in found[0].message


def test_a_title_that_no_font_can_show_is_set_in_type():
    rare = "\N{EGYPTIAN HIEROGLYPH A001}"
    book = replace(speech(), meta=Metadata(title=rare), title=(text(rare),))
    found = []
    archive = opened(WRITER.write(job(book), found.append).data)
    assert "EPUB/images/cover.jpg" not in archive.namelist()
    assert [finding.code for finding in found] == [Code.COVER_NOT_DRAWN]
    assert "U+13000" in found[0].message
