"""The collections of faces that Keben knows: packages, licences, checksums."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.writer import Slope


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

    ``licence`` is an SPDX expression. ``script`` is the Chinese script that the
    faces are drawn for (ISO 15924), or empty where that makes no difference.
    """

    name: str
    title: str
    package: str
    version: str
    licence: str
    items: tuple[Item, ...]
    script: str = ""


@cache
def collections() -> tuple[Collection, ...]:
    """Return all collections, those to be preferred first."""
    text = (files("pipeline.fonts") / "catalogue.toml").read_text(encoding="utf-8")
    return tuple(map(_collection, tomllib.loads(text)["collection"]))


def _collection(table: dict[str, Any]) -> Collection:
    items = tuple(map(_item, table.pop("faces")))
    return Collection(**table, items=items)


def _item(table: dict[str, Any]) -> Item:
    slope = Slope(table.pop("slope", Slope.UPRIGHT.value))
    return Item(**table, slope=slope)
