"""Block elements of Markdown to blocks of the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.diagnostics import Code
from pipeline.markdown import boxes, html, islands, paragraphs, programs, tables
from pipeline.markdown.anchors import Anchors
from pipeline.markdown.desk import Desk
from pipeline.markdown.element import Element, text
from pipeline.markdown.inlines import Inlines
from pipeline.markdown.paragraphs import trimmed
from pipeline.model import (
    Admonition,
    Block,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Flow,
    Heading,
    Image,
    Inline,
    Item,
    Kind,
    List,
    Paragraph,
    Quote,
    Role,
    Rule,
    Strong,
    Text,
    Verse,
    plain,
    walk,
)
from pipeline.reader import Hints

# What asks a program for something that every edition makes itself.
_DIRECTIVE = re.compile(
    r"(?i)\[\[?_?toc_?\]?\]|@\[toc\]|\{:toc\}|"
    r"\\(?:newpage|pagebreak|clearpage|cleardoublepage|tableofcontents|maketitle)"
)


class Blocks:
    """Converts the blocks of one document."""

    def __init__(self, desk: Desk, hints: Hints) -> None:
        self._desk = desk
        self._hints = hints
        self._inlines = Inlines(desk)
        self._anchors = Anchors()
        self._anchor = ""

    def convert(self, elements: Sequence[Element]) -> Iterator[Block]:
        """Yield the blocks; headings have their own levels and no kind yet."""
        for element in tables.captioned(elements):
            is_heading = element.kind == "heading"
            if is_heading and element.span.first not in self._hints.headings_remove:
                yield from self._heading(element)
            elif is_heading:
                yield from self._paragraph(element)
            else:
                yield from self._flow(element)

    def _heading(self, element: Element) -> Iterator[Heading]:
        settled = self._inlines.settle(element.children)
        children = trimmed(self._inlines.convert(settled))
        if not children:
            return
        names = (element.attributes.get("id", ""), _name(settled), self._anchor)
        slug = self._anchors.name(plain(children))
        anchor = next(filter(None, names), slug)
        self._anchor = ""
        level = int(element.info)
        yield Heading(level, Kind.CHAPTER, children, anchor=anchor, span=element.span)

    def _flows(self, elements: Sequence[Element]) -> tuple[Flow, ...]:
        captioned = tables.captioned(elements)
        return tuple(flow for element in captioned for flow in self._flow(element))

    def _flow(self, element: Element) -> Iterator[Flow]:
        """Yield an element's blocks; the first has the name that the source gives."""
        name = element.attributes.get("id", "")
        for block in self._converted(element):
            known = block.anchor or name or self._anchor
            yield replace(block, anchor=known) if known else block
            name = self._anchor = ""

    def _converted(self, element: Element) -> Iterator[Flow]:  # noqa: C901, PLR0912 - an arm for each kind
        match element.kind:
            case "paragraph":
                yield from self._paragraph(element)
            case "heading":
                yield from self._enclosed_heading(element)
            case "blockquote":
                yield from self._quote(element)
            case "bullet_list" | "ordered_list":
                yield from self._list(element)
            case "dl":
                yield self._definitions(element)
            case "table":
                yield tables.table(element, self._inlines, self._desk)
            case "fence" | "code_block" | "math_block" | "amsmath":
                yield from programs.block(element, self._desk)
            case "hr":
                yield Rule(span=element.span)
            case "alert":
                yield self._admonition(element, element.info.lower(), "")
            case "box":
                yield from self._box(element, element.info)
            case "admonition":
                yield from self._box(element, element.info)
            case "admonition_title":
                return  # it is read with its box
            case "html_block":
                yield from self._markup(element)
            case "footnote_reference":
                self._desk.check_note(element)
            case "reference":
                self._desk.drop_lines(element.span, "link-definition")
            case _:
                yield from self._flows(element.children)

    def _paragraph(
        self, element: Element, role: Role = Role.BODY
    ) -> Iterator[Paragraph | Figure]:
        if _DIRECTIVE.fullmatch(text(element.children).strip()):
            self._desk.drop_lines(element.span, "directive")
            return
        pieces = list(paragraphs.parts(self._inlines.settle(element.children)))
        for piece in pieces:
            if _is_pictures(piece):
                for picture in piece:
                    yield from self._figure(picture)
                continue
            name = _name(piece)
            span = element.span if len(pieces) == 1 else paragraphs.span(piece)
            if children := trimmed(self._inlines.convert(piece)):
                yield Paragraph(children, role, anchor=name, span=span)
            else:
                self._anchor = name or self._anchor

    def _figure(self, element: Element) -> Iterator[Paragraph | Figure]:
        """Yield a picture with its title, or else its description, below it.

        A title is written to be read; a description alone serves as both.
        """
        if element.kind != "image":
            return
        shown, title = self._inlines.picture(element)
        caption: tuple[Inline, ...] = ()
        if title:
            caption = (Text(title, span=element.span),)
        elif isinstance(shown, Image) and shown.alt:
            caption = trimmed(self._inlines.convert(element.children))
            if not caption or _has_pictures(caption):
                caption = (Text(shown.alt, span=element.span),)
        match shown:
            case Image():
                name = element.attributes.get("id", "")
                yield Figure(shown, caption, anchor=name, span=element.span)
            case Text():
                self._desk.drop(element.span, "link-title", title)
                yield Paragraph((shown,), span=element.span)
            case None:
                self._desk.drop(element.span, "link-title", title)

    def _enclosed_heading(self, element: Element) -> Iterator[Paragraph]:
        children = self._inlines.convert(self._inlines.settle(element.children))
        if children := trimmed(children):
            self._desk.say(Code.ENCLOSED_HEADING, element.span)
            strong = Strong(children, span=element.span)
            yield Paragraph((strong,), span=element.span)

    def _list(self, element: Element) -> Iterator[List]:
        start = int(element.attributes.get("start", "1"))
        items = tuple(
            Item(
                self._flows(item.children),
                {"True": True, "False": False}.get(item.attributes.get("checked", "")),
                span=item.span,
            )
            for item in element.children
        )
        numbered = element.kind == "ordered_list"
        if any(item.blocks for item in items):
            yield List(items, start if numbered else None, span=element.span)

    def _definitions(self, element: Element) -> DefinitionList:
        found: list[Definition] = []
        for child in element.children:
            if child.kind == "dt":
                term = self._inlines.convert(self._inlines.settle(child.children))
                found.append(Definition(trimmed(term), (), span=child.span))
            else:
                blocks = found[-1].blocks + self._flows(child.children)
                found[-1] = Definition(found[-1].term, blocks, span=found[-1].span)
        return DefinitionList(tuple(found), span=element.span)

    def _quote(self, element: Element) -> Iterator[Flow]:
        """Yield a quotation, or the box that Obsidian makes of one."""
        first = element.children[0] if element.children else None
        opening = first.children[:1] if first and first.kind == "paragraph" else ()
        called = boxes.callout(opening[0].content) if opening else None
        if first is None or called is None or opening[0].kind != "text":
            if blocks := self._flows(element.children):
                yield Quote(blocks, span=element.span)
            return
        kind, end = called
        called_by = opening[0]
        span, content = called_by.span, called_by.content[end:]
        if span.start is not None:
            span = replace(span, start=span.start + end)
        said = replace(called_by, content=content, span=span)
        self._desk.drop(
            replace(called_by.span, end=span.start), "box", called_by.content[:end]
        )
        title, rest = paragraphs.first_line((said, *first.children[1:]))
        below = (replace(first, children=rest), *element.children[1:])
        yield Admonition(
            kind,
            trimmed(self._inlines.convert(self._inlines.settle(title))),
            self._flows(below),
            span=element.span,
        )

    def _box(self, element: Element, info: str) -> Iterator[Flow]:
        kind, title = boxes.box(info)
        match kind:
            case None:
                self._desk.say(Code.UNKNOWN_BOX, element.span, name=info)
                yield self._admonition(element, "note", title)
            case boxes.VERSE:
                for stanza in element.children:
                    yield from self._stanza(stanza)
            case boxes.SIGNATURE:
                for child in element.children:
                    yield from self._paragraph(child, Role.SIGNATURE)
            case _:
                yield self._admonition(element, kind, title)

    def _admonition(self, element: Element, kind: str, title: str) -> Admonition:
        inlines = (Text(title, span=element.span),) if title else ()
        blocks = self._flows(element.children)
        return Admonition(kind, inlines, blocks, span=element.span)

    def _stanza(self, element: Element) -> Iterator[Flow]:
        if element.kind != "paragraph":
            yield from self._flow(element)
            return
        settled = self._inlines.settle(element.children)
        lines = map(self._inlines.convert, paragraphs.lines(settled))
        if whole := tuple(line for line in map(trimmed, lines) if line):
            yield Verse(whole, span=element.span)

    def _markup(self, element: Element) -> Iterator[Flow]:
        if element.content.lower().startswith("<pre"):
            code = html.without_tags(element.content).strip("\n")
            yield CodeBlock(f"{code}\n", span=element.span)
        elif element.span.first in self._hints.keep:
            kept = Text(element.content.strip(), span=element.span)
            yield Paragraph((kept,), span=element.span)
        elif islands.is_island(element):
            yield from islands.flow(element, self._desk)
        else:
            self._desk.drop_lines(element.span, "html")


def _name(elements: Sequence[Element]) -> str:
    """Return the name that ``<a id="...">`` gives, if there is one."""
    return next((e.info for e in elements if e.kind == "anchor"), "")


def _has_pictures(inlines: Iterable[Inline]) -> bool:
    return any(isinstance(node, Image) for i in inlines for node in walk(i))


def _is_pictures(elements: Sequence[Element]) -> bool:
    rest = [element for element in elements if element.kind != "image"]
    blank = all(e.kind in {"softbreak", "text"} and not e.content.strip() for e in rest)
    return blank and len(rest) < len(elements)
