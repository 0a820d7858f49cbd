"""Painting text in lines that run down, part by part of one pose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from pipeline.layout.lines.glyphs import ASCENT, UPRIGHT, Face
from pipeline.layout.lines.host import foreign
from pipeline.layout.lines.making import SetText
from pipeline.layout.lines.spelling import Spelling
from pipeline.layout.lines.vertical import COMBINED, WESTERN

Matrix: TypeAlias = tuple[float, float, float, float, float, float]

UPRIGHT_FONT: Final = "V"
"""What follows the name of a font where it is to be written downwards."""

# In em: how far the middle of small letters and capitals is below that of a square.
_LIFT = 0.045
_MIDDLE = 0.5 - (1 - ASCENT)
_SEEN_AS_SPACE = 0.08
# In glyphs: no indent is as deep as a head, and no character alone has a direction.
_HEAD, _TAIL = 3, 2


@dataclass(slots=True)
class Part:
    """Glyphs of one face in one pose; ``x`` is where the first one starts.

    ``steps`` has what is behind each of them, beside what is behind all.
    """

    face: Face
    pose: str
    x: float
    offset: tuple[float, float]
    spelling: Spelling | None
    codes: bytes = b""
    steps: list[float] = field(default_factory=list)
    is_last: bool = True
    """Whether it is the last part of its spelling."""
    is_first: bool = False
    is_last_of_all: bool = False
    """Whether it begins, and whether it ends its text."""
    is_full: bool = False
    """Whether what comes next needs a part of its own."""

    @property
    def alike(self) -> tuple[Face, str, Spelling | None, tuple[float, float]]:
        """Return what all glyphs of a part have in common."""
        return self.face, self.pose, self.spelling, self.offset

    @property
    def own_spelling(self) -> str:
        """Return what stands abreast, to be copied as one; else nothing."""
        if self.pose != COMBINED:
            return ""
        return "".join(self.face.texts[code] for code in self.glyphs)

    @property
    def glyphs(self) -> list[int]:
        """Return its glyphs as numbers."""
        codes = self.codes
        return [
            int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2)
        ]

    @property
    def is_written_down(self) -> bool:
        """Tell whether its font is to be the one that writes downwards."""
        return self.pose in (UPRIGHT, COMBINED)

    def fill_gap(self) -> None:
        """Let the gap behind it end with a space, where that is spelt away."""
        space, spelling = self.face.space, self.spelling
        if spelling and spelling.after and self.is_last and space:
            self.codes += space.to_bytes(2, "big")
            self.steps[-1] -= self.face.width(space) * foreign.FROM_UNITS
            self.steps.append(0.0)


class _Glyph(NamedTuple):
    """A glyph as it stands: ``advance`` is what its font has for it in that pose."""

    face: Face
    code: int
    pose: str
    width: float
    advance: float


def advances(made: SetText, square: float) -> list[float]:
    """Return how far each glyph advances, without what is between them."""
    return [glyph.width for glyph in _glyphs(made, square)]


def _glyphs(made: SetText, square: float) -> list[_Glyph]:
    found: list[_Glyph] = []
    poses = iter(made.poses)
    for face, codes in made.runs:
        for at in range(0, len(codes), 2):
            code, pose = int.from_bytes(codes[at : at + 2], "big"), next(poses, "")
            width = face.width(code) * float(foreign.FROM_UNITS)
            if pose == UPRIGHT:
                width = square
            elif pose == COMBINED:
                is_second = bool(found) and found[-1].pose == COMBINED
                width = 0.0 if is_second else square
            found.append(_Glyph(face, code, pose, width, width))
    return _with_spaces(found, square)


def _with_spaces(glyphs: list[_Glyph], square: float) -> list[_Glyph]:
    """Return glyphs, with spaces written downwards where what is beside them is.

    Alone, on its side, a space has no ink, and PDFium would lose it.
    """
    for at, glyph in enumerate(glyphs):
        if glyph.code == glyph.face.space:
            beside = (*glyphs[max(0, at - 1) : at], *glyphs[at + 1 : at + 2])
            faces = (g.face for g in beside if g.pose == UPRIGHT and g.face.space)
            if face := next(faces, None):
                space = _Glyph(face, face.space, UPRIGHT, glyph.width, square)
                glyphs[at] = space
    return glyphs


def parts(made: SetText, x: float, square: float) -> list[Part]:
    """Return what can be shown at one go, of a text that starts at ``x``."""
    changes = dict(made.changes)
    offsets = made.offsets or {}
    spelt = {at: each for each in made.spellings for at in range(each.start, each.end)}
    found: list[Part] = []
    for number, glyph in enumerate(_glyphs(made, square)):
        step = changes.get(number, 0.0)
        spelling, offset = spelt.get(number), offsets.get(number, (0.0, 0.0))
        alike = (glyph.face, glyph.pose, spelling, offset)
        last = found[-1] if found else None
        if last is None or last.is_full or alike != last.alike:
            last = Part(glyph.face, glyph.pose, x, offset, spelling)
            found.append(last)
        last.codes += glyph.code.to_bytes(2, "big")
        last.steps.append(step + glyph.width - glyph.advance)
        # Downwards, PDFium takes what is narrower for wider, and for a space.
        last.is_full = step + made.even < -_SEEN_AS_SPACE * square
        x += glyph.width + step + made.even
    for part, after in pairwise(found):
        part.is_last = after.spelling is not part.spelling
    if found:
        found[0].is_first = found[-1].is_last_of_all = True
    for part in found:
        part.fill_gap()
    return found


def shown(
    part: Part, y: float, square: float, made: SetText
) -> Iterator[tuple[Matrix | None, str]]:
    """Yield strings of glyphs as operands of TJ, each with its text matrix.

    The baseline of the line is at ``y``. Without a matrix, one goes on the last.
    """
    if part.pose == COMBINED:
        yield from _abreast(part, y, square)
        return
    # Downwards is the other way in PDF: there, numbers are added.
    scale = (1000 if part.pose == UPRIGHT else -1000) / square
    numbers = [round(scale * (step + made.even)) for step in part.steps]
    size = len(numbers)
    cuts = [0, *_cuts(part, size, is_gloss=bool(made.rise)), size]
    for first, last in pairwise(cuts):
        said = _string(part.codes[2 * first : 2 * last], numbers[first:last])
        if first and numbers[first - 1]:
            said = f"{numbers[first - 1]}{said}"
        yield (None if first else _matrix(part, y, square)), said


def _cuts(part: Part, size: int, *, is_gloss: bool) -> Iterator[int]:
    """Yield where glyphs that could be shown at one go are shown in two.

    PDFium tells from the height of the first text of a page whether its lines run
    down. And it sorts what begins side by side from the left, so that lines would be
    read from the last one on: what is painted before the start of a line must not
    be the start of another one.
    """
    if part.spelling:
        return
    if part.is_first and size > _HEAD + _TAIL:
        yield _HEAD
    if part.is_first and part.is_last_of_all:
        begins_with_space = part.glyphs[:1] == [part.face.space]
        if size > _TAIL + begins_with_space:
            yield size - _TAIL
        elif size == _TAIL and is_gloss:  # its other half begins beside it
            yield 1


def _abreast(part: Part, y: float, square: float) -> Iterator[tuple[Matrix, str]]:
    """Yield glyphs that stand beside each other in one square.

    Each is written downwards from the middle of its head, as its neighbours are:
    else programs that copy would find another line in them.
    """
    widths = _widths(part)
    narrower = min(1.0, square / sum(widths)) if any(widths) else 1.0
    left = y - _MIDDLE * square + narrower * sum(widths) / 2
    for at, width in enumerate(widths):
        middle = left - narrower * width / 2
        left -= narrower * width
        matrix = (0, -round(narrower, 4), -1, 0, part.x, middle)
        yield matrix, f"<{part.codes[2 * at : 2 * at + 2].hex()}>"


def _matrix(part: Part, y: float, square: float) -> Matrix:
    if part.pose == UPRIGHT:
        return (0, -1, -1, 0, part.x, y - _MIDDLE * square)
    right, down = part.offset
    lift = _LIFT * square if part.pose == WESTERN else 0.0
    return (1, 0, 0, -1, part.x + right, y + down - lift)


def _string(codes: bytes, numbers: Sequence[int]) -> str:
    digits, said, done = codes.hex(), "", 0
    for at, number in enumerate(numbers[: len(codes) // 2 - 1], 1):
        if number:
            said += f"<{digits[done : 4 * at]}>{number}"
            done = 4 * at
    return f"{said}<{digits[done:]}>"


def _widths(part: Part) -> list[float]:
    return [part.face.width(code) * float(foreign.FROM_UNITS) for code in part.glyphs]
