"""Do not walk over all other pages for each page.

The engine looks through them for fixed boxes, of which a book has none, and for
anchors and counters it has met, which few boxes of a page ask for: the time
grew with the square of the pages. Gain: .9 s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from weasyprint import document, layout
from weasyprint.layout import page

from pipeline.layout.adjustments.adjustment import Adjustment
from pipeline.layout.proof import Replacement, edited

_MAKE_PAGE = page, "make_page"
_LAY_OUT = layout, "layout_document"
_MET = """    cached_anchors = []
    cached_lookups = []
    for (_, _, _, _, x_remake_state) in page_maker[:page_number - 1]:
        cached_anchors.extend(x_remake_state.get('anchors', []))
        cached_lookups.extend(x_remake_state.get('content_lookups', []))
"""
_MET_WHEN_ASKED = """    earlier = page_maker[:page_number - 1]
    cached_anchors = met(earlier, 'anchors')
    cached_lookups = met(earlier, 'content_lookups')
"""


class _Met:
    """What earlier pages have met of one kind, gathered when first asked for."""

    def __init__(self, earlier: list[Any], kind: str) -> None:
        self._earlier = earlier
        self._kind = kind
        self._found: set[object] | None = None

    def _all(self) -> set[object]:
        if self._found is None:
            states = (state for *_, state in self._earlier)
            self._found = {met for state in states for met in state[self._kind]}
        return self._found

    def __contains__(self, thing: object) -> bool:
        return thing in self._all()

    def append(self, thing: object) -> None:
        self._all().add(thing)


def _with_fixed_boxes(pages: list[Any]) -> Callable[[int, int], list[Any]]:
    """Return what gives the pages with fixed boxes from one number to another."""
    numbers = [number for number, page in enumerate(pages) if page.fixed_boxes]

    def between(start: int, end: int) -> list[Any]:
        return [pages[number] for number in numbers if start <= number < end]

    return between


def _replacements() -> Iterable[Replacement]:
    yield *_MAKE_PAGE, edited(_MAKE_PAGE, (_MET, _MET_WHEN_ASKED), met=_Met)
    lay_out = edited(
        _LAY_OUT,
        ("    # Add margin boxes\n", "    fixed = with_fixed_boxes(pages)\n"),
        ("(context, pages[:i], page)", "(context, fixed(0, i), page)"),
        ("(context, pages[i + 1:], page)", "(context, fixed(i + 1, len(pages)), page)"),
        with_fixed_boxes=_with_fixed_boxes,
    )
    yield *_LAY_OUT, lay_out
    yield document, "layout_document", lay_out


ADJUSTMENT = Adjustment(
    "page walks",
    {
        _MAKE_PAGE: "ce4de922cbb720bc",
        _LAY_OUT: "5ba5f8a026fd21f1",
        (layout, "layout_fixed_boxes"): "cee634dcb09c6c30",
    },
    _replacements,
)
