"""``keben themes``: what themes there are, what each looks like, and its settings."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline import showcase, theme
from pipeline.cli import console
from pipeline.cli.fonts import family_json
from pipeline.failures import Status
from pipeline.fonts.families import FAMILIES, Family
from pipeline.fonts.usage import families
from pipeline.messages import LANGUAGES, Message, say
from pipeline.pdfium import drawn
from pipeline.render import Writing
from pipeline.theme import Setting
from pipeline.writer import Design

# Pixels: of a page that fits four times into a wide window, and of a file.
_IN_TERMINAL, _IN_FILE = 28, 480
_MOST_PAGES = 4


def run(options: argparse.Namespace) -> Status:
    """Tell of each theme, and of the settings of those that are named."""
    names = options.names or theme.names()
    settings = {name: theme.settings_of(name) for name in names}
    designs = {name: theme.load(name) for name in names}
    files = _written(names, options.pictures) if options.pictures else {}
    if options.json:
        found = [_json(designs[n], settings[n], files.get(n, ())) for n in names]
        console.as_json(found)
        return Status.GOOD
    if console.drawings_in_a_row(_IN_TERMINAL):
        for design in designs.values():
            _show(design, settings[design.theme])
    else:
        console.table(
            _heads("theme", "purpose", "sizes", "fonts", "lacking"),
            (_row(d, settings[d.theme]) for d in designs.values()),
        )
    for name in options.names:
        console.line()
        heads = _heads("setting", "usual", "choices", "meaning")
        console.table(heads, map(_setting_row, settings[name]))
    for path in (path for paths in files.values() for path in paths):
        console.line(str(path))
    if not options.names:
        console.line(say("themes.more"), "dim")
    return Status.GOOD


# Pictures --------------------------------------------------------------------------


def _written(names: Sequence[str], folder: Path) -> dict[str, tuple[Path, ...]]:
    """Write pictures of each theme into ``folder``; return where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    return {name: tuple(_draw(name, folder)) for name in names}


def _draw(name: str, folder: Path) -> Iterator[Path]:
    with console.progress(name):
        pdf = showcase.built(name)
        pages = showcase.telling_pages(pdf, _MOST_PAGES)
        for number, drawing in enumerate(drawn(pdf, pages, _IN_FILE), start=1):
            path = folder / f"{name}-{number}.png"
            path.write_bytes(drawing.png)
            yield path


def _show(design: Design, settings: Sequence[Setting]) -> None:
    """Show a theme in a terminal: what it is for, pages of it, what it needs."""
    most = min(_MOST_PAGES, console.drawings_in_a_row(_IN_TERMINAL))
    console.line(f"{design.theme}  {say(_purpose(design.theme))}", "bold")
    with console.progress(design.theme):
        pdf = showcase.built(design.theme)
        row = tuple(drawn(pdf, showcase.telling_pages(pdf, most), _IN_TERMINAL))
    console.drawings(row[::-1] if design.writing is Writing.VERTICAL else row)
    keys = ("sizes", "fonts", "lacking")
    for key, value in zip(keys, _row(design, settings)[2:], strict=True):
        if value:
            console.field(say(f"themes.{key}"), value)
    console.line()


# Words -----------------------------------------------------------------------------


def _heads(*keys: str) -> tuple[str, ...]:
    return tuple(say(f"themes.{key}") for key in keys)


def _row(design: Design, settings: Sequence[Setting]) -> tuple[str, ...]:
    named = tuple(_named(design))
    there = dict.fromkeys(name for f in named for name in _faces(f, design))
    lacking = (
        f"{_role(family)} → {_role(FAMILIES[family.stand_in])}"
        for family in named
        if family.stand_in and not _faces(family, design)
    )
    return (
        design.theme,
        say(_purpose(design.theme)),
        " ".join(settings[0].choices),
        ", ".join(there),
        ", ".join(lacking),
    )


def _named(design: Design) -> Iterator[Family]:
    asked = families(design.paged)
    yield from (family for name, family in FAMILIES.items() if name in asked)


def _faces(family: Family, design: Design) -> tuple[str, ...]:
    return tuple(face.name for face in design.faces if face.family == family.name)


def _role(family: Family) -> str:
    return say(f"family.{family.role}")


def _purpose(name: str) -> str:
    return f"purpose.{name}"


def _meaning(setting: Setting) -> str:
    return f"setting.{setting.name}"


def _setting_row(setting: Setting) -> tuple[str, ...]:
    choices = " ".join(setting.choices) or say("themes.any")
    return (setting.name, setting.default, choices, say(_meaning(setting)))


def _json(
    design: Design, settings: Sequence[Setting], pictures: Sequence[Path]
) -> dict[str, Any]:
    return {
        "name": design.theme,
        "is_default": design.theme == theme.DEFAULT,
        "purpose": _in_all_languages(_purpose(design.theme)),
        "writing": design.writing.value,
        "sizes": settings[0].choices,
        "settings": [
            {
                "name": setting.name,
                "default": setting.default,
                "choices": setting.choices,
                "meaning": _in_all_languages(_meaning(setting)),
            }
            for setting in settings
        ],
        "families": [family_json(family, design) for family in _named(design)],
        "pictures": list(map(str, pictures)),
    }


def _in_all_languages(key: str) -> Mapping[str, str]:
    return {language: Message(key).text(language) for language in LANGUAGES}
