"""Where a line may end: prohibitions at its start and end (CLREQ 3.1.4, 3.1.5).

The strictest level of CLREQ 3.1.4 is in force, with what GB/T 15834-2011, 5.1
asks for. Inside and between Western words the Unicode rules (UAX 14) decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, TypeAlias

from pipeline.typeset.classes import (
    BREAK,
    CLOSING,
    CONNECTOR,
    DASH,
    INTERPUNCT,
    ITERATION,
    JOINER,
    LETTER,
    NEWLINE,
    NO_BREAK_SPACE,
    NUMERAL,
    OPENING,
    OTHER,
    POSTFIX,
    PREFIX,
    SPACE,
    SQUARE,
    STOPS,
    WIDE,
)

Opportunities: TypeAlias = Callable[[], Sequence[bool]]
"""Gives, for each character of a text, whether UAX 14 allows a break before it."""

Hyphens: TypeAlias = Callable[[], Mapping[int, float]]
"""Gives the places inside words where a hyphen may end a line, and its width."""

NEVER_STARTS: Final = (
    STOPS + CLOSING + CONNECTOR + INTERPUNCT + DASH + POSTFIX + ITERATION
)
NEVER_ENDS: Final = OPENING + PREFIX
_GLUE = JOINER + NO_BREAK_SPACE
# Addresses, paths and names in program text may end a line behind a mark.
_LONG_TOKEN = re.compile("[!-~]{16,}")
_JOINT = re.compile("(?<=[!-~]{3}[/_:.=&?#@~-])(?=[0-9A-Za-z][!-~]{2})")
_ALPHANUMERIC = frozenset(LETTER + NUMERAL)
_HYPHENATED = frozenset({LETTER + LETTER, JOINER + LETTER})
_CHINESE = SQUARE + STOPS + CLOSING + OPENING + CONNECTOR + INTERPUNCT + DASH

# Units that stay on the line of their number (CLREQ 3.1.5.2).
_UNITS = frozenset(
    "年月日号时分秒点世纪元角万亿千百度个名位人次届条章节页卷册楼层岁米克吨升倍种项亩里斤两厘毫平公"
)

_DIGITS = frozenset("0123456789０１２３４５６７８９")


class Breaks:
    """The places of one text where a line may end."""

    __slots__ = (
        "_allowed",
        "_classes",
        "_divisible",
        "_held",
        "_hyphens",
        "_joints",
        "_make_hyphens",
        "_opportunities",
        "_text",
    )

    def __init__(
        self,
        text: str,
        classes: str,
        opportunities: Opportunities,
        held: frozenset[int] = frozenset(),
        divisible: frozenset[int] = frozenset(),
        hyphens: Hyphens = dict,
    ) -> None:
        """Take the text.

        No line ends before a character in ``held``; before those in
        ``divisible`` any line may, though they are inside a word.
        """
        self._text = text
        self._classes = classes
        self._held = held
        self._divisible = divisible
        self._opportunities = opportunities
        self._allowed: Sequence[bool] | None = None
        self._make_hyphens = hyphens
        self._hyphens: Mapping[int, float] | None = None
        self._joints: frozenset[int] | None = None

    def may_end(self, at: int) -> bool:
        """Tell whether a line may end before character ``at``."""
        pair = self._classes[at - 1 : at + 1]
        if at in self._divisible or self.divides(at):
            return True
        allowed = _rule(pair)
        if allowed is None:
            allowed = self._unicode(at)
        return allowed and at not in self._held and not self._splits_number(at, pair)

    def divides(self, at: int) -> bool:
        """Tell whether a line that ends before ``at`` divides a word there."""
        return self.hyphen(at) > 0 or self._is_joint(at)

    def _is_joint(self, at: int) -> bool:
        if self._classes[at] not in _ALPHANUMERIC or at in self._held:
            return False
        if self._joints is None:
            self._joints = frozenset(_joints(self._text))
        return at in self._joints

    def hyphen(self, at: int) -> float:
        """Return the width of the hyphen that ends a line before ``at``, if any."""
        if self._classes[at - 1 : at + 1] not in _HYPHENATED or at in self._held:
            return 0.0
        if self._hyphens is None:
            self._hyphens = self._make_hyphens()
        return self._hyphens.get(at, 0.0)

    def must_end(self, at: int) -> bool:
        """Tell whether a line has to end before character ``at``."""
        return self._classes[at - 1] == NEWLINE

    def may_be_forced(self, at: int) -> bool:
        """Tell whether a line that has no better place may end before ``at``.

        Words, numbers and —— stay whole even then.
        """
        before, after = self._classes[at - 1], self._classes[at]
        if before == after == DASH or before in _GLUE or after in _GLUE:
            return False
        if at in self._held or self._splits_number(at, before + after):
            return False
        return before in _CHINESE or after in _CHINESE

    def _unicode(self, at: int) -> bool:
        if self._allowed is None:
            self._allowed = self._opportunities()
        return self._allowed[at] and not self._opens_path(at)

    def _opens_path(self, at: int) -> bool:
        """Tell whether a slash stands before ``at`` with no name before it."""
        opens = self._classes[at - 2 : at - 1] not in _ALPHANUMERIC
        return self._text[at - 1] == "/" and opens

    def _splits_number(self, at: int, pair: str) -> bool:
        before, after = self._text[at - 1], self._text[at]
        if pair[0] == WIDE and before in _DIGITS:
            return (pair[1] == WIDE and after in _DIGITS) or after in _UNITS
        return pair[0] in NUMERAL + POSTFIX and after in _UNITS


def _joints(text: str) -> Iterator[int]:
    """Yield the places within long Western tokens where a line may end."""
    for token in _LONG_TOKEN.finditer(text):
        for joint in _JOINT.finditer(token[0]):
            yield token.start() + joint.start()


@cache
def _rule(pair: str) -> bool | None:
    """Return whether a line may end inside ``pair``; None where UAX 14 decides."""
    before, after = pair[0], pair[1]
    if before in (NEWLINE, BREAK):
        return True
    if after in (SPACE, NEWLINE, BREAK) or before in _GLUE or after in _GLUE:
        return False
    if after in NEVER_STARTS or before in NEVER_ENDS:
        return False
    if before == SPACE or (before in _CHINESE and after in _CHINESE):
        return True
    if OTHER in pair:  # such as ( and ) of Western text beside Han
        return None
    return True if before in _CHINESE or after in _CHINESE else None
