"""Light to inks: grey stays black, colours and pictures go through the profile."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image as Raster

from pipeline.assets import inks
from pipeline.assets.inks import Inks, NoProfile, UnfitProfile, find
from tests.press import profile


def picture(mode: str, colour: object, form: str = "PNG") -> bytes:
    data = BytesIO()
    Raster.new(mode, (3, 2), colour).save(data, form)
    return data.getvalue()


@pytest.mark.parametrize("grey", [0.0, 0.25, 0.5, 1.0])
def test_grey_is_black_ink_alone(grey):
    assert Inks(profile()).ink(grey, grey, grey) == (0, 0, 0, 1 - grey)


def test_a_colour_is_what_the_profile_says():
    *light, black = Inks(profile()).ink(1, 0, 0)
    assert black < 1
    assert max(light) > 0.3


def test_no_colour_has_more_ink_than_dries(monkeypatch):
    inked = Inks(profile())
    full = Raster.new("CMYK", (1, 1), (255, 255, 255, 128))
    monkeypatch.setattr(Inks, "_inked", lambda _self, _raster: full)
    *light, black = inked.ink(0.1, 0.2, 0.05)
    assert black == 128 / 255
    assert sum(light) + black == pytest.approx(3)
    assert len(set(light)) == 1


@pytest.mark.parametrize(
    ("data", "count", "first"),
    [
        (picture("L", 80), 1, bytes([80])),
        (picture("1", 1), 1, b"\xff"),
        (picture("RGB", (70, 70, 70)), 1, bytes([70])),
        (picture("CMYK", (1, 2, 3, 4), "TIFF"), 4, bytes([1, 2, 3, 4])),
    ],
)
def test_pictures_in_grey_and_in_inks_stay_as_they_are(data, count, first):
    found = Inks(profile()).separated(data)
    assert (found.width, found.height, found.inks) == (3, 2, count)
    assert found.samples == first * 6
    assert found.alpha is None


def test_a_picture_in_colour_gets_four_inks_and_keeps_its_transparency():
    found = Inks(profile()).separated(picture("RGBA", (200, 0, 0, 90)))
    assert found.inks == 4
    assert len(found.samples) == 4 * 6
    assert found.alpha == bytes([90]) * 6


@pytest.mark.parametrize(
    ("name", "condition"),
    [
        ("Coated FOGRA39 (ISO 12647-2:2004)", "FOGRA39"),
        ("ISO Coated v2 (ECI)", "FOGRA39"),
        ("PSO Coated v3", "FOGRA51"),
        ("Japan Color 2011 Coated", "JC201103"),
        ("Our own machine", "Custom"),
    ],
)
def test_conditions_have_their_registered_names(name, condition):
    found = Inks(profile(name))
    assert (found.name, found.condition) == (name, condition)


def test_a_profile_is_read_from_where_a_person_says(tmp_path):
    path = tmp_path / "印厂.icc"
    path.write_bytes(profile())
    found = find(str(path))
    assert found.profile == profile()
    assert found.named.path == path
    assert found.named.name == "FOGRA39 of the tests"


@pytest.mark.parametrize(
    "data", [b"", b"no profile", profile().replace(b"CMYK", b"RGB ")]
)
def test_what_is_no_profile_of_a_press_is_refused(data, tmp_path):
    path = tmp_path / "x.icc"
    path.write_bytes(data)
    with pytest.raises(UnfitProfile, match=r"x\.icc"):
        find(str(path))
    with pytest.raises(UnfitProfile, match="missing"):
        find(str(tmp_path / "missing.icc"))


def test_a_usual_profile_is_found_and_none_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(inks, "_FOLDERS", (tmp_path,))
    with pytest.raises(NoProfile, match="--set profile="):
        find()
    folder = tmp_path / "deep"
    folder.mkdir()
    (folder / "default_cmyk.icc").write_bytes(profile("Any press"))
    assert find().name == "Any press"
    (folder / "JapanColor2011Coated.icc").write_bytes(
        profile("Japan Color 2011 Coated")
    )
    assert find().condition == "JC201103"
