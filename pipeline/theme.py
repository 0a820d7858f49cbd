"""Themes: how a book looks, gathered from ``styles/``.

A theme is a row of the table below, one file in ``styles/themes``, and one for
each of its page sizes in ``styles/sizes``. They edit what ``base.css``,
``print.css`` and ``cover.css`` lay down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pipeline.failures import Misuse
from pipeline.fonts import Stock, Wishes, choose
from pipeline.render import Notes, Writing
from pipeline.typeset.options import DEFAULTS, LineEnd, MarkWidth, Options
from pipeline.typeset.upright import Digits
from pipeline.writer import Design, Direction, Embedding, Print, Stylesheet

DEFAULT = "book"


class UnknownTheme(Misuse):
    """No theme has that name."""


class UnknownSetting(Misuse):
    """The theme has not that setting, or not that value of it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Something that a person may choose about a theme.

    Without ``choices`` it can be anything, such as the path of a file.
    """

    name: str
    choices: tuple[str, ...]
    default: str


def _one_of(name: str, default: Enum) -> Setting:
    choices = tuple(str(choice.value) for choice in type(default))
    return Setting(name, choices, str(default.value))


_ANY_DEPTH = "any"
_EVERYWHERE = (
    _one_of("notes", Notes.FOOTNOTE),
    _one_of("print", Print.ARCHIVE),
    Setting("crop-marks", ("no", "yes"), "no"),
    Setting("profile", (), ""),
    _one_of("fonts", Stock.INSTALLED),
    Setting("nav-depth", ("1", "2", "3", "4", "5", "6", _ANY_DEPTH), "3"),
    _one_of("epub-fonts", Embedding.NONE),
)
_VERTICAL: Mapping[Writing, tuple[str, ...]] = {
    Writing.HORIZONTAL: (),
    Writing.VERTICAL: ("epub-vertical.css",),
}

_PRESS: Mapping[Writing, tuple[str, ...]] = {
    Writing.HORIZONTAL: (),
    Writing.VERTICAL: ("press-vertical",),
}


@dataclass(frozen=True, slots=True)
class Theme:
    """What a theme is beside its style sheet.

    ``sizes`` are those of its pages, the usual one first. ``front`` and ``back``
    name the parts around the text, which ``left_out`` are only there when asked
    for. ``lines`` is how its lines are set, ``writing`` which way
    they run, ``settings`` what no other theme has.
    """

    sizes: tuple[str, ...]
    front: tuple[str, ...]
    back: tuple[str, ...] = ("colophon",)
    left_out: tuple[str, ...] = ()
    lines: Options = DEFAULTS
    writing: Writing = Writing.HORIZONTAL
    settings: tuple[Setting, ...] = ()


_THEMES: Mapping[str, Theme] = {
    "book": Theme(
        sizes=("a5", "32k", "16k", "a4"),
        front=("cover", "half-title", "title", "colophon", "contents"),
        back=(),
    ),
    # GB/T 9704-2012 has characters on a grid: no more space beside Western ones
    # than a line can do without, and no mark at its end narrower than it must be.
    "gongwen": Theme(
        sizes=("a4",),
        front=("cover", "contents", "head"),
        back=("tail",),
        left_out=("cover", "contents"),
        lines=Options(
            LineEnd.AUTO, autospace=0.125, autospace_least=0.125, autospace_most=0.25
        ),
    ),
    "report": Theme(
        sizes=("a4",),
        front=("cover", "title", "contents"),
        left_out=("cover",),
        settings=(
            Setting("numbers", ("auto", "none"), "auto"),
            Setting("columns", ("1", "2"), "1"),
        ),
    ),
    "plain": Theme(
        sizes=("a4", "16k", "a5"),
        front=("cover", "title", "contents"),
        left_out=("cover",),
    ),
    "vertical": Theme(
        sizes=("a5", "32k", "16k", "a4"),
        front=("cover", "title", "contents"),
        writing=Writing.VERTICAL,
        settings=(
            _one_of("digits", Digits.UPRIGHT),
            _one_of("direction", Direction.L2R),
        ),
    ),
}
# What a person may do without.
_OPTIONAL = ("cover", "half-title", "contents", "colophon")


def load(
    name: str = DEFAULT,
    settings: Mapping[str, str] | None = None,
    language: str = "zh-Hans",
    wishes: Wishes | None = None,
) -> Design:
    """Return the theme called ``name``, as ``settings`` change it.

    The faces are those for readers of ``language``, as far as ``wishes`` say
    nothing else. Raises UnknownTheme, UnknownSetting, and what ``fonts.choose``
    raises.
    """
    chosen = _chosen(name, settings or {})
    theme = _THEMES[name]
    writing = theme.writing
    wishes = replace(wishes or Wishes(), stock=Stock(chosen["fonts"]))
    return Design(
        name,
        paged=(
            _sheet("css/base.css", "base.css"),
            _sheet("css/print.css", "print.css"),
            _sheet("css/cover.css", "cover.css"),
            _sheet("css/theme.css", f"themes/{name}.css"),
            _sheet("css/size.css", f"sizes/{name}/{chosen['size']}.css"),
            *_for_digits(chosen),
            *_in_columns(chosen),
            *_for_press(chosen, writing),
        ),
        reflowable=(
            _sheet("css/book.css", "epub.css", *_VERTICAL[writing]),
            _sheet("css/more.css", "epub-more.css"),
        ),
        faces=choose(language, wishes),
        numbers=_numbers(chosen),
        front=_wanted(theme.front, chosen),
        back=_wanted(theme.back, chosen),
        lines=replace(
            theme.lines,
            line_end=LineEnd(chosen["line-end"]),
            mark_width=MarkWidth(chosen["marks"]),
        ),
        notes=Notes(chosen["notes"]),
        print=Print(chosen["print"]),
        writing=writing,
        digits=Digits(chosen.get("digits", Digits.UPRIGHT.value)),
        direction=Direction(chosen.get("direction", Direction.L2R.value)),
        nav_depth=int(chosen["nav-depth"].replace(_ANY_DEPTH, "0")),
        embedding=Embedding(chosen["epub-fonts"]),
        profile=chosen["profile"],
    )


def _for_digits(chosen: Mapping[str, str]) -> tuple[Stylesheet, ...]:
    """Return the sheet that lets years lie on their side in lines that run down."""
    lying = chosen.get("digits") == Digits.LYING.value
    return (_sheet("css/lying.css", "lying.css"),) if lying else ()


def _in_columns(chosen: Mapping[str, str]) -> tuple[Stylesheet, ...]:
    if chosen.get("columns") != "2":
        return ()
    return (_sheet("css/columns.css", "columns.css"),)


def _for_press(chosen: Mapping[str, str], writing: Writing) -> tuple[Stylesheet, ...]:
    """Return the sheets that make room for what a press trims away."""
    marked = chosen["crop-marks"] == "yes"
    if not marked and chosen["print"] != Print.PRESS.value:
        return ()
    names = ("press", *_PRESS[writing], *(("crop-marks",) if marked else ()))
    return tuple(_sheet(f"css/{name}.css", f"{name}.css") for name in names)


def names() -> tuple[str, ...]:
    """Return the names of all themes, the default one first."""
    return tuple(_THEMES)


def settings_of(name: str) -> tuple[Setting, ...]:
    """Return what can be chosen about the theme ``name``. Raises UnknownTheme."""
    if name not in _THEMES:
        raise UnknownTheme("theme.unknown", name=name, choices=", ".join(names()))
    theme = _THEMES[name]
    return (
        Setting("size", theme.sizes, theme.sizes[0]),
        _one_of("line-end", theme.lines.line_end),
        _one_of("marks", theme.lines.mark_width),
        *_EVERYWHERE,
        *(
            Setting(part, ("yes", "no"), "no" if part in theme.left_out else "yes")
            for part in (*theme.front, *theme.back)
            if part in _OPTIONAL
        ),
        *theme.settings,
    )


def _chosen(theme: str, said: Mapping[str, str]) -> dict[str, str]:
    """Return the value of each setting of ``theme``: what was said, or its default."""
    known = {setting.name: setting for setting in settings_of(theme)}
    for name, value in said.items():
        if name not in known:
            choices = ", ".join(known)
            raise UnknownSetting(
                "theme.setting", theme=theme, name=name, choices=choices
            )
        if known[name].choices and value not in known[name].choices:
            choices = ", ".join(known[name].choices)
            raise UnknownSetting(
                "theme.value", theme=theme, name=name, value=value, choices=choices
            )
    usual = {name: setting.default for name, setting in known.items()}
    if said.get("print") == Print.HOME.value and "a4" in known["size"].choices:
        usual["size"] = "a4"  # the sheet that office printers take
    if "direction" in known and said.get("print", usual["print"]) != usual["print"]:
        usual["direction"] = Direction.R2L.value
    return {**usual, **said}


def _numbers(chosen: Mapping[str, str]) -> tuple[Stylesheet, ...]:
    if chosen.get("numbers") != "auto":
        return ()
    return (_sheet("css/numbers.css", "numbers.css"),)


def _wanted(parts: tuple[str, ...], chosen: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(part for part in parts if chosen.get(part) != "no")


def _sheet(name: str, *parts: str) -> Stylesheet:
    texts = ((_styles() / part).read_text(encoding="utf-8") for part in parts)
    return Stylesheet(name, "\n".join(texts))


@cache
def _styles() -> Traversable:
    """Return ``styles/``: inside an installed package, beside it in a checkout."""
    inside = files("pipeline") / "styles"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "styles"
