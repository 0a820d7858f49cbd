"""Joining the structure of pieces to the tree of a book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout.chapters.page import SetElement, SetPiece
from pipeline.layout.structure import Annotation, Content, Element
from pipeline.render.pages import PageStart


class Tree:
    """The structure of a book, which grows piece by piece.

    ``marks`` has, for each page, the element of each marked content, ``starts``
    where the page starts, ``links`` where annotations belong: which kid of which
    element the link of that page and number is.
    """

    def __init__(self) -> None:
        self.root = Element("Document", None, 0)
        self.marks: list[list[Element]] = []
        self.starts: list[PageStart | None] = []
        self.links: list[tuple[Element, int, int, int]] = []
        self._notes = 0
        self._last = ("", 0)

    def skip_page(self) -> None:
        """Add a page on which there is nothing."""
        self.marks.append([])
        self.starts.append(None)

    def add(self, piece: SetPiece, depth: int) -> None:
        """Add a piece that stands in ``depth`` sections which began before it."""
        first = len(self.marks)
        elements = self._elements(piece.elements, first)
        self.marks += ([elements[n] for n in page.marks] for page in piece.pages)
        self.starts += (self._start(page.start) for page in piece.pages)
        anchor, count = piece.last
        self._last = piece.last if anchor else (self._last[0], self._last[1] + count)
        self._hang(elements[0], depth)

    def _elements(self, told: Sequence[SetElement], first: int) -> list[Element]:
        made = [
            Element(
                one.type,
                None,
                first + one.page,
                attributes=dict(one.attributes),
                alt=one.alt,
                language=one.language,
                identifier=self._identifier(one.identifier),
            )
            for one in told
        ]
        for element, one in zip(made, told, strict=True):
            element.parent = made[one.parent]
            for kid in one.kids:
                match kid:
                    case int():
                        element.kids.append(made[kid])
                    case (page, number):
                        element.kids.append(Content(first + page, number))
                    case (page, number, _):
                        place = element, len(element.kids), first + page, number
                        self.links.append(place)
                        element.kids.append(Annotation(first + page, None))
        return made

    def _identifier(self, identifier: str) -> str:
        if not identifier:
            return ""
        self._notes += 1
        return f"note-{self._notes}"

    def _start(self, start: PageStart | None) -> PageStart | None:
        """Return where a page starts, also if no element of its piece had an id."""
        if start is None or start.anchor:
            return start
        anchor, count = self._last
        return replace(start, anchor=anchor, offset=count + start.offset)

    def _hang(self, root: Element, depth: int) -> None:
        """Hang what is below ``root`` into the sections that it goes on in."""
        home = self.root
        for _ in range(depth):
            (section,) = (kid for kid in root.kids if isinstance(kid, Element))
            root, home = section, _last_section(home)
        for kid in root.kids:
            if isinstance(kid, Element):
                kid.parent = home
        home.kids += root.kids


def _last_section(element: Element) -> Element:
    sections = [k for k in element.kids if isinstance(k, Element) and k.type == "Sect"]
    return sections[-1]
