"""Tables of data to tables of the model; tables of layout are told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from pipeline import limits
from pipeline.markup.elements import HEADINGS
from pipeline.markup.inlines import inlines
from pipeline.markup.resolved import Resolved
from pipeline.markup.spacing import collapse
from pipeline.model import Align, Cell, Flow, Inline, Row, Table
from pipeline.tree import Element, descendants, text

ToFlow: TypeAlias = Callable[[Element], tuple[Flow, ...]]

_GROUPS = {"thead", "tbody", "tfoot"}
_CONTENT = {
    "table": {"caption", "colgroup", "col", "tr", *_GROUPS},
    **{group: {"tr"} for group in _GROUPS},
    "tr": {"td", "th"},
}
_LONGEST_CELL = 600
_ALIGNMENTS = {"center": Align.CENTER, "right": Align.END, "end": Align.END}


def is_layout(table: Element) -> bool:
    """Tell whether a table only arranges what it holds on the screen.

    So does one with content outside its cells, where a table has no place for it.
    """
    below = [e for e in descendants(table) if e is not table]
    names = {element.name for element in below}
    if table.get("role") in {"presentation", "none"} or _is_irregular(table):
        return True
    if names & {"caption", "thead", "th"}:
        return False
    if names & {"table", *HEADINGS}:
        return True
    cells = [element for element in below if element.name == "td"]
    if len(cells) <= 1:
        return True
    return any(len(text(cell)) > _LONGEST_CELL for cell in cells)


def _is_irregular(element: Element) -> bool:
    allowed = _CONTENT.get(element.name)
    if allowed is None:
        return False
    for child in element.children:
        if isinstance(child, str):
            if child.strip():
                return True
        elif child.name not in allowed or _is_irregular(child):
            return True
    return False


def table(element: Element, resolved: Resolved, flow: ToFlow) -> tuple[Table, ...]:
    """Return a table of data. ``flow`` converts the content of a cell."""
    rows = [(group, row) for group, row in _rows(element) if any(_cells(row))]
    head = sum(1 for _ in _head(rows))
    converted = tuple(
        _row(row, len(rows) - number, resolved, flow)
        for number, (_, row) in enumerate(rows)
    )
    span = resolved.span(element.line)
    caption = _caption(element, resolved)
    found = Table(caption, converted[:head], converted[head:], span=span)
    return (found,) if converted else ()


def _rows(element: Element) -> Iterator[tuple[str, Element]]:
    """Yield the rows with the group that each is in, the footer last."""
    footers: list[Element] = []
    for child in element.elements:
        if child.name == "tr":
            yield "tbody", child
        elif child.name == "tfoot":
            footers.append(child)
        elif child.name in _GROUPS:
            yield from ((child.name, row) for row in child.elements)
    for footer in footers:
        yield from (("tbody", row) for row in footer.elements)


def _head(rows: list[tuple[str, Element]]) -> Iterator[Element]:
    for number, (group, row) in enumerate(rows):
        headers = all(cell.name == "th" for cell in _cells(row))
        if group != "thead" and not (headers and number < len(rows) - 1):
            return
        yield row


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row.elements if cell.name in {"td", "th"})


def _row(row: Element, below: int, resolved: Resolved, flow: ToFlow) -> Row:
    cells = tuple(_cell(cell, below, resolved, flow) for cell in _cells(row))
    return Row(cells, span=resolved.span(row.line))


def _cell(cell: Element, below: int, resolved: Resolved, flow: ToFlow) -> Cell:
    return Cell(
        flow(cell),
        cell.name == "th",
        _alignment(cell),
        _count(cell.get("colspan"), limits.HTML_COLUMNS),
        _count(cell.get("rowspan"), below),
        span=resolved.span(cell.line),
    )


def _alignment(cell: Element) -> Align:
    _, _, style = cell.get("style").lower().partition("text-align")
    said = style.partition(";")[0].strip(" :") or cell.get("align").lower()
    by_class = next((word for word in cell.words if word in _ALIGNMENTS), "")
    return _ALIGNMENTS.get(said or by_class, Align.START)


def _count(value: str, most: int) -> int:
    count = int(value[:4]) if value.isascii() and value.isdigit() else 1
    return min(max(count, 1), most)


def _caption(element: Element, resolved: Resolved) -> tuple[Inline, ...]:
    for child in element.elements:
        if child.name == "caption":
            return collapse(inlines(child.children, resolved, child.line))
    return ()
