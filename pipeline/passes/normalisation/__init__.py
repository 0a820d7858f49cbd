"""Good text: every change by a named rule, each one an edit on the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.model import (
    Admonition,
    Block,
    Definition,
    Edit,
    Figure,
    Heading,
    Inline,
    Manuscript,
    Node,
    Note,
    Paragraph,
    Role,
    Table,
    Title,
    Verse,
    rewrite,
)
from pipeline.passes.normalisation import characters, marks, quotes
from pipeline.passes.normalisation.editing import Change, edited, line_of
from pipeline.reader import Hints
from pipeline.source import Span


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can be turned off by name, and what it follows."""

    name: str
    source: str


RULES = (
    Rule("comma", "GB/T 15834-2011 4.4"),
    Rule("full-stop", "GB/T 15834-2011 4.1"),
    Rule("colon", "GB/T 15834-2011 4.7"),
    Rule("semicolon", "GB/T 15834-2011 4.6"),
    Rule("question-mark", "GB/T 15834-2011 4.2"),
    Rule("exclamation-mark", "GB/T 15834-2011 4.3"),
    Rule(quotes.DOUBLE, "GB/T 15834-2011 4.8"),
    Rule(quotes.SINGLE, "GB/T 15834-2011 4.8"),
    Rule("bracket", "GB/T 15834-2011 4.9"),
    Rule("dash", "GB/T 15834-2011 4.10"),
    Rule("ellipsis", "GB/T 15834-2011 4.11"),
    Rule("space", "CLREQ, Han and Latin mixed"),
    Rule(characters.RADICAL, "Unicode, Kangxi Radicals and CJK Radicals Supplement"),
    Rule(characters.COMPATIBILITY, "Unicode, CJK Compatibility Ideographs"),
    Rule(characters.PRIVATE_USE, "GB 18030-2022"),
    Rule(characters.INVISIBLE, "Unicode, zero width"),
)

_Revise = Callable[[str], Iterable[Change]]
# What XML can't hold goes in any case; these keep the length of a line, so that
# the rules after them can count in the line as it was.
_ONE_FOR_ONE: tuple[_Revise, ...] = (
    characters.illegal,
    characters.stand_ins,
    characters.private_use,
    marks.stops,
    marks.brackets,
)
_ANY_LENGTH: tuple[_Revise, ...] = (
    characters.invisible,
    marks.ellipses,
    marks.dashes,
    marks.spaces,
)


class _Setting(Enum):
    """Where a line stands. Blanks mean something in headings and in verse."""

    PROSE = "prose"
    LINED = "lined"


_Edit = Callable[[tuple[Inline, ...], _Setting, Span], tuple[Inline, ...]]


def normalise(manuscript: Manuscript, hints: Hints, report: Report) -> Manuscript:
    """Return ``manuscript`` in good text, with an edit for each change.

    ``hints`` may turn rules off. Marks that can't be paired stay and are told.
    """
    lines: list[str] = []

    def gather(
        line: tuple[Inline, ...], _where: _Setting, _span: Span
    ) -> tuple[Inline, ...]:
        lines.append(line_of(line))
        return line

    for block in manuscript.blocks:
        _each_line(block, gather)
    off = frozenset(r.name for r in RULES) if not hints.normalise else hints.rules_off
    reviser = _Reviser(lines, off, report)
    blocks = tuple(_each_line(block, reviser.revise) for block in manuscript.blocks)
    edits = manuscript.edits + tuple(reviser.edits)
    return replace(manuscript, blocks=blocks, edits=edits)


class _Reviser:
    """Goes over the lines of a manuscript in the order in which they were gathered."""

    def __init__(self, lines: list[str], off: frozenset[str], report: Report) -> None:
        style = quotes.style_of("".join(lines))
        self._pairings: Iterator[quotes.Pairing] = iter(quotes.pair(lines, style))
        self._off = off
        self._report = report
        self.edits: list[Edit] = []

    def revise(
        self, line: tuple[Inline, ...], where: _Setting, span: Span
    ) -> tuple[Inline, ...]:
        pairing = next(self._pairings)
        text = line_of(line)
        if text.isalpha():  # nothing but letters, as most titles are
            return line
        self._tell(text, pairing, span)
        changes = self._changes(text, pairing, where)
        revised, edits = edited(line, changes)
        self.edits += edits
        return revised

    def _changes(
        self, text: str, pairing: quotes.Pairing, where: _Setting
    ) -> list[Change]:
        same = self._wanted(
            chain(pairing.changes, *(rule(text) for rule in _ONE_FOR_ONE))
        )
        marked = list(text)
        for change in same:
            marked[change.start] = change.after
        rules = _ANY_LENGTH if where is _Setting.PROSE else _ANY_LENGTH[:-1]
        line = "".join(marked)
        return same + self._wanted(chain(*(rule(line) for rule in rules)))

    def _wanted(self, changes: Iterable[Change]) -> list[Change]:
        return [change for change in changes if change.rule not in self._off]

    def _tell(self, text: str, pairing: quotes.Pairing, span: Span) -> None:
        if not pairing.decided and quotes.DOUBLE not in self._off:
            self._report(Diagnostic(Code.UNPAIRED_QUOTES, span))
        if "bracket" not in self._off and marks.unpaired(text):
            self._report(Diagnostic(Code.UNPAIRED_BRACKETS, span))
        for character in characters.unassigned(text):
            values = {"character": f"U+{ord(character):04X}"}
            self._report(Diagnostic(Code.PRIVATE_USE, span, values))


def _each_line(block: Block, edit: _Edit) -> Block:
    """Return ``block`` with ``edit`` applied to each line of text in it."""

    def change(node: Node) -> Node:  # noqa: PLR0911 - one way out a node class
        match node:
            case Paragraph(children=line, role=role, span=span):
                where = _Setting.PROSE if role is Role.BODY else _Setting.LINED
                return replace(node, children=edit(line, where, span))
            case Title(children=line, span=span):
                return replace(node, children=edit(line, _Setting.LINED, span))
            case Heading():
                return _heading(node, edit)
            case Verse(lines=lines, span=span):
                verse = tuple(edit(line, _Setting.LINED, span) for line in lines)
                return replace(node, lines=verse)
            case Note(paragraphs=lines, span=span):
                note = tuple(edit(line, _Setting.PROSE, span) for line in lines)
                return replace(node, paragraphs=note)
            case Definition(term=line, span=span):
                return replace(node, term=edit(line, _Setting.LINED, span))
            case Table(caption=line, span=span) | Figure(caption=line, span=span):
                return replace(node, caption=edit(line, _Setting.LINED, span))
            case Admonition(title=line, span=span):
                return replace(node, title=edit(line, _Setting.LINED, span))
            case _:
                return node

    return rewrite(block, change)


def _heading(heading: Heading, edit: _Edit) -> Heading:
    """Edit a heading together with the mark that ends it."""
    count = len(heading.children)
    line = edit((*heading.children, *heading.stop), _Setting.LINED, heading.span)
    stop = tuple(
        text for text in line[count:] if isinstance(text, type(heading.stop[0]))
    )
    return replace(heading, children=line[:count], stop=stop)
