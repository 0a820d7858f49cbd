"""Themes: what is found by name, what is refused, and in which order sheets stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import theme
from pipeline.failures import Status
from pipeline.typeset.options import LineEnd, MarkWidth, Options

FAMILIES = re.compile(r'"Keben [A-Za-z ]+"(?:, "Keben [A-Za-z ]+")*')
BARE = re.compile('"Keben (Song|Hei|Kai|Fangsong)"')
# 半角宋体阿拉伯数字 are what GB/T 9704 asks for (7.5).
ALONE = {"gongwen": {'"Keben Song"'}}

STYLES = Path(__file__).parents[1] / "styles"


def test_the_default_theme_has_all_its_sheets_and_faces():
    design = theme.load()
    names = [sheet.name.removeprefix("css/") for sheet in design.paged]
    assert names == [
        "base.css",
        "print.css",
        "cover.css",
        "theme.css",
        "size.css",
    ]
    assert [sheet.name for sheet in design.reflowable] == [
        "css/book.css",
        "css/more.css",
    ]
    assert all(sheet.css for sheet in design.paged + design.reflowable)
    assert {"Keben Song", "Keben Hei"} <= {face.family for face in design.faces}


@pytest.mark.parametrize("name", theme.names())
def test_an_eighth_is_the_least_space_beside_western_text(name):
    assert theme.load(name).lines.autospace_least >= 1 / 8  # CLREQ 3.5.3


@pytest.mark.parametrize("path", sorted(STYLES.glob("**/*.css")), ids=lambda p: p.name)
def test_latin_faces_stand_before_chinese_ones_of_their_kind(path):
    lists = FAMILIES.findall(path.read_text(encoding="utf-8"))
    assert {found for found in lists if BARE.match(found)} <= ALONE.get(
        path.stem, set()
    )


def test_every_sheet_of_a_theme_has_its_row_in_the_table():
    sheets = {path.stem for path in (STYLES / "themes").iterdir()}
    assert sheets == set(theme.names())
    for name in theme.names():
        sizes = {path.stem for path in (STYLES / "sizes" / name).iterdir()}
        assert sizes == set(choices(name)["size"])


@pytest.mark.parametrize("name", theme.names())
def test_every_choice_of_every_theme_makes_a_design_of_its_own(name):
    for setting in theme.settings_of(name):
        if not setting.choices:  # the path of a file
            continue
        assert setting.default in setting.choices
        designs = [theme.load(name, {setting.name: c}) for c in setting.choices]
        if setting.name != "fonts":  # none is installed here to choose
            assert len({repr(design) for design in designs}) == len(setting.choices)
        assert theme.load(name, {setting.name: setting.default}) == theme.load(name)


def test_settings_reach_the_setting_of_lines():
    design = theme.load("book", {"line-end": "hang", "marks": "kaiming"})
    assert design.lines == Options(LineEnd.HANG, MarkWidth.KAIMING)


@pytest.mark.parametrize(
    ("name", "settings", "failure", "sentence"),
    [
        ("gothic", {}, theme.UnknownTheme, "“gothic”; the themes are: book"),
        ("../book", {}, theme.UnknownTheme, "“../book”"),
        (
            "book",
            {"colour": "red"},
            theme.UnknownSetting,
            "book has no setting “colour”; its settings are: size, line-end",
        ),
        (
            "book",
            {"size": "b5"},
            theme.UnknownSetting,
            "book has no size “b5”; the choices are: a5, 32k, 16k, a4",
        ),
        (
            "book",
            {"notes": ""},
            theme.UnknownSetting,
            "no notes “”; the choices are: footnote, endnote",
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


def choices(name: str) -> dict[str, tuple[str, ...]]:
    return {setting.name: setting.choices for setting in theme.settings_of(name)}
