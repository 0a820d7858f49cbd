"""Marked-up blocks read like plain text, a paragraph on each line.

``pipeline.structure`` sees the characters only; what it finds is cut out of the
blocks again with everything that they hold: links, notes, pictures, ruby.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline import structure
from pipeline.diagnostics import Diagnostic, Report
from pipeline.markup import emphasised, overrule
from pipeline.markup.spacing import trim
from pipeline.markup.titles import entitle
from pipeline.model import (
    Block,
    Break,
    Code,
    Drop,
    Heading,
    Image,
    Inline,
    Link,
    Manuscript,
    Math,
    Node,
    Note,
    Paragraph,
    Phrase,
    Role,
    Ruby,
    Strong,
    Text,
    Title,
    Verse,
    plain,
    walk,
)
from pipeline.reader import Hints
from pipeline.source import Source, Span

# Stands for a table, a picture ...: no heading or title ends like a sentence.
_OBJECT = "\ufffc。"
# Of what a text says, a marked-up document says itself what is a heading.
_NOT_OURS = frozenset({"doubled-heading", "heading-prefix", "ornament"})


def read(
    blocks: Sequence[Block], name: str, hints: Hints, report: Report
) -> Manuscript:
    """Return ``blocks`` with the headings that a reader would see.

    Blocks with headings of their own keep these, and lose only the furniture.
    A ``Title`` among the blocks stays the title. The metadata is what the text
    itself tells.
    """
    if any(isinstance(block, Heading) for block in blocks):
        return _cleared(tuple(overrule.headings(blocks, hints)), name, hints)
    lines = _Lines(blocks, name)
    found = lines.read(hints, report)
    title = next((block for block in blocks if isinstance(block, Title)), None)
    restored = emphasised.headings(tuple(lines.restored(found.blocks)))
    return replace(
        found,
        blocks=entitle(restored, title) if title else restored,
        drops=(*map(lines.drop, found.drops), *lines.lost(restored, found.drops)),
    )


def _cleared(blocks: Sequence[Block], name: str, hints: Hints) -> Manuscript:
    lines = _Lines(blocks, name)
    found = lines.read(hints, lambda _diagnostic: None)
    whole = {
        lines.index(drop): drop
        for drop in found.drops
        if drop.reason not in _NOT_OURS and lines.covers(drop)
    }
    kept = tuple(block for number, block in enumerate(blocks) if number not in whole)
    drops = (*map(lines.drop, whole.values()), *lines.lost(kept, whole.values()))
    return replace(found, blocks=kept, drops=drops)


class _Lines:
    """Blocks, and the plain text that they make."""

    def __init__(self, blocks: Sequence[Block], name: str) -> None:
        self._blocks = blocks
        self._texts = tuple(map(_text, blocks))
        self._starts = [0]
        for text in self._texts:
            self._starts.append(self._starts[-1] + len(text) + 1)
        self._source = Source(name, "\n".join(self._texts))
        # How far each block has been cut out: a note stands between characters.
        self._cut: dict[int, int] = {}

    def read(self, hints: Hints, report: Report) -> Manuscript:
        """Read the text; lines in ``hints`` and reports are those of the blocks."""
        return structure.discern(
            self._source, self._translated(hints), self._real(report)
        )

    def index(self, drop: Drop) -> int:
        """Return which block a drop begins in."""
        return self._at(drop.span.start or 0)

    def covers(self, drop: Drop) -> bool:
        """Tell whether a drop takes a block whole, and no more."""
        return drop.text.strip() == self._texts[self.index(drop)].strip()

    def drop(self, drop: Drop) -> Drop:
        """Return a drop of the text as a drop of the document."""
        block = self._blocks[self.index(drop)]
        text = drop.text
        if _OBJECT in text:
            text = "".join(n.value for n in walk(block) if isinstance(n, Text))
        return Drop(block.span, drop.reason, text)

    def lost(self, kept: Iterable[Block], drops: Iterable[Drop]) -> Iterator[Drop]:
        """Yield the notes and pictures that went with dropped lines."""
        reasons = {self.index(drop): drop.reason for drop in drops}
        here = {id(n) for block in kept for n in walk(block) if _is_thing(n)}
        for number, reason in reasons.items():
            block = self._blocks[number]
            for node in walk(block):
                if _is_thing(node) and id(node) not in here:
                    said = "".join(map(_words, walk(node)))
                    if said.strip():
                        yield Drop(block.span, reason, said)

    def restored(self, found: Iterable[Block]) -> Iterator[Block]:
        """Yield the blocks of the text with all that the document has there."""
        for origin, group in groupby(found, self._origin):
            lines = tuple(group)
            for block in lines if origin is None else (_joined(lines),):
                yield from self._restored(block)

    def _origin(self, block: Block) -> int | None:
        """Return which block of the document a line of running text is from."""
        match block:
            case Paragraph(role=Role.BODY, span=span):
                return self._at(span.start or 0)
            case _:
                return None

    def _restored(self, block: Block) -> Iterator[Block]:
        origin = self._block(block.span)
        anchor, span = origin.anchor, origin.span
        match block:
            case Paragraph():
                yield from self._paragraph(block)
            case Title(children=children) | Heading(children=children):
                content = _bare(self._content(children))
                yield replace(block, children=content, anchor=anchor, span=span)
            case Verse(lines=lines):
                verse = tuple(map(self._content, lines))
                yield replace(block, lines=verse, anchor=anchor, span=span)
            case _:
                yield replace(block, anchor=anchor, span=span)

    def _paragraph(self, paragraph: Paragraph) -> Iterator[Block]:
        for number, nodes in groupby(paragraph.children, self._object):
            if number is not None:
                yield self._blocks[number]
            elif content := self._content(nodes):
                yield self._as_set(replace(paragraph, children=content))

    def _object(self, node: Inline) -> int | None:
        number = self._at(node.span.start or 0)
        return number if self._texts[number] == _OBJECT else None

    def _as_set(self, paragraph: Paragraph) -> Paragraph:
        """Return a paragraph with its place, and its role in the document."""
        origin = self._block(paragraph.span)
        said = origin.role if isinstance(origin, Paragraph) else Role.BODY
        role = said if paragraph.role is Role.BODY else paragraph.role
        anchor = origin.anchor
        return replace(paragraph, role=role, anchor=anchor, span=origin.span)

    def _content(self, nodes: Iterable[Inline]) -> tuple[Inline, ...]:
        content: list[Inline] = []
        for node in nodes:
            span = node.span
            number = self._at(span.start or 0)
            base = self._starts[number]
            match node:
                case Text(value=value) if value.strip():
                    start, end = (span.start or 0) - base, (span.end or 0) - base
                    begun = self._cut.get(number, -1)
                    until = end + _blank(self._texts[number][end:])
                    cut = _Cut(start, end, range(begun + 1, until + 1))
                    content += cut.of(_inlines(self._blocks[number]))
                    self._cut[number] = until
                case _:
                    content.append(replace(node, span=self._block(span).span))
        return trim(tuple(content))

    def _at(self, offset: int) -> int:
        return min(bisect_right(self._starts, offset), len(self._texts)) - 1

    def _block(self, span: Span) -> Block:
        return self._blocks[self._at(span.start or 0)]

    def _real(self, report: Report) -> Report:
        def relay(diagnostic: Diagnostic) -> None:
            span = diagnostic.span
            report(replace(diagnostic, span=self._span_of_line(span)))

        return relay

    def _span_of_line(self, span: Span | None) -> Span | None:
        if span is None or not self._blocks:
            return span
        lines = self._source.lines
        return self._blocks[self._at(lines[min(span.first, len(lines)) - 1].start)].span

    def _translated(self, hints: Hints) -> Hints:
        """Return hints for lines of the document as hints for lines of the text."""
        numbers: dict[int, list[int]] = {}
        for line in self._source.lines:
            if self._blocks:
                first = self._blocks[self._at(line.start)].span.first
                numbers.setdefault(first, []).append(line.number)

        def lines(wanted: Iterable[int]) -> frozenset[int]:
            return frozenset(n for line in wanted for n in numbers.get(line, ()))

        return replace(
            hints,
            keep=lines(hints.keep),
            drop=lines(hints.drop),
            headings_remove=lines(hints.headings_remove),
            headings_add=tuple(
                replace(hint, line=numbers[hint.line][0])
                for hint in hints.headings_add
                if hint.line in numbers
            ),
        )


class _Cut:
    """A cut through inlines by offsets of their plain text.

    What has no characters, such as a note, goes with the characters before it;
    ``between`` are the offsets at which it does.
    """

    def __init__(self, start: int, end: int, between: range) -> None:
        self._start, self._end, self._between = start, end, between

    def of(self, inlines: Iterable[Inline], offset: int = 0) -> tuple[Inline, ...]:
        """Return what lies in the cut; ``offset`` is where ``inlines`` begin."""
        found: list[Inline] = []
        for node in inlines:
            found += self._node(node, offset)
            offset += len(plain((node,)))
        return tuple(found)

    def _node(self, node: Inline, offset: int) -> tuple[Inline, ...]:
        match node:
            case Text(value=value):
                first = max(0, self._start - offset)
                last = max(first, self._end - offset)
                value = value[first:last]
                return (replace(node, value=value),) if value else ()
            case Phrase(children=children) | Link(children=children):
                inside = self.of(children, offset)
                return (replace(node, children=inside),) if inside else ()
            case Ruby() | Code() | Math() | Break():
                return (node,) if self._start <= offset < self._end else ()
            case Image() | Note():
                return (node,) if offset in self._between else ()


def _blank(text: str) -> int:
    """Return how many blanks ``text`` begins with."""
    return len(text) - len(text.lstrip())


def _is_thing(node: Node) -> bool:
    return isinstance(node, Image | Note)


def _words(node: Node) -> str:
    match node:
        case Text(value=value) | Image(alt=value):
            return value
        case _:
            return ""


def _joined(lines: Sequence[Block]) -> Block:
    """Return the lines of one paragraph of the document as one again."""
    first, *others = lines
    if not isinstance(first, Paragraph):
        return first
    children = first.children
    for line in others:
        if isinstance(line, Paragraph):
            children = (*children, Break(span=line.span), *line.children)
    return replace(first, children=children)


def _text(block: Block) -> str:
    return plain(_inlines(block)) if plain(_inlines(block)).strip() else _OBJECT


def _inlines(block: Block) -> tuple[Inline, ...]:
    match block:
        case Paragraph(children=children):
            return children
        case Title(children=children) | Heading(children=children):
            return children
        case _:
            return ()


def _bare(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return a heading's content without the bold type that marked it."""
    if not all(isinstance(node, Strong | Break) for node in content):
        return content
    bare: list[Inline] = []
    for node in content:
        bare += node.children if isinstance(node, Strong) else (node,)
    return tuple(bare)
