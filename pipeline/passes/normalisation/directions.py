"""Which quotation marks open and which close, by the cheapest reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

# What speaks against a direction, in a scale of its own: 1 is a doubt, 4 nearly
# rules it out.
_OUT_OF_TURN = 3.0
_AGAINST_WRITTEN = 3.0
_AGAINST_NEIGHBOUR = 4.0
_LEFT_OPEN = 3.0
_NEVER_CLOSED = 1.0
_MID_SENTENCE = 0.5
_CERTAIN = 1.0
_NEVER = inf

_NEAR = 8
_MARKS = frozenset("\"＂'“”‘’「」『』")

_BEFORE_QUOTATION = frozenset("：:（(《【“‘「『")
_WITHIN_SENTENCE = frozenset("，、；,;")
_AFTER_SENTENCE = frozenset("。！？.!?…")
_AFTER_QUOTATION = frozenset("，。、；：！？）》】”’」』,.;:!?)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark: its place, and whether it opens, where it says so itself."""

    at: int
    written: bool | None


@dataclass(frozen=True, slots=True)
class Directions:
    """What each mark of a passage does; ``opens`` is None where that is unsure.

    ``left_open`` tells of a quotation that the passage does not close,
    ``in_turn`` whether its marks open and close in turn.
    """

    opens: tuple[bool | None, ...]
    left_open: bool
    in_turn: bool


class _Costs(NamedTuple):
    """What it costs to be outside, or inside, a quotation."""

    outside: float
    inside: float


class _Step(NamedTuple):
    """What it costs a mark to open, or to close."""

    to_open: float
    to_close: float


def settle(
    text: str, marks: Sequence[Mark], *, inside: bool, goes_on: bool
) -> Directions:
    """Return the directions of ``marks``, which are all of one kind, in order.

    ``inside`` tells that a passage before left a quotation open, ``goes_on``
    that the next one begins with a mark.
    """
    steps = [_step(text, mark) for mark in marks]
    before = _forward(steps, _start(text, marks, inside=inside))
    after = _backward(steps, _Costs(0.0, 0.0 if goes_on else _LEFT_OPEN))
    leads = [
        _through(b, _Step(_NEVER, step.to_close), a)
        - _through(b, _Step(step.to_open, _NEVER), a)
        for b, step, a in zip(before, steps, after[1:], strict=False)
    ]
    opens = tuple(None if abs(lead) < _CERTAIN else lead > 0 for lead in leads)
    begins = not inside or _is_anew(text, marks)
    in_turn = opens == tuple(begins is (place % 2 == 0) for place in range(len(opens)))
    left_open = opens[-1] is True
    return Directions(opens, left_open, in_turn)


def _is_anew(text: str, marks: Sequence[Mark]) -> bool:
    return not text[: marks[0].at].strip()


def _start(text: str, marks: Sequence[Mark], *, inside: bool) -> _Costs:
    if not inside:
        return _Costs(0.0, _OUT_OF_TURN)
    return _Costs(0.0 if _is_anew(text, marks) else _NEVER_CLOSED, 0.0)


def _forward(steps: Sequence[_Step], start: _Costs) -> list[_Costs]:
    costs = [start]
    for step in steps:
        outside, inside = costs[-1]
        costs.append(
            _Costs(
                step.to_close + min(inside, outside + _OUT_OF_TURN),
                step.to_open + min(outside, inside + _OUT_OF_TURN),
            )
        )
    return costs


def _backward(steps: Sequence[_Step], end: _Costs) -> list[_Costs]:
    costs = [end]
    for step in reversed(steps):
        opened, closed = (
            step.to_open + costs[-1].inside,
            step.to_close + costs[-1].outside,
        )
        costs.append(
            _Costs(
                min(opened, closed + _OUT_OF_TURN),
                min(closed, opened + _OUT_OF_TURN),
            )
        )
    return costs[::-1]


def _through(before: _Costs, step: _Step, after: _Costs) -> float:
    """Return the cost of the cheapest reading that passes a mark by ``step``."""
    opened = (
        step.to_open + after.inside + min(before.outside, before.inside + _OUT_OF_TURN)
    )
    closed = (
        step.to_close
        + after.outside
        + min(before.inside, before.outside + _OUT_OF_TURN)
    )
    return min(opened, closed)


def _step(text: str, mark: Mark) -> _Step:
    left = text[max(0, mark.at - _NEAR) : mark.at].rstrip()
    right = text[mark.at + 1 : mark.at + 1 + _NEAR].lstrip()
    to_open, to_close = _cost_to_open(left, right), _cost_to_close(left, right)
    if mark.written is not None:
        to_open += 0.0 if mark.written else _AGAINST_WRITTEN
        to_close += _AGAINST_WRITTEN if mark.written else 0.0
    return _Step(to_open, to_close)


def _cost_to_open(left: str, right: str) -> float:
    # A quotation may begin with an ellipsis, or be a mark itself: “。”
    begins = right.startswith(("..", "。。")) or right[1:2] in _MARKS
    if not begins and (not right or right[0] in _AFTER_QUOTATION):
        return _AGAINST_NEIGHBOUR
    if not left or left[-1] in _BEFORE_QUOTATION or left[-1] in _WITHIN_SENTENCE:
        return 0.0
    return 2 * _MID_SENTENCE if left[-1] in _AFTER_SENTENCE else _MID_SENTENCE


def _cost_to_close(left: str, right: str) -> float:
    if left[-2:-1] in _MARKS and left[-2:-1]:
        return 0.0
    if not left or left[-1] in _BEFORE_QUOTATION:
        return _AGAINST_NEIGHBOUR
    ends = not right or right[0] in _AFTER_QUOTATION
    cost = 0.0 if ends else _MID_SENTENCE
    if left[-1] in _WITHIN_SENTENCE:
        return cost + 3 * _MID_SENTENCE
    return cost if left[-1] in _AFTER_SENTENCE else cost + _MID_SENTENCE
