"""Elements that are still open while their children come in."""

from __future__ import annotations

from dataclasses import replace

from pipeline.markdown.element import Element
from pipeline.source import Span


class Stack:
    """Builds a tree from elements that open, stand alone and close."""

    def __init__(self) -> None:
        self._open: list[Element] = []
        self._children: list[list[Element]] = [[]]

    @property
    def depth(self) -> int:
        """Return the number of open elements."""
        return len(self._open)

    @property
    def elements(self) -> tuple[Element, ...]:
        """Return what has been added at the top."""
        return tuple(self._children[0])

    def add(self, *elements: Element) -> None:
        """Add elements that are whole."""
        self._children[-1] += elements

    def open(self, element: Element) -> None:
        """Begin an element: what comes until ``close`` is below it."""
        self._open.append(element)
        self._children.append([])

    def close(self, last: int) -> None:
        """End the element that was opened last, at the line ``last``."""
        element = self._open.pop()
        span = Span(element.span.source, element.span.first, last)
        children = tuple(self._children.pop())
        self.add(replace(element, span=span, children=children))
