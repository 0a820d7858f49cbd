"""Paragraphs: the inline content of a block, read into one text.

Text boxes become characters, inline boxes edges before and after them, and
boxes of their own (pictures, ruby) one object each. So a line with a link or a
note in it is broken and filled as one without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from pipeline.layout.lines.host import Box, boxes, line_break
from pipeline.layout.lines.hyphenation import hyphens
from pipeline.layout.lines.lightbox import Source
from pipeline.layout.lines.nodes import Node, Place, UnsuitableError, leaves
from pipeline.layout.lines.reading import OBJECT, Reading
from pipeline.layout.lines.suitability import is_plain, is_program, is_traditional
from pipeline.typeset.breaking import Breaks
from pipeline.typeset.cells import cells, indentations, is_even, unruled
from pipeline.typeset.classes import INTERPUNCT, MARKS, WIDE, classify
from pipeline.typeset.fitting import Fit
from pipeline.typeset.options import Options
from pipeline.typeset.slots import Measured
from pipeline.typeset.spacing import Spaced
from pipeline.typeset.western import may_have_western_marks, reclassify, western_marks

_BLANKS = re.compile(f"[{MARKS}{INTERPUNCT}]")


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
    reading = Reading(width, place, western, style)
    try:
        nodes = reading.nodes(line_box)
    except UnsuitableError:
        return None
    if not "".join(reading.texts).strip(" "):
        return None
    classes = _classes(reading)
    measured = (
        _measured_program(reading, classes)
        if is_program(style)
        else _measured(reading, nodes, classes)
    )
    if is_traditional(style["lang"] or ""):
        options = replace(options, half_interpunct=False)
    spaced = Spaced(measured, options, indented=_is_positive(style["text_indent"]))
    breaks = _breaks(reading, classes)
    measured_in = width if reading.depends_on_width else None
    line_height, baseline = line_break.strut(style)
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


def _classes(reading: Reading) -> str:
    classes = classify("".join(reading.texts))
    if reading.western:
        classes = reclassify(classes, reading.western)
    if reading.combined:
        classes = reclassify(classes, reading.combined, WIDE)
    return classes


def _breaks(reading: Reading, classes: str) -> Breaks:
    text, language = "".join(reading.texts), reading.style["lang"] or ""
    return Breaks(
        text,
        classes,
        lambda: _opportunities(text, language),
        frozenset(reading.held),
        frozenset(reading.divisible),
        lambda: hyphens(reading.hyphenated),
    )


def _measured(reading: Reading, nodes: Sequence[Node], classes: str) -> Measured:
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


def _measured_program(reading: Reading, classes: str) -> Measured:
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
    texts = [getattr(part, "text", OBJECT) for part in parts]
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
