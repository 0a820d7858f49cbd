"""Slots: the spaces after characters, what they are and what they may become.

Space *after* character ``i`` is called slot ``i``. A mark's blank sides come
from the ink of its glyph, so the rules hold for any font, and for marks that
stand in the middle of their square (CLREQ 3.1.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from pipeline.typeset.cells import Cells
from pipeline.typeset.classes import (
    CLOSING,
    DASH,
    HAN,
    INTERPUNCT,
    MARKS,
    NO_BREAK_SPACE,
    OPENING,
    OTHER,
    PAUSE,
    PREFIX,
    SPACE,
    STOP,
    STOPS,
    WESTERN,
)
from pipeline.typeset.options import MarkWidth, Options

HALF = 0.5  # of the square


@dataclass(frozen=True, slots=True)
class Measured:
    """A paragraph as it comes from the shaper. All lengths are in pixels.

    ``left`` and ``right`` are the blank sides of marks, ``tracking`` what
    letter-spacing adds to slots, ``rigid`` the slots that never grow though their
    characters would let them; ``edges`` the widths (margins, borders,
    paddings of inline boxes) before a character and after. ``cells`` is what
    program text has in its grid.
    """

    text: str
    classes: str
    advances: Sequence[float]
    squares: Sequence[float]
    left: Mapping[int, float] = field(default_factory=dict)
    right: Mapping[int, float] = field(default_factory=dict)
    tracking: Mapping[int, float] = field(default_factory=dict)
    rigid: frozenset[int] = frozenset()
    edges_before: Mapping[int, float] = field(default_factory=dict)
    edges_after: Mapping[int, float] = field(default_factory=dict)
    cells: Cells = field(default_factory=Cells)


class Order(IntEnum):
    """The order in which spaces of a line are reduced (CLREQ 3.5.3)."""

    WORD_SPACE = 1
    INTERPUNCT = 2
    BRACKET = 3
    PAUSE = 4
    AUTOSPACE = 5
    STOP = 6


class Reducible(NamedTuple):
    """A slot that may lose up to ``limit``, together with others of its order."""

    slot: int
    order: Order
    limit: float


class Stretchable(NamedTuple):
    """A slot that may gain up to ``limit`` before all others do."""

    slot: int
    limit: float


# How much of its blank half a mark may lose inside a line, in em: CLREQ 3.5.3
# allows all of it, but a mark that touches the next character looks wrong.
_LOSS = {OPENING: 0.30, CLOSING: 0.30, PAUSE: 0.38, STOP: 0.20, INTERPUNCT: 0.20}
# A stop with blanks wider than this on both sides stands in the middle. In em.
_CENTRED = 0.15
_CENTRED_LOSS = 0.15  # on either side, so that it stays there
_ORDER = {
    OPENING: Order.BRACKET,
    CLOSING: Order.BRACKET,
    PAUSE: Order.PAUSE,
    STOP: Order.STOP,
    INTERPUNCT: Order.INTERPUNCT,
}
_WORD_SPACE_LEAST = 0.25  # CLREQ 3.5.3
_WORD_SPACE_MOST = 0.5  # CLREQ 3.5.4

_MARK = re.compile(f"[{MARKS}{INTERPUNCT}]")
_AUTOSPACE = re.compile("[hk](?=[lnr])|[lnq](?=[hk])")
# A sign belongs to its number or name: −3, C++.
_SIGN_BEFORE, _SIGNS_BEFORE = re.compile("[hk](?=x[ln])"), frozenset("-+±−~≈<>@.&")
_SIGN_AFTER, _SIGNS_AFTER = re.compile("(?<=[lnx])[xr](?=[hk])"), frozenset("+*#")
_INTERPUNCT_OF_HAN = re.compile(f"(?<=[{HAN}]){INTERPUNCT}(?=[{HAN}])")
_DASHES = re.compile(f"{DASH}{DASH}")
_SPACE = re.compile(f"[{SPACE}{NO_BREAK_SPACE}](?=.)")
_HAS_WESTERN = re.compile(f"[{WESTERN}{SPACE}{NO_BREAK_SPACE}]")


class Slots:
    """The slots of a paragraph: ``gaps`` are what they gain or lose naturally."""

    __slots__ = ("_measured", "_options", "gaps", "reducible", "stretchable")

    def __init__(self, measured: Measured, options: Options) -> None:
        self._measured = measured
        self._options = options
        self.gaps: dict[int, float] = {}
        self.reducible: list[Reducible] = []
        self.stretchable: list[Stretchable] = []
        self._space_marks()
        if DASH in measured.classes:
            self._space_dashes()
        if INTERPUNCT in measured.classes:
            self._space_interpuncts()
        if _HAS_WESTERN.search(measured.classes):
            self._space_western()
        for slot, width in measured.tracking.items():
            self._widen(slot, width)
        self._fill_cells()
        self.gaps.pop(len(measured.text) - 1, None)
        self.reducible.sort()
        self.stretchable.sort()

    def _widen(self, slot: int, width: float) -> None:
        self.gaps[slot] = self.gaps.get(slot, 0.0) + width

    def _space_marks(self) -> None:
        """Set the slots beside marks: what each loses, or may still lose."""
        last = len(self._measured.text) - 1
        done = -1
        for found in _MARK.finditer(self._measured.classes):
            at = found.start()
            for slot in (at - 1, at):
                if done < slot < last:
                    done = slot
                    lost = max(self._pair(slot), self._trim(slot))
                    if lost:
                        self.gaps[slot] = -lost
                    else:
                        self._may_lose(slot)

    def _space_interpuncts(self) -> None:
        """Give the room of a mark to an interpunct whose glyph has less."""
        square = 1.0 if not self._options.half_interpunct else HALF
        for found in _INTERPUNCT_OF_HAN.finditer(self._measured.classes):
            at = found.start()
            least = square * self._measured.squares[at]
            if (short := least - self._measured.advances[at]) > 0:
                self._widen(at - 1, short / 2)
                self._widen(at, short / 2)

    def _pair(self, slot: int) -> float:
        """Return what two adjacent marks lose (CLREQ 3.1.6.2).

        Marks of two squares become one and a half; where a bracket closes and
        another opens, the larger blank goes. Stops in the middle of their square
        stay there: what stands beside them gives way.
        """
        before, after = self._measured.classes[slot], self._measured.classes[slot + 1]
        if before not in MARKS or after not in MARKS:
            return 0.0
        leans = before != OPENING and not self._is_centred(slot)
        right = self._half(self._measured.right, slot) if leans else 0.0
        left = self._half(self._measured.left, slot + 1) if after == OPENING else 0.0
        return max(right, left)

    def _trim(self, slot: int) -> float:
        """Return what marks lose that this style sets half a square wide."""
        right, left = self._measured.right, self._measured.left
        return self._trim_side(right, slot) + self._trim_side(left, slot + 1)

    def _trim_side(self, sides: Mapping[int, float], at: int) -> float:
        kind = self._measured.classes[at]
        if kind == INTERPUNCT and self._options.half_interpunct:
            return self._quarter(sides, at)
        if self._is_centred(at):
            is_half = kind in _HALF_WIDE[self._options.mark_width]
            return self._quarter(sides, at) if is_half else 0.0
        towards = (kind == OPENING) is (sides is self._measured.left)
        if towards and kind in _HALF_WIDE[self._options.mark_width]:
            return self._half(sides, at)
        return 0.0

    def _may_lose(self, slot: int) -> None:
        before, after = self._measured.classes[slot], self._measured.classes[slot + 1]
        if before in _BLANK_AFTER:
            self._reduce(slot, slot, self._measured.right)
        if after in _BLANK_BEFORE or self._is_centred(slot + 1):
            self._reduce(slot, slot + 1, self._measured.left)

    def _reduce(self, slot: int, at: int, sides: Mapping[int, float]) -> None:
        kind = self._measured.classes[at]
        loss = _LOSS[kind] if not self._is_centred(at) else _CENTRED_LOSS
        limit = min(loss * self._measured.squares[at], sides.get(at, 0.0))
        if limit > 0:
            self.reducible.append(Reducible(slot, _ORDER[kind], limit))

    def _space_dashes(self) -> None:
        """Give —— and …… the two squares that GB/T 15834, 5.1.4 and 5.1.5 ask for."""
        for found in _DASHES.finditer(self._measured.classes):
            at = found.start()
            if self._measured.text[at] != self._measured.text[at + 1]:
                continue
            square = self._measured.squares[at]
            short = (
                2 * square
                - self._measured.advances[at]
                - self._measured.advances[at + 1]
            )
            if 0.01 * square < short < 0.8 * square:
                for slot in (at - 1, at + 1):
                    if slot >= 0:
                        self._widen(slot, short / 2)

    def _autospaced(self) -> Iterator[int]:
        text, classes = self._measured.text, self._measured.classes
        yield from (found.start() for found in _AUTOSPACE.finditer(classes))
        if OTHER in classes or PREFIX in classes:
            for found in _SIGN_BEFORE.finditer(classes):
                if text[found.end()] in _SIGNS_BEFORE:
                    yield found.start()
            for found in _SIGN_AFTER.finditer(classes):
                if text[found.start()] in _SIGNS_AFTER:
                    yield found.start()

    def _space_western(self) -> None:
        for slot in self._autospaced():
            square = min(self._measured.squares[slot], self._measured.squares[slot + 1])
            natural = self._options.autospace * square
            self._widen(slot, natural)
            loss = natural - self._options.autospace_least * square
            self.reducible.append(Reducible(slot, Order.AUTOSPACE, loss))
            gain = self._options.autospace_most * square - natural
            self.stretchable.append(Stretchable(slot, gain))
        for found in _SPACE.finditer(self._measured.classes):
            slot = found.start()
            square, width = self._measured.squares[slot], self._measured.advances[slot]
            if (loss := width - _WORD_SPACE_LEAST * square) > 0:
                self.reducible.append(Reducible(slot, Order.WORD_SPACE, loss))
            if (gain := _WORD_SPACE_MOST * square - width) > 0:
                self.stretchable.append(Stretchable(slot, gain))

    def _fill_cells(self) -> None:
        for at, width in self._measured.cells.before.items():
            if at:
                self._widen(at - 1, width)
        for at, width in self._measured.cells.after.items():
            self._widen(at, width)

    def _is_centred(self, at: int) -> bool:
        """Tell whether a stop has its ink in the middle, as in traditional Chinese."""
        if self._measured.classes[at] not in STOPS:
            return False
        least = _CENTRED * self._measured.squares[at]
        left = self._measured.left.get(at, 0.0)
        right = self._measured.right.get(at, 0.0)
        # Narrow ones, such as ！, have a blank on the left where they lean, too.
        return min(left, right) > least and abs(left - right) < least

    def _quarter(self, sides: Mapping[int, float], at: int) -> float:
        return min(HALF / 2 * self._measured.squares[at], sides.get(at, 0.0))

    def _half(self, sides: Mapping[int, float], at: int) -> float:
        return min(HALF * self._measured.squares[at], sides.get(at, 0.0))


_BLANK_AFTER = CLOSING + STOPS + INTERPUNCT
_BLANK_BEFORE = OPENING + INTERPUNCT
_HALF_WIDE = {
    MarkWidth.QUANJIAO: "",
    MarkWidth.KAIMING: OPENING + CLOSING + PAUSE,
    MarkWidth.BANJIAO: MARKS,
}
