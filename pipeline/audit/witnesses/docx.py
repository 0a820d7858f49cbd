"""What a Word file says: its text, its notes, and what stands around them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import archive
from pipeline.audit.statement import Statement, unheard
from pipeline.model import plain
from pipeline.source import Span
from pipeline.tree import Element, descendants, text
from pipeline.word.formulas import formula
from pipeline.word.package import Package
from pipeline.word.runs import chosen

_AROUND = ("footnotes", "endnotes", "comments", "header", "footer")
_NOTES = frozenset({"w:footnotes", "w:endnotes"})
_HEADS = frozenset({"w:hdr", "w:ftr"})
_CALLS = frozenset({"w:footnoteReference", "w:endnoteReference"})
_TEXTS = frozenset({"w:t", "w:delText"})


def statements(data: bytes, name: str, _encoding: str | None) -> Iterator[Statement]:
    """Yield the characters of all parts, the main text first."""
    packed = archive.unpack(data, name, "Word (.docx)", unheard)
    if packed is None:
        return
    package = Package(packed, unheard)
    main = next(iter(package.related("", "officeDocument")), "word/document.xml")
    around = [path for kind in _AROUND for path in package.related(main, kind)]
    notes = {
        (root.name.removesuffix("s"), note.get("w:id")): note
        for path in around
        if (root := package.part(path)) and root.name in _NOTES
        for note in root.elements
    }
    body = _Part(name, notes)
    yield from body.statements(package.part(main))
    for note in notes.values():  # those that nothing calls
        yield from _Part(name, {}).statements(note)
    for path in around:
        root = package.part(path)
        if root and root.name in _HEADS:  # they stand behind the last paragraph
            said = "".join(text(e) for e in descendants(root) if e.name == "w:t")
            yield Statement(said, body.here)
        elif root and root.name not in _NOTES:
            yield from _Part(name, {}).statements(root)


class _Part:
    """A part while its paragraphs are counted."""

    def __init__(
        self, name: str, notes: dict[tuple[str, str], Element], number: int = 0
    ) -> None:
        self._name = name
        self._notes = notes
        self._number = number

    @property
    def here(self) -> Span:
        """Return the place of the paragraph that was counted last."""
        return Span(self._name, max(1, self._number), max(1, self._number))

    def statements(self, element: Element | None) -> Iterator[Statement]:
        if element is None:
            return
        if element.name == "w:p":
            self._number += 1
        span = self.here
        if element.name in _TEXTS:
            yield Statement(text(element), span)
        elif element.name in _CALLS:
            called = element.name.removesuffix("Reference"), element.get("w:id")
            # A note stands at the paragraph that calls it.
            note = _Part(self._name, {}, self._number - 1)
            yield from note.statements(self._notes.pop(called, None))
        elif element.name == "m:oMath":
            yield Statement(plain(formula(element, span)), span)
        elif element.name == "mc:AlternateContent":
            for below in chosen(element):
                yield from self.statements(below)
        elif element.name != "w:rt":
            for below in element.elements:
                yield from self.statements(below)
