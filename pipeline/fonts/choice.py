"""Choose the faces of a book: by its region, by what is at hand, by what was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from pipeline.fonts import shelf
from pipeline.fonts.catalogue import Collection, Item, Origin, collections
from pipeline.fonts.families import (
    BORROWED_RANGES,
    FAMILIES,
    HEI,
    LATIN,
    LATIN_RANGES,
    LATIN_SANS,
    OTHER_HEI,
    OTHER_SONG,
    RESERVE,
    SONG,
)
from pipeline.writer import Face

_RESERVE_OF = {OTHER_SONG: SONG, OTHER_HEI: HEI}
# The weight of text; what the reserve supplies is too rare for others.
_TEXT = 400
# Whose forms serve readers of a region, their own first.
_KIN = {"CN": ("CN",), "TW": ("TW", "HK"), "HK": ("HK", "TW")}


class Stock(Enum):
    """Which faces a book may use.

    STANDARD: those that come with Keben, so that every machine makes the same
    bytes; INSTALLED: all that are at hand.
    """

    STANDARD = "standard"
    INSTALLED = "installed"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person said about the faces of a book, by family.

    ``pinned`` names collections; ``own`` are a person's own files.
    """

    stock: Stock = Stock.INSTALLED
    pinned: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, tuple[Face, ...]] = field(default_factory=dict)


def region(language: str) -> str:
    """Return whose forms a reader of ``language`` (BCP 47) expects: CN, TW or HK."""
    parts = language.lower().split("-")
    if not {"hk", "mo"}.isdisjoint(parts):
        return "HK"
    return "CN" if {"hant", "tw"}.isdisjoint(parts) else "TW"


def choose(language: str, wishes: Wishes) -> tuple[Face, ...]:
    """Return the faces of a book in ``language``: each family, then its reserve.

    Raises FontMissing where a wheel is not whole or a pinned collection is not at
    hand.
    """
    choice = _Choice(region(language), wishes)
    return tuple(face for family in FAMILIES for face in choice.of(family))


class _Choice:
    """What serves the families of one book."""

    def __init__(self, region: str, wishes: Wishes) -> None:
        self._kin = (*_KIN[region], "")
        self._wishes = wishes
        self._stock = tuple(filter(self._may_be_used, collections()))

    def of(self, family: str) -> Iterator[Face]:
        """Yield the faces of ``family``."""
        if own := self._wishes.own.get(family):
            yield from own
        for collection in () if own else self._serving(family):
            yield from _faces(collection, _role(family), family)

    def _may_be_used(self, collection: Collection) -> bool:
        if collection.origin is Origin.KEBEN:
            return True
        return self._wishes.stock is Stock.INSTALLED and shelf.is_at_hand(collection)

    def _serving(self, family: str) -> tuple[Collection, ...]:
        if family in _RESERVE_OF:
            return self._reserve(_RESERVE_OF[family])
        if pin := self._wishes.pinned.get(family):
            return (_pinned(pin, _role(family)),)
        serving = self._with_role(family)
        if family in RESERVE:
            return serving
        return serving[:1] if serving and serving[0].region in self._kin else ()

    def _reserve(self, family: str) -> tuple[Collection, ...]:
        """Return what may have characters that ``family`` lacks: one a region."""
        main = () if family in self._wishes.own else self._serving(family)
        found = {collection.region: collection for collection in main}
        for collection in self._with_role(family):
            found.setdefault(collection.region, collection)
        return tuple(c for c in found.values() if c not in main)

    def _with_role(self, family: str) -> tuple[Collection, ...]:
        """Return what serves ``family``, the forms of the region before others."""
        role = _role(family)
        return tuple(
            sorted((c for c in self._stock if role in c.roles), key=self._rank)
        )

    def _rank(self, collection: Collection) -> int:
        if collection.region in self._kin:
            return self._kin.index(collection.region)
        return len(self._kin)


def _role(family: str) -> str:
    return FAMILIES[_RESERVE_OF.get(family, family)].role


def _pinned(name: str, role: str) -> Collection:
    (collection,) = (c for c in collections() if c.name == name)
    if not shelf.is_at_hand(collection):
        command = f"keben fonts install {name}"
        raise shelf.FontMissing("font.pinned", name=name, role=role, command=command)
    return collection


def _faces(collection: Collection, role: str, family: str) -> Iterator[Face]:
    for item in collection.items:
        if item.role == role and (family not in RESERVE or item.weight == _TEXT):
            yield _face(collection, item, family)


def _face(collection: Collection, item: Item, family: str) -> Face:
    return Face(
        family,
        shelf.place(collection, item),
        item.postscript,
        collection.licence,
        item.name,
        item.weight,
        item.slope,
        _ranges(collection, family),
        shelf.digest(collection, item),
        shelf.remedy(collection),
    )


def _ranges(collection: Collection, family: str) -> tuple[tuple[int, int], ...]:
    if family in (LATIN, LATIN_SANS):
        return LATIN_RANGES
    return BORROWED_RANGES if collection.borrows_marks else ()
