"""Marks below characters: 着重号 by the dot, 专名号 and the wavy 书名号 by the line.

Style sheets ask for them by custom properties, for WeasyPrint knows neither
text-emphasis nor lines that keep clear of each other:

- ``--text-emphasis: dot`` puts a dot below each character, and none below marks,
  spaces and stops (CSS Text Decoration 4, 3.1; CLREQ 3.1.10);
- ``--name-line: straight`` and ``--name-line: wavy`` draw a line that ends a
  little before its text does, so that two names side by side have two lines.

Beside one of them, ``text-decoration: underline`` is what stock layout draws.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pipeline.layout.lines.downward import advances
from pipeline.layout.lines.glyphs import ASCENT
from pipeline.layout.lines.host import Box, Stream, Style
from pipeline.layout.lines.making import SetText
from pipeline.layout.lines.vertical import is_vertical

# In em, the places below the foot of the square.
_DOT, _DOT_PLACE, _DOT_CLEAR = 0.15, 0.13, 0.1
_LINE, _LINE_PLACE, _LINE_SHORTER = 0.05, 0.1, 0.06
_WAVE, _WAVE_HEIGHT = 0.36, 0.16
_PLAIN = frozenset("LNMS")


def paint(stream: Stream, box: Box) -> bool:
    """Paint the marks of a text box; tell whether it asks for any."""
    style = box.style
    dotted = bool(style["__text_emphasis"])
    line = _word(style, "__name_line")
    if not (dotted or line):
        return False
    foot = box.position_y + box.baseline - box.pango_layout.rise
    foot += (1 - ASCENT) * style["font_size"]
    runs_down = is_vertical(style)
    with stream.stacked():
        stream.set_color(style["color"], stroke=True)
        if dotted:
            clear = _DOT_CLEAR if line else 0.0
            # On the right of lines that run down, and their names on the left.
            away = -1 - _DOT_PLACE if runs_down else _DOT_PLACE + clear
            _dots(stream, box, foot + away * style["font_size"])
        if line:
            _name_line(stream, box, foot, is_wavy=line == "wavy")
    return True


def _word(style: Style, name: str) -> str:
    return next((token.value for token in style[name] if token.type == "ident"), "")


def _dots(stream: Stream, box: Box, y: float) -> None:
    # A line of no length with round ends is a dot (ISO 32000-2, 8.4.3.3).
    stream.set_line_cap(1)
    stream.set_line_width(_DOT * box.style["font_size"])
    for x in _centres(box):
        stream.move_to(x, y)
        stream.line_to(x, y)
    stream.stroke()


def _centres(box: Box) -> Iterator[float]:
    """Yield the middle of each character that is no mark and no space."""
    made: SetText = box.pango_layout
    changes = dict(made.changes)
    widths = advances(made, box.style["font_size"])
    x, at = box.position_x, 0
    for face, codes in made.runs:
        for place in range(0, len(codes), 2):
            glyph = int.from_bytes(codes[place : place + 2], "big")
            width = widths[at]
            is_plain = any(
                unicodedata.category(c)[0] in _PLAIN for c in face.texts[glyph]
            )
            if is_plain and width:
                yield x + width / 2
            x += width + changes.get(at, 0.0) + made.even
            at += 1


def _name_line(stream: Stream, box: Box, foot: float, *, is_wavy: bool) -> None:
    square = box.style["font_size"]
    start = box.position_x + _LINE_SHORTER * square
    end = box.position_x + box.width - _LINE_SHORTER * square
    y = foot + _LINE_PLACE * square
    stream.set_line_width(_LINE * square)
    stream.move_to(start, y)
    if is_wavy:
        # Whole waves only, so that each line begins and ends alike.
        waves = max(1, round((end - start) / (_WAVE * square)))
        step = (end - start) / waves
        height = _WAVE_HEIGHT * square
        for wave in range(waves):
            x = start + wave * step
            stream.curve_to(
                x + step / 2, y - height, x + step / 2, y + height, x + step, y
            )
    else:
        stream.line_to(end, y)
    stream.stroke()
