"""Laying out paragraphs: line after line, as WeasyPrint asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from pipeline.layout.lines import paragraphs
from pipeline.layout.lines.glosses import Gloss
from pipeline.layout.lines.host import (
    Box,
    Context,
    Style,
    boxes,
    floats,
    inline,
    leader,
    line_break,
    percent,
)
from pipeline.layout.lines.making import Place, make_box
from pipeline.layout.lines.nodes import Branch, Leaf, Node, Object, UnsuitableError
from pipeline.layout.lines.paragraphs import Paragraph
from pipeline.layout.lines.suitability import is_program
from pipeline.typeset.fitting import Measure
from pipeline.typeset.justification import set_line
from pipeline.typeset.options import Options

SkipStack: TypeAlias = dict[int, Any] | None
"""Where in a tree of boxes to go on: child by child, then bytes of UTF-8."""

_kept: WeakKeyDictionary[Box, tuple[Paragraph, tuple[str, ...]]] = WeakKeyDictionary()


def paragraph_of(
    context: Context, line_box: Box, block: Box, options: Options
) -> Paragraph | None:
    """Return the paragraph in a line box; None where stock layout has to set it."""
    width = block.width
    kept = _kept.get(line_box)
    if kept and kept[0].measured_in in (None, width) and kept[1] == _texts(line_box):
        return kept[0]

    def place(box: Box) -> Box:
        percent.resolve_percentages(box, block)
        absolutes: list[Box] = []
        placed = inline.atomic_box(context, box, 0, None, block, absolutes, absolutes)
        if absolutes:
            raise UnsuitableError
        if isinstance(placed, boxes.ReplacedBox):
            placed.position_x = placed.position_y = 0
        return placed

    paragraph = paragraphs.read(line_box, width, options, place)
    if paragraph:
        _kept[line_box] = paragraph, _texts(line_box)
    return paragraph


def _texts(line_box: Box) -> tuple[str, ...]:
    return tuple(getattr(child, "text", "") for child in line_box.children)


def iterate(
    context: Context,
    line_box: Box,
    top: float,
    skip_stack: SkipStack,
    block: Box,
    paragraph: Paragraph,
) -> Iterator[tuple[Box, SkipStack]]:
    """Yield each line from ``skip_stack`` on, with where the next one starts."""
    indent = _prepare(line_box, skip_stack, block)
    fit, size = paragraph.fit, paragraph.size
    align = _Alignment(line_box.style)
    start = fit.start(position(paragraph.nodes, skip_stack))
    while start < size:
        x, y, width = _room(context, line_box, top, block)
        measure = Measure(width - indent, block.width, align.justified, paragraph.cuts)
        end = fit.end(start, measure)
        next_start = fit.start(end)
        ends_paragraph = next_start >= size or paragraph.spaced.text[end - 1] == "\n"
        hyphen = fit.hyphen(end)
        line = set_line(
            paragraph.spaced,
            start,
            fit.visible_end(start, end),
            measure.first - hyphen,
            justified=align.fills(is_last=ends_paragraph),
        )
        line.hyphen = hyphen
        line.width += hyphen
        x += align.offset(max(0.0, measure.first - line.width), is_last=ends_paragraph)
        place = Place(x, x + indent, y, measure.first)
        box = make_box(paragraph, line, next_start, place)
        leader.handle_leader(context, box, block)
        if next_start >= size:
            _kept.pop(line_box, None)
            yield box, None
            return
        yield box, _stack(paragraph.nodes, next_start)
        top, start, indent = y + box.height, next_start, 0.0


def _prepare(line_box: Box, skip_stack: SkipStack, block: Box) -> float:
    """Resolve what stock layout resolves; return the indent of the first line."""
    percent.resolve_percentages(line_box, block)
    if skip_stack is not None:
        line_box.text_indent = 0
        return 0.0
    percent.resolve_one_percentage(line_box, "text_indent", block.width)
    return float(line_box.text_indent)


def _room(
    context: Context, line_box: Box, top: float, block: Box
) -> tuple[float, float, float]:
    """Return where a line has room beside floats: x, y and width."""
    if not context.excluded_shapes:
        return block.content_box_x(), top, block.width
    line_box.position_y = top
    line_box.width = line_box.style["font_size"]
    line_box.height, _ = line_break.strut(line_box.style)
    room: tuple[float, float, float] = floats.avoid_collisions(
        context, line_box, block, outer=False
    )
    return room


class _Alignment:
    """How the lines of a block are aligned (CSS Text 3, 6)."""

    __slots__ = ("_last", "_others")

    def __init__(self, style: Style) -> None:
        self._others: str = style["text_align_all"]
        if is_program(style) and self._others == "justify":
            self._others = "start"  # or its columns would go
        last: str = style["text_align_last"]
        if last == "auto":
            last = "start" if self._others == "justify" else self._others
        self._last = last

    @property
    def justified(self) -> bool:
        """Tell whether all lines but the last are filled."""
        return self._others == "justify"

    def fills(self, *, is_last: bool) -> bool:
        """Tell whether a line is filled."""
        return (self._last if is_last else self._others) == "justify"

    def offset(self, slack: float, *, is_last: bool) -> float:
        """Return how far a line with ``slack`` pixels left is moved."""
        match self._last if is_last else self._others:
            case "center":
                return slack / 2
            case "right" | "end":
                return slack
            case _:
                return 0.0


# Places in the tree of boxes ---------------------------------------------------


def position(nodes: Sequence[Node], skip_stack: SkipStack) -> int:
    """Return the character that a skip stack points to."""
    if skip_stack is None:
        return nodes[0].start
    ((index, below),) = skip_stack.items()
    if index >= len(nodes):
        return nodes[-1].end
    match nodes[index]:
        case Branch(children=children) as branch:
            return position(children, below) if children else branch.start
        case Leaf(start=start, box=box):
            ((skip, _),) = (below or {0: None}).items()
            return start + len(box.text.encode()[:skip].decode())
        case Object(start=start):
            return start
        case Gloss(start=start):
            ((cell, _),) = (below or {0: None}).items()
            return start + int(cell)


def _stack(nodes: Sequence[Node], at: int) -> SkipStack:
    """Return the skip stack that points to a character."""
    for index, node in enumerate(nodes):
        if at >= node.end:
            continue
        if at <= node.start:
            return {index: None}
        match node:
            case Branch(children=children):
                return {index: _stack(children, at)}
            case Leaf(start=start, box=box):
                return {index: {len(box.text[: at - start].encode()): None}}
            case Object():
                return {index: None}
            case Gloss(start=start):
                return {index: {at - start: None}}
    return None
