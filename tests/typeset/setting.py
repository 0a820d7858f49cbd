"""Texts measured as in a face whose marks have ink in the first or last half."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.typeset.breaking import Breaks
from pipeline.typeset.classes import (
    CLOSING,
    CONNECTOR,
    DASH,
    INTERPUNCT,
    MARKS,
    OPENING,
    SQUARE,
    STOPS,
    classify,
)
from pipeline.typeset.fitting import Fit, Measure
from pipeline.typeset.justification import Line, set_line
from pipeline.typeset.options import DEFAULTS, Options
from pipeline.typeset.slots import Measured
from pipeline.typeset.spacing import Spaced

EM = 100.0
NONE: Mapping[int, float] = {}
_FULL = SQUARE + MARKS + DASH + INTERPUNCT + CONNECTOR


def spaced(text: str, options: Options = DEFAULTS, *, indented: bool = False) -> Spaced:
    return Spaced(measured(text), options, indented=indented)


def measured(text: str) -> Measured:
    classes = classify(text)
    return Measured(
        text,
        classes,
        advances=[EM if kind in _FULL else EM / 2 for kind in classes],
        squares=[EM] * len(text),
        left={
            at: {OPENING: 50.0, INTERPUNCT: 30.0}.get(kind, 0.0)
            for at, kind in enumerate(classes)
        },
        right={
            at: 50.0 if kind in CLOSING + STOPS else 30.0
            for at, kind in enumerate(classes)
            if kind in CLOSING + STOPS + INTERPUNCT
        },
    )


def breaks(text: str, hyphens: Mapping[int, float] = NONE) -> Breaks:
    """Return where lines may end; of Western text, at spaces and ``hyphens``."""
    spaces = [at > 0 and text[at - 1] == " " for at in range(len(text) + 1)]
    return Breaks(text, classify(text), lambda: spaces, hyphens=lambda: hyphens)


def lines(
    text: str,
    squares: float,
    options: Options = DEFAULTS,
    hyphens: Mapping[int, float] = NONE,
) -> list[tuple[str, Line]]:
    """Return the lines of ``text`` in a measure of so many squares, set."""
    paragraph = spaced(text, options)
    fit = Fit(paragraph, breaks(text, hyphens))
    measure = Measure(squares * EM, squares * EM)
    found, start = [], 0
    while start < paragraph.size:
        end = fit.end(start, measure)
        visible = fit.visible_end(start, end)
        is_last = end == paragraph.size
        line = set_line(paragraph, start, visible, measure.first, justified=not is_last)
        found.append((text[start:visible], line))
        start = fit.start(end)
    return found


def broken(
    text: str,
    squares: float,
    options: Options = DEFAULTS,
    hyphens: Mapping[int, float] = NONE,
) -> list[str]:
    return [line for line, _ in lines(text, squares, options, hyphens)]
