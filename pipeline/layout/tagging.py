"""Pages as the engine laid them out, to the structure tree of the PDF.

An element of the text is one element of the tree, over however many lines and
pages it goes; what stands on every page is no part of it (ISO 14289-1, 7.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import pydyf
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from pipeline.layout import structure
from pipeline.layout.lines.vertical import is_vertical
from pipeline.layout.structure import Annotation, Content, Element, Mark, Pdf

# WeasyPrint has no types.
Box: TypeAlias = Any
Stream: TypeAlias = Any
Marks: TypeAlias = dict[Box, Mark]
_Span: TypeAlias = tuple[int, int]
"""Over how many columns and rows a cell goes."""

# Standard structure types (ISO 32000-1, 14.8.4) of the elements of HTML.
_HEADINGS = frozenset(f"H{level}" for level in range(1, 7))
_TYPES = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "article": "Art",
    "aside": "Sect",
    "nav": "Sect",
    "section": "Sect",
    "div": "Div",
    "header": "NonStruct",  # grouped, but no part of what the text is made of
    "figure": "Div",
    "blockquote": "BlockQuote",
    "p": "P",
    "pre": "P",
    "caption": "Caption",
    "figcaption": "Caption",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "em": "Em",
    "strong": "Strong",
    "code": "Code",
    "q": "Quote",
    "ruby": "Ruby",
    "rt": "RT",
    "rp": "RP",
    "a": "Link",
    "img": "Figure",
}
# Elements that hold blocks and never text itself.
_GROUPING = frozenset({"Document", "Art", "Sect", "Div", "NonStruct", "BlockQuote"})
_INLINE = frozenset({"Em", "Strong", "Code", "Quote", "Ruby", "Link", "Reference"})
# Where a note may stand, behind the block that calls it.
_HOLDS_NOTES = _GROUPING | {"LBody", "TD", "TH"}
_NUMBERING = {
    **{name: name.capitalize() for name in ("none", "disc", "circle", "square")},
    "decimal": "Decimal",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
    "lower-alpha": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
}
_POINTS = 0.75  # a pixel of CSS has so many


@contextmanager
def marked(stream: Stream, box: Box, _tag: str) -> Iterator[None]:
    """Mark what is painted inside the ``with`` as the content of ``box``."""
    if stream._tags is None:  # noqa: SLF001 - its caller's own
        yield
        return
    mark = stream._tags[box] = Mark()  # noqa: SLF001
    stream.stream.append(mark)
    try:
        yield
    finally:
        stream.end_marked_content()


def add_tags(
    pdf: Pdf, document: weasyprint.Document, _version: str, streams: Sequence[Stream]
) -> None:
    """Add the structure tree of ``document`` to ``pdf``, once it is painted."""
    tagger = Tagger(document.metadata.lang or "")
    for page, stream in zip(document.pages, streams, strict=True):
        tagger.tag(page._page_box, stream._tags)  # noqa: SLF001 - there is no public way
    tagger.fill_tables()
    structure.write(pdf, tagger.document, tagger.marks)


def furnish(box: Box, painted: Marks) -> None:
    """Call what is painted of a margin box furniture of its page."""
    subtype = "Header" if box.at_keyword.startswith("@top") else "Footer"
    for part in box.descendants():
        if part in painted:
            painted.pop(part).furnish(subtype)


class Tagger:
    """Goes through the pages, in order, and grows the tree."""

    def __init__(self, language: str) -> None:
        self.document = Element("Document", None, 0)
        self.marks: list[list[Element]] = []
        self._language = language
        self._elements: dict[tuple[Any, str], Element] = {}
        self._calls: dict[Any, Element] = {}
        self._last_notes: dict[Element | None, Element] = {}
        self._notes = 0
        self._contents: set[Element] = set()
        self._anonymous: set[Element] = set()
        self._tables: list[Element] = []
        self._spans: dict[Element, _Span] = {}
        self._page = -1
        self._width = self._height = 0.0
        self._runs_down = False
        self._painted: Marks = {}

    def tag(self, page: Box, painted: Marks) -> None:
        """Add ``page``, on which ``painted`` are the marks of its boxes."""
        self._page += 1
        self._width, self._height = page.margin_width(), page.margin_height()
        self._runs_down = is_vertical(page.style)
        self._painted = painted
        self.marks.append([])
        for part in page.children:
            match part:
                case boxes.MarginBox():
                    furnish(part, painted)
                case boxes.FootnoteAreaBox():
                    for note in part.children:
                        self._add(note, self._note(note))
                case _:
                    self._add(part, self.document)

    def fill_tables(self) -> None:
        """Give rows that are too short the cells that PDF/UA misses in them."""
        for table in self._tables:
            rows = list(_rows(table))
            widths = _widths([[self._spans[cell] for cell in row] for _, row in rows])
            for (row, _), width in zip(rows, widths, strict=True):
                for _ in range(max(widths) - width):
                    row.add("TD", row.page)

    def _add(self, box: Box, parent: Element) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001 - as WeasyPrint does
        if isinstance(box, boxes.TextBox):
            self._place(box, parent)
            return
        if box.is_leader:  # dots that lead the eye: they stay an artifact
            return
        element = self._element(box, parent)
        if element is None:
            if box in self._painted and isinstance(box, boxes.ReplacedBox):
                self._painted.pop(box).picture(len(self.marks[-1]))
            return
        if box.link_annotation:
            self._link(box, element)
        if isinstance(box, boxes.ReplacedBox):
            self._place(box, element)
        for child in box.children:
            self._add(child, element)

    def _place(self, box: Box, parent: Element) -> None:
        """Make what is painted of ``box`` content of ``parent``."""
        mark = self._painted.pop(box, None)
        if mark is None:
            return
        if parent.type in _GROUPING:
            if not box.text.strip():
                return
            parent = self._paragraph(parent)
        parent = self._inside_item(parent, "")
        found = self.marks[-1]
        mark.name(len(found))
        parent.kids.append(Content(self._page, len(found)))
        found.append(parent)

    def _link(self, box: Box, element: Element) -> None:
        annotation = box.link_annotation
        if element.type != "Link":
            element = self._inline_home(element).add("Link", self._page)
        element.kids.append(Annotation(self._page, annotation))
        text = " ".join("".join(box.element.itertext()).split())
        if text and "Dest" in annotation:
            # What it leads to is named by its own text better than by an anchor.
            annotation["Contents"] = pydyf.String(text)

    # Elements -------------------------------------------------------------------

    def _element(self, box: Box, parent: Element) -> Element | None:
        """Return the element for ``box``; None where it is no part of the text."""
        if box.element is None:
            return parent
        key = (box.element, box.element_tag)
        if key not in self._elements:
            made = self._made(box, parent)
            if made is None:
                return None
            self._elements[key] = made
        known = self._elements[key]
        if known.type == "THead" and known.page != self._page:
            return None  # a head that is repeated where the table goes on
        return known

    def _made(self, box: Box, parent: Element) -> Element | None:
        tag, _, pseudo = box.element_tag.partition("::")
        if pseudo:
            return self._generated(box, pseudo, parent)
        type_ = _TYPES.get(tag, "")
        match type_:
            case "":
                return self._foreign(box, parent)
            case "Figure":
                return self._figure(box, parent)
            case "L" | "LI" | "Lbl" | "LBody":
                made = self._list_part(box, type_, parent)
            case "TH" | "TD":
                made = parent.add(type_, self._page)
                made.attributes = _cell(box, type_, parent)
                self._spans[made] = (box.colspan, box.rowspan)
            case "Link" if not box.link_annotation:
                return parent
            case "Link" if parent.type == "TOCI":
                made = parent.add("Reference", self._page).add("Link", self._page)
            case _:
                made = self._plain(box, type_, parent)
        made.language = self._foreign_language(box)
        return made

    def _plain(self, box: Box, type_: str, parent: Element) -> Element:
        if type_ == "P" and isinstance(box, boxes.InlineBox):
            return self._inline_home(parent)  # behind a heading on its line
        if type_ in _INLINE:
            return self._inline_home(parent).add(type_, self._page)
        made = self._inside_item(parent, type_).add(type_, self._page)
        if box.element.get("role") == "doc-toc":
            self._contents.add(made)
        if type_ == "Table":
            self._tables.append(made)
        return made

    def _foreign(self, box: Box, parent: Element) -> Element:
        """Return where the content of an element without a type goes."""
        language = self._foreign_language(box)
        if not language:
            return parent
        made = self._inline_home(parent).add("Span", self._page)
        made.language = language
        return made

    def _foreign_language(self, box: Box) -> str:
        language: str = box.element.get("lang") or ""
        return language if language != self._language else ""

    def _generated(self, box: Box, pseudo: str, parent: Element) -> Element:
        match pseudo:
            case "marker" | "footnote-marker":
                return parent.add("Lbl", self._page)
            case "footnote-call":
                call = self._inline_home(parent).add("Reference", self._page)
                self._calls[box.element] = call
                return call
            case "before" if parent.type in _HEADINGS:
                return parent.add("Lbl", self._page)  # the style sheet's number
            case _:
                return parent

    def _figure(self, box: Box, parent: Element) -> Element | None:
        alt = box.element.get("alt", "").strip()
        if not alt:  # which marks a decoration (HTML, 4.8.4.4.8)
            return None
        is_formula = box.element.get("role") == "math"
        home = self._inside_item(parent, "Figure")
        made = home.add("Formula" if is_formula else "Figure", self._page)
        made.alt = alt
        edges = self._turned(box) if self._runs_down else self._edges(box)
        corners = " ".join(f"{edge * _POINTS:.2f}" for edge in edges)
        place = "Inline" if isinstance(box, boxes.InlineReplacedBox) else "Block"
        made.attributes = {"Layout": f"/BBox[{corners}]/Placement/{place}"}
        return made

    def _edges(self, box: Box) -> tuple[float, float, float, float]:
        """Return left, bottom, right and top of a picture, in pixels."""
        x, y = box.content_box_x(), box.content_box_y()
        return x, self._height - y - box.height, x + box.width, self._height - y

    def _turned(self, box: Box) -> tuple[float, float, float, float]:
        """Return the same of a page that is turned when it is painted.

        A picture that is turned the other way, to stand upright, keeps its sides.
        """
        x = self._height - box.content_box_y() - box.height / 2
        y = self._width - box.content_box_x() - box.width / 2
        across, high = box.height / 2, box.width / 2
        if box.style["transform"]:
            across, high = high, across
        return x - across, y - high, x + across, y + high

    def _list_part(self, box: Box, type_: str, parent: Element) -> Element:
        match type_:
            case "L":
                if parent in self._contents or parent.type == "TOCI":
                    return parent.add("TOC", self._page)
                made = self._inside_item(parent, type_).add(type_, self._page)
                if box.element_tag != "dl":
                    made.attributes = {"List": _numbering(box)}
                return made
            case "LI":
                return parent.add("TOCI" if parent.type == "TOC" else "LI", self._page)
            case "Lbl":
                # A term is text of its own, which no number of an item is.
                label = parent.add("LI", self._page).add("Lbl", self._page)
                return label.add("Span", self._page)
            case _:
                item = parent.last("LI")
                if item is None or item.last("LBody"):
                    item = parent.add("LI", self._page)
                return item.add("LBody", self._page)

    # Where elements go ----------------------------------------------------------

    def _inside_item(self, parent: Element, type_: str) -> Element:
        """Return the body of ``parent``, where it is an item of a list."""
        if parent.type != "LI" or type_ == "Lbl":
            return parent
        return parent.last("LBody") or parent.add("LBody", self._page)

    def _inline_home(self, parent: Element) -> Element:
        if parent.type in _GROUPING:
            return self._paragraph(parent)
        return self._inside_item(parent, "")

    def _paragraph(self, parent: Element) -> Element:
        """Return the paragraph for text that stands among blocks."""
        last = parent.last("P")
        if last is None or last not in self._anonymous:
            last = parent.add("P", self._page)
            self._anonymous.add(last)
        return last

    def _note(self, box: Box) -> Element:
        """Return the element of a note, which stands behind what calls it."""
        key = (box.element, box.element_tag)
        if key not in self._elements:
            after = self._calls.get(box.element)
            while after and after.parent and after.parent.type not in _HOLDS_NOTES:
                after = after.parent
            self._elements[key] = self._note_after(after)
        return self._elements[key]

    def _note_after(self, block: Element | None) -> Element:
        home = block.parent if block and block.parent else self.document
        note = Element("Note", home, self._page)
        before = self._last_notes.get(block, block)
        places = [n for n, kid in enumerate(home.kids, 1) if kid is before]
        home.kids.insert(places[0] if places else len(home.kids), note)
        self._last_notes[block] = note
        self._notes += 1
        note.identifier = f"note-{self._notes}"
        return note


def _rows(part: Element) -> Iterator[tuple[Element, list[Element]]]:
    """Yield the rows of a table or of a part of one, with their cells."""
    for kid in part.kids:
        match kid:
            case Element(type="TR"):
                yield kid, [cell for cell in kid.kids if isinstance(cell, Element)]
            case Element(type="THead" | "TBody" | "TFoot"):
                yield from _rows(kid)


def _widths(rows: Sequence[Sequence[_Span]]) -> list[int]:
    """Return how many columns each row takes, with what hangs down into it."""
    widths = [0] * len(rows)
    for number, row in enumerate(rows):
        for columns, height in row:
            for covered in range(number, min(number + height, len(rows))):
                widths[covered] += columns
    return widths


def _cell(box: Box, type_: str, row: Element) -> dict[str, str]:
    """Return the attributes of a cell (14.8.5.7)."""
    parts = [
        f"/{name} {span}"
        for name, span in (("ColSpan", box.colspan), ("RowSpan", box.rowspan))
        if span > 1
    ]
    if type_ == "TH":
        parts.append(f"/Scope/{_scope(box, row)}")
    return {"Table": "".join(parts)} if parts else {}


def _scope(box: Box, row: Element) -> str:
    said = box.element.get("scope", "")
    if said.startswith("row"):
        return "Row"
    is_head = row.parent is not None and row.parent.type == "THead"
    return "Column" if is_head or said.startswith("col") else "Row"


def _numbering(box: Box) -> str:
    style = box.style["list_style_type"]
    known = _NUMBERING.get(style, "") if isinstance(style, str) else ""
    ordered = "Decimal" if box.element_tag == "ol" else "Disc"
    return f"/ListNumbering/{known or ordered}"
