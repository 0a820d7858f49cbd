"""The EPUB as a file: what lies where, and the same bytes on every build."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from pipeline.checks.epub import check, note_text
from pipeline.diagnostics import Code
from pipeline.writers.epub import WRITER
from tests.checks.test_pdf import made_book
from tests.specimen import (
    IDENTIFIER,
    PICTURE,
    chapter,
    job,
    packed,
    paragraph,
    specimen,
    speech,
)

OPF = "{http://www.idpf.org/2007/opf}"


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def package(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(opened(data).read("EPUB/content.opf"))


def test_every_part_has_its_place():
    assert opened(packed(speech())).namelist() == [
        "mimetype",
        "META-INF/container.xml",
        "EPUB/content.opf",
        "EPUB/nav.xhtml",
        "EPUB/toc.ncx",
        "EPUB/images/cover.jpg",
        "EPUB/css/book.css",
        "EPUB/css/more.css",
        "EPUB/text/cover.xhtml",
        "EPUB/text/title.xhtml",
        "EPUB/text/contents.xhtml",
        "EPUB/text/chapter-001.xhtml",
        "EPUB/text/colophon.xhtml",
    ]


def test_the_spine_has_all_documents_and_not_the_navigation():
    root = package(packed(specimen()))
    names = {item.get("id"): item.get("href") for item in root.iter(f"{OPF}item")}
    spine = [names[i.get("idref")] for i in root.iter(f"{OPF}itemref")]
    assert spine[:3] == ["text/cover.xhtml", "text/title.xhtml", "text/contents.xhtml"]
    assert spine[3:-1] == [f"text/chapter-{n:03}.xhtml" for n in range(1, 8)]
    assert spine[-1] == "text/colophon.xhtml"
    assert root.find(f"{OPF}spine").get("toc") == "ncx"


def test_formulas_are_announced():
    items = package(packed(specimen())).iter(f"{OPF}item")
    with_math = [i.get("href") for i in items if i.get("properties") == "mathml"]
    assert with_math == ["text/chapter-003.xhtml", "text/chapter-004.xhtml"]


def test_the_package_says_its_language_and_no_needless_prefix():
    root = package(packed(specimen()))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-CN"
    assert root.get("prefix") is None
    assert root.get("unique-identifier") == "pub-id"


def test_the_guide_leads_old_readers():
    root = package(packed(specimen()))
    references = root.iter(f"{OPF}reference")
    assert [(r.get("type"), r.get("title"), r.get("href")) for r in references] == [
        ("cover", "封面", "text/cover.xhtml"),
        ("toc", "目录", "text/contents.xhtml"),
        ("text", "正文", "text/chapter-001.xhtml"),
    ]


def test_markup_goes_in_as_it_was_rendered():
    made = job(specimen())
    archive = opened(WRITER.write(made, pytest.fail).data)
    for page in made.rendered.pages:
        assert archive.read(f"EPUB/text/{page.name}").decode() == page.xhtml
    assert archive.read("EPUB/nav.xhtml").decode() == made.rendered.nav
    assert archive.read("EPUB/toc.ncx").decode() == made.rendered.ncx


def test_a_picture_that_is_shown_twice_is_packed_once():
    made = job(specimen())
    twice = replace(made, rendered=replace(made.rendered, assets=(PICTURE, PICTURE)))
    names = opened(WRITER.write(twice, pytest.fail).data).namelist()
    assert names.count("EPUB/images/seal.png") == 1


def test_a_picture_that_no_page_shows_stays_out():
    made = job(specimen())
    assets = (PICTURE, replace(PICTURE, name="unused.png"))
    pictured = replace(made, rendered=replace(made.rendered, assets=assets))
    names = opened(WRITER.write(pictured, pytest.fail).data).namelist()
    assert "EPUB/images/unused.png" not in names


def test_a_picture_that_readers_need_not_show_is_reported():
    made = job(specimen())
    foreign = replace(PICTURE, media_type="image/tiff")
    found = []
    pictured = replace(made, rendered=replace(made.rendered, assets=(foreign,)))
    WRITER.write(pictured, found.append)
    assert [(d.code, d.values["name"]) for d in found] == [
        (Code.FOREIGN_PICTURE, "seal.png")
    ]


# The container ------------------------------------------------------------------


def test_the_media_type_comes_first_and_bare():
    data = packed(speech())
    # EPUB 3.3, 4.3.3: readable at byte 38, as by file(1).
    assert data[30:58] == b"mimetypeapplication/epub+zip"


def test_nothing_in_the_container_tells_of_the_machine():
    for entry in opened(packed(specimen())).infolist():
        assert entry.date_time == (2024, 12, 27, 9, 17, 16)  # zip counts by twos
        assert entry.external_attr == 0o100644 << 16
        assert entry.create_system == 3
        assert entry.extra == b""


def test_text_is_compressed_and_pictures_are_not_again():
    kinds = {e.filename: e.compress_type for e in opened(packed(specimen())).infolist()}
    assert kinds["EPUB/text/chapter-003.xhtml"] == zipfile.ZIP_DEFLATED
    assert kinds["EPUB/images/seal.png"] == zipfile.ZIP_STORED


def test_a_date_before_zip_files_becomes_their_first():
    old = replace(job(speech()), modified=datetime(1919, 5, 4, tzinfo=UTC))
    data = WRITER.write(old, pytest.fail).data
    assert opened(data).infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
    assert "1919-05-04T00:00:00Z" in opened(data).read("EPUB/content.opf").decode()


BUILD = """
import hashlib, os
os.umask(int(os.environ["MASK"], 8))
from tests.specimen import packed, specimen
data = packed(specimen(), epub_fonts="subset")
print(hashlib.sha256(data).hexdigest())
"""


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "MASK": "077"},
        {"TZ": "America/St_Johns", "PYTHONHASHSEED": "2", "MASK": "000", "LC_ALL": "C"},
    ],
)
def test_the_same_bytes_in_any_surroundings(surroundings, request, tmp_path):
    path = os.pathsep.join((*filter(None, sys.path), str(request.config.rootpath)))
    done = subprocess.run(
        [sys.executable, "-c", BUILD],
        env={**os.environ, **surroundings, "PYTHONPATH": path},
        cwd=tmp_path,
        capture_output=True,
        check=True,
        text=True,
    )
    data = packed(specimen(), epub_fonts="subset")
    assert done.stdout.strip() == hashlib.sha256(data).hexdigest()


def test_the_identifier_is_that_of_the_work():
    root = package(packed(speech()))
    found = root.find(".//{http://purl.org/dc/elements/1.1/}identifier")
    assert (found.get("id"), found.text) == ("pub-id", IDENTIFIER)


# What a person may choose --------------------------------------------------------


def test_contents_nest_three_deep_unless_more_is_asked_for():
    def depth(**settings):
        ncx = opened(packed(specimen(), **settings)).read("EPUB/toc.ncx").decode()
        return int(re.search('name="dtb:depth" content="([0-9])"', ncx)[1])

    assert depth() == depth(nav_depth="3") == 3
    assert depth(nav_depth="1") == 1
    assert depth(nav_depth="5") == 5
    assert depth(nav_depth="any") == 7


def test_however_deep_contents_nest_every_entry_is_there():
    def entries(**settings):
        nav = opened(packed(specimen(), **settings)).read("EPUB/nav.xhtml").decode()
        return re.findall('<a href="([^"]*#[^"]*)">([^<]*)</a>', nav)

    assert entries(nav_depth="1") == entries() == entries(nav_depth="any")


def test_vertical_books_run_from_right_to_left():
    archive = opened(packed(specimen(), theme_name="vertical"))
    package = archive.read("EPUB/content.opf").decode()
    assert 'page-progression-direction="rtl"' in package
    assert "page-progression-direction" not in (
        opened(packed(specimen())).read("EPUB/content.opf").decode()
    )
    for name in archive.namelist():
        if name.startswith("EPUB/text/"):
            assert ' class="vertical">' in archive.read(name).decode()
    css = archive.read("EPUB/css/book.css").decode()
    for prefix in ("-epub-", "-webkit-", ""):
        assert f"{prefix}writing-mode: vertical-rl" in css
    assert (
        ".vertical" not in opened(packed(specimen())).read("EPUB/css/book.css").decode()
    )


def test_numbers_stand_in_vertical_books():
    book = made_book(chapter("甲", paragraph("1984年，第12回，12.5元。")))
    upright = opened(packed(book, theme_name="vertical"))
    page = upright.read("EPUB/text/chapter-001.xhtml").decode()
    assert (
        '<span class="stacked">1984</span>年，第<span class="combined">12</span>回，'
        "12.5元"
    ) in page
    css = upright.read("EPUB/css/book.css").decode()
    assert "text-combine-upright: all" in css
    assert "text-orientation: upright" in css
    lying = opened(packed(book, theme_name="vertical", digits="lying"))
    assert ">1984年，第<span" in lying.read("EPUB/text/chapter-001.xhtml").decode()
    across = opened(packed(book)).read("EPUB/text/chapter-001.xhtml").decode()
    assert "1984年，第12回，" in across


def test_for_duokan_a_picture_calls_the_item_of_a_list():
    archive = opened(packed(specimen(), notes="duokan"))
    page = archive.read("EPUB/text/chapter-003.xhtml").decode()
    assert (
        '<sup class="noteref"><a class="duokan-footnote" id="c2-1-n1-ref" '
        'href="#c2-1-n1" epub:type="noteref" role="doc-noteref">'
        '<img src="../images/note.png" alt="注1"/></a></sup>'
    ) in page
    assert '<li class="duokan-footnote-item" id="c2-1-n1">' in page
    assert "<aside" not in page
    assert archive.read("EPUB/images/note.png").startswith(b"\x89PNG")
    assert "EPUB/images/note.png" not in opened(packed(specimen())).namelist()
    said = (
        note_text(packed(specimen(), notes=form)) for form in ("duokan", "footnote")
    )
    assert len({"".join(text.split()) for text in said}) == 1


@pytest.mark.parametrize(
    "settings",
    [{"theme_name": "vertical"}, {"notes": "duokan"}],
    ids="-".join,
)
def test_whatever_is_chosen_checks_have_nothing_to_say(settings, tmp_path):
    path = tmp_path / "book.epub"
    path.write_bytes(packed(specimen(), **settings))
    found = []
    check(path, found.append)
    assert found == []


@pytest.mark.parametrize(
    ("language", "tag"),
    [("zh-Hans", "zh-CN"), ("zh-Hant", "zh-TW"), ("zh-Hant-HK", "zh-HK")],
)
def test_the_language_is_told_as_reading_systems_know_it(language, tag):
    book = replace(specimen(), meta=replace(specimen().meta, language=language))
    archive = opened(packed(book))
    assert f"<dc:language>{tag}</dc:language>" in (
        archive.read("EPUB/content.opf").decode()
    )
    assert f'lang="{tag}" xml:lang="{tag}"' in (
        archive.read("EPUB/text/title.xhtml").decode()
    )


def test_numbers_of_notes_stand_upright_where_lines_run_down():
    archive = opened(packed(specimen(), theme_name="vertical"))
    text = archive.read("EPUB/text/chapter-003.xhtml").decode()
    numbers = re.findall(r"<a ([^>]*)(?:noteref|backlink)\"[^>]*>\d+</a>", text)
    assert numbers
    assert all('class="combined"' in attributes for attributes in numbers)
