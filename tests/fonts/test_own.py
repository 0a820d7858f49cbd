"""A person's own fonts: what is used, and the sentence for what is not."""

from __future__ import annotations

import pytest

from pipeline import build, fonts
from pipeline.build import Order
from pipeline.diagnostics import Code
from pipeline.fonts import opentype
from pipeline.fonts.own import wishes
from pipeline.source import Span
from pipeline.writer import Slope
from tests.fonts.typefoundry import collection, font, webfont

PLACE = Span("book.toml", 4, 4)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def read(folder, said):
    """Return the wishes in ``said``, and what is wrong with them."""
    found = []
    places = {f"fonts.{role}": PLACE for role in said}
    return wishes(said, folder, places, found.append), found


def refused(folder, data, name="my.ttf"):
    """Return the code for a file of ``data``, and the whole sentence."""
    (folder / name.partition("#")[0]).write_bytes(data)
    said, found = read(folder, {"song": {"": name}})
    assert "Keben Song" not in said.own
    (only,) = found
    assert only.span == PLACE
    return only.code, str(only)


# What is used -----------------------------------------------------------------------


def test_a_file_in_the_folder_of_the_book(folder):
    (folder / "fonts").mkdir()
    (folder / "fonts" / "my.ttf").write_bytes(font(licence="SIL Open Font License"))
    said, found = read(folder, {"song": {"": "fonts/my.ttf"}})
    assert found == []
    (face,) = said.own["Keben Song"]
    assert (face.path, face.weight) == (folder / "fonts" / "my.ttf", 400)
    assert (face.name, face.licence) == ("Test Song", "OFL-1.1")


def test_a_file_by_its_whole_path(folder):
    (folder / "my.ttf").write_bytes(font())
    said, found = read(folder / "elsewhere", {"kai": {"": str(folder / "my.ttf")}})
    assert found == []
    assert said.own["Keben Kai"][0].licence == ""


def test_a_file_for_each_weight(folder):
    for name in ("r", "b", "i"):
        (folder / f"{name}.ttf").write_bytes(font("ab"))
    files = {"400": "r.ttf", "700": "b.ttf", "400-italic": "i.ttf"}
    said, found = read(folder, {"latin": files})
    assert found == []
    faces = said.own["Keben Latin"]
    assert {(f.path.stem, f.weight, f.slope) for f in faces} == {
        ("r", 400, Slope.UPRIGHT),
        ("b", 700, Slope.UPRIGHT),
        ("i", 400, Slope.ITALIC),
    }
    assert all(face.ranges for face in faces)


@pytest.mark.parametrize(
    ("name", "data", "family"),
    [
        ("my.ttc#2", collection(font(), font("水", family="Second")), "Second"),
        ("my.woff", webfont(font(family="Packed")), "Packed"),
    ],
)
def test_what_is_packed_in_another_file_is_unpacked_into_the_cache(
    name, data, family, folder
):
    (folder / name.partition("#")[0]).write_bytes(data)
    said, found = read(folder, {"song": {"": name}})
    assert found == []
    (face,) = said.own["Keben Song"]
    assert face.name == family
    assert face.path.is_relative_to(folder / "cache")
    opentype.describe(face.path.read_bytes())
    assert read(folder, {"song": {"": name}})[0] == said


def test_what_the_file_lacks_comes_from_the_face_that_comes_with_keben(folder):
    (folder / "my.ttf").write_bytes(font("山"))
    said, _found = read(folder, {"song": {"": "my.ttf"}})
    by_family = {}
    for face in fonts.choose("zh-Hans", said):
        by_family.setdefault(face.family, []).append(face.name)
    assert by_family["Keben Song"] == ["Test Song"]
    assert by_family["Keben Other Song"][0] == "Noto Serif SC"


def test_a_collection_by_its_name(folder):
    said, found = read(folder, {"song": {"": "noto-tc"}})
    assert found == []
    chosen = fonts.choose("zh-Hans", said)
    assert next(f.name for f in chosen if f.family == "Keben Song") == "Noto Serif TC"


def test_a_collection_that_is_not_installed_is_asked_for(folder):
    said, _found = read(folder, {"kai": {"": "lxgw-wenkai"}})
    with pytest.raises(fonts.FontMissing, match="keben fonts install lxgw-wenkai"):
        fonts.choose("zh-Hans", said)


# What is not ------------------------------------------------------------------------


def test_a_file_that_is_not_there(folder):
    _said, (found,) = read(folder, {"song": {"": "fonts/no.ttf"}})
    assert (found.code, found.values["name"]) == (Code.MISSING_FONT, "fonts/no.ttf")
    assert "keben fonts" in str(found)


@pytest.mark.parametrize("name", ["../my.ttf", "fonts/../../my.ttf", "link.ttf"])
def test_a_file_that_leads_out_of_the_folder(name, folder):
    inside = folder / "book"
    (inside / "fonts").mkdir(parents=True)
    (folder / "my.ttf").write_bytes(font())
    (inside / "link.ttf").symlink_to(folder / "my.ttf")
    said, (found,) = read(inside, {"song": {"": name}})
    assert "Keben Song" not in said.own
    assert (found.code, found.values["name"]) == (Code.FONT_OUTSIDE, name)
    assert "whole path" in str(found)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"text " * 99, font()[:-400]])
def test_a_file_that_is_no_font(data, folder):
    code, sentence = refused(folder, data)
    assert code is Code.BROKEN_FONT
    assert "my.ttf is not a font that can be used" in sentence


def test_a_variable_font(folder):
    code, sentence = refused(folder, font(variable=True))
    assert code is Code.VARIABLE_FONT
    assert "one file a weight" in sentence


@pytest.mark.parametrize("name", ["my.ttc", "my.ttc#0", "my.ttc#3"])
def test_a_collection_without_the_number_of_one(name, folder):
    both = collection(font(family="First"), font(family="Second"))
    code, sentence = refused(folder, both, name)
    assert code is Code.FONT_COLLECTION
    assert "#1 First, #2 Second" in sentence


def test_a_font_that_must_not_be_embedded(folder):
    code, sentence = refused(folder, font(fs_type=2))
    assert code is Code.RESTRICTED_FONT
    assert "licence" in sentence


def test_a_collection_without_a_face_for_the_role(folder):
    _said, (found,) = read(folder, {"kai": {"": "noto-tc"}})
    assert found.code is Code.UNSUITED_COLLECTION


# In a book --------------------------------------------------------------------------


def built(folder, settings, text="山水有清音\n\n山水之间\n"):
    (folder / "book.txt").write_text(text, "utf-8")
    (folder / "book.toml").write_text(settings, "utf-8")
    order = Order(outputs=("pdf",))
    return build.build(folder / "book.txt", folder / "out", order, lambda _stage: None)


def test_a_book_is_set_in_the_fonts_that_its_settings_name(folder):
    (folder / "my.ttf").write_bytes(font("山水有清音之间", family="My Own"))
    outcome = built(folder, 'title = "书"\n[fonts]\nsong = "my.ttf"\n')
    (edition,) = outcome.editions
    used = {face.family: face.name for face in edition.faces}
    assert used["Keben Song"] == "My Own"
    assert used["Keben Other Song"] == "Noto Serif SC"


def test_a_book_whose_settings_name_a_bad_font_is_not_made(folder):
    outcome = built(folder, 'title = "书"\n\n[fonts]\nsong = "no.ttf"\n')
    assert outcome.editions == ()
    (error,) = (d for d in outcome.diagnostics if d.code is Code.MISSING_FONT)
    assert (error.span.source, error.span.first) == ("book.toml", 4)


def test_a_rare_character_comes_from_the_reserve(folder):
    (folder / "rare.ttf").write_bytes(font("𠮷", family="My Rare"))
    text = "山水有清音\n\n𠮷野之间\n"
    assert built(folder, 'title = "书"\n', text).editions == ()
    settings = 'title = "书"\n[fonts]\nrare = "rare.ttf"\n'
    (edition,) = built(folder, settings, text).editions
    assert "My Rare" in {face.name for face in edition.faces}
    (edition,) = built(folder, settings).editions
    assert "My Rare" not in {face.name for face in edition.faces}
