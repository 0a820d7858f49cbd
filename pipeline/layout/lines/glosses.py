"""夹注: remarks within the line, in two lines of half the size (CLREQ, "Inline notes").

A style sheet asks for them by the custom property ``--gloss: two-lines``. To the
paragraph, a gloss is a row of cells as wide as its characters, each holding two
of them, so that a line may end between any two cells. What stands in the cells
of one line is read first above, then below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from pipeline.layout.lines.glyphs import Glyphs
from pipeline.layout.lines.host import Box, Style, boxes
from pipeline.layout.lines.lightbox import Source
from pipeline.layout.lines.shaping import shape
from pipeline.typeset.breaking import NEVER_ENDS, NEVER_STARTS
from pipeline.typeset.classes import LETTER, NUMERAL, STOPS, classify

# In em of the gloss: how far the baselines are from that of the line.
_RISE, _DROP = 0.93, 0.19
_SQUARE = 0.01
# A gloss whose characters differ in width can't be broken; longer than this, in
# em of the gloss, it is set as its style sheet has it.
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Piece:
    """A text box of a gloss: its characters from ``start`` on, and their glyphs."""

    source: Source
    style: Style
    start: int
    end: int
    glyphs: Glyphs


@dataclass(frozen=True, slots=True)
class Half:
    """The characters ``start`` to ``end`` of a gloss, ``rise`` pixels up.

    ``changes`` makes single characters narrower, ``even`` all of them.
    """

    start: int
    end: int
    rise: float
    changes: Mapping[int, float] = field(default_factory=dict)
    even: float = 0.0


@dataclass(slots=True)
class Gloss:
    """A gloss in the cells ``start`` to ``end`` of its paragraph. In pixels."""

    box: Box
    start: int
    end: int
    text: str
    classes: str
    pieces: tuple[Piece, ...]
    cell: float
    size: float
    is_square: bool
    split: int
    """How many characters stand above, if it is not broken."""

    def halves(self, first: int, last: int) -> Iterator[Half]:
        """Yield what stands above and below in the cells ``first`` to ``last``."""
        begin = 2 * (first - self.start)
        end = len(self.text) if last == self.end else 2 * (last - self.start)
        middle = self.split
        if (first, last) != (self.start, self.end):
            middle = min(begin + (last - first), end)
            if not _may_break(self.classes, middle):
                middle -= 1
        yield Half(begin, middle, _RISE * self.size)
        yield self._squeezed(middle, end, (last - first) * self.cell)

    def may_break(self, cell: int) -> bool:
        """Tell whether a line may end before ``cell``, which is not the first."""
        at = 2 * (cell - self.start)
        # A stop in the last cell would have a line of its own.
        is_whole = cell < self.end - 1 or at + 1 == len(self.text)
        return (
            self.is_square
            and _may_break(self.classes, at)
            and (is_whole or _may_break(self.classes, at + 1))
        )

    def _squeezed(self, start: int, end: int, room: float) -> Half:
        """Return a lower line that has one character too many, in its room."""
        drop = -_DROP * self.size
        excess = self.size * (end - start) - room if self.is_square else 0.0
        if excess < _SQUARE * self.size:
            return Half(start, end, drop)
        stops = [at for at in range(start, end) if self.classes[at] in STOPS]
        narrower = min(self.size / 2, excess / max(1, len(stops)))
        changes = dict.fromkeys(stops, -narrower)
        excess -= narrower * len(stops)
        return Half(start, end, drop, changes, -max(0.0, excess) / (end - start))


def is_gloss(box: Box, parent: Box) -> bool:
    """Tell whether a gloss begins with ``box``."""
    return (
        isinstance(box, boxes.InlineBox)
        and bool(box.style["__gloss"])
        and not parent.style["__gloss"]
    )


def gloss(box: Box, start: int, square: float) -> Gloss | None:
    """Return ``box`` as a gloss in lines of size ``square``.

    None where it can't be set in two lines: then its style has to do.
    """
    pieces = tuple(_pieces(box, square / 2))
    if not pieces or any(piece is None for piece in pieces):
        return None
    found = tuple(piece for piece in pieces if piece)
    text = "".join(box.text for box in _texts(box))
    widths = [width for piece in found for width in piece.glyphs.advances]
    size = square / 2
    is_square = all(abs(width - size) < _SQUARE * size for width in widths)
    if not is_square and sum(widths) > _LONGEST * size:
        return None
    classes = classify(text)
    split = _split(classes, widths)
    wide = max(sum(widths[:split]), sum(widths[split:]))
    cells = max(split, len(text) - split) if is_square else 1
    return Gloss(
        box,
        start,
        start + cells,
        text,
        classes,
        found,
        wide / cells,
        size,
        is_square,
        split,
    )


def _texts(box: Box) -> Iterator[Box]:
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        else:
            yield from _texts(child)


def _pieces(box: Box, size: float) -> Iterator[Piece | None]:
    """Yield the text boxes of a gloss; None for what is none."""
    start = 0
    for child in _descendants(box):
        if not isinstance(child, boxes.TextBox):
            yield None
            return
        style = child.style.copy()
        style["font_size"] = size
        glyphs = shape(style, child.text)
        if glyphs is None or glyphs.offsets:
            yield None
            return
        end = start + len(child.text)
        yield Piece(Source(child), style, start, end, glyphs)
        start = end


def _descendants(box: Box) -> Iterator[Box]:
    for child in box.children:
        if type(child) is boxes.InlineBox and not child.footnote:
            yield from _descendants(child)
        else:
            yield child


def _split(classes: str, widths: Sequence[float]) -> int:
    """Return where the lower line starts: in the middle, by the rules of breaks."""
    sums = list(accumulate(widths, initial=0.0))

    def unevenness(at: int) -> tuple[bool, float, int]:
        above, below = sums[at], sums[-1] - sums[at]
        return not _may_break(classes, at), round(max(above, below), 3), -at

    return min(range(1, len(classes) + 1), key=unevenness)


def _may_break(classes: str, at: int) -> bool:
    if at == len(classes):
        return True
    before, after = classes[at - 1], classes[at]
    western = LETTER + NUMERAL
    return not (
        after in NEVER_STARTS
        or before in NEVER_ENDS
        or (before in western and after in western)
    )
