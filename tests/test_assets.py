"""Pictures: found beside the source, proved sound, named by content."""

from base64 import b64encode
from io import BytesIO
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Raster

from pipeline import limits
from pipeline.assets import Gallery, reduced, size
from pipeline.diagnostics import Code
from pipeline.model import Asset, Image, Text
from pipeline.source import Span

HERE = Span("书.md", 7, 7)


def raster(form, mode="RGB", size=(4, 3)):
    file = BytesIO()
    Raster.new(mode, size).save(file, form)
    return file.getvalue()


def drawing(inside="", attributes=""):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()
    )


def noise(form, size):
    data = Random(1).randbytes(size[0] * size[1] * 3)
    file = BytesIO()
    Raster.frombytes("RGB", size, data).save(file, form)
    return file.getvalue()


PNG = raster("PNG")


class Wall:
    """A gallery over a folder of files, and what it reports."""

    def __init__(self, files=None):
        self.found = []
        self.gallery = Gallery((files or {}).get, self.found.append)

    def show(self, address, alt="字盘"):
        return self.gallery.show(address, alt, HERE)

    @property
    def codes(self):
        return [diagnostic.code for diagnostic in self.found]


def test_a_picture_beside_the_source_is_shown():
    wall = Wall({"图/盘.png": PNG})
    image = wall.show("%E5%9B%BE/%E7%9B%98.png")
    (asset,) = wall.gallery.assets
    assert image == Image(asset.name, "字盘", span=HERE)
    assert asset.media_type == "image/png"
    assert asset.data == PNG
    assert not wall.found


def test_a_picture_shown_twice_is_kept_once():
    wall = Wall({"a.png": PNG, "b.png": PNG})
    assert wall.show("a.png") == wall.show("b.png#left")
    assert len(wall.gallery.assets) == 1


def test_a_picture_may_stand_in_the_source_itself():
    wall = Wall()
    assert wall.show("data:image/png;base64," + b64encode(PNG).decode())
    assert wall.gallery.assets[0].data == PNG


@pytest.mark.parametrize("form", ["BMP", "TIFF"])
def test_a_form_that_no_reading_system_shows_becomes_png(form):
    wall = Wall({"a": raster(form)})
    assert wall.show("a")
    assert wall.gallery.assets[0].media_type == "image/png"


def test_ink_colours_become_light():
    wall = Wall({"a.jpg": raster("JPEG", "CMYK")})
    wall.show("a.jpg")
    (asset,) = wall.gallery.assets
    assert asset.media_type == "image/jpeg"
    assert Raster.open(BytesIO(asset.data)).mode == "RGB"


@pytest.mark.parametrize(
    ("address", "data", "code"),
    [
        ("没有.png", None, Code.MISSING_PICTURE),
        ("a\0b.png", None, Code.MISSING_PICTURE),
        ("data:image/png;base64,QQ", None, Code.MISSING_PICTURE),
        ("data:image/png", None, Code.MISSING_PICTURE),
        ("https://example.org/a.png", None, Code.REMOTE_PICTURE),
        ("//example.org/a.png", None, Code.REMOTE_PICTURE),
        ("a.png", b"", Code.BROKEN_PICTURE),
        ("a.png", PNG[:50], Code.BROKEN_PICTURE),
        ("a.png", PNG[:40] + b"?" + PNG[41:], Code.BROKEN_PICTURE),
        ("a.jpg", raster("JPEG", size=(64, 64))[:400], Code.BROKEN_PICTURE),
        ("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0", Code.BROKEN_PICTURE),
        ("a.svg", b"<svg", Code.ACTIVE_PICTURE),
        ("a.svg", drawing("<script>1</script>"), Code.ACTIVE_PICTURE),
        ("a.svg", drawing(attributes='onload="x()"'), Code.ACTIVE_PICTURE),
        ("a.svg", drawing('<image href="b.png"/>'), Code.ACTIVE_PICTURE),
    ],
)
def test_what_cannot_be_shown_leaves_its_description(address, data, code):
    wall = Wall({address: data} if data is not None else {})
    assert wall.show(address) == Text("字盘", span=HERE)
    assert wall.codes == [code]
    assert wall.found[0].span == HERE
    assert not wall.gallery.assets


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "PICTURE_PIXELS", 11)
    wall = Wall({"a.png": PNG})
    wall.show("a.png")
    assert wall.codes == [Code.HUGE_PICTURE]


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(Raster, "MAX_IMAGE_PIXELS", 5)
    wall = Wall({"a.png": PNG})
    wall.show("a.png")
    assert wall.codes == [Code.HUGE_PICTURE]


def test_nothing_remains_of_a_missing_picture_without_description():
    assert Wall().show("a.png", "") is None


def test_a_long_address_is_shortened_in_messages():
    wall = Wall()
    wall.show("长" * 500)
    assert len(wall.found[0].message) < 120


@given(st.binary(max_size=200))
def test_no_bytes_raise(data):
    wall = Wall({"a": data, "b": b"<svg" + data, "c": PNG[:30] + data})
    for name in "abc":
        wall.show(name)


@pytest.mark.parametrize(("form", "kind"), [("PNG", "png"), ("JPEG", "jpeg")])
def test_a_heavy_picture_is_reduced_for_reading_devices(form, kind):
    data = noise(form, (2000, 3000))
    smaller = reduced(Asset("a", f"image/{kind}", data))
    with Raster.open(BytesIO(smaller.data)) as picture:
        assert (picture.size, picture.format) == ((1600, 2400), form)
    assert len(smaller.data) < len(data)
    assert smaller.name == "a"


def test_a_light_picture_and_a_drawing_stay_as_they_are():
    for asset in (
        Asset("a", "image/png", PNG),
        Asset("b", "image/svg+xml", drawing("<g/>" * 500_000)),
    ):
        assert reduced(asset) is asset


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_the_size_of_a_scan_is_that_of_its_pixels(form):
    media_type = f"image/{form.lower()}"
    assert size(Asset("a", media_type, raster(form, size=(40, 30)))) == (40, 30)


def test_a_picture_taken_upright_is_as_wide_as_it_is_shown():
    file, exif = BytesIO(), Raster.Exif()
    exif[0x0112] = 6
    Raster.new("RGB", (40, 30)).save(file, "JPEG", exif=exif)
    assert size(Asset("a", "image/jpeg", file.getvalue())) == (30, 40)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('width="40" height="30"', (40, 30)),
        ('width="40px" height="30.5px" viewBox="0 0 4 3"', (40, 30.5)),
        ('width="100%" viewBox="0, 0, 4, 3"', (4, 3)),
        ('viewBox="0 0 4 0"', None),
        ('width="4cm" height="3cm"', None),
        ("", None),
    ],
)
def test_the_size_of_a_drawing_is_what_it_says(attributes, expected):
    assert size(Asset("a", "image/svg+xml", drawing("", attributes))) == expected


@pytest.mark.parametrize("media_type", ["image/png", "image/svg+xml"])
def test_what_is_no_picture_has_no_size(media_type):
    assert size(Asset("a", media_type, b"no")) is None
