"""Line boxes: the lines of a paragraph as boxes that WeasyPrint pages and paints.

A text box made here holds ``SetText`` in place of a Pango layout. Every one is
one square high with its baseline at one place, whatever its font, so that
lines keep their grid (CLREQ 2.3.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from pipeline.layout.lines.glosses import Gloss, Half, Piece
from pipeline.layout.lines.glyphs import ASCENT, Face
from pipeline.layout.lines.host import Box, boxes, inline
from pipeline.layout.lines.nodes import Branch, Leaf, Node, Object
from pipeline.layout.lines.paragraphs import Paragraph
from pipeline.layout.lines.shaping import shape
from pipeline.layout.lines.spelling import (
    Fill,
    Spelling,
    fills,
    is_before_smaller,
    lone_last,
    spellings,
)
from pipeline.typeset.justification import Line

# How far a formula may stand out into the space between two lines, as part of it.
_BETWEEN = 0.25


class SetText:
    """The glyphs of one text box, with all spaces between them. In pixels.

    ``changes`` widens single glyphs, ``even`` every one of them; ``rise`` lifts
    all. ``lead`` is the gap before the first one, where a space stands in it.
    ``max_width`` is given where the text is wider than its line. ``poses`` has one
    letter a glyph where the line runs down.
    """

    __slots__ = (
        "changes",
        "even",
        "lead",
        "max_width",
        "offsets",
        "poses",
        "rise",
        "runs",
        "spellings",
        "text",
    )

    # What WeasyPrint asks of a layout.
    first_line_direction = 0

    def __init__(self, text: str, even: float) -> None:
        self.text = text
        self.even = even
        self.rise = 0.0
        self.lead = 0.0
        self.max_width: float | None = None
        self.runs: list[tuple[Face, bytes]] = []
        self.changes: Sequence[tuple[int, float]] = ()
        self.spellings: list[Spelling] = []
        self.offsets: dict[int, tuple[float, float]] | None = None
        self.poses = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line is: its box, and its text behind an indent. In pixels."""

    x: float
    text_x: float
    y: float
    measure: float


@dataclass(slots=True)
class _Pen:
    """Where the next box of a line starts, and the line that is being made."""

    x: float
    paragraph: Paragraph
    line: Line
    next_start: int
    measure: float


def make_box(paragraph: Paragraph, line: Line, next_start: int, place: Place) -> Box:
    """Return the line box for ``line``; the next line starts at ``next_start``."""
    pen = _Pen(place.text_x + line.lead, paragraph, line, next_start, place.measure)
    box = paragraph.source.part()
    box.children = tuple(_boxes(paragraph.nodes, pen))
    box.position_x, box.width = place.x, line.width + place.text_x - place.x
    line_height, box.baseline = paragraph.line_height, paragraph.baseline
    box.height = box.style["font_size"]
    box.margin_top = box.margin_bottom = (line_height - box.height) / 2
    _align(box, line_height, place.y)
    return box


def _boxes(nodes: Sequence[Node], pen: _Pen) -> Iterator[Box]:
    line = pen.line
    is_last = pen.next_start >= pen.paragraph.size
    for node in nodes:
        if node.start >= pen.next_start and not is_last:
            return
        if node.end > line.start or node.start == node.end >= line.start:
            match node:
                case Leaf():
                    start, end = max(node.start, line.start), min(node.end, line.end)
                    if start < end:
                        yield _text_box(node, start, end, pen)
                case Branch():
                    yield _inline_box(node, pen)
                case Object():
                    yield _placed(node, pen)
                case Gloss():
                    yield _gloss_box(node, pen)


def _text_box(leaf: Leaf, start: int, end: int, pen: _Pen) -> Box:
    spaced, line = pen.paragraph.spaced, pen.line
    box = leaf.source.part()
    box.text = spaced.text[start:end]
    box.position_x = pen.x
    width = spaced.origins[end - 1] - spaced.origins[start] + spaced.advances[end - 1]
    slots = _changes(pen, start, end)
    natural = spaced.gaps
    width += sum(change - natural.get(slot, 0.0) for slot, change in slots.items())
    width += line.even * (end - 1 - start)
    box.width = width
    box.pango_layout = _set_text(leaf, start, end, slots, pen)
    box.pango_layout.text = box.text
    _give_height(box, leaf.line_height)
    if line.hyphen and end == line.end:
        _hyphenate(box, line.hyphen)
    pen.x += box.width
    if end < line.end:
        pen.x += _gap(pen, end - 1) + line.even
    return box


def _gap(pen: _Pen, slot: int) -> float:
    """Return the width of a slot, without what all of its line have besides."""
    natural = pen.paragraph.spaced.gaps
    return natural.get(slot, 0.0) + pen.line.changes.get(slot, 0.0)


def _changes(pen: _Pen, start: int, end: int) -> dict[int, float]:
    """Return what slots inside a text box gain or lose, natural gaps included."""
    slots = dict(pen.paragraph.spaced.gaps_between(start, end))
    changes = pen.line.changes
    if changes:
        for slot, change in changes.items():
            if start <= slot < end - 1:
                slots[slot] = slots.get(slot, 0.0) + change
    return slots


def _set_text(
    leaf: Leaf, start: int, end: int, slots: dict[int, float], pen: _Pen
) -> SetText:
    glyphs, spaced, line = leaf.glyphs, pen.paragraph.spaced, pen.line
    first, last = start - leaf.start, end - leaf.start
    low, high = glyphs.span(first, last)
    made = SetText(spaced.text[start:end], line.even)
    if end < line.end:
        slots[end - 1] = _gap(pen, end - 1)
    if line.overflows:
        made.max_width = pen.measure
    for run, begin, stop in glyphs.runs_between(low, high):
        made.runs.append((run.face, glyphs.codes[2 * begin : 2 * stop]))
    made.poses = glyphs.poses[low:high]
    if glyphs.starts is None and not glyphs.kerns:
        made.changes = sorted((slot - start, width) for slot, width in slots.items())
    else:
        made.changes = _by_glyph(leaf, (start, end), slots, line.even)
    lead = _gap(pen, start - 1) if start > line.start else 0.0
    around = {start - 1: lead, **slots} if lead else slots
    made.spellings = _spellings(leaf, (start, end), fills(spaced, around, line.even))
    if end < line.end and is_before_smaller(spaced, end):
        made.spellings += lone_last(made.runs, made.spellings, spaced.text[end - 1])
    if any(each.before and not each.start for each in made.spellings):
        made.lead = lead
    if glyphs.offsets:
        made.offsets = {
            at - low: offset
            for at, offset in glyphs.offsets.items()
            if low <= at < high
        }
    return made


def _spellings(
    leaf: Leaf, span: tuple[int, int], filled: Sequence[Fill]
) -> list[Spelling]:
    if not filled and not leaf.glyphs.misread:
        return []
    own = (fill._replace(at=fill.at - leaf.start) for fill in filled)
    start, end = span[0] - leaf.start, span[1] - leaf.start
    return spellings(leaf.glyphs, leaf.box.text, (start, end), own)


def _hyphenate(box: Box, width: float) -> None:
    """Let a hyphen be seen behind the last character, and not be copied."""
    made: SetText = box.pango_layout
    glyphs = shape(box.style, box.style["hyphenate_character"])
    if glyphs is None:
        return
    last = sum(len(codes) for _, codes in made.runs) // 2
    for run in glyphs.runs:
        face, codes = run.face, glyphs.codes[2 * run.start : 2 * run.end]
        if made.runs and made.runs[-1][0] is face:
            # Shown as one with its letter, it belongs to that in other programs.
            codes = made.runs.pop()[1] + codes
        made.runs.append((face, codes))
    made.poses += glyphs.poses
    end = last + len(glyphs.codes) // 2
    text = box.text.rstrip("\u00ad")[-1:]
    spellings = [each for each in made.spellings if each.end < last]
    for each in made.spellings:
        if each.end == last:
            last, text = each.start + 1, each.text
    made.spellings = [*spellings, Spelling(last - 1, end, text)]
    if made.even:
        # No slot is between a word and its hyphen.
        changes = dict(made.changes)
        changes[last - 1] = changes.get(last - 1, 0.0) - made.even
        made.changes = sorted(changes.items())
    box.width += width


def _by_glyph(
    leaf: Leaf, span: tuple[int, int], slots: dict[int, float], even: float
) -> list[tuple[int, float]]:
    """Return the changes by glyph, where these are not one for each character."""
    glyphs = leaf.glyphs
    low, high = glyphs.span(span[0] - leaf.start, span[1] - leaf.start)
    found = {at: width for at, width in glyphs.kerns.items() if low <= at < high}
    for slot, width in slots.items():
        last = glyphs.span(0, slot + 1 - leaf.start)[1] - 1
        if last >= low:
            found[last] = found.get(last, 0.0) + width
    if even and glyphs.starts:
        _even_out(found, leaf, span, even)
    return sorted((at - low, width) for at, width in found.items())


def _even_out(
    found: dict[int, float], leaf: Leaf, span: tuple[int, int], even: float
) -> None:
    """Let clusters of no glyph, or of several, gain what one character does."""
    starts = leaf.glyphs.starts or []
    low = starts[span[0] - leaf.start]
    for at in range(span[0] - leaf.start, span[1] - leaf.start):
        last = starts[at + 1] - 1
        for glyph in range(starts[at], last):
            found[glyph] = found.get(glyph, 0.0) - even
        if starts[at] > last >= low:
            found[last] = found.get(last, 0.0) + even


def _inline_box(branch: Branch, pen: _Pen) -> Box:
    source, line = branch.box, pen.line
    is_start = branch.start >= line.start
    is_end = branch.end < pen.next_start or branch.end == pen.paragraph.size
    is_end = is_end or branch.end == pen.next_start
    box = source.copy_with_children([])
    box.remove_decoration(start=not is_start, end=not is_end)
    box.position_x = pen.x
    pen.x += box.margin_left + box.border_left_width + box.padding_left
    content = pen.x
    box.children = tuple(_boxes(branch.children, pen))
    box.width = pen.x - content
    pen.x += box.margin_right + box.border_right_width + box.padding_right
    inline._adjust_line_height(box)  # noqa: SLF001 - as stock layout does
    return box


def _placed(thing: Object, pen: _Pen) -> Box:
    box = thing.box
    box.translate(dx=pen.x - box.position_x)
    at, line = thing.start, pen.line
    pen.x += box.margin_width()
    if thing.end < line.end:
        pen.x += _gap(pen, at) + line.even
    return box


def _gloss_box(gloss: Gloss, pen: _Pen) -> Box:
    """Return the cells of a gloss that are on the line: two lines of text."""
    line = pen.line
    first, last = max(gloss.start, line.start), min(gloss.end, line.end)
    box = gloss.box.copy_with_children([])
    box.position_x, box.width = pen.x, gloss.cell * (last - first)
    box.children = tuple(
        text for half in gloss.halves(first, last) for text in _half(gloss, half, pen.x)
    )
    pen.x += box.width
    if last < line.end:
        pen.x += _gap(pen, last - 1) + line.even
    # As high as a character of the line, so that lines keep their grid.
    box.height = 2 * gloss.size
    box.baseline = ASCENT * box.height
    box.margin_top = box.margin_bottom = 0
    return box


def _half(gloss: Gloss, half: Half, x: float) -> Iterator[Box]:
    """Yield the text boxes of one of a gloss's two lines, which starts at ``x``."""
    for piece in gloss.pieces:
        start, end = max(piece.start, half.start), min(piece.end, half.end)
        if start < end:
            box = _gloss_text(piece, half, start, end)
            box.text = box.pango_layout.text = gloss.text[start:end]
            box.position_x = x
            x += box.width
            yield box


def _gloss_text(piece: Piece, half: Half, start: int, end: int) -> Box:
    glyphs = piece.glyphs
    first, last = start - piece.start, end - piece.start
    low, high = glyphs.span(first, last)
    box = piece.source.part()
    box.style = piece.style
    made = box.pango_layout = SetText("", half.even)
    made.rise = half.rise
    made.poses = glyphs.poses[low:high]
    for run in glyphs.runs:
        begin, stop = max(run.start, low), min(run.end, high)
        if begin < stop:
            made.runs.append((run.face, glyphs.codes[2 * begin : 2 * stop]))
    changes = {at - low: k for at, k in glyphs.kerns.items() if low <= at < high}
    # Only squares are squeezed, which have one glyph each.
    changes |= {at - start: c for at, c in half.changes.items() if start <= at < end}
    made.changes = sorted(changes.items())
    box.width = sum(glyphs.advances[first:last]) + half.even * (end - start)
    box.width += sum(c for at, c in half.changes.items() if start <= at < end)
    _give_height(box, box.style["font_size"])
    return box


def _give_height(box: Box, line_height: float) -> None:
    box.height = box.style["font_size"]
    box.margin_top = box.margin_bottom = (line_height - box.height) / 2
    box.baseline = ASCENT * box.height + box.margin_top


def _align(box: Box, line_height: float, y: float) -> None:
    """Place the line's boxes on its baseline, and give it its height."""
    if all(_is_alike(child, box) for child in box.children):
        box.height = line_height
        for child in box.children:
            child.position_y = y
    else:
        above, below = box.baseline, line_height - box.baseline
        bottom, top = inline.line_box_verticality(box)
        rise = _room(-top - above, line_height, box)
        box.height = line_height + rise + _room(bottom - below, line_height, box)
        box.baseline = above + rise
        box.position_y = 0
        box.translate(0, y + box.baseline)
    box.position_y = y
    box.margin_top = box.margin_bottom = 0


def _room(excess: float, line_height: float, box: Box) -> float:
    """Return the room above or below a line for what is too high for it.

    It is whole lines, so that those below keep their grid (CLREQ 2.3.4).
    """
    excess -= _BETWEEN * (line_height - box.style["font_size"])
    return line_height * ceil(excess / line_height) if excess > 0 else 0.0


def _is_alike(child: Box, box: Box) -> bool:
    if not isinstance(child, boxes.TextBox):
        return False
    style, line_style = child.style, box.style
    return style["vertical_align"] == "baseline" and all(
        style[name] == line_style[name] for name in ("font_size", "line_height")
    )
