"""Fonts in the EPUB, where a person asks for them: what it shows and no more."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from pipeline.checks.epub import check
from pipeline.fonts.opentype import characters
from tests.specimen import packed, specimen

NORMAL, BOLD = "EPUB/fonts/normal.otf", "EPUB/fonts/bold.otf"
OPTIONS = "META-INF/com.apple.ibooks.display-options.xml"


@pytest.fixture(scope="module")
def archive():
    return zipfile.ZipFile(io.BytesIO(packed(specimen(), epub_fonts="subset")))


def shown(archive, name: str) -> set[str]:
    return set(map(chr, characters(archive.read(name))))


def test_unless_asked_for_there_are_none():
    names = zipfile.ZipFile(io.BytesIO(packed(specimen()))).namelist()
    assert not [name for name in names if "font" in name or name == OPTIONS]


def test_the_text_face_has_every_character_and_hardly_more(archive):
    pages = [
        archive.read(name).decode()
        for name in archive.namelist()
        if name.startswith("EPUB/text/")
    ]
    texts = {c for page in pages for c in re.sub("<[^>]*>|\\s", "", page)}
    found = shown(archive, NORMAL)
    assert texts - found == set()
    assert len(found) < len(texts) + 130


def test_the_bold_face_has_what_is_bold(archive):
    found = shown(archive, BOLD)
    assert set("进山种茶后记目录很远月份产量明前小心云公约") <= found
    assert "雪" not in found


def test_both_faces_are_in_the_style_sheet_under_one_name(archive):
    css = archive.read("EPUB/css/book.css").decode()
    for weight in ("normal", "bold"):
        assert (
            f'@font-face {{ font-family: "Keben"; font-weight: {weight}; '
            f'font-style: normal; src: url("../fonts/{weight}.otf"); }}'
        ) in css
    assert 'body { font-family: "Keben", serif; }' in css


def test_apple_books_is_told_to_use_them(archive):
    assert '"specified-fonts">true<' in archive.read(OPTIONS).decode()
    package = archive.read("EPUB/content.opf").decode()
    assert '<meta property="ibooks:specified-fonts">true</meta>' in package
    assert 'prefix="ibooks: http://vocabulary.itunes.apple.com' in package
    assert "display-options" not in package
    assert "META-INF/encryption.xml" not in archive.namelist()


def test_checks_have_nothing_to_say_but_that_there_are_fonts(tmp_path):
    path = tmp_path / "book.epub"
    path.write_bytes(packed(specimen(), epub_fonts="subset"))
    found = []
    check(path, found.append)
    assert found == []
