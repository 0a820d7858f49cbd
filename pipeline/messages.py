"""Everything the program says, in English and in Chinese.

The sentences live in ``locale/en.toml`` and ``locale/zh.toml``, under the same
keys; code names a key and gives the values.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "zh")
"""What sentences are there in."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the catalogue, with the values that fill it."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str | None = None) -> str:
        """Return the sentence in ``language``, by default the user's."""
        template = _catalogue(language or user_language())[self.key]
        return template.format_map(self.values)


def say(key: str, **values: object) -> str:
    """Return the catalogue's sentence in the user's language."""
    return Message(key, values).text()


def knows(key: str) -> bool:
    """Tell whether the catalogue has ``key``."""
    return key in _catalogue("en")


def user_language() -> str:
    """Return ``zh`` or ``en`` by the locale variables, as POSIX ranks them."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


@cache
def _catalogue(language: str) -> dict[str, str]:
    path = files("pipeline") / "locale" / f"{language}.toml"
    return dict(_flatten(tomllib.loads(path.read_text(encoding="utf-8"))))


def _flatten(table: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            found += _flatten(value, f"{prefix}{key}.")
        else:
            found.append((f"{prefix}{key}", str(value)))
    return found
