"""Painting text in lines that run down, part by part of one pose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pipeline.layout.lines.glyphs import ASCENT, UPRIGHT, Face
from pipeline.layout.lines.host import Stream, foreign
from pipeline.layout.lines.making import SetText, Spelling
from pipeline.layout.lines.vertical import COMBINED, WESTERN

UPRIGHT_FONT: Final = "V"
"""What follows the name of a font where it is to be written downwards."""

# In em: how far the middle of small letters and capitals is below that of a square.
_LIFT = 0.045
_MIDDLE = 0.5 - (1 - ASCENT)
_HALF_DIGIT = 0.34


@dataclass(slots=True)
class Part:
    """Glyphs of one face in one pose; ``x`` is where the first one starts.

    ``steps`` has what is between two of them, beside what is between all.
    """

    face: Face
    pose: str
    x: float
    codes: bytes = b""
    steps: list[float] = field(default_factory=list)
    spelling: Spelling | None = None
    is_last: bool = True
    """Whether it is the last part of its spelling."""
    offset: tuple[float, float] = (0.0, 0.0)


def advances(made: SetText, square: float) -> list[float]:
    """Return how far each glyph advances, without what is between them."""
    found = [
        face.width(int.from_bytes(codes[at : at + 2], "big")) * foreign.FROM_UNITS
        for face, codes in made.runs
        for at in range(0, len(codes), 2)
    ]
    for at, posed in enumerate(made.poses):
        if posed == COMBINED:
            found[at] = 0.0 if made.poses[at - 1 : at] == COMBINED else square
    return found


def parts(made: SetText, x: float, square: float) -> Iterator[Part]:
    """Yield what can be shown at one go, of a text that starts at ``x``."""
    changes = dict(made.changes)
    widths = advances(made, square)
    offsets = made.offsets or {}
    spelt = {at: each for each in made.spellings for at in range(each.start, each.end)}
    part, number = None, 0
    for face, codes in made.runs:
        for at in range(0, len(codes), 2):
            spelling, offset = spelt.get(number), offsets.get(number, (0.0, 0.0))
            alike = (face, made.poses[number], spelling, offset)
            if part is None or alike != (
                part.face,
                part.pose,
                part.spelling,
                part.offset,
            ):
                if part:
                    part.is_last = spelling is not part.spelling
                    yield part
                part = Part(face, made.poses[number], x, offset=offset)
                part.spelling = spelling
            part.codes += codes[at : at + 2]
            part.steps.append(changes.get(number, 0.0))
            x += widths[number] + changes.get(number, 0.0) + made.even
            number += 1
    if part:
        yield part


def place(stream: Stream, part: Part, y: float, square: float) -> None:
    """Set the text matrix for ``part``, on a line whose baseline is at ``y``."""
    right, down = part.offset
    middle = y - _MIDDLE * square
    if part.pose == UPRIGHT:
        matrix: tuple[float, ...] = (0, -1, -1, 0, part.x, middle)
    elif part.pose == COMBINED:
        width = _width(part)
        narrower = min(1.0, square / width) if width else 1.0
        left = middle + narrower * width / 2
        foot = part.x + (0.5 + _HALF_DIGIT) * square
        matrix = (0, -round(narrower, 4), -1, 0, foot, left)
    else:
        lift = _LIFT * square if part.pose == WESTERN else 0.0
        matrix = (1, 0, 0, -1, part.x + right, y + down - lift)
    stream.set_text_matrix(*matrix[:4], round(matrix[4], 3), round(matrix[5], 3))


def string(part: Part, even: float, size: float) -> str:
    """Return the glyphs of ``part`` as the operand of TJ, without its brackets."""
    if part.pose == COMBINED:
        return f"<{part.codes.hex()}>"
    # Downwards is the other way in PDF: there, numbers are added.
    scale = (1000 if part.pose == UPRIGHT else -1000) / size
    digits, said, done = part.codes.hex(), "", 0
    for at, step in enumerate(part.steps[:-1], 1):
        if number := round(scale * (step + even)):
            said += f"<{digits[done : 4 * at]}>{number}"
            done = 4 * at
    return f"{said}<{digits[done:]}>"


def _width(part: Part) -> float:
    codes = [
        int.from_bytes(part.codes[at : at + 2], "big")
        for at in range(0, len(part.codes), 2)
    ]
    return sum(map(part.face.width, codes)) * float(foreign.FROM_UNITS)
