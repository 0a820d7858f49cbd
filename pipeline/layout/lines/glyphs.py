"""Faces, and the glyphs of a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter

from pipeline.layout.lines.host import PangoFont, fonts, foreign

# Where the baseline runs in the square: what most Chinese faces are drawn for.
ASCENT = 0.88

_ffi, _pango, _harfbuzz = foreign.ffi, foreign.pango, foreign.harfbuzz
# What WeasyPrint loads and never asks.
_ffi.cdef(
    "hb_bool_t hb_font_get_nominal_glyph"
    " (hb_font_t *font, hb_codepoint_t unicode, hb_codepoint_t *glyph);",
    override=True,
)

# Blank sides are measured a little short of the ink, in em.
_CLEARANCE = 0.02
_SQUARE_LEAST = 0.85

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters of which nothing is seen, and nothing copied."""
UPRIGHT = "u"
"""The pose of a glyph that stands upright in a line that runs down."""


class Face:
    """One Pango font: the widths, blank sides and texts of its glyphs."""

    __slots__ = (
        "_layout",
        "blanks",
        "blanks_down",
        "font",
        "is_plain",
        "painted",
        "shared",
        "space",
        "texts",
        "widths",
    )

    def __init__(self, layout: object, font: PangoFont) -> None:
        self._layout = layout  # keeps the font alive
        self.font = font
        self.widths: dict[int, int] = {}
        self.blanks: dict[int, tuple[float, float]] = {}
        self.blanks_down: dict[int, tuple[float, float]] = {}
        self.texts: dict[int, str] = {}
        self.shared: set[int] = set()  # glyphs that stand for several texts
        self.painted: object = None  # how it is in the PDF that is being written
        self.space = _space(font)
        """The glyph of a space; 0 where it has none."""
        if self.space:
            self.texts[self.space] = " "
        self.is_plain = not _is_coloured(font)

    def width(self, glyph: int) -> int:
        """Return the advance of a glyph in Pango's units."""
        if glyph not in self.widths:
            self._measure(glyph)
        return self.widths[glyph]

    def blank(self, glyph: int) -> tuple[float, float]:
        """Return the blank sides of a glyph, as parts of its advance."""
        if glyph not in self.blanks:
            self._measure(glyph)
        return self.blanks[glyph]

    def blank_down(self, glyph: int) -> tuple[float, float]:
        """Return what is blank above and below a glyph in its square, as its parts."""
        if glyph not in self.blanks_down:
            self._measure(glyph)
        return self.blanks_down[glyph]

    def learn(self, glyph: int, text: str) -> bool:
        """Note what a glyph stands for; tell whether it stands for that alone."""
        is_alone = self.texts.setdefault(glyph, text) == text
        if not is_alone and glyph != self.space:
            self.shared.add(glyph)
        return is_alone

    def _measure(self, glyph: int) -> None:
        ink, logical = _ffi.new("PangoRectangle *"), _ffi.new("PangoRectangle *")
        _pango.pango_font_get_glyph_extents(self.font, glyph, ink, logical)
        width = logical.width
        self.widths[glyph] = width
        self.blanks[glyph] = (
            (ink.x / width, (width - ink.x - ink.width) / width)
            if width
            else (0.0, 0.0)
        )
        above = ASCENT * width + ink.y
        self.blanks_down[glyph] = (
            (above / width, (width - above - ink.height) / width)
            if width
            else (0.0, 0.0)
        )


@dataclass(slots=True)
class Run:
    """Glyphs ``start`` to ``end``, all from one face."""

    face: Face
    start: int
    end: int


@dataclass(slots=True)
class Glyphs:
    """A shaped text. Lengths in pixels; ``codes`` has two bytes a glyph.

    ``starts`` gives the first glyph of each character, and None where each
    character has one glyph. ``kerns`` is by how much a glyph is set wider than
    it is, ``offsets`` how far from its place, ``misread`` in order the characters
    whose glyph a PDF takes for another's, ``wholes`` which of them are in another
    order, from right to left: their first one has all the width. Where lines
    run down, ``poses`` has one letter a glyph (see vertical.py), and ``combined``
    the characters that stand beside each other in one square.
    """

    advances: Sequence[float]
    codes: bytes
    runs: list[Run]
    starts: list[int] | None = None
    kerns: dict[int, float] = field(default_factory=dict)
    offsets: dict[int, tuple[float, float]] = field(default_factory=dict)
    misread: Sequence[int] = ()
    wholes: Sequence[tuple[int, int]] = ()
    poses: str = ""
    combined: Sequence[tuple[int, int]] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the glyphs of characters ``start`` to ``end``."""
        if self.starts is None:
            return start, end
        return self.starts[start], self.starts[end]

    def runs_between(self, low: int, high: int) -> Iterator[tuple[Run, int, int]]:
        """Yield the runs of glyphs ``low`` to ``high``, with the bounds of each.

        They are looked for by halves: a text may have as many runs as lines.
        """
        first = bisect_right(self.runs, low, key=attrgetter("end"))
        for run in islice(self.runs, first, None):
            if run.start >= high:
                return
            yield run, max(run.start, low), min(run.end, high)

    def cluster(self, at: int) -> tuple[int, int]:
        """Return the characters that share their glyphs with the one at ``at``."""
        starts = self.starts
        if starts is None:
            return at, at + 1
        start, end = at, at + 1
        while start and starts[start] == starts[start + 1]:
            start -= 1
        while end < len(starts) - 1 and starts[end] == starts[end + 1]:
            end += 1
        return start, end

    def is_upright(self, at: int) -> bool:
        """Tell whether a character stands upright in a line that runs down."""
        glyph = self.starts[at] if self.starts else at
        return self.poses[glyph : glyph + 1] == UPRIGHT

    def blank(self, at: int, square: float) -> tuple[float, float]:
        """Return the blank sides of a character, if it fills its square."""
        if self.advances[at] < _SQUARE_LEAST * square:
            return 0.0, 0.0
        glyph = self.starts[at] if self.starts else at
        run, _start, _end = next(self.runs_between(glyph, glyph + 1))
        code = int.from_bytes(self.codes[2 * glyph : 2 * glyph + 2], "big")
        blank = run.face.blank_down if self.is_upright(at) else run.face.blank
        left, right = blank(code)
        return (
            max(0.0, left - _CLEARANCE) * square,
            max(0.0, right - _CLEARANCE) * square,
        )


def joined(parts: Sequence[Glyphs]) -> Glyphs:
    """Return the glyphs of several texts as those of one."""
    if len(parts) == 1:
        return parts[0]
    whole = Glyphs([], b"", [], [])
    advances: list[float] = []
    starts: list[int] = []
    misread: list[int] = []
    wholes: list[tuple[int, int]] = []
    combined: list[tuple[int, int]] = []
    for part in parts:
        first, glyph = len(advances), len(whole.codes) // 2
        size = len(part.advances)
        advances += part.advances
        own = range(size) if part.starts is None else part.starts[:size]
        starts += [glyph + start for start in own]
        whole.codes += part.codes
        for run in part.runs:
            whole.runs.append(Run(run.face, glyph + run.start, glyph + run.end))
        whole.kerns |= {glyph + at: kern for at, kern in part.kerns.items()}
        whole.offsets |= {glyph + at: offset for at, offset in part.offsets.items()}
        misread += [first + at for at in part.misread]
        wholes += [(first + start, first + end) for start, end in part.wholes]
        whole.poses += part.poses
        combined += [(first + start, first + end) for start, end in part.combined]
    whole.wholes, whole.combined = wholes, combined
    whole.advances, whole.misread = advances, misread
    whole.starts = [*starts, len(whole.codes) // 2]
    return whole


def nothing(size: int) -> Glyphs:
    """Return the glyphs of a text of which nothing shows."""
    return Glyphs([0.0] * size, b"", [], [0] * (size + 1))


def _space(font: PangoFont) -> int:
    found = _ffi.new("hb_codepoint_t *")
    font = _pango.pango_font_get_hb_font(font)
    return found[0] if _harfbuzz.hb_font_get_nominal_glyph(font, ord(" "), found) else 0


def _is_coloured(font: PangoFont) -> bool:
    face = fonts.get_pango_font_hb_face(font)
    kinds = ["png", "svg"]
    if _harfbuzz.hb_version_atleast(7, 0, 0):
        kinds += ["paint", "layers"]
    return any(getattr(_harfbuzz, f"hb_ot_color_has_{kind}")(face) for kind in kinds)
