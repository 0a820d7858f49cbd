"""From flow content of HTML to blocks of the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from pipeline.markup import formulas, kinds, tables
from pipeline.markup.elements import is_block
from pipeline.markup.inlines import inlines
from pipeline.markup.paragraphs import Inlines, paragraphs
from pipeline.markup.resolved import Resolved
from pipeline.markup.spacing import collapse
from pipeline.model import (
    Admonition,
    Block,
    Break,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Flow,
    Heading,
    Image,
    Inline,
    Item,
    List,
    MathBlock,
    Paragraph,
    Quote,
    Role,
    Rule,
    Strong,
    Text,
    Title,
    Verse,
    plain,
)
from pipeline.render.labels import labels
from pipeline.tree import Child, Element, descendants, text

_VERSE = frozenset({"verse", "poem", "poetry", "z3998:verse", "z3998:poem"})
_CHECKED = frozenset("■☑☒✓")
_WORD = re.compile("[a-z]+")
_RIGHT = re.compile(r"text-align\s*:\s*(?:right|end)")
_HAN = re.compile("[㐀-鿿]")


def blocks(root: Element, resolved: Resolved) -> tuple[Block, ...]:
    """Return the content of ``root`` in order; its headings are still flat."""
    return tuple(_Converter(root, resolved).flow(root.children, root.line))


class _Converter:
    """Holds what is known of the document while its elements are converted."""

    def __init__(self, root: Element, resolved: Resolved) -> None:
        self._resolved = resolved
        self._kinds = kinds.kinds(root)

    def flow(self, children: Iterable[Child], line: int) -> Iterator[Block]:
        """Yield blocks; inline content between block elements is a paragraph."""
        for of_blocks, nodes in groupby(children, is_block):
            if of_blocks:
                for node in nodes:
                    assert isinstance(node, Element)
                    yield from self._block(node)
            else:
                yield from self._paragraphs(nodes, line, Role.BODY)

    def _block(self, element: Element) -> Iterator[Block]:
        yield from self._placed(element, self._converted(element))

    def _placed(self, element: Element, found: Iterable[Block]) -> Iterator[Block]:
        """Yield ``found``; the first has the name of ``element``, if links use one."""
        name = self._resolved.anchors.get(element, "")
        for block in found:
            yield replace(block, anchor=name or block.anchor)
            name = ""

    def _converted(self, element: Element) -> Iterator[Block]:
        if element in self._resolved.replaced:
            yield from self._paragraphs([element], element.line, Role.BODY)
        elif element.words & _VERSE:
            yield from self._verse(element)
        elif "run-in" in element.words:
            yield from self._run_in(element)
        elif "admonition" in element.words:
            yield from self._admonition(element)
        else:
            yield from self._by_name(element)

    def _by_name(self, element: Element) -> Iterator[Block]:
        match element.name:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                yield from self._heading(element)
            case "p":
                yield from self._paragraph(element)
            case "hr":
                yield Rule(span=self._resolved.span(element.line))
            case "pre":
                yield from self._preformatted(element)
            case "math":
                yield from self._formula(element)
            case _:
                yield from self._compound(element)

    def _compound(self, element: Element) -> Iterator[Block]:
        match element.name:
            case "ul" | "ol" | "dir" | "menu":
                yield from self._list(element)
            case "dl" if _is_regular(element):
                yield from self._definitions(element)
            case "blockquote":
                yield from self._quote(element)
            case "figure":
                yield from self._figure(element)
            case "table" if not tables.is_layout(element):
                yield from tables.table(element, self._resolved, self._inside)
            case _:
                yield from self.flow(element.children, element.line)

    def _inside(self, element: Element) -> tuple[Flow, ...]:
        found = self.flow(element.children, element.line)
        return tuple(_flow_only(self._placed(element, found)))

    def _paragraph(self, element: Element) -> Iterator[Block]:
        if any(map(is_block, element.children)):
            yield from self.flow(element.children, element.line)
        elif "scene-break" in element.words:
            marks = text(element).strip()
            yield Rule(marks, span=self._resolved.span(element.line))
        else:
            yield from self._paragraphs(element.children, element.line, _role(element))

    def _paragraphs(
        self, nodes: Iterable[Child], line: int, role: Role
    ) -> Iterator[Block]:
        for content in paragraphs(inlines(nodes, self._resolved, line)):
            match content:
                case (Image() as image,):
                    yield Figure(image, span=image.span)
                case _:
                    yield Paragraph(content, role, span=content[0].span)

    def _heading(self, element: Element) -> Iterator[Block]:
        content = collapse(inlines(element.children, self._resolved, element.line))
        if not plain(content).strip():
            yield from self._paragraphs(element.children, element.line, Role.BODY)
            return
        yield Heading(
            int(element.name[1]),
            self._kinds.get(element) or kinds.by_label(plain(content)),
            content,
            span=self._resolved.span(element.line),
        )

    def _run_in(self, element: Element) -> Iterator[Block]:
        """Yield a heading that opens its paragraph, as our own editions mark it."""
        stops = [e for e in element.elements if "stop" in e.words]
        mark = (
            node
            for stop in stops
            for node in collapse(inlines(stop.children, self._resolved, stop.line))
            if isinstance(node, Text)
        )
        rest = (child for child in element.children if child not in stops)
        for block in self.flow(rest, element.line):
            match block:
                case Heading():
                    yield replace(block, run_in=True, stop=tuple(mark))
                case _:
                    yield block

    def _admonition(self, element: Element) -> Iterator[Block]:
        titles = [e for e in element.elements if "admonition-title" in e.words]
        rest = [child for child in element.children if child not in titles]
        title = (
            node
            for one in titles
            for node in collapse(inlines(one.children, self._resolved, one.line))
        )
        kinds = (w for w in sorted(element.words) if _WORD.fullmatch(w))
        kind = next((word for word in kinds if word != "admonition"), "note")
        content = tuple(_flow_only(self.flow(rest, element.line)))
        said = tuple(title)
        if plain(said) in {labels(tag).get(kind) for tag in ("zh-Hans", "zh-Hant")}:
            said = ()  # every edition makes it itself
        yield Admonition(kind, said, content, span=self._resolved.span(element.line))

    def _list(self, element: Element) -> Iterator[Flow]:
        items = tuple(self._items(element))
        start = None
        if element.name == "ol":
            said = element.get("start")[:6]
            start = int(said) if said.isascii() and said.isdigit() else 1
        if items:
            yield List(items, start, span=self._resolved.span(element.line))

    def _items(self, element: Element) -> Iterator[Item]:
        for is_item, nodes in groupby(element.children, _is_item):
            if is_item:
                for node in nodes:
                    assert isinstance(node, Element)
                    yield from self._task(node)
            else:
                yield from self._item(nodes, element.line)

    def _task(self, element: Element) -> Iterator[Item]:
        """Yield an entry of a list, with its box if it is a task."""
        boxes = [e for e in element.elements if "box" in e.words]
        if "task" not in element.words or not boxes:
            yield from self._item((element,), element.line)
            return
        checked = text(boxes[0]).strip() in _CHECKED
        rest = (child for child in element.children if child is not boxes[0])
        for item in self._item(rest, element.line):
            yield replace(item, checked=checked)

    def _item(self, nodes: Iterable[Child], line: int) -> Iterator[Item]:
        if content := tuple(_flow_only(self.flow(nodes, line))):
            yield Item(content, span=content[0].span)

    def _definitions(self, element: Element) -> Iterator[Block]:
        found: list[Definition] = []
        for child in _entries(element):
            assert isinstance(child, Element)
            span = self._resolved.span(child.line)
            match child.name, found:
                case "dt", _:
                    term = inlines(child.children, self._resolved, child.line)
                    found.append(Definition(collapse(term), (), span=span))
                case _, [*_, Definition(term=term, blocks=said)]:
                    said += self._inside(child)
                    found[-1] = Definition(term, said, span=found[-1].span)
                case _:
                    found.append(Definition((), self._inside(child), span=span))
        if found:
            span = self._resolved.span(element.line)
            yield DefinitionList(tuple(found), span=span)

    def _quote(self, element: Element) -> Iterator[Flow]:
        if content := self._inside(element):
            yield Quote(content, span=self._resolved.span(element.line))

    def _verse(self, element: Element) -> Iterator[Flow]:
        lines: list[Inlines] = []
        for block in self._inside(element):
            match block:
                case Paragraph(children=children):
                    lines += _split(children)
                case _:
                    yield from self._lines_of_verse(lines, element)
                    lines = []
                    yield block
        yield from self._lines_of_verse(lines, element)

    def _lines_of_verse(self, lines: list[Inlines], element: Element) -> Iterator[Flow]:
        if lines:
            yield Verse(tuple(lines), span=self._resolved.span(element.line))

    def _preformatted(self, element: Element) -> Iterator[Block]:
        code = next((e for e in descendants(element) if e.name == "code"), None)
        value = _preserved(element).removeprefix("\n")
        if code is None and len(_HAN.findall(value)) * 3 > len(value):
            yield from self._typed(value, element)
        elif value.strip():
            words = (code or element).words
            named = (w for w in sorted(words) if w.startswith(("language-", "lang-")))
            language = next(named, "").rpartition("-")[2]
            span = self._resolved.span(element.line)
            yield CodeBlock(value, language, span=span)

    def _typed(self, value: str, element: Element) -> Iterator[Block]:
        """Yield prose that was typed line by line, as old pages have it."""
        span = self._resolved.span(element.line)
        lines: list[Inline] = []
        for line in value.split("\n"):
            lines += (Text(line, span=span), Break(span=span))
        for content in paragraphs(lines):
            yield Paragraph(content, span=span)

    def _figure(self, element: Element) -> Iterator[Block]:
        captions = [e for e in element.elements if e.name == "figcaption"]
        rest = [child for child in element.children if child not in captions]
        below = tuple(self.flow(rest, element.line))
        caption = tuple(
            node
            for one in captions
            for node in collapse(inlines(one.children, self._resolved, one.line))
        )
        match below:
            case (Figure(image=image),):
                span = self._resolved.span(element.line)
                yield Figure(image, caption, span=span)
            case _:
                yield from below
                for one in captions:
                    yield from self.flow(one.children, one.line)

    def _formula(self, element: Element) -> Iterator[Block]:
        span = self._resolved.span(element.line)
        match formulas.displayed(element, span):
            case MathBlock() as block:
                yield block
            case characters if characters:
                yield Paragraph(characters, span=span)
            case _:
                return


def _flow_only(blocks: Iterable[Block]) -> Iterator[Flow]:
    """Yield content that may hold no headings: these become strong."""
    for block in blocks:
        match block:
            case Heading(children=children) | Title(children=children):
                strong = Strong(children, span=block.span)
                yield Paragraph((strong,), anchor=block.anchor, span=block.span)
            case _:
                yield block


def _role(element: Element) -> Role:
    if "signature" in element.words or _RIGHT.search(element.get("style").lower()):
        return Role.SIGNATURE
    if element.get("align").lower() == "right":
        return Role.SIGNATURE
    return Role.SALUTATION if "salutation" in element.words else Role.BODY


def _is_item(node: Child) -> bool:
    return isinstance(node, Element) and node.name == "li"


def _is_regular(definitions: Element) -> bool:
    entries = tuple(_entries(definitions))
    return all(isinstance(e, Element) and e.name in {"dt", "dd"} for e in entries)


def _entries(element: Element) -> Iterator[Child]:
    for child in element.children:
        if isinstance(child, Element) and child.name == "div":
            yield from _entries(child)
        elif isinstance(child, Element) or child.strip():
            yield child


def _split(content: Inlines) -> list[Inlines]:
    lines: list[list[Inline]] = [[]]
    for node in content:
        if isinstance(node, Break):
            lines.append([])
        else:
            lines[-1].append(node)
    return [tuple(line) for line in lines if line]


def _preserved(element: Element) -> str:
    pieces: list[str] = []
    for child in element.children:
        if isinstance(child, str):
            pieces.append(child.replace("\r\n", "\n"))
        else:
            pieces.append("\n" if child.name == "br" else _preserved(child))
    return "".join(pieces)
