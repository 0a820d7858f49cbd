"""The running texts of a manuscript, each as one string across its inlines.

What stands between two marks decides about them, be it stressed, linked or
plain: a rule sees ``他说"<em>好</em>"`` as 他说"好". Code, formulas and pictures show
as U+FFFC, a line break as a line end, ruby by its base; none of them can be
changed, and notes are passages of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TypeAlias

from pipeline.model import (
    Admonition,
    Block,
    Break,
    Code,
    CodeBlock,
    DefinitionList,
    Figure,
    Flow,
    Heading,
    Image,
    Inline,
    Link,
    List,
    Math,
    MathBlock,
    Node,
    Note,
    Paragraph,
    Phrase,
    Quote,
    Role,
    Ruby,
    Rule,
    Table,
    Text,
    Title,
    Verse,
    rewrite,
)
from pipeline.source import Span

OBJECT = "\ufffc"


Leaf: TypeAlias = Text | Ruby | Code | Math | Image | Break | Note


class Setting(Enum):
    """How a passage is set, where that says what its spaces mean."""

    PROSE = auto()
    TITLE = auto()
    """A title or heading: spaces part its members."""
    LINES = auto()
    """Verse, signatures, cells, captions: spaces are layout."""
    NOTE = auto()


@dataclass(frozen=True, slots=True)
class Passage:
    """A running text; ``texts`` are its nodes that may change, and their offsets.

    ``section`` counts the titles before: no quotation runs on past a title.
    """

    text: str
    texts: tuple[tuple[int, Text], ...]
    setting: Setting
    section: int = 0

    @property
    def is_prose(self) -> bool:
        """Tell whether spaces are nothing but spaces here."""
        return self.setting in (Setting.PROSE, Setting.NOTE)

    def span(self, index: int) -> Span:
        """Return the span of the text that holds the character at ``index``."""
        spans = [text.span for offset, text in self.texts if offset <= index]
        return spans[-1] if spans else self.texts[0][1].span


def passages(blocks: Iterable[Block]) -> Iterator[Passage]:
    """Yield all passages in reading order, a note's after the one that calls it."""
    section = 0
    for block in blocks:
        section += isinstance(block, Title | Heading)
        for passage in _of_block(block):
            yield replace(passage, section=section)


def is_plain(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph holds nothing but text."""
    return all(type(child) is Text for child in paragraph.children)


def rewritten(blocks: Sequence[Block], texts: Mapping[int, Text]) -> tuple[Block, ...]:
    """Return ``blocks`` with the texts whose ``id`` is in ``texts`` replaced."""

    def change(node: Node) -> Node:
        return texts.get(id(node), node) if isinstance(node, Text) else node

    def of_block(block: Block) -> Block:
        # Most paragraphs of most books are nothing but text.
        if not isinstance(block, Paragraph) or not is_plain(block):
            return rewrite(block, change)
        if not any(id(child) in texts for child in block.children):
            return block
        children = tuple(texts.get(id(child), child) for child in block.children)
        return replace(block, children=children)

    return tuple(map(of_block, blocks)) if texts else tuple(blocks)


def _of_block(block: Block) -> Iterator[Passage]:
    match block:
        case Title(children=children):
            yield from _passages(children, Setting.TITLE)
        case Heading(children=children, stop=stop):
            yield from _passages((*children, *stop), Setting.TITLE)
        case flow:
            yield from _of_flow(flow, Setting.PROSE)


def _of_flow(flow: Flow, setting: Setting) -> Iterator[Passage]:
    match flow:
        case Paragraph(children=children, role=role):
            signed = role is Role.SIGNATURE
            yield from _passages(children, Setting.LINES if signed else setting)
        case Verse(lines=lines):
            for line in lines:
                yield from _passages(line, Setting.LINES)
        case Figure(caption=caption):
            yield from _passages(caption, Setting.LINES)
        case Quote() | List() | DefinitionList() | Table() | Admonition():
            yield from _of_container(flow, setting)
        case CodeBlock() | MathBlock() | Rule():
            return


def _of_container(
    container: Quote | List | DefinitionList | Table | Admonition, setting: Setting
) -> Iterator[Passage]:
    match container:
        case Quote(blocks=blocks):
            yield from _of_flows(blocks, setting)
        case List(items=items):
            yield from _of_flows((b for item in items for b in item.blocks), setting)
        case DefinitionList(definitions=definitions):
            for definition in definitions:
                yield from _passages(definition.term, Setting.TITLE)
                yield from _of_flows(definition.blocks, setting)
        case Table(caption=caption, head=head, body=body):
            yield from _passages(caption, Setting.LINES)
            cells = (cell for row in (*head, *body) for cell in row.cells)
            yield from _of_flows((b for c in cells for b in c.blocks), Setting.LINES)
        case Admonition(title=title, blocks=blocks):
            yield from _passages(title, Setting.TITLE)
            yield from _of_flows(blocks, setting)


def _of_flows(flows: Iterable[Flow], setting: Setting) -> Iterator[Passage]:
    for flow in flows:
        yield from _of_flow(flow, setting)


def _passages(inlines: Iterable[Inline], setting: Setting) -> Iterator[Passage]:
    pieces: list[str] = []
    texts: list[tuple[int, Text]] = []
    notes: list[Note] = []
    length = 0
    for inline in _leaves(inlines):
        if isinstance(inline, Note):
            notes.append(inline)
        elif isinstance(inline, Text):
            texts.append((length, inline))
        pieces.append(_shown(inline))
        length += len(pieces[-1])
    yield Passage("".join(pieces), tuple(texts), setting)
    for note in notes:
        for paragraph in note.paragraphs:
            yield from _passages(paragraph, Setting.NOTE)


def _leaves(inlines: Iterable[Inline]) -> Iterator[Leaf]:
    for inline in inlines:
        match inline:
            case Phrase(children=children) | Link(children=children):
                yield from _leaves(children)
            case Text() | Ruby() | Code() | Math() | Image() | Break() | Note():
                yield inline


def _shown(leaf: Leaf) -> str:
    match leaf:
        case Text(value=value) | Ruby(base=value):
            return value
        case Code() | Math() | Image():
            return OBJECT
        case Break():
            return "\n"
        case Note():
            return ""
