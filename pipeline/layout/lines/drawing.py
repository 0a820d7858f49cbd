"""Painting text boxes from their glyphs, without asking Pango again.

The even stretch of a line is character spacing (Tc), so that only marks need
numbers in the string of glyphs (TJ; ISO 32000-2, 9.3.2 and 9.4.3).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
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
    x, y = box.position_x - made.lead, box.position_y + box.baseline - made.rise
    stream.set_text_matrix(1, 0, 0, -1, round(x, 3), round(y, 3))
    if made.even:
        stream.stream.append(b"%.5f Tc" % made.even)
    _show(stream, made)
    if made.even:
        stream.stream.append(b"0 Tc")
    stream.end_text()


@dataclass(slots=True)
class _Part:
    """Glyphs of one face that are shown together.

    ``steps`` are what is taken off between a glyph and the next, in thousandths of
    the size, ``offsets`` how far glyphs are out of their places, in pixels.
    """

    codes: bytes
    steps: dict[int, int]
    offsets: dict[int, tuple[float, float]]

    def put_space_before(self, space: bytes, width: int, carried: int) -> None:
        """Let the gap before the first glyph, of ``-carried``, begin with a space."""
        self.codes = space + self.codes
        self.steps = {at + 1: step for at, step in self.steps.items()}
        # Not quite at one place, or PDFium would not see two characters.
        self.steps[0] = carried + width - 1
        self.offsets = {at + 1: offset for at, offset in self.offsets.items()}

    def put_space_after(self, space: bytes, width: int) -> None:
        """Let the gap behind the last glyph end with a space."""
        last = len(self.codes) // 2 - 1
        self.steps[last] = self.steps.get(last, 0) + width
        self.codes += space


def _show(stream: Stream, made: SetText) -> None:
    opening = {spelling.start: spelling for spelling in made.spellings}
    closing = {spelling.end: spelling for spelling in made.spellings}
    changes, offsets = dict(made.changes), made.offsets or {}
    shown, carried = None, 0
    for face, places, codes in _cut(made):
        painted = _painted(stream, face, codes)
        size, start = painted.size, places.start
        if face is not shown:
            stream.set_font_size(painted.font.hash, size)
            shown = face
        if not start:
            carried = round(-1000 * made.lead / size)
        steps = {
            at - start: round(-1000 * changes[at] / size)
            for at in places
            if at in changes
        }
        moved = {at - start: offsets[at] for at in places if at in offsets}
        part = _Part(codes, steps, moved)
        opened, closed = opening.get(start), closing.get(places.stop)
        if closed and closed.after and face.space:
            part.put_space_after(*_space(stream, face, made.even))
        if opened:
            _open(stream, opened.text)
            if opened.before and face.space:
                part.put_space_before(*_space(stream, face, made.even), carried)
                carried = 0
        carried = _show_part(stream, part, size, carried)
        if closed:
            stream.stream.append(b"EMC")


def _cut(made: SetText) -> Iterator[tuple[Face, range, bytes]]:
    """Yield the glyphs that are shown together: of one face, in one spelling."""
    cuts = {at for spelling in made.spellings for at in (spelling.start, spelling.end)}
    start = 0
    for face, codes in made.runs:
        end = start + len(codes) // 2
        edges = [start, *sorted(cut for cut in cuts if start < cut < end), end]
        for first, last in pairwise(edges):
            here = codes[2 * (first - start) : 2 * (last - start)]
            yield face, range(first, last), here
        start = end


def _space(stream: Stream, face: Face, even: float) -> tuple[bytes, int]:
    """Return the space of a face, and what it advances by, in thousandths."""
    space = face.space.to_bytes(2, "big")
    painted = _painted(stream, face, space)
    return space, painted.font.widths[face.space] + round(1000 * even / painted.size)


def _show_part(stream: Stream, part: _Part, size: float, carried: int) -> int:
    if part.offsets:
        return _show_moved(stream, part, size, carried)
    return _show_run(stream, part, carried)


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


def _show_run(stream: Stream, part: _Part, carried: int) -> int:
    """Show glyphs, and return the step that is to come before the next ones.

    A number at the end of a TJ is lost in some viewers.
    """
    digits, steps = part.codes.hex(), part.steps
    parts = [f"{carried}<" if carried else "<"]
    done = 0
    for glyph, step in steps.items():
        end = 4 * (glyph + 1)
        if step and end < len(digits):
            parts.append(f"{digits[done:end]}>{step}<")
            done = end
    parts.append(f"{digits[done:]}>")
    stream.show_text("".join(parts))
    return steps.get(len(part.codes) // 2 - 1, 0)


def _show_moved(stream: Stream, part: _Part, size: float, carried: int) -> int:
    """Show glyphs each at its place; as ``_show_run`` otherwise.

    Those of one height are one string, or PDFium would look for spaces in it.
    """
    glyphs = range(len(part.codes) // 2)
    for rise, level in groupby(glyphs, lambda at: -part.offsets.get(at, _UNMOVED)[1]):
        shown = []
        for glyph in level:
            right, _ = part.offsets.get(glyph, _UNMOVED)
            shift = round(1000 * right / size)
            shown.append(f"{carried - shift}" if carried != shift else "")
            shown.append(f"<{part.codes[2 * glyph : 2 * glyph + 2].hex()}>")
            carried = part.steps.get(glyph, 0) + shift
        if rise:
            stream.set_text_rise(rise)
        stream.show_text("".join(shown))
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
        if glyph in face.shared:
            painted.font.has_shared_glyphs = True
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
