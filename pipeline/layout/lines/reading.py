"""Reading the boxes of a paragraph: what is known of each of its characters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.layout.lines.glosses import Gloss, gloss, is_gloss
from pipeline.layout.lines.host import Box, Style, boxes, line_break, percent
from pipeline.layout.lines.hyphenation import is_hyphenated
from pipeline.layout.lines.lightbox import Source
from pipeline.layout.lines.nodes import (
    Branch,
    Leaf,
    Node,
    Object,
    Place,
    UnsuitableError,
)
from pipeline.layout.lines.shaping import shape
from pipeline.layout.lines.suitability import is_program, is_raised, is_settable

OBJECT: Final = "\ufffc"
"""Stands for a box in the text of a paragraph."""
_NOWHERE: frozenset[int] = frozenset()
_NOT_BROKEN = frozenset({"nowrap", "pre"})
# By their widths a face shows whether all of its characters have one.
_NARROW_AND_WIDE = " iM"


@dataclass(slots=True)
class Reading:
    """Collects a paragraph from its boxes, character by character."""

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
        """Read what is in a box. Raises UnsuitableError."""
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
            self.texts.append(OBJECT * cells)
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
        self.texts.append(OBJECT)
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
