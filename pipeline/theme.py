"""Themes: how a book looks, gathered from ``styles/``.

A theme is one file in ``styles/themes``; a page size is one in
``styles/sizes``. Both edit what ``base.css`` and ``print.css`` lay down.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pipeline import fonts
from pipeline.failures import Misuse
from pipeline.writer import Design, Stylesheet

DEFAULT = "book"
_DEFAULTS = {"size": "a5"}


class UnknownTheme(Misuse):
    """No theme has that name."""


class UnknownSetting(Misuse):
    """No theme has that setting, or not that value of it."""


def load(name: str = DEFAULT, settings: Mapping[str, str] | None = None) -> Design:
    """Return the theme called ``name``, as ``settings`` change it.

    The one setting is ``size``, the size of the page: see ``sizes``. Raises
    UnknownTheme, UnknownSetting, and what ``fonts.faces`` raises.
    """
    if name not in names():
        raise UnknownTheme("theme.unknown", name=name, choices=", ".join(names()))
    chosen = _DEFAULTS | _checked(settings or {})
    return Design(
        name,
        paged=(
            _sheet("css/base.css", "base.css"),
            _sheet("css/print.css", "print.css"),
            _sheet("css/theme.css", f"themes/{name}.css"),
            _sheet("css/size.css", f"sizes/{chosen['size']}.css"),
        ),
        reflowable=(
            _sheet("css/book.css", "epub.css"),
            _sheet("css/more.css", "epub-more.css"),
        ),
        faces=fonts.faces(),
    )


def names() -> tuple[str, ...]:
    """Return the names of all themes, in order."""
    return _stems("themes")


def sizes() -> tuple[str, ...]:
    """Return the names of all page sizes, in order."""
    return _stems("sizes")


def _checked(settings: Mapping[str, str]) -> dict[str, str]:
    for key, value in settings.items():
        if key not in _DEFAULTS:
            raise UnknownSetting(
                "theme.setting", name=key, choices=", ".join(_DEFAULTS)
            )
        if value not in sizes():
            raise UnknownSetting("theme.size", name=value, choices=", ".join(sizes()))
    return dict(settings)


def _stems(folder: str) -> tuple[str, ...]:
    found = (_styles() / folder).iterdir()
    return tuple(sorted(f.name[:-4] for f in found if f.name.endswith(".css")))


def _sheet(name: str, path: str) -> Stylesheet:
    return Stylesheet(name, (_styles() / path).read_text(encoding="utf-8"))


@cache
def _styles() -> Traversable:
    """Return ``styles/``: inside an installed package, beside it in a checkout."""
    inside = files("pipeline") / "styles"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "styles"
