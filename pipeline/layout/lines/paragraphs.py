"""Paragraphs: the inline content of a block, read into one text.

Text boxes become characters, inline boxes edges before and after them, and
boxes of their own (pictures, ruby) one object each. So a line with a link or a
note in it is broken and filled as one without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TypeAlias

from pipeline.layout.lines.glosses import Gloss, gloss, is_gloss
from pipeline.layout.lines.glyphs import Glyphs
from pipeline.layout.lines.host import Box, Style, boxes, line_break, percent
from pipeline.layout.lines.hyphenation import hyphens, is_hyphenated
from pipeline.layout.lines.lightbox import Source
from pipeline.layout.lines.shaping import shape
from pipeline.layout.lines.suitability import (
    is_plain,
    is_program,
    is_raised,
    is_settable,
    is_traditional,
)
from pipeline.typeset.breaking import Breaks
from pipeline.typeset.cells import cells, indentations, is_even, unruled
from pipeline.typeset.classes import INTERPUNCT, MARKS, WIDE, classify
from pipeline.typeset.fitting import Fit
from pipeline.typeset.options import Options
from pipeline.typeset.slots import Measured
from pipeline.typeset.spacing import Spaced
from pipeline.typeset.western import may_have_western_marks, reclassify, western_marks

_BLANKS = re.compile(f"[{MARKS}{INTERPUNCT}]")
_OBJECT = "\ufffc"
_NOWHERE: frozenset[int] = frozenset()
_NOT_BROKEN = frozenset({"nowrap", "pre"})
# By their widths a face shows whether all of its characters have one.
_NARROW_AND_WIDE = " iM"


@dataclass(slots=True)
class Leaf:
    """A text box: characters ``start`` to ``end`` of the paragraph."""

    box: Box
    start: int
    end: int
    glyphs: Glyphs
    line_height: float
    source: Source


@dataclass(slots=True)
class Branch:
    """An inline box with what it holds."""

    box: Box
    start: int
    end: int
    children: tuple[Node, ...]


@dataclass(slots=True)
class Object:
    """A box of its own, laid out: a single character of the paragraph."""

    box: Box
    start: int
    end: int


Node: TypeAlias = Leaf | Branch | Object | Gloss

Place: TypeAlias = Callable[[Box], Box]
"""Lays out a box of its own, and returns it with its width."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph, shaped, spaced and ready to be broken into lines."""

    spaced: Spaced
    breaks: Breaks
    fit: Fit
    nodes: tuple[Node, ...]
    source: Source
    line_height: float
    baseline: float
    cuts: bool
    """Whether a word is cut that is too long for a line (overflow-wrap)."""
    measured_in: float | None
    """The width that its edges and objects were measured in, if it has any."""

    @property
    def size(self) -> int:
        """Return the number of its characters."""
        return self.spaced.size


class UnsuitableError(Exception):
    """Inline content that stock layout has to set."""


def read(
    line_box: Box, width: float, options: Options, place: Place
) -> Paragraph | None:
    """Return the paragraph in a line box; None where stock layout has to set it.

    ``width`` is the measure, which percentages and boxes refer to.
    """
    if not is_plain(line_box):
        return None
    style = line_box.style
    western = {} if is_program(style) else _western(tuple(_texts(line_box)))
    reading = _Reading(width, place, western, style)
    try:
        nodes = reading.nodes(line_box)
    except UnsuitableError:
        return None
    text = "".join(reading.texts)
    if not text.strip(" "):
        return None
    classes = classify(text)
    if reading.western:
        classes = reclassify(classes, reading.western)
    if reading.combined:
        classes = reclassify(classes, reading.combined, WIDE)
    measured = (
        _measured_program(reading, classes)
        if is_program(style)
        else _measured(reading, nodes, classes)
    )
    language = style["lang"] or ""
    if is_traditional(language):
        options = replace(options, half_interpunct=False)
    spaced = Spaced(measured, options, indented=_is_positive(style["text_indent"]))
    breaks = Breaks(
        text,
        classes,
        lambda: _opportunities(text, language),
        frozenset(reading.held),
        frozenset(reading.divisible),
        lambda: hyphens(reading.hyphenated),
    )
    measured_in = width if reading.depends_on_width else None
    line_height, baseline = line_break.strut(line_box.style)
    return Paragraph(
        spaced,
        breaks,
        Fit(spaced, breaks),
        nodes,
        Source(line_box),
        line_height,
        baseline,
        reading.cuts,
        measured_in,
    )


def _measured(reading: _Reading, nodes: Sequence[Node], classes: str) -> Measured:
    return Measured(
        "".join(reading.texts),
        classes,
        reading.advances,
        reading.squares,
        *_blanks(nodes, classes, reading.squares),
        reading.tracking,
        frozenset(reading.rigid),
        reading.edges_before,
        reading.edges_after,
    )


def _measured_program(reading: _Reading, classes: str) -> Measured:
    """Return a text whose characters keep their columns."""
    text = "".join(reading.texts)
    reading.held.update(indentations(text))
    space, *letters = reading.cell_advances
    cell = space if is_even((space, *letters)) else 0.0
    tab_size = reading.style["tab_size"]
    stop = tab_size * space if isinstance(tab_size, int) else tab_size.value
    return Measured(
        text,
        unruled(classes),
        reading.advances,
        reading.squares,
        tracking=reading.tracking,
        edges_before=reading.edges_before,
        edges_after=reading.edges_after,
        cells=cells(text, reading.advances, cell, stop),
    )


def _texts(box: Box) -> Iterator[Box]:
    """Yield the text boxes below a box, and boxes of their own."""
    for child in box.children:
        if isinstance(child, boxes.InlineBox):
            yield from _texts(child)
        else:
            yield child


def _western(parts: Sequence[Box]) -> Mapping[Box, frozenset[int]]:
    """Return where the quotes of Western text are in each text box, if anywhere."""
    texts = [getattr(part, "text", _OBJECT) for part in parts]
    text = "".join(texts)
    if not may_have_western_marks(text):
        return {}
    marks = western_marks(text, classify(text))
    starts = accumulate(map(len, texts), initial=0)
    return {
        part: frozenset(at - start for at in marks if start <= at < start + len(own))
        for part, own, start in zip(parts, texts, starts, strict=False)
    }


def _is_positive(indent: object) -> bool:
    return getattr(indent, "value", 0) > 0


def _opportunities(text: str, language: str) -> Sequence[bool]:
    found = line_break.get_log_attrs(text, language)
    return [bool(found[at].is_line_break) for at in range(len(text) + 1)]


def _blanks(
    nodes: Sequence[Node], classes: str, squares: Sequence[float]
) -> tuple[dict[int, float], dict[int, float]]:
    """Return the blank sides of all marks."""
    left: dict[int, float] = {}
    right: dict[int, float] = {}
    for leaf in leaves(nodes):
        for found in _BLANKS.finditer(classes, leaf.start, leaf.end):
            at = found.start()
            left[at], right[at] = leaf.glyphs.blank(at - leaf.start, squares[at])
    return left, right


def leaves(nodes: Sequence[Node]) -> list[Leaf]:
    """Return the text boxes below ``nodes``, in order."""
    found: list[Leaf] = []
    for node in nodes:
        match node:
            case Leaf():
                found.append(node)
            case Branch():
                found += leaves(node.children)
            case Object() | Gloss():
                pass
    return found


@dataclass(slots=True)
class _Reading:
    """Collects a paragraph from its boxes."""

    width: float
    place: Place
    western_in: Mapping[Box, frozenset[int]]
    style: Style
    size: int = 0
    texts: list[str] = field(default_factory=list)
    western: set[int] = field(default_factory=set)
    advances: list[float] = field(default_factory=list)
    squares: list[float] = field(default_factory=list)
    tracking: dict[int, float] = field(default_factory=dict)
    edges_before: dict[int, float] = field(default_factory=dict)
    edges_after: dict[int, float] = field(default_factory=dict)
    rigid: set[int] = field(default_factory=set)
    combined: set[int] = field(default_factory=set)
    held: set[int] = field(default_factory=set)
    divisible: set[int] = field(default_factory=set)
    hyphenated: list[tuple[int, str, Style]] = field(default_factory=list)
    cell_advances: Sequence[float] = ()
    cuts: bool = False
    depends_on_width: bool = False

    def nodes(self, parent: Box) -> tuple[Node, ...]:
        return tuple(self._node(child, parent) for child in parent.children)

    def _node(self, box: Box, parent: Box) -> Node:
        if not box.is_in_normal_flow():
            raise UnsuitableError
        if isinstance(box, boxes.TextBox):
            return self._leaf(box)
        if is_gloss(box, parent) and (found := self._gloss(box, parent)):
            return found
        self.depends_on_width = True
        if isinstance(box, boxes.InlineBox):
            return self._branch(box)
        return self._object(box)

    def _leaf(self, box: Box) -> Leaf:
        text, style = box.text, box.style
        if not is_settable(style, text) or is_program(style) != is_program(self.style):
            raise UnsuitableError
        start, self.size = self.size, self.size + len(text)
        western = self.western_in.get(box, _NOWHERE)
        shown = text.replace("\n", "\u200b") if "\n" in text else text
        if is_program(style):
            shown = shown.replace("\t", " ")
            self.cell_advances = self.cell_advances or _advances(style)
        glyphs = shape(style, shown, western)
        if glyphs is None:
            raise UnsuitableError
        percent.resolve_percentages(box, (self.width, 0))
        self.texts.append(text)
        self.western.update(start + at for at in western)
        self.advances += glyphs.advances
        for first, last in glyphs.wholes:
            self._hold_whole(start + first, start + last)
        for first, last in glyphs.combined:
            self._combine(start + first, start + last)
        self._track(style, text, start)
        self.squares += [style["font_size"] or self.style["font_size"]] * len(text)
        if style["white_space"] in _NOT_BROKEN:
            self.held.update(range(start + 1, self.size))
        elif style["word_break"] == "break-all":
            self.divisible.update(range(start + 1, self.size))
        if not is_program(style) and is_hyphenated(style, text):
            self.hyphenated.append((start, text, style))
        self.cuts |= style["overflow_wrap"] in ("anywhere", "break-word")
        line_height, _ = line_break.strut(style)
        return Leaf(box, start, self.size, glyphs, line_height, Source(box))

    def _hold_whole(self, start: int, end: int) -> None:
        """Keep text from right to left on one line, where that has the room."""
        if self.advances[start] > self.width > 0:
            raise UnsuitableError
        self.held.update(range(start + 1, end))
        self.rigid.update(range(start, end - 1))
        self.western.update(range(start, end))

    def _combine(self, start: int, end: int) -> None:
        """Let characters be one that fills its square, as 纵中横 does."""
        self.combined.update(range(start, end))
        self.held.update(range(start + 1, end))
        self.rigid.update(range(start, end - 1))

    def _track(self, style: Style, text: str, start: int) -> None:
        letters, words = style["letter_spacing"], style["word_spacing"]
        if letters == "normal":
            letters = 0
        if letters or words:
            for at, character in enumerate(text, start):
                self.tracking[at] = letters + (words if character in " \u00a0" else 0)

    def _branch(self, box: Box) -> Branch:
        percent.resolve_percentages(box, (self.width, 0))
        for side in ("margin_left", "margin_right"):
            if getattr(box, side) == "auto":
                setattr(box, side, 0)
        start = self.size
        if box.footnote or is_raised(box.style):
            # A note's call stays with its word (CLREQ 3.1.5.3).
            self.held.add(start)
        before = box.margin_left + box.border_left_width + box.padding_left
        _add(self.edges_before, start, before)
        children = self.nodes(box)
        after = box.margin_right + box.border_right_width + box.padding_right
        if box.is_leader:
            self.held.update(range(start + 1, self.size + 1))
        if self.size > start:
            _add(self.edges_after, self.size - 1, after)
        else:
            _add(self.edges_before, start, after)
        return Branch(box, start, self.size, children)

    def _gloss(self, box: Box, parent: Box) -> Gloss | None:
        square = parent.style["font_size"]
        found = gloss(box, self.size, square)
        if found:
            percent.resolve_percentages(box, (self.width, 0))
            cells = found.end - found.start
            self.texts.append(_OBJECT * cells)
            self.advances += [found.cell] * cells
            self.squares += [square] * cells
            self.size = found.end
            self.rigid.update(range(found.start, found.end - 1))
            inside = range(found.start + 1, found.end)
            self.held.update(cell for cell in inside if not found.may_break(cell))
        return found

    def _object(self, box: Box) -> Object:
        if not isinstance(box, boxes.AtomicInlineLevelBox):
            raise UnsuitableError
        placed = self.place(box)
        self.texts.append(_OBJECT)
        self.advances.append(placed.margin_width())
        self.squares.append(box.style["font_size"])
        self.size += 1
        return Object(placed, self.size - 1, self.size)


def _advances(style: Style) -> Sequence[float]:
    glyphs = shape(style, _NARROW_AND_WIDE)
    if glyphs is None:
        raise UnsuitableError
    return glyphs.advances


def _add(edges: dict[int, float], at: int, width: float) -> None:
    if width:
        edges[at] = edges.get(at, 0.0) + width
