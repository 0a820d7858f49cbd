"""The paragraphs and tables of a Word part, in order, as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.markup import kinds
from pipeline.markup.paragraphs import Inlines, paragraphs
from pipeline.markup.spacing import collapse
from pipeline.model import (
    Block,
    Break,
    CodeBlock,
    Drop,
    Edit,
    Figure,
    Flow,
    Heading,
    Image,
    Inline,
    Item,
    List,
    Paragraph,
    Quote,
    Role,
    Strong,
    Table,
    Text,
    Title,
    Verse,
    plain,
)
from pipeline.source import Span
from pipeline.tree import Element, descendants
from pipeline.word import tables
from pipeline.word.formulas import displayed, renumbered
from pipeline.word.numbering import Numbering
from pipeline.word.runs import Runs
from pipeline.word.styles import Styles, Use, child, properties, value

_TRANSPARENT = frozenset(
    {
        *("w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag", "w:subDoc"),
        *("w:txbxContent", "w:body", "w:tc", "w:footnote", "w:endnote", "w:comment"),
        *("w:hdr", "w:ftr"),
    }
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A block, what its paragraph is for, and its level in a bulleted list."""

    block: Block
    use: Use = Use.TEXT
    bullet: int | None = None


class Places:
    """Counts paragraphs in reading order: Word files have no lines to name."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.last = 0

    def next(self) -> Span:
        """Return the place of the next paragraph, and go there."""
        span = self.coming()
        self.last = span.first
        return span

    def coming(self) -> Span:
        """Return the place of the next paragraph."""
        return Span(self._source, self.last + 1, self.last + 1)


class Body:
    """Reads one part of a file, its main text or another."""

    def __init__(
        self, styles: Styles, numbering: Numbering, runs: Runs, places: Places
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._runs = runs
        self._places = places
        self.drops: list[Drop] = []
        self.edits: list[Edit] = []
        self.bookmarks: dict[str, int] = {}
        self._marked: set[int] = set()
        self.subtitle = ""
        self._initial: Inlines = ()

    def blocks(self, element: Element) -> tuple[Block, ...]:
        """Return the content of an element that holds paragraphs and tables."""
        return tuple(_assembled(self._content(element)))

    def _content(self, element: Element) -> Iterator[_Read]:
        for below in element.elements:
            if below.name == "w:p":
                yield from self._paragraph(below)
            elif below.name == "w:tbl":
                yield from self._table(below)
            elif below.name == "w:sdt" and _is_contents(below):
                self._leave_out(below)
            elif below.name == "w:sdt" or below.name in _TRANSPARENT:
                yield from self._content(below)
            elif below.name == "w:bookmarkStart":
                self._mark(below, self._places.coming())
            elif below.name == "w:altChunk":  # a whole file of another format
                self._runs.margin.objects.append((self._places.coming(), "altChunk"))

    def _mark(self, bookmark: Element, span: Span) -> None:
        self.bookmarks[bookmark.get("w:name")] = span.first
        self._marked.add(span.first)

    def _anchor(self, span: Span) -> str:
        """Return the name of a paragraph that has a bookmark."""
        return anchor(span) if span.first in self._marked else ""

    def _paragraph(self, element: Element) -> Iterator[_Read]:
        span = self._places.next()
        for below in descendants(element):
            if below.name == "w:bookmarkStart":
                self._mark(below, span)
        # The field that makes the contents may begin or end in this paragraph.
        in_contents = self._runs.in_contents
        nodes = self._runs.inlines(element.elements, span)
        if _is_initial(element):
            self._initial = nodes
            return
        nodes, self._initial = (*self._initial, *nodes), ()
        use = self._styles.use(element)
        if in_contents or self._runs.in_contents or use is Use.CONTENTS:
            self._drop(nodes, span, "contents-list")
        else:
            yield from self._as_used(element, nodes, use, span)
        boxes, self._runs.margin.boxes = self._runs.margin.boxes, []
        for box in boxes:
            yield from self._content(box)

    def _as_used(
        self, element: Element, nodes: Inlines, use: Use, span: Span
    ) -> Iterator[_Read]:
        # Word counts every numbered paragraph, an empty one too.
        place = self._styles.place(element)
        label = self._numbering.label(place) if place else None
        printed = plain(nodes).strip()
        match use:
            case Use.TITLE if printed:
                name = self._anchor(span)
                yield _Read(Title(collapse(nodes), name, span=span))
            case Use.SUBTITLE if printed and not self.subtitle:
                self.subtitle = " ".join(printed.split())
                self._drop(nodes, span, "byline")
            case Use.CODE if printed:
                value = "".join(map(_typed, nodes))
                code = CodeBlock(value, anchor=self._anchor(span), span=span)
                yield _Read(code, use)
            case _:
                if label and label.text and nodes:
                    nodes = (Text(label.text, span=span), *nodes)
                    self.edits.append(Edit(span, "", label.text, "word-number"))
                level = self._styles.level(element)
                if level is not None and printed:
                    yield _Read(_heading(level, collapse(nodes), span))
                    return
                bullet = place.level if place and label and label.bullet else None
                role = _role(element)
                name = self._anchor(span)
                for block in _text(nodes, role, span):
                    self.edits += renumbered(nodes, block)
                    yield _Read(replace(block, anchor=name), use, bullet)
                    name = ""

    def _table(self, element: Element) -> Iterator[_Read]:
        if tables.is_box(element):
            for cell in tables.cells(element):
                yield from self._content(cell)
            return
        span = self._places.coming()
        name = self._anchor(span)
        for found in tables.table(element, self._flow, span):
            yield _Read(replace(found, anchor=name))

    def _flow(self, cell: Element) -> tuple[Flow, ...]:
        """Return the content of a cell, where headings are only strong."""
        found: list[Flow] = []
        for block in self.blocks(cell):
            match block:
                case Heading(children=children) | Title(children=children):
                    strong = Strong(children, span=block.span)
                    name = self._anchor(block.span)
                    found.append(Paragraph((strong,), anchor=name, span=block.span))
                case _:
                    found.append(block)
        return tuple(found)

    def _leave_out(self, element: Element) -> None:
        for paragraph in descendants(element):
            if paragraph.name == "w:p":
                span = self._places.next()
                nodes = self._runs.inlines(paragraph.elements, span)
                self._drop(nodes, span, "contents-list")

    def _drop(self, nodes: Inlines, span: Span, reason: str) -> None:
        if said := " ".join(plain(nodes).split()):
            self.drops.append(Drop(span, reason, said))


def anchor(span: Span) -> str:
    """Return the name by which links call the paragraph at ``span``."""
    return f"{span.source}#{span.first}"


def _heading(level: int, title: Inlines, span: Span) -> Heading:
    return Heading(level, kinds.by_label(plain(title)), title, span=span)


def _text(nodes: Inlines, role: Role, span: Span) -> Iterator[Flow]:
    for content in paragraphs(nodes):
        match content:
            case (Image() as image,):
                yield Figure(image, span=span)
            case _ if block := displayed(content, span):
                yield block
            case _:
                yield Paragraph(content, role, span=span)


def _is_initial(paragraph: Element) -> bool:
    """Tell whether Word keeps the drop cap of the next paragraph in this one."""
    frame = child(properties(paragraph) or paragraph, "w:framePr")
    return frame is not None and frame.get("w:dropCap") in {"drop", "margin"}


def _is_contents(element: Element) -> bool:
    """Tell whether Word made an element as its table of contents."""
    return any(
        below.name == "w:docPartGallery" and below.get("w:val") == "Table of Contents"
        for below in descendants(child(element, "w:sdtPr") or element)
    )


def _role(element: Element) -> Role:
    aligned = value(properties(element), "w:jc") in {"right", "end"}
    return Role.SIGNATURE if aligned else Role.BODY


def _typed(node: Inline) -> str:
    return "\n" if isinstance(node, Break) else plain((node,))


# Paragraphs that belong together -----------------------------------------------


def _assembled(found: Iterable[_Read]) -> Iterator[Block]:
    """Yield blocks with captions where they belong, and lists, quotes as such."""
    for (use, listed), group in groupby(_captioned(found), _kind):
        reads = tuple(group)
        blocks = tuple(read.block for read in reads)
        flow = tuple(b for b in blocks if not isinstance(b, Heading | Title))
        name, span = blocks[0].anchor, blocks[0].span
        match use:
            case Use.QUOTE:
                yield Quote(flow, span=span)
            case Use.VERSE:
                lines = (b.children for b in flow if isinstance(b, Paragraph))
                yield Verse(tuple(lines), anchor=name, span=span)
            case Use.CODE:
                code = (b.value for b in flow if isinstance(b, CodeBlock))
                yield CodeBlock("\n".join(code), anchor=name, span=span)
            case _ if listed:
                yield _list(reads)
            case _:
                yield from blocks


def _kind(read: _Read) -> tuple[Use, bool]:
    grouped = read.use in {Use.QUOTE, Use.VERSE, Use.CODE}
    return (read.use if grouped else Use.TEXT), read.bullet is not None


def _list(reads: Sequence[_Read]) -> List:
    """Return bulleted paragraphs as a list, deeper ones inside it."""
    top = min(read.bullet or 0 for read in reads)
    items: list[Item] = []
    for deeper, group in groupby(reads, lambda read: (read.bullet or 0) > top):
        below = tuple(group)
        if deeper and items:
            inner = _list(below)
            items[-1] = replace(items[-1], blocks=(*items[-1].blocks, inner))
        elif deeper:
            items.append(Item((_list(below),), span=below[0].block.span))
        else:
            items += (
                Item((read.block,), span=read.block.span)
                for read in below
                if not isinstance(read.block, Heading | Title)
            )
    return List(tuple(items), span=items[0].span)


def _captioned(found: Iterable[_Read]) -> Iterator[_Read]:
    """Yield paragraphs; a caption goes to the figure above or the table below."""
    before: _Read | None = None
    for read in found:
        joined = _with_caption(before, read) if before else None
        if before and not joined:
            yield before
        before = joined or read
    if before:
        yield before


def _with_caption(before: _Read, after: _Read) -> _Read | None:
    match before, after:
        case (
            _Read(block=Figure(caption=()) as figure),
            _Read(block=Paragraph(children=caption, anchor=name), use=Use.CAPTION),
        ):
            name = figure.anchor or name
            return _Read(replace(figure, caption=caption, anchor=name))
        case (
            _Read(block=Paragraph(children=caption, anchor=name), use=Use.CAPTION),
            _Read(block=Table(caption=()) as table),
        ):
            name = name or table.anchor
            return _Read(replace(table, caption=caption, anchor=name))
        case _:
            return None
