"""The areas of links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

Link: TypeAlias = tuple[str, str, tuple[float, float, float, float], Any]
"""Its kind, its target, the corners of its box, and its box."""


def outermost(links: Iterable[Link]) -> Iterator[Link]:
    """Leave out links of boxes inside of a box with the same link."""
    outer: Link | None = None
    for link in links:
        if outer is None or link[:2] != outer[:2] or not _lies_in(link, outer):
            yield link
            outer = link


def _lies_in(inner: Link, outer: Link) -> bool:
    left, top, right, bottom = inner[2]
    from_left, from_top, to_right, to_bottom = outer[2]
    return (
        from_left <= left
        and from_top <= top
        and right <= to_right
        and bottom <= to_bottom
    )
