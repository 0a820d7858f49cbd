"""The collections of faces that Keben knows: packages, licences, checksums."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.writer import Slope


class Origin(Enum):
    """Whose package a collection is in, and so who brings it."""

    KEBEN = "keben"  # a wheel that Keben depends on
    PIP = "pip"
    NPM = "npm"
    APT = "apt"


@dataclass(frozen=True, slots=True)
class Item:
    """A font file of a collection. ``role`` says what it is used for."""

    role: str
    name: str
    postscript: str
    file: str
    sha256: str
    weight: int = 400
    slope: Slope = Slope.UPRIGHT


@dataclass(frozen=True, slots=True)
class Collection:
    """Faces that come in one package.

    ``version`` is empty where the system decides on it: the checksums of the
    files hold all the same. ``licence`` is an SPDX expression. ``region`` is
    whose forms the faces have (ISO 3166), or empty where that makes no
    difference. ``download`` is in MB. ``usual`` are those that most books can
    use. ``borrows_marks`` says that dashes, curly quotes and the ellipsis are not
    drawn for Chinese, so that 宋体 sets them. ``covers`` are the first and the
    last of the characters that a collection is there for.
    """

    name: str
    title: str
    origin: Origin
    package: str
    version: str
    licence: str
    items: tuple[Item, ...]
    region: str = ""
    download: int = 0
    usual: bool = False
    borrows_marks: bool = False
    covers: tuple[tuple[int, int], ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """Return what the faces can be used for."""
        return tuple(dict.fromkeys(item.role for item in self.items))


@cache
def collections() -> tuple[Collection, ...]:
    """Return all collections, those to be preferred first."""
    text = (files("pipeline.fonts") / "catalogue.toml").read_text(encoding="utf-8")
    return tuple(map(_collection, tomllib.loads(text)["collection"]))


def named(name: str) -> tuple[Collection, ...]:
    """Return the collection called ``name``, or all that serve the role ``name``."""
    exact = tuple(c for c in collections() if c.name == name)
    return exact or tuple(c for c in collections() if name in c.roles)


def bringing(character: str) -> Collection | None:
    """Return the collection to get for ``character``."""
    code = ord(character)
    for collection in collections():
        if any(first <= code <= last for first, last in collection.covers):
            return collection
    return None


def _collection(table: dict[str, Any]) -> Collection:
    origin = Origin(table.pop("origin"))
    items = tuple(map(_item, table.pop("faces")))
    covers = tuple((first, last) for first, last in table.pop("covers", ()))
    return Collection(**table, origin=origin, items=items, covers=covers)


def _item(table: dict[str, Any]) -> Item:
    slope = Slope(table.pop("slope", Slope.UPRIGHT.value))
    return Item(**table, slope=slope)
