"""Pictures told by their bytes, and drawings that do more than draw."""

from __future__ import annotations

import pytest

from pipeline.pictures import is_tracker, picture, width
from tests.test_assets import PNG

SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawing(content):
    return picture(f"<svg {SPACES}>{content}</svg>".encode())


def test_equal_pictures_have_one_name():
    first, again = picture(PNG), picture(PNG)
    assert first is not None
    assert first == again
    assert first.name.endswith(".png")
    assert first.media_type == "image/png"


@pytest.mark.parametrize("data", [b"", b"GIF", b"%PDF-1.7", b"<html/>", b"\x89PNG"])
def test_other_bytes_are_no_picture(data):
    assert picture(data) is None


@pytest.mark.parametrize(
    "content",
    [
        '<rect fill="url(#a)"/>',
        "<style>rect { fill: red }</style>",
        '<image xlink:href="data:image/png;base64,AA"/>',
        '<use href="#a"/>',
        '<a href="https://example.org/"><text>字</text></a>',
    ],
)
def test_a_mere_drawing_is_a_picture(content):
    assert drawing(content)


@pytest.mark.parametrize(
    "content",
    [
        "<script>x()</script>",
        '<g onload="x()"/>',
        "<foreignObject/>",
        '<image xlink:href="file:///etc/hostname"/>',
        '<image href="data:image/svg+xml,x"/>',
        '<rect fill="url(https://example.org/)"/>',
        "<rect style=\"fill: url( 'x.svg#a' )\"/>",
        '<style>@import "x.css";</style>',
        "<unclosed>",
    ],
)
def test_a_drawing_that_does_more_is_refused(content):
    assert drawing(content) is None


def test_a_drawing_declares_no_entities():
    said = f'<!DOCTYPE svg [<!ENTITY a "b">]><svg {SPACES}/>'
    assert picture(said.encode()) is None


def test_a_tracker_is_told_by_its_size():
    dot = picture(b"GIF89a\x01\x00\x01\x00")
    wide = picture(b"GIF89a\x40\x00\x30\x00")
    photograph = picture(b"\xff\xd8\xff\xe0")
    assert dot is not None
    assert wide is not None
    assert photograph is not None
    assert is_tracker(dot)
    assert not is_tracker(wide)
    assert not is_tracker(photograph)


@pytest.mark.parametrize(
    ("said", "read_as"),
    [
        ("50%", "50%"),
        (" 120% ", "100%"),
        ("200", "200px"),
        ("3.50cm", "3.5cm"),
        ("0", ""),
        ("auto", ""),
        ("calc(1px)", ""),
        ("1;color:red", ""),
        ("-3px", ""),
    ],
)
def test_a_width_is_one_that_css_has(said, read_as):
    assert width(said) == read_as
