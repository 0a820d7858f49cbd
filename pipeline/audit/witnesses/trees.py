"""What trees of HTML say: all of their characters but those of programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.audit.statement import Statement
from pipeline.markup.elements import SILENT
from pipeline.markup.formulas import formula
from pipeline.model import plain
from pipeline.source import Span
from pipeline.tree import Child, Element, text

# Readings stand beside the text, not in it.
_BESIDE = frozenset({"rt", "rp"})
# The boxes of tasks: the format has none, so every edition supplies them.
_BOXES = frozenset("■□☑☐☒✓")


def statements(element: Element, source: str) -> Iterator[Statement]:
    """Yield the characters of ``element`` in reading order, with those of its tags.

    A quotation in a line (q) shows marks that stand in no text.
    """
    is_box = "box" in element.words and text(element).strip() in _BOXES
    if is_box or element.name in SILENT | _BESIDE:
        return
    span = Span(source, element.line, element.line)
    if element.name == "math":
        yield Statement(plain(formula(element, span)), span)
        return
    if element.name == "q":
        yield Statement("“", span)
    for child in _in_reading_order(element):
        if isinstance(child, str):
            if child.strip():
                yield Statement(child, span)
        else:
            yield from statements(child, source)
    if element.name == "q":
        yield Statement("”", span)


def _in_reading_order(element: Element) -> Sequence[Child]:
    """Return the content of an element; a table's foot may stand above its body."""
    if element.name != "table":
        return element.children
    return sorted(element.children, key=_is_foot)


def _is_foot(child: Child) -> bool:
    return isinstance(child, Element) and child.name == "tfoot"
