"""The document model: what every reader makes and every writer reads.

``Manuscript`` is what a reader saw, in order; ``Book`` is its structure. Trees
compare by content: spans are for people, not for equality.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from functools import cache
from typing import Any, TypeAlias, TypeVar, get_args

from pipeline.messages import Message
from pipeline.source import Span


@dataclass(frozen=True, slots=True)
class Node:
    """Base of all nodes."""

    span: Span = field(kw_only=True, compare=False, repr=False)


# Inline content ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A run of plain characters.

    As read, ``value`` is exactly the characters of the source that the span has
    offsets for. Once edited, it is what the edits within the span made of them.
    """

    value: str


@dataclass(frozen=True, slots=True)
class Phrase(Node):
    """Base of what marks a part of a text and changes none of it."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis(Phrase):
    """Stressed text: 着重号 in Chinese, italics in Latin script."""


@dataclass(frozen=True, slots=True)
class Strong(Phrase):
    """Important text: another face in Chinese, bold in Latin script."""


@dataclass(frozen=True, slots=True)
class Deleted(Phrase):
    """Text struck through."""


@dataclass(frozen=True, slots=True)
class ProperName(Phrase):
    """The name of a person, a place, a time or a body, under a straight line: 专名号.

    GB/T 15834-2011, 4.16.
    """


@dataclass(frozen=True, slots=True)
class WorkTitle(Phrase):
    """The title of a work, under a wavy line: the old form of 书名号."""


@dataclass(frozen=True, slots=True)
class Gloss(Phrase):
    """A remark within the text, in two lines of small type: 夹注."""


@dataclass(frozen=True, slots=True)
class Superscript(Phrase):
    """Raised text, as in m²."""


@dataclass(frozen=True, slots=True)
class Subscript(Phrase):
    """Lowered text, as in H₂O."""


@dataclass(frozen=True, slots=True)
class Ruby(Node):
    """Base characters with a reading, such as 漢字 with hànzì."""

    base: str
    reading: str


@dataclass(frozen=True, slots=True)
class Code(Node):
    """Program text within a line."""

    value: str


@dataclass(frozen=True, slots=True)
class Math(Node):
    """A formula in the line: what was written, and one MathML element."""

    tex: str
    mathml: str


@dataclass(frozen=True, slots=True)
class Link(Node):
    """A link to a URL, or to ``#anchor`` anywhere in the book."""

    target: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Image(Node):
    """A picture in the line. ``asset`` is the name of an ``Asset``.

    ``width`` is that of the source, as CSS has it: ``50%`` of the measure, or a
    length such as ``200px``; empty where the picture has its own.
    """

    asset: str
    alt: str
    width: str = ""


@dataclass(frozen=True, slots=True)
class Break(Node):
    """A line break that belongs to the text."""


@dataclass(frozen=True, slots=True)
class Note(Node):
    """A note, kept at the place that calls it.

    ``id`` and ``number`` are given by the notes pass. The paragraphs hold
    inlines only: a block inside a paragraph is not HTML.
    """

    paragraphs: tuple[tuple[Inline, ...], ...]
    id: str = ""
    number: int = 0


# Flow content -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Placed(Node):
    """Base of flow content: a place that links may lead to.

    ``anchor`` is a name that links in the source use for it. ``id`` is given by
    the anchors pass where a link does lead there.
    """

    anchor: str = field(default="", kw_only=True)
    id: str = field(default="", kw_only=True)


class Role(Enum):
    """What a paragraph is for, where that changes how it is set."""

    BODY = "body"
    SALUTATION = "salutation"
    """同志们： and the like: set without indent."""
    SIGNATURE = "signature"
    """The one who signs, and the date below: set at the right."""


@dataclass(frozen=True, slots=True)
class Paragraph(Placed):
    """A paragraph of running text."""

    children: tuple[Inline, ...]
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class Verse(Placed):
    """Lines whose breaks belong to the work."""

    lines: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote(Placed):
    """A block quotation."""

    blocks: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class Item(Node):
    """One entry of a list; ``checked`` is a task's box, if it has one."""

    blocks: tuple[Flow, ...]
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class List(Placed):
    """A list, bulleted when ``start`` is None, else numbered from it."""

    items: tuple[Item, ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Definition(Node):
    """A term and what is said of it."""

    term: tuple[Inline, ...]
    blocks: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class DefinitionList(Placed):
    """Terms with their definitions."""

    definitions: tuple[Definition, ...]


class Align(Enum):
    """How the cells of a column are set."""

    START = "start"
    CENTER = "center"
    END = "end"


@dataclass(frozen=True, slots=True)
class Cell(Node):
    """A table cell; ``columns`` and ``rows`` tell how many it covers."""

    blocks: tuple[Flow, ...]
    header: bool = False
    align: Align = Align.START
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row(Node):
    """A table row."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table(Placed):
    """A table. ``head`` rows repeat on every page that the table reaches."""

    caption: tuple[Inline, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Figure(Placed):
    """A picture of its own, with a caption."""

    image: Image
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeBlock(Placed):
    """Program text; its line ends belong to it. ``language`` may be empty."""

    value: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class MathBlock(Placed):
    """A displayed formula: what was written, and one MathML element."""

    tex: str
    mathml: str


@dataclass(frozen=True, slots=True)
class Admonition(Placed):
    """A boxed remark such as a warning; ``kind`` is one ASCII word."""

    kind: str
    title: tuple[Inline, ...]
    blocks: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class Rule(Placed):
    """A scene break, with the marks that the source has there, if any."""

    marks: str = ""


# Structure --------------------------------------------------------------------


class Kind(Enum):
    """What a division of a book is."""

    PART = "part"
    VOLUME = "volume"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Title(Node):
    """The title of the whole work, where the source prints it."""

    children: tuple[Inline, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Heading(Node):
    """A heading as read, still flat; the structure pass nests it.

    ``level`` counts from 1. A run-in heading opens its paragraph: ``stop`` is
    the mark between it and the text, and the next block is that text.
    ``confidence`` is from 0 to 1, ``reason`` says what speaks for it, and
    ``anchor`` is a name that links in the source use for it.
    """

    level: int
    kind: Kind
    children: tuple[Inline, ...]
    run_in: bool = False
    stop: tuple[Text, ...] = ()
    anchor: str = ""
    confidence: float = field(default=1.0, compare=False)
    reason: Message = field(default=Message("reason.markup"), compare=False)


Mark: TypeAlias = (
    Emphasis
    | Strong
    | Deleted
    | ProperName
    | WorkTitle
    | Gloss
    | Superscript
    | Subscript
)
Inline: TypeAlias = Text | Mark | Ruby | Code | Math | Link | Image | Break | Note
Flow: TypeAlias = (
    Paragraph
    | Verse
    | Quote
    | List
    | DefinitionList
    | Table
    | Figure
    | CodeBlock
    | MathBlock
    | Admonition
    | Rule
)
Block: TypeAlias = Title | Heading | Flow


@dataclass(frozen=True, slots=True)
class Section(Node):
    """A titled division. Its flow holds no headings: those are sections.

    ``title`` is empty only for text that stands before the first heading of
    a book with chapters.
    """

    id: str
    level: int
    kind: Kind
    title: tuple[Inline, ...]
    stop: tuple[Text, ...] = ()
    flow: tuple[Flow, ...] = ()
    sections: tuple[Section, ...] = ()
    run_in: bool = False
    anchor: str = ""
    confidence: float = field(default=1.0, compare=False)
    reason: Message = field(default=Message("reason.markup"), compare=False)


# The record -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to text. ``span`` covers ``before``, by offsets where known."""

    span: Span
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class Drop:
    """Text of the source that does not reach the body.

    ``reason`` is a key below ``drop.`` in the message catalogue.
    """

    span: Span
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Creator:
    """A person or body behind the work, with a MARC relator code.

    ``file_as`` is the name as a shelf sorts it, such as ``Lu, Xun``.
    """

    name: str
    role: str = "aut"
    file_as: str = ""


@dataclass(frozen=True, slots=True)
class Official:
    """What stands around the text of an official document (GB/T 9704-2012, 7).

    Empty: not said, so not there. ``letterhead`` is 发文机关标志: the bodies, and
    文件 where it stands beside several; ``number`` is 发文字号, ``signers`` 签发人,
    ``recipients`` 主送机关, ``signature`` 发文机关署名, ``date`` 成文日期, ``seal``
    印章 where it will be sealed, ``remark`` 附注, ``copied_to`` 抄送机关, ``printer``
    and ``printed`` 印发机关 and 印发日期. Dates are ISO 8601.
    """

    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    letterhead: tuple[str, ...] = ()
    number: str = ""
    signers: tuple[str, ...] = ()
    recipients: str = ""
    attachments: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    date: str = ""
    seal: str = ""
    remark: str = ""
    copied_to: str = ""
    printer: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about the work. An empty string means: not known.

    ``date`` is ISO 8601 (``2024``, ``2024-12-27`` or ``2024-12-27T09:17:17``);
    ``language`` is BCP 47: ``zh-Hans``, ``zh-Hant``, ``zh-Hant-HK``, ``en``;
    ``identifier`` names this edition alone, as a URN or URL; ``isbn`` is as
    the book prints it, hyphens and all; ``series_index`` is the volume's number
    in the series, such as ``2`` or ``2.1``; ``cover`` is the name of an ``Asset``.
    """

    title: str = ""
    subtitle: str = ""
    creators: tuple[Creator, ...] = ()
    publisher: str = ""
    date: str = ""
    source_url: str = ""
    language: str = ""
    rights: str = ""
    description: str = ""
    identifier: str = ""
    isbn: str = ""
    series: str = ""
    series_index: str = ""
    subjects: tuple[str, ...] = ()
    cover: str = ""
    official: Official | None = None


def merged(first: Metadata, second: Metadata) -> Metadata:
    """Return what ``first`` knows, completed by ``second``."""
    said = {f.name: v for f in fields(first) if (v := getattr(first, f.name))}
    return replace(second, **said)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that the text shows, such as a picture."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a reader returns: blocks in reading order, headings still flat."""

    blocks: tuple[Block, ...]
    meta: Metadata = Metadata()
    encoding: str = ""
    edits: tuple[Edit, ...] = ()
    drops: tuple[Drop, ...] = ()
    assets: tuple[Asset, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """The whole work, nested and ready to render.

    ``opening`` is the text before the first section; ``anchor`` is a name that
    links in the source use for the whole.
    """

    meta: Metadata
    title: tuple[Inline, ...]
    opening: tuple[Flow, ...]
    sections: tuple[Section, ...]
    assets: tuple[Asset, ...] = ()
    anchor: str = ""


# Helpers ----------------------------------------------------------------------

N = TypeVar("N", bound=Node)

RENDERED: tuple[type[Node], ...] = (*get_args(Inline), *get_args(Flow), Section)


def walk(node: Node) -> Iterator[Node]:
    """Yield ``node`` and all nodes below it, in reading order.

    The order of a node's fields is the order in which its parts are read.
    """
    ahead: list[object] = [node]
    while ahead:
        match ahead.pop():
            case Node() as found:
                yield found
                names = _parts(type(found))  # type: ignore[arg-type]  # python/mypy#11469
                ahead += [getattr(found, name) for name in names]
            case tuple() as items:
                ahead += reversed(items)


@cache
def _parts(kind: type[Node]) -> tuple[str, ...]:
    """Return the names of a node's fields, the last one first."""
    return tuple(part.name for part in reversed(fields(kind)))


def rewrite(node: N, change: Callable[[Node], Node]) -> N:
    """Return a copy of ``node`` with ``change`` applied to it and all below it.

    Children come first, so ``change`` sees a finished subtree. Parts that
    ``change`` leaves alone are shared with the original.
    """
    values: dict[str, Any] = {}
    for part in fields(node):
        old = getattr(node, part.name)
        new = _rewrite_value(old, change)
        if new is not old:
            values[part.name] = new
    changed = change(replace(node, **values) if values else node)
    if not isinstance(changed, type(node)):
        message = f"{change} turned a {type(node).__name__} into {changed!r}"
        raise TypeError(message)
    return changed


def _rewrite_value(value: object, change: Callable[[Node], Node]) -> object:
    if isinstance(value, Node):
        return rewrite(value, change)
    if isinstance(value, tuple):
        new = tuple(_rewrite_value(item, change) for item in value)
        if any(a is not b for a, b in zip(new, value, strict=True)):
            return new
    return value


def plain(inlines: Iterable[Inline]) -> str:
    """Return the visible characters, without readings or notes."""
    return "".join(map(_plain, inlines))


def _plain(inline: Inline) -> str:
    match inline:
        case Text(value=value) | Code(value=value) | Ruby(base=value) | Math(tex=value):
            return value
        case Phrase(children=children) | Link(children=children):
            return plain(children)
        case Image() | Note():
            return ""
        case Break():
            return "\n"
