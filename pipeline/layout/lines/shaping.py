"""Shaping each text once, for all of its lines.

A Han character or a mark is one square in its face and never changes beside
another, so that after the first time its glyph is known without Pango.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import groupby, product
from typing import Any
from weakref import WeakKeyDictionary

from pipeline.fonts.families import WESTERN_MARKS
from pipeline.layout.lines.glyphs import Face, Glyphs, Run, joined, nothing
from pipeline.layout.lines.host import Style, line_break
from pipeline.layout.lines.pango import FROM_UNITS, shaped
from pipeline.layout.lines.vertical import (
    digits,
    is_vertical,
    lying,
    pose,
    standing,
)
from pipeline.typeset.classes import HAN, MARKS, WIDE, classify
from pipeline.typeset.upright import stretches

# By font configuration, which one book after another is set with.
_shapers: WeakKeyDictionary[Any, dict[str, _Shaper]] = WeakKeyDictionary()
_faces: WeakKeyDictionary[Any, dict[int, Face]] = WeakKeyDictionary()

_STANDS_ALONE = frozenset(HAN + WIDE + MARKS)
_SHORT = 40
_COMMON_MARKS = "，、；：。？！（）《》“”‘’「」『』"
# Tabs, lines and directions that a text sets by itself: stock layout sees to them.
_CONTROLS = re.compile(
    "[\t\r\f\x0b\x1c-\x1f\x85\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


@contextmanager
def shaped_anew() -> Iterator[None]:
    """Keep nothing of what glyphs stand for after the ``with``: books differ."""
    try:
        yield
    finally:
        _shapers.clear()
        _faces.clear()


def shape(
    style: Style, text: str, western: Collection[int] = frozenset()
) -> Glyphs | None:
    """Return ``text`` in the fonts of ``style``; None where Pango has to set it.

    The quotes and apostrophes at the places ``western`` are those of Latin faces.
    """
    if _CONTROLS.search(text):
        return None
    if style["font_size"] == 0:
        return nothing(len(text))
    if is_vertical(style):
        return _shaped_down(style, text, western)
    return _shaped_across(style, text, western)


def _shaped_down(style: Style, text: str, western: Collection[int]) -> Glyphs | None:
    """Return a text of which some numbers stand upright."""
    parts: list[Glyphs | None] = []
    done = 0
    for first, last, how in stretches(text, digits(style)):
        if done < first:
            here = {at - done for at in western if done <= at < first}
            parts.append(_shaped_across(style, text[done:first], here))
        shaped = _shaper(style).shape(style, text[first:last])
        parts.append(shaped and standing(shaped, style["font_size"], how))
        done = last
    if done < len(text):
        here = {at - done for at in western if done <= at}
        parts.append(_shaped_across(style, text[done:], here))
    found = [part for part in parts if part]
    return joined(found) if len(found) == len(parts) else None


def _shaped_across(style: Style, text: str, western: Collection[int]) -> Glyphs | None:
    if not western:
        return _shaper(style).shape(style, text)
    parts: list[Glyphs] = []
    latin = _with_latin_marks(style)
    # A space at the start of text in another face would be copied twice.
    marks = {*western, *(at + 1 for at in western if text[at + 1 : at + 2] == " ")}
    for is_western, places in groupby(range(len(text)), marks.__contains__):
        part = "".join(text[at] for at in places)
        chosen = latin if is_western else style
        glyphs = _shaper(chosen).shape(chosen, part)
        if glyphs is None:
            return None
        parts.append(glyphs)
    return joined(parts)


def _with_latin_marks(style: Style) -> Style:
    families = style["font_family"]
    marks = tuple(WESTERN_MARKS[name] for name in families if name in WESTERN_MARKS)
    if not marks:
        return style
    copy = style.copy()
    copy["font_family"] = (*marks, *families)
    return copy


def _shaper(style: Style) -> _Shaper:
    key = line_break._font_style_cache_key(style, include_size=True) + str(  # noqa: SLF001
        style["font_kerning"]
    )
    if is_vertical(style):
        key += "vertical"
    shapers = _shapers.setdefault(style.font_config, {})
    shaper = shapers.get(key)
    if shaper is None:
        shaper = shapers[key] = _Shaper(style)
    return shaper


class _UnknownError(Exception):
    """A character whose glyph is not known beforehand."""


class _KnownGlyphs(dict[int, int]):
    def __missing__(self, code: int) -> int:
        raise _UnknownError


class _Shaper:
    """Shapes the texts of one style."""

    __slots__ = (
        "_candidates",
        "_face",
        "_faces",
        "_forms",
        "_is_vertical",
        "_known",
        "_poses",
        "_refused",
        "_short",
    )

    def __init__(self, style: Style) -> None:
        self._faces: dict[int, Face] = _faces.setdefault(style.font_config, {})
        self._face: Face | None = None
        self._known = _KnownGlyphs()
        self._is_vertical = is_vertical(style)
        self._poses: dict[int, str] = {}
        self._forms: dict[str, bool] = {}
        self._refused: set[str] = set()
        self._candidates = _STANDS_ALONE
        self._short: dict[str, Glyphs | None] = {}
        self._meet(style, "".join(map("".join, product(_COMMON_MARKS, repeat=2))))
        if self._refused:
            # Marks of this face change beside each other.
            self._known.clear()
            self._candidates = _STANDS_ALONE - frozenset(MARKS)

    def shape(self, style: Style, text: str) -> Glyphs | None:
        try:
            codes = self._codes(text)
        except _UnknownError:
            if not self._meet_all(style, text):
                return self._shaped(style, text)
            codes = self._codes(text)
        size = len(text)
        face = self._face
        assert face is not None
        glyphs = Glyphs([style["font_size"]] * size, codes, [Run(face, 0, size)])
        if self._is_vertical:
            glyphs.poses = text.translate(self._poses)
        return glyphs

    def _shaped(self, style: Style, text: str) -> Glyphs | None:
        """Ask Pango; it answers once for what running heads say on every page."""
        if len(text) > _SHORT:
            return self._posed(style, shaped(style, text, self._faces))
        if text not in self._short:
            found = shaped(style, text, self._faces)
            self._short[text] = self._posed(style, found)
        return self._short[text]

    def _posed(self, style: Style, glyphs: Glyphs | None) -> Glyphs | None:
        """Tell how glyphs stand, where lines run down."""
        if glyphs and self._is_vertical:
            size = style["font_size"]
            glyphs.poses = "".join(
                pose(
                    character,
                    run.face.width(code) * FROM_UNITS,
                    size,
                    has_form=self._has_form(style, character, code),
                )
                for run in glyphs.runs
                for code, character in _texts(glyphs, run)
            )
        return glyphs

    def _has_form(self, style: Style, character: str, code: int) -> bool:
        """Tell whether ``code`` is a form that its face has for lines down alone."""
        if character and character not in self._forms:
            plain = shaped(lying(style), character, self._faces)
            has_form = plain is not None and plain.codes != code.to_bytes(2, "big")
            self._forms[character] = has_form
        return self._forms.get(character, False)

    def _codes(self, text: str) -> bytes:
        return text.translate(self._known).encode("utf-16-be", "surrogatepass")

    def _meet_all(self, style: Style, text: str) -> bool:
        """Learn the new characters of a text; tell whether all are known then."""
        characters = set(text)
        if not self._refused.isdisjoint(characters):
            return False
        new = [c for c in sorted(characters) if ord(c) not in self._known]
        suited = [c for c in new if classify(c) in self._candidates]
        self._refused.update(c for c in new if c not in suited)
        self._meet(style, "".join(suited))
        return self._refused.isdisjoint(characters)

    def _meet(self, style: Style, text: str) -> None:
        """Learn the glyphs of a text's characters, and which can't be learnt."""
        if not text:
            return
        square = style["font_size"]
        glyphs = shaped(style, text, self._faces)
        if glyphs is None or glyphs.starts or len(glyphs.runs) != 1:
            # Among several are some of another face: ask for each.
            if len(text) == 1:
                self._refused.add(text)
            else:
                for character in sorted(set(text)):
                    self._meet(style, character)
            return
        face = glyphs.runs[0].face
        self._face = self._face or face
        for at, character in enumerate(text):
            code = int.from_bytes(glyphs.codes[2 * at : 2 * at + 2], "big")
            if (
                face is not self._face
                or code == 0
                or at in glyphs.kerns
                or at in glyphs.offsets
                or at in glyphs.misread
                or abs(glyphs.advances[at] - square) > 1e-3 * square
                or self._known.get(ord(character), code) != code
            ):
                self._refused.add(character)
                self._known.pop(ord(character), None)
            else:
                self._known[ord(character)] = code
                if self._is_vertical:
                    form = classify(character) not in HAN and self._has_form(
                        style, character, code
                    )
                    self._poses[ord(character)] = pose(
                        character, square, square, has_form=form
                    )


def _texts(glyphs: Glyphs, run: Run) -> Iterator[tuple[int, str]]:
    """Yield the glyphs of a run, each with the text that it stands for."""
    for at in range(run.start, run.end):
        code = int.from_bytes(glyphs.codes[2 * at : 2 * at + 2], "big")
        yield code, run.face.texts[code]
