"""Tables of Word, with cells that reach over columns and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from pipeline import limits
from pipeline.model import Align, Cell, Flow, Row, Table
from pipeline.source import Span
from pipeline.tree import Element
from pipeline.word.styles import child, is_on, value

ToFlow: TypeAlias = Callable[[Element], tuple[Flow, ...]]

_AROUND = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:ins"})
_ALIGNMENTS = {"center": Align.CENTER, "right": Align.END, "end": Align.END}


@dataclass(slots=True)
class _Cell:
    """A cell while rows below may still belong to it."""

    element: Element
    blocks: tuple[Flow, ...]
    columns: int
    rows: int = 1


@dataclass(slots=True)
class _Row:
    head: bool
    cells: list[_Cell] = field(default_factory=list)


def table(element: Element, flow: ToFlow, span: Span) -> tuple[Table, ...]:
    """Return a table; ``flow`` converts the content of a cell, in reading order."""
    rows = list(_rows(element, flow))
    head = next((n for n, row in enumerate(rows) if not row.head), len(rows))
    head = 0 if head == len(rows) else head
    converted = tuple(
        _row(row, span, header=number < head) for number, row in enumerate(rows)
    )
    if not any(row.cells for row in converted):
        return ()
    return (Table((), converted[:head], converted[head:], span=span),)


def is_box(element: Element) -> bool:
    """Tell whether a table has one cell: a frame around text, and no table."""
    return sum(1 for row in _below(element, "w:tr") for _ in _below(row, "w:tc")) == 1


def cells(element: Element) -> Iterator[Element]:
    """Yield the cells of a table in reading order."""
    for row in _below(element, "w:tr"):
        yield from _below(row, "w:tc")


def _rows(element: Element, flow: ToFlow) -> Iterator[_Row]:
    above: dict[int, _Cell] = {}
    for row in _below(element, "w:tr"):
        properties = child(row, "w:trPr")
        header = child(properties, "w:tblHeader") if properties else None
        found = _Row(header is not None and is_on(header))
        place = 0
        for cell in _below(row, "w:tc"):
            columns = _columns(cell)
            if _goes_on(cell) and place in above:
                upper = above[place]
                upper.rows += 1
                upper.blocks += flow(cell)
            else:
                above[place] = _Cell(cell, flow(cell), columns)
                found.cells.append(above[place])
            place += columns
        yield found


def _below(element: Element, name: str) -> Iterator[Element]:
    for below in element.elements:
        if below.name == name:
            yield below
        elif below.name in _AROUND:
            yield from _below(below, name)


def _columns(cell: Element) -> int:
    said = value(child(cell, "w:tcPr"), "w:gridSpan")
    count = int(said) if said.isascii() and said.isdigit() and len(said) < 3 else 1
    return min(max(count, 1), limits.WORD_COLUMNS)


def _goes_on(cell: Element) -> bool:
    properties = child(cell, "w:tcPr")
    merged = child(properties, "w:vMerge") if properties else None
    return merged is not None and merged.get("w:val") != "restart"


def _row(row: _Row, span: Span, *, header: bool) -> Row:
    found = tuple(_cell(cell, span, header=header) for cell in row.cells)
    return Row(found, span=found[0].span if found else span)


def _cell(cell: _Cell, span: Span, *, header: bool) -> Cell:
    align = _alignment(cell.element)
    where = cell.blocks[0].span if cell.blocks else span
    return Cell(cell.blocks, header, align, cell.columns, cell.rows, span=where)


def _alignment(cell: Element) -> Align:
    for paragraph in cell.elements:
        said = value(child(paragraph, "w:pPr"), "w:jc")
        if said:
            return _ALIGNMENTS.get(said, Align.START)
    return Align.START
