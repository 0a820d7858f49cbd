"""What stands in the margins of pages, set when their order is known."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from weasyprint import layout
from weasyprint.draw import draw_page
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import background, page, percent

from pipeline import cache, workers
from pipeline.layout.chapters import keeping, objects
from pipeline.layout.chapters.page import Kind, Margins, SetMargins
from pipeline.layout.chapters.painting import (
    SCALE,
    TOLD,
    content_of,
    new_resources,
    paper,
    used,
)
from pipeline.layout.chapters.setting import Setter
from pipeline.layout.proof import replaced
from pipeline.layout.tagging import furnish

# WeasyPrint has no types.
_Box: TypeAlias = Any
_State: TypeAlias = Any
_Stream: TypeAlias = Any

# So many pages are one worker's share.
_SHARE = 100


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the book, and what is counted there, still empty."""

    state: _State
    box: _Box

    @property
    def width(self) -> float:
        """Return how wide it is, in pixels."""
        return float(self.box.margin_width())

    @property
    def height(self) -> float:
        """Return how high it is, in pixels."""
        return float(self.box.margin_height())

    @property
    def bleed(self) -> dict[str, float]:
        """Return how far it goes beyond its edges, in pixels."""
        sides = ("top", "right", "bottom", "left")
        return {side: self.box.style[f"bleed_{side}"].value for side in sides}

    @property
    def counted(self) -> int:
        """Return the number that the page is counted as."""
        _quotes, counters, *_ = self.state
        return int(counters.get("page", [0])[-1])


class Furnisher:
    """Makes the pages of a book around what is set on them."""

    def __init__(self, setter: Setter, skeleton: str) -> None:
        self.html = setter.html(skeleton)
        self._setter = setter
        self._skeleton = skeleton
        self._context = setter.context(self.html)
        self.begin()

    def begin(self) -> None:
        """Begin with the first page."""
        self._state: _State = ([0], {"pages": [0]}, [{"pages"}], [])
        self._sheets: list[Sheet] = []
        self._told = hashlib.sha256(self._skeleton.encode())
        self._digests: list[str] = []
        self._context.string_set.clear()

    def sheet(self, kind: Kind, strings: Sequence[tuple[str, str]] = ()) -> Sheet:
        """Return the next page of the book, on which ``strings`` are set."""
        context = self._context
        index = len(self._sheets)
        page_type = page.PageType(kind.side, kind.blank, kind.name, index, kind.groups)
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
        for name, text in strings:
            context.string_set[name][index + 1].append(text)
        made = Sheet(copy.deepcopy(self._state), box)
        self._sheets.append(made)
        told = (kind, strings, self._state[0], self._state[1])
        self._told.update(repr(told).encode("utf-8", "surrogatepass"))
        self._digests.append(self._told.hexdigest())
        return made

    def margins(self) -> list[SetMargins]:
        """Return the margins of all pages, set now or before. Raises Uncut."""
        count = len(self._sheets)
        shares = [range(at, min(at + _SHARE, count)) for at in range(0, count, _SHARE)]
        kept = {s: keeping.margins(cache.get(self._key(s))) for s in shares}
        new = [share for share, made in kept.items() if made is None]
        kept |= zip(new, workers.inheriting(self._keep, new), strict=True)
        return [made for share in shares if (made := kept[share])]

    def _key(self, share: range) -> str:
        return self._setter.key(f"margins {share} {self._digests[share.stop - 1]}")

    def _keep(self, share: range) -> SetMargins:
        """Set the margins of some pages, and keep them. Raises Uncut."""
        fonts: dict[int, Any] = {}
        with replaced(TOLD):
            pages = tuple(self._furnished(number, fonts) for number in share)
            made = SetMargins(pages, used(fonts))
        cache.put(self._key(share), keeping.written(made))
        return made

    def _furnished(self, index: int, fonts: dict[int, Any]) -> Margins:
        sheet, context = self._sheets[index], self._context
        box = sheet.box
        context.current_page = index + 1
        context.page_bottom = box.content_box_y() + box.height
        margins = tuple(layout.make_margin_boxes(context, box, sheet.state))
        box.children = margins
        background.layout_box_backgrounds(box, box, context.get_image_from_uri)
        box.canvas_background = None
        resources = new_resources()
        stream = paper(sheet, fonts, resources, self._setter.intent)
        box.children = ()
        under = _drawn(box, stream)
        box.background, box.children = None, margins
        over = _drawn(box, stream, margins)
        told = objects.told(resources, stream._images)  # noqa: SLF001
        return Margins(under, over, told)


def _drawn(box: _Box, stream: _Stream, margins: Sequence[_Box] = ()) -> bytes:
    """Draw what there is of a page now, and take it from the stream."""
    with stream.stacked():
        stream.transform(a=SCALE, d=SCALE)
        draw_page(box, stream)
    for margin in margins:
        furnish(margin, stream._tags)  # noqa: SLF001 - there is no public way
    content = content_of(stream)
    stream.stream.clear()
    return content
