"""Painting text boxes from their glyphs, without asking Pango again.

The even stretch of a line is character spacing (Tc), so that only marks need
numbers in the string of glyphs (TJ; ISO 32000-2, 9.3.2 and 9.4.3).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from pipeline.layout.lines import downward, marks
from pipeline.layout.lines.glyphs import ASCENT, Face
from pipeline.layout.lines.host import (
    Box,
    Layout,
    PdfFont,
    Stream,
    Style,
    color,
    draw_text,
    foreign,
    line_break,
    percent,
)
from pipeline.layout.lines.making import SetText
from pipeline.layout.lines.vertical import is_vertical

_PIXELS: float = foreign.FROM_UNITS
_UNMOVED = (0.0, 0.0)
_LITTLE_ENDIAN = sys.byteorder == "little"


def paint(stream: Stream, box: Box, offset_x: float) -> None:
    """Paint a text box that holds a SetText, with its lines under and over it."""
    style = box.style
    if style["visibility"] != "visible":
        return
    lines = style["text_decoration_line"]
    if lines == "none":
        _paint_text(stream, box)
        return
    rules = _rules(box, lines)
    if marks.paint(stream, box):
        rules.pop("underline", None)
    for name in ("overline", "underline"):
        _draw_rule(stream, box, offset_x, rules.get(name))
    _paint_text(stream, box)
    _draw_rule(stream, box, offset_x, rules.get("line-through"))


def layout_of(box: Box) -> Layout:
    """Return a Pango layout of a text box, to which an ellipsis can be added."""
    width = box.pango_layout.max_width or box.width + 1
    layout = line_break.Layout(box.style, 0, width)
    layout.set_text(box.text)
    layout.deactivate()
    return layout


# Glyphs ------------------------------------------------------------------------


@dataclass(slots=True)
class _Painted:
    """A face in the PDF that is being written, and which glyphs it has there."""

    fonts: object
    font: PdfFont
    size: float
    seen: set[int] = field(default_factory=set)


def _paint_text(stream: Stream, box: Box) -> None:
    made: SetText = box.pango_layout
    if not made.text.strip():
        return
    stream.set_color(box.style["color"])
    stream.begin_text()
    if made.poses:
        _show_down(stream, box)
        stream.end_text()
        return
    x, y = box.position_x, box.position_y + box.baseline - made.rise
    stream.set_text_matrix(1, 0, 0, -1, round(x, 3), round(y, 3))
    if made.even:
        stream.stream.append(b"%.5f Tc" % made.even)
    _show(stream, made)
    if made.even:
        stream.stream.append(b"0 Tc")
    stream.end_text()


def _show(stream: Stream, made: SetText) -> None:
    changes = dict(made.changes)
    opening = {spelling.start: spelling.text for spelling in made.spellings}
    closing = {spelling.end for spelling in made.spellings}
    cuts = {*opening, *closing}
    start, carried = 0, 0
    for face, codes in made.runs:
        painted = _painted(stream, face, codes)
        stream.set_font_size(painted.font.hash, painted.size)
        end = start + len(codes) // 2
        places = [start, *sorted(cut for cut in cuts if start < cut < end), end]
        for first, last in pairwise(places):
            if first in opening:
                _open(stream, opening[first])
            part = codes[2 * (first - start) : 2 * (last - start)]
            steps = {
                at - first: round(-1000 * changes[at] / painted.size)
                for at in range(first, last)
                if at in changes
            }
            inside = {
                at - first: offset
                for at, offset in (made.offsets or {}).items()
                if first <= at < last
            }
            if inside:
                moved = _Moved(inside, painted.size)
                carried = _show_moved(stream, part, steps, moved, carried)
            else:
                carried = _show_run(stream, part, steps, carried)
            if last in closing:
                stream.stream.append(b"EMC")
        start = end


def _show_down(stream: Stream, box: Box) -> None:
    """Show the glyphs of a text whose lines run down."""
    made: SetText = box.pango_layout
    square = box.style["font_size"]
    y = box.position_y + box.baseline - made.rise
    opened: object = None
    for part in downward.parts(made, box.position_x, square):
        painted = _painted(stream, part.face, part.codes)
        name = painted.font.hash
        if part.is_written_down:
            name += downward.UPRIGHT_FONT
        spelt = part.spelling.text if part.spelling else part.own_spelling
        if spelt and (part.spelling is None or part.spelling is not opened):
            _open(stream, spelt)
        opened = part.spelling
        stream.set_font_size(name, painted.size)
        for matrix, string in downward.shown(part, y, square, made):
            if matrix:
                *sides, across, down = matrix
                stream.set_text_matrix(*sides, round(across, 3), round(down, 3))
            stream.show_text(string)
        if spelt and (part.spelling is None or part.is_last):
            stream.stream.append(b"EMC")


def _open(stream: Stream, text: str) -> None:
    """Say what the next glyphs are to be copied as (ISO 32000-2, 14.9.4)."""
    spelt = text.encode("utf-16-be").hex().encode()
    stream.stream.append(b"/Span <</ActualText <feff%s>>> BDC" % spelt)


def _show_run(
    stream: Stream, codes: bytes, steps: Mapping[int, int], carried: int
) -> int:
    """Show glyphs, and return the step that is to come before the next ones.

    A number at the end of a TJ is lost in some viewers.
    """
    digits = codes.hex()
    parts = [f"{carried}<" if carried else "<"]
    done = 0
    for glyph, step in steps.items():
        end = 4 * (glyph + 1)
        if step and end < len(digits):
            parts.append(f"{digits[done:end]}>{step}<")
            done = end
    parts.append(f"{digits[done:]}>")
    stream.show_text("".join(parts))
    return steps.get(len(codes) // 2 - 1, 0)


@dataclass(frozen=True, slots=True)
class _Moved:
    """Glyphs, such as combining accents, that are out of their place."""

    offsets: Mapping[int, tuple[float, float]]
    size: float


def _show_moved(
    stream: Stream,
    codes: bytes,
    steps: Mapping[int, int],
    moved: _Moved,
    carried: int,
) -> int:
    """Show glyphs each at its place; as ``_show_run`` otherwise.

    Those of one height are one string, or PDFium would look for spaces in it.
    """
    glyphs = range(len(codes) // 2)
    for rise, level in groupby(glyphs, lambda at: -moved.offsets.get(at, _UNMOVED)[1]):
        parts = []
        for glyph in level:
            right, _ = moved.offsets.get(glyph, _UNMOVED)
            shift = round(1000 * right / moved.size)
            parts.append(f"{carried - shift}" if carried != shift else "")
            parts.append(f"<{codes[2 * glyph : 2 * glyph + 2].hex()}>")
            carried = steps.get(glyph, 0) + shift
        if rise:
            stream.set_text_rise(rise)
        stream.show_text("".join(parts))
        if rise:
            stream.set_text_rise(0)
    return carried


def _painted(stream: Stream, face: Face, codes: bytes) -> _Painted:
    """Return the face in the PDF, where it now has all glyphs in ``codes``."""
    painted = face.painted
    if not isinstance(painted, _Painted) or painted.fonts is not stream._fonts:  # noqa: SLF001
        font, size = stream.add_font(face.font)
        painted = face.painted = _Painted(stream._fonts, font, size)  # noqa: SLF001
    new = set(memoryview(codes).cast("H")) - painted.seen
    for code in new:
        glyph = code >> 8 | (code & 0xFF) << 8 if _LITTLE_ENDIAN else code
        painted.font.to_unicode.setdefault(glyph, face.texts[glyph])
        width = face.width(glyph) * 1000 * _PIXELS / painted.size
        painted.font.widths.setdefault(glyph, round(width))
    painted.seen |= new
    return painted


# Lines under, over and through text --------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rule:
    y: float
    thickness: float


def _rules(box: Box, lines: frozenset[str]) -> dict[str, _Rule]:
    """Return the rules of a box, from its baseline, where its face wants them."""
    style: Style = box.style
    layout = line_break.Layout(style)
    thickness = style["text_decoration_thickness"]
    if thickness in ("auto", "from-font"):
        thick = layout.underline_thickness
    else:
        thick = percent.percentage(thickness, style, style["font_size"])
    under = style["text_underline_offset"]
    if under == "auto":
        below = -layout.underline_position
    else:
        below = percent.percentage(under, style, style["font_size"])
    through = layout.strikethrough_position
    if is_vertical(style):
        through = (ASCENT - 0.5) * style["font_size"]
    rules = {
        "overline": _Rule(-layout.ascent + thick / 2, thick),
        "underline": _Rule(below + thick / 2, thick),
        "line-through": _Rule(-through, layout.strikethrough_thickness),
    }
    return {name: rule for name, rule in rules.items() if name in lines}


def _draw_rule(stream: Stream, box: Box, offset_x: float, rule: _Rule | None) -> None:
    if rule:
        draw_text.draw_text_decoration(
            stream,
            box,
            offset_x,
            box.baseline + rule.y,
            rule.thickness,
            color.get_color(box.style, "text_decoration_color"),
        )
