"""What a theme may choose about the setting of lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class LineEnd(Enum):
    """How wide a closing mark or a stop is at the end of a line.

    GB/T 15834-2011, 5.1.10 asks for HALF. AUTO takes what fits best, HANG sets
    commas and full stops outside the measure (CLREQ 3.1.7).
    """

    HALF = "half"
    FULL = "full"
    HANG = "hang"
    AUTO = "auto"


class MarkWidth(Enum):
    """How wide a mark is inside a line, by the names that printers give it.

    QUANJIAO (全角): all marks are full; KAIMING (开明): stops are full, all
    others half; BANJIAO (半角): all are half.
    """

    QUANJIAO = "quanjiao"
    KAIMING = "kaiming"
    BANJIAO = "banjiao"


@dataclass(frozen=True, slots=True)
class Options:
    """The setting of lines. Widths are in em.

    ``autospace`` is the space between Han and Western characters: its natural
    width, and how narrow and wide it may become (CLREQ 3.2.2, 3.5.3, 3.5.4).
    ``half_interpunct`` is the mainland's rule: · takes half a square (GB/T
    15834-2011, 5.1.6; CLREQ 3.1.6.1).
    """

    line_end: LineEnd = LineEnd.HALF
    mark_width: MarkWidth = MarkWidth.QUANJIAO
    autospace: float = 0.2
    autospace_least: float = 0.125
    autospace_most: float = 1 / 3
    half_interpunct: bool = True


DEFAULTS = Options()
