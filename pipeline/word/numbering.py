"""The numbers that Word makes itself: 第一章, 一、, （1） (ECMA-376, part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.tree import Element
from pipeline.word.numerals import written
from pipeline.word.styles import Place, child, is_on, value

_LEVELS = 9
_PLACEHOLDER = re.compile("%([1-9])")
# Bullets are mostly characters of fonts that draw something else there.
_BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a numbered paragraph; a bullet has no text."""

    text: str
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    suffix: str = "tab"
    legal: bool = False


class Numbering:
    """The lists of a file, and how far each has been counted."""

    def __init__(self, root: Element | None) -> None:
        elements = root.elements if root else ()
        self._abstract = {
            e.get("w:abstractNumId"): e for e in elements if e.name == "w:abstractNum"
        }
        self._lists = {e.get("w:numId"): e for e in elements if e.name == "w:num"}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def label(self, place: Place) -> Label | None:
        """Count a paragraph, and return what stands before it."""
        listed = self._lists.get(place.number)
        if listed is None:
            return None
        name = self._name(listed)
        counts = self._counts.setdefault(name, [None] * _LEVELS)
        self._restart(place.number, listed, counts)
        before = counts[place.level]
        level = self._level(listed, name, place.level)
        counts[place.level] = level.start if before is None else before + 1
        counts[place.level + 1 :] = [None] * (_LEVELS - place.level - 1)
        if level.form == _BULLET:
            return Label("", bullet=True)
        return Label(self._text(listed, name, level, counts))

    def _text(
        self, listed: Element, name: str, level: _Level, counts: list[int | None]
    ) -> str:
        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = self._level(listed, name, place)
            count = counts[place]
            form = "decimal" if level.legal else other.form
            return written(other.start if count is None else count, form)

        text = _PLACEHOLDER.sub(number, level.text)
        gap = "" if level.suffix == "nothing" or not text else _gap(text)
        return text + gap

    def _name(self, listed: Element) -> str:
        """Return the definition of a list, also where it is that of a style."""
        name = value(listed, "w:abstractNumId")
        abstract = self._abstract.get(name)
        if abstract and (link := value(abstract, "w:numStyleLink")):
            for other, definition in self._abstract.items():
                if value(definition, "w:styleLink") == link:
                    return other
        return name

    def _restart(self, number: str, listed: Element, counts: list[int | None]) -> None:
        if number in self._begun:
            return
        self._begun.add(number)
        for level, override in _overrides(listed):
            if said := value(override, "w:startOverride"):
                counts[level] = _integer(said, 1) - 1
                counts[level + 1 :] = [None] * (_LEVELS - level - 1)

    def _level(self, listed: Element, name: str, level: int) -> _Level:
        for place, override in _overrides(listed):
            own = child(override, "w:lvl")
            if place == level and own:
                return _read(own)
        abstract = self._abstract.get(name)
        for element in abstract.elements if abstract else ():
            if element.name == "w:lvl" and element.get("w:ilvl") == str(level):
                return _read(element)
        return _Level()


def _overrides(listed: Element) -> Iterator[tuple[int, Element]]:
    for element in listed.elements:
        level = element.get("w:ilvl")
        if element.name == "w:lvlOverride" and level in set("012345678"):
            yield int(level), element


def _read(element: Element) -> _Level:
    legal = child(element, "w:isLgl")
    return _Level(
        value(element, "w:numFmt") or "decimal",
        value(element, "w:lvlText"),
        _integer(value(element, "w:start"), 1),
        value(element, "w:suff") or "tab",
        legal is not None and is_on(legal),
    )


def _integer(said: str, default: int) -> int:
    sound = re.fullmatch("[0-9]{1,6}", said)
    return int(said) if sound else default


def _gap(label: str) -> str:
    """Return what parts a label from its text: 一、 and （一） need nothing."""
    return "" if label.endswith(("、", "）", "．", "。", "，", "：")) else " "
