"""What a Word file says: its text, its notes, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import archive
from pipeline.audit.statement import Statement, unheard
from pipeline.model import plain
from pipeline.source import Span
from pipeline.tree import Element, text
from pipeline.word.formulas import formula
from pipeline.word.package import Package
from pipeline.word.runs import chosen

_AROUND = ("footnotes", "endnotes", "comments", "header", "footer")
_TEXTS = frozenset({"w:t", "w:delText"})


def statements(data: bytes, name: str, _encoding: str | None) -> Iterator[Statement]:
    """Yield the characters of all parts, the main text first."""
    packed = archive.unpack(data, name, "Word (.docx)", unheard)
    if packed is None:
        return
    package = Package(packed, unheard)
    main = next(iter(package.related("", "officeDocument")), "word/document.xml")
    around = [path for kind in _AROUND for path in package.related(main, kind)]
    for path in (main, *around):
        yield from _Part(name).statements(package.part(path))


class _Part:
    """A part while its paragraphs are counted."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._number = 0

    def statements(self, element: Element | None) -> Iterator[Statement]:
        if element is None:
            return
        if element.name == "w:p":
            self._number += 1
        span = Span(self._name, max(1, self._number), max(1, self._number))
        if element.name in _TEXTS:
            yield Statement(text(element), span)
        elif element.name == "m:oMath":
            yield Statement(plain(formula(element, span)), span)
        elif element.name == "mc:AlternateContent":
            for below in chosen(element):
                yield from self.statements(below)
        elif element.name != "w:rt":
            for below in element.elements:
                yield from self.statements(below)
