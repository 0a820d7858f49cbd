"""Themes: what is found by name, what is refused, and in which order sheets stand."""

from __future__ import annotations

import pytest

from pipeline import theme
from pipeline.failures import Status


def test_the_default_theme_has_all_its_sheets_and_faces():
    design = theme.load()
    names = [sheet.name.removeprefix("css/") for sheet in design.paged]
    assert names == ["base.css", "print.css", "theme.css", "size.css"]
    assert [sheet.name for sheet in design.reflowable] == [
        "css/book.css",
        "css/more.css",
    ]
    assert all(sheet.css for sheet in design.paged + design.reflowable)
    assert [face.family for face in design.faces] == ["Keben Song", "Keben Hei"]


def test_every_theme_loads_in_every_size():
    assert theme.names() == ("book",)
    assert theme.sizes() == ("16k", "32k", "a4", "a5")
    for name in theme.names():
        sheets = {theme.load(name, {"size": s}).paged[-1].css for s in theme.sizes()}
        assert len(sheets) == len(theme.sizes())


def test_the_default_size_is_a5():
    assert theme.load() == theme.load("book", {"size": "a5"})


@pytest.mark.parametrize(
    ("name", "settings", "failure", "sentence"),
    [
        ("gothic", {}, theme.UnknownTheme, "“gothic”; the themes are: book"),
        ("../book", {}, theme.UnknownTheme, "“../book”"),
        ("book", {"colour": "red"}, theme.UnknownSetting, "the settings are: size"),
        (
            "book",
            {"size": "b5"},
            theme.UnknownSetting,
            "“b5”; the sizes are: 16k, 32k, a4, a5",
        ),
    ],
)
def test_what_does_not_exist_is_refused_with_the_choices(
    name, settings, failure, sentence, monkeypatch
):
    monkeypatch.setenv("LC_ALL", "C")
    with pytest.raises(failure) as raised:
        theme.load(name, settings)
    assert sentence in str(raised.value)
    assert raised.value.status is Status.USAGE
