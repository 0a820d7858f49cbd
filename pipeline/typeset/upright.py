"""What stands upright in lines that run down (CLREQ, "Horizontal in vertical").

A number of one or two digits, and a lone capital, takes one square: 纵中横. One of
three or four digits, such as a year, has a square for each digit, as if it were Han.
Longer ones, decimals, and what belongs to Western text lie on their side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple


class Digits(Enum):
    """How numbers of three or four digits are set in lines that run down."""

    UPRIGHT = "upright"
    LYING = "lying"


class Pose(Enum):
    """How characters stand upright: together in one square, or each in its own."""

    COMBINED = "combined"
    STACKED = "stacked"


class Stretch(NamedTuple):
    """The characters ``start`` to ``end`` of a text, which stand upright."""

    start: int
    end: int
    pose: Pose


_UPRIGHT = re.compile(
    r"(?<![0-9A-Za-z.,:%/&'’+\-–~@°])(?<![0-9A-Za-z%)][ ])"
    r"(?:(?P<combined>[0-9]{1,2}|[A-Z])|(?P<stacked>[0-9]{3,4}))"
    r"(?![ ]?[0-9A-Za-z%℃‰/&'’+\-–~@°(]|[.,:]\w)"
)


def stretches(text: str, digits: Digits = Digits.UPRIGHT) -> Iterator[Stretch]:
    """Yield what stands upright in ``text``, in order."""
    for found in _UPRIGHT.finditer(text):
        pose = Pose.COMBINED if found["combined"] else Pose.STACKED
        if pose is Pose.COMBINED or digits is Digits.UPRIGHT:
            yield Stretch(*found.span(), pose)
