"""Substitution: which face sets a character where another is asked for."""

from __future__ import annotations

import pytest

from pipeline import fonts
from pipeline.fonts.families import BORROWED_RANGES, FAMILIES
from pipeline.layout import Copy, Imprint, paginate
from pipeline.writer import Face
from tests.fonts.typefoundry import font
from tests.paper import pages

FACES = fonts.faces()
LATIN_AND_SONG = '"Keben Latin", "Keben Song"'


def used(
    text: str, family: str, weight: int = 400, faces: tuple[Face, ...] = FACES
) -> set[str]:
    """Return the fonts that set ``text``, under their names in the PDF."""
    style = f"font-family: {family}; font-weight: {weight}".replace('"', "'")
    xhtml = f'<html lang="zh-CN"><body><p style="{style}">{text}</p></body></html>'
    pdf = paginate(Copy(xhtml, (), faces), Imprint(), lambda _finding: None).data
    return {font.name.partition("+")[2] for page in pages(pdf) for font in page.fonts}


def without(*families: str) -> tuple[Face, ...]:
    return tuple(face for face in FACES if face.family not in families)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_sets_chinese_and_latin_at_every_weight(family):
    for weight in (400, 700, 900):
        assert used("山水 abc", f'"{family}"', weight)


@pytest.mark.parametrize(
    ("family", "stand_in"),
    [
        ("Keben Kai", "Keben-Song"),
        ("Keben Fangsong", "Keben-Song"),
        ("Keben Xiaobiaosong", "Keben-Song"),
    ],
)
def test_a_face_that_is_not_at_hand_has_one_that_stands_in(family, stand_in):
    assert used("山水", f'"{family}", "Keben Hei"') == {stand_in}


def test_without_hei_song_stands_in():
    assert used("山水", '"Keben Hei"', faces=without("Keben Hei")) == {"Keben-Song"}


@pytest.mark.parametrize("family", ["Keben Song", "Keben Kai", "Keben Fangsong"])
def test_where_there_is_no_bold_hei_is_bold(family):
    assert used("山水", f'"{family}"', 700) == {"Keben-Hei"}


def test_a_latin_face_takes_latin_and_leaves_chinese_marks():
    assert used("abc é ǎ", LATIN_AND_SONG) == {"Keben-Latin"}
    assert used("“‘’”—…·", LATIN_AND_SONG) == {"Keben-Song"}
    assert used("山 abc", LATIN_AND_SONG, 700) == {"Keben-Hei", "Keben-Latin-Bold"}


def test_what_a_face_lacks_within_its_ranges_comes_from_another(tmp_path):
    path = tmp_path / "latin.ttf"
    path.write_bytes(font("abc", family="Small Latin"))
    small = Face("Keben Latin", path, "SmallLatin-Regular", "", ranges=((0x20, 0x24F),))
    faces = (*without("Keben Latin"), small)
    assert used("abc", LATIN_AND_SONG, faces=faces) == {"Keben-Latin"}
    assert used("xyz", LATIN_AND_SONG, faces=faces) == {"Keben-Song"}


def test_marks_that_a_chinese_face_borrows_come_from_song(tmp_path):
    path = tmp_path / "kai.ttf"
    path.write_bytes(font("山—‘’“”…", family="Small Kai"))
    kai = Face("Keben Kai", path, "SmallKai-Regular", "", ranges=BORROWED_RANGES)
    assert used("山", '"Keben Kai"', faces=(*FACES, kai)) == {"Keben-Kai"}
    assert used("“‘’”——……水", '"Keben Kai"', faces=(*FACES, kai)) == {"Keben-Song"}


def test_without_a_latin_face_the_next_that_is_named_sets_latin():
    faces = without("Keben Latin")
    assert used("abc", '"Keben Latin", "Keben Hei"', faces=faces) == {"Keben-Hei"}


def test_what_the_script_of_the_book_lacks_comes_from_the_other():
    faces = fonts.faces("zh-Hant")
    assert used("這", '"Keben Song"', faces=faces) == {"Keben-Song"}
    assert used("这", '"Keben Song"', faces=faces) == {"Keben-Other-Song"}
    assert used("这", '"Keben Hei"', faces=faces) == {"Keben-Other-Hei"}


@pytest.mark.parametrize("family", ["serif", "sans-serif", "SimSun"])
def test_a_name_that_is_none_of_ours_finds_the_face_of_the_text(family):
    assert used("山水 abc", family) == {"Keben-Song"}
