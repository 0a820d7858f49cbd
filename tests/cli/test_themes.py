"""``keben themes``: told in words, as data, and in pictures of real pages."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image
from rich.console import Console

from pipeline import showcase, theme
from pipeline.cli import console, main
from pipeline.messages import LANGUAGES, Message
from pipeline.pdfium import drawn


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")


def run_json(capfdbinary, *arguments):
    assert main(["themes", *map(str, arguments), "--json"]) == 0
    return json.loads(capfdbinary.readouterr().out)


def test_a_pipe_gets_a_line_a_theme(capsys):
    assert main(["themes"]) == 0
    head, *rows, _more = capsys.readouterr().out.splitlines()
    assert head.split()[:2] == ["THEME", "FOR"]
    assert [row.split()[0] for row in rows] == list(theme.names())
    gongwen = rows[list(theme.names()).index("gongwen")]
    assert "GB/T 9704" in gongwen
    assert "仿宋 (fangsong) → 宋体 (song)" in gongwen


def test_a_theme_that_is_named_shows_its_settings(capsys):
    assert main(["themes", "report"]) == 0
    lines = capsys.readouterr().out.splitlines()
    names = [line.split()[0] for line in lines if line]
    assert names[:2] == ["THEME", "report"]
    assert names[3:] == [setting.name for setting in theme.settings_of("report")]


def test_programs_get_both_languages(capfdbinary):
    found = run_json(capfdbinary)
    assert [one["name"] for one in found] == list(theme.names())
    assert [one["name"] for one in found if one["is_default"]] == [theme.DEFAULT]
    for one in found:
        assert set(one["purpose"]) == set(LANGUAGES)
        said = {s["name"]: s["choices"] for s in one["settings"]}
        asked = {s.name: list(s.choices) for s in theme.settings_of(one["name"])}
        assert said == asked
        assert one["sizes"] == said["size"]
    lacking = {f["role"]: f["stand_in"] for f in found[1]["families"]}
    assert lacking["fangsong"] == "Keben Song"
    assert lacking["song"] == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_theme_and_every_setting_is_explained(language):
    for name in theme.names():
        assert Message(f"purpose.{name}").text(language)
        for setting in theme.settings_of(name):
            assert Message(f"setting.{setting.name}").text(language)


def test_a_theme_that_is_unknown_is_refused(capsys):
    assert main(["themes", "baroque"]) == 2
    assert "baroque" in capsys.readouterr().err


def test_pictures_show_pages_that_were_built(capfdbinary, tmp_path):
    found = run_json(capfdbinary, "gongwen", "--pictures", tmp_path / "new")
    paths = found[0]["pictures"]
    assert len(paths) == 2
    first, last = (Image.open(path).convert("RGB") for path in paths)
    assert first.width == 480
    assert first.height == pytest.approx(480 * 297 / 210, abs=1)
    assert has_red(first)
    assert not has_red(last)


def has_red(picture) -> bool:
    colours = picture.getcolors(picture.width * picture.height)
    return any(r > 180 and g < 120 for _count, (r, g, _b) in colours)


def test_a_terminal_shows_pages_by_half_blocks(monkeypatch):
    said = io.StringIO()
    terminal = Console(
        file=said, force_terminal=True, color_system="truecolor", width=70
    )
    monkeypatch.setattr(console, "_out", terminal)
    assert console.drawings_in_a_row(28) == 2
    assert main(["themes", "book"]) == 0
    drawn_lines = [line for line in said.getvalue().splitlines() if "▀" in line]
    assert {line.count("▀") for line in drawn_lines} == {60}
    # A page of A5, 28 pixels wide, in its frame: 42 rows, two in a character.
    assert len(drawn_lines) == 21
    assert "38;2;255;255;255" in drawn_lines[5]


def test_no_pages_are_drawn_where_colours_are_few(monkeypatch):
    plain = Console(file=io.StringIO(), force_terminal=True, color_system="standard")
    monkeypatch.setattr(console, "_out", plain)
    assert console.drawings_in_a_row(28) == 0


def test_the_pages_that_tell_most_are_the_first_and_the_text():
    pdf = showcase.built("book")
    assert showcase.telling_pages(pdf, 3)[0] == 0
    pages = showcase.telling_pages(pdf, 9)
    pictures = [d.png for d in drawn(pdf, pages, 40)]
    assert len(set(pictures)) == len(pictures) == 4
