"""What stands in the margins of pages, set when their order is known."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from weasyprint import layout
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import background, page, percent

from pipeline.layout.chapters.page import Kind
from pipeline.layout.chapters.setting import Setter

# WeasyPrint has no types.
_Box: TypeAlias = Any
_State: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the book: what it is, and what is counted there."""

    kind: Kind
    number: int
    state: _State
    box: _Box

    @property
    def counted(self) -> int:
        """Return the number that the page is counted as."""
        _quotes, counters, *_ = self.state
        return int(counters.get("page", [0])[-1])


class Furnisher:
    """Makes the pages of a book around what is set on them."""

    def __init__(self, setter: Setter, skeleton: str) -> None:
        self.html = setter.html(skeleton)
        self._context = setter.context(self.html)
        self.begin()

    def begin(self) -> None:
        """Begin with the first page."""
        self._state: _State = ([0], {"pages": [0]}, [{"pages"}], [])
        self._count = 0
        self._context.string_set.clear()

    def sheet(self, kind: Kind, strings: Sequence[tuple[str, str]] = ()) -> Sheet:
        """Return the next page of the book, on which ``strings`` are set."""
        context = self._context
        page_type = page.PageType(
            kind.side, kind.blank, kind.name, self._count, kind.groups
        )
        page.set_page_type_computed_styles(page_type, self.html, context.style_for)
        style = context.style_for(page_type)
        box = boxes.PageBox(page_type, style)
        percent.resolve_percentages(box, style["size"])
        box.position_x = box.position_y = 0
        width, height = style["size"]
        page.page_width(box, context, width)
        page.page_height(box, context, height)
        page._standardize_page_based_counters(style, None)  # noqa: SLF001
        build.update_counters(self._state, style)
        self._count += 1
        for name, text in strings:
            context.string_set[name][self._count].append(text)
        return Sheet(kind, self._count, copy.deepcopy(self._state), box)

    def furnish(self, sheet: Sheet) -> None:
        """Set the margins of a page."""
        self._context.current_page = sheet.number
        self._context.page_bottom = sheet.box.content_box_y() + sheet.box.height
        made = layout.make_margin_boxes(self._context, sheet.box, sheet.state)
        sheet.box.children = tuple(made)
        background.layout_box_backgrounds(
            sheet.box, sheet.box, self._context.get_image_from_uri
        )
