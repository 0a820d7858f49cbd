"""Good text: every change by a named rule, each one an edit on the record.

First characters become what XML holds and fonts have, node by node; then
punctuation follows GB/T 15834, passage by passage. A mark that was put right tells
more about those around it, so this is repeated until nothing changes: good text
stays as it is, also when a book is read back.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.model import Edit, Manuscript, Text
from pipeline.passes.normalisation import (
    brackets,
    characters,
    dots,
    forms,
    quotes,
    spaces,
    stops,
    upright,
)
from pipeline.passes.normalisation.editing import Change, Earlier, Revision, edited
from pipeline.passes.normalisation.passages import (
    Passage,
    passages,
    rewritten,
)
from pipeline.passes.normalisation.quotes import Pairing
from pipeline.passes.normalisation.rule import Rule
from pipeline.reader import Hints

RULES = (
    Rule("comma", "makes , full-width", "GB/T 15834-2011, 4.4"),
    Rule(
        "full-stop", "makes the point that ends a sentence 。", "GB/T 15834-2011, 4.1"
    ),
    Rule("colon", "makes : full-width", "GB/T 15834-2011, 4.7"),
    Rule("semicolon", "makes ; full-width", "GB/T 15834-2011, 4.6"),
    Rule("question-mark", "makes ? full-width", "GB/T 15834-2011, 4.2"),
    Rule("exclamation-mark", "makes ! full-width", "GB/T 15834-2011, 4.3"),
    Rule(quotes.DOUBLE, "pairs straight double quotes", "GB/T 15834-2011, 4.8"),
    Rule(quotes.SINGLE, "pairs straight single quotes", "GB/T 15834-2011, 4.8"),
    Rule(brackets.RULE, "makes ( and ) full-width", "GB/T 15834-2011, 4.9"),
    Rule(dots.DASH, "makes -- and a lone — two characters", "GB/T 15834-2011, 4.10"),
    Rule(dots.ELLIPSIS, "makes ... and 。。。 six dots", "GB/T 15834-2011, 4.11"),
    Rule(dots.INTERPUNCT, "makes • between names ·", "GB/T 15834-2011, 4.14"),
    Rule(forms.RULE, "makes vertical forms ordinary marks", "GB/T 15834-2011, 5.2"),
    Rule(
        upright.RULE,
        "makes “” and ‘’ corners where lines run down",
        "GB/T 15834-2011, 5.2",
    ),
    Rule(spaces.RULE, "takes out spaces that layout sets", "CLREQ, 3.2.2"),
    *characters.RULES,
)
"""What may be turned off by name. What XML forbids goes in any case."""

_Find = Callable[[str], Iterable[Change]]


@dataclass(frozen=True, slots=True)
class _Step:
    """A rule at work, and a pattern that every text has which it can change."""

    find: _Find
    needs: re.Pattern[str]


# In this order: each step sees what the ones before it made.
_SHAPES = (
    _Step(forms.find, re.compile("[︐-︙︱-﹈]")),
    _Step(brackets.find, re.compile("[()]")),
    _Step(dots.ellipses, re.compile(r"\.\.\.|。。。|…|[·•・]{3}")),
)
_NAMES = _Step(dots.interpuncts, re.compile("[•‧・･∙]"))
_SPACES = _Step(spaces.find, re.compile("[ \xa0\u2002-\u200a\u202f\t]"))
_DASHES = re.compile("--|[—－–―─]")
_STOPS = re.compile("[,.:;?!]")

# Two are enough for all that people wrote; rules that undo each other must end.
_MOST_ROUNDS = 8


def normalise(manuscript: Manuscript, hints: Hints, report: Report) -> Manuscript:
    """Return ``manuscript`` in good text, with an edit for each change.

    ``hints`` may turn rules off. Marks that cannot be paired stay, and are
    reported.
    """
    off = hints.rules_off if hints.normalise else frozenset(r.name for r in RULES)
    for _ in range(_MOST_ROUNDS):
        known = len(manuscript.edits)
        manuscript = characters.clean(manuscript, off, report)
        if hints.normalise:
            manuscript = _punctuate(manuscript, off, report)
        if len(manuscript.edits) == known:
            break
        report = _nothing_new
    return manuscript


def stand(manuscript: Manuscript, hints: Hints) -> Manuscript:
    """Return a normalised ``manuscript`` with quotation marks for vertical lines."""
    if not hints.normalise or upright.RULE in hints.rules_off:
        return manuscript
    editor = _Editor(Earlier(manuscript.edits))
    for passage in passages(manuscript.blocks):
        changes = tuple(upright.find(passage.text, manuscript.meta.language))
        if changes:
            editor.edit(passage, changes)
    blocks = rewritten(manuscript.blocks, editor.texts)
    return replace(manuscript, blocks=blocks, edits=manuscript.edits + editor.edits)


def _nothing_new(_diagnostic: Diagnostic) -> None:
    """Leave out what the first round has reported."""


def _punctuate(
    manuscript: Manuscript, off: frozenset[str], report: Report
) -> Manuscript:
    found = tuple(passages(manuscript.blocks))
    texts = [passage.text for passage in found]
    pairings = quotes.pair(found, quotes.style_of(texts, manuscript.meta.language))
    points_end = partial(stops.find, points_end=stops.points_end(texts))
    dashes = partial(dots.dashes, lone_joins=dots.lone_joins(texts))
    steps = (*_SHAPES, _Step(dashes, _DASHES), _Step(points_end, _STOPS), _NAMES)
    editor = _Editor(Earlier(manuscript.edits))
    for passage, pairing in zip(found, pairings, strict=True):
        revision = Revision(passage.text).revised(_wanted(pairing.changes, off))
        for step in (*steps, _SPACES) if passage.is_prose else steps:
            if step.needs.search(revision.text):
                revision = revision.revised(_wanted(step.find(revision.text), off))
        if revision.changes:
            editor.edit(passage, revision.changes)
        _report_unpaired(passage, pairing, off, report)
    blocks = rewritten(manuscript.blocks, editor.texts)
    return replace(manuscript, blocks=blocks, edits=manuscript.edits + editor.edits)


def _wanted(changes: Iterable[Change], off: frozenset[str]) -> list[Change]:
    return [change for change in changes if change.rule not in off]


class _Editor:
    """The texts that change, by ``id`` of what they replace, and the edits."""

    def __init__(self, earlier: Earlier) -> None:
        self._earlier = earlier
        self._edits: list[Edit] = []
        self.texts: dict[int, Text] = {}

    @property
    def edits(self) -> tuple[Edit, ...]:
        return tuple(self._edits)

    def edit(self, passage: Passage, changes: Sequence[Change]) -> None:
        """Make the changes that stay within one text, as nearly all do."""
        rest = deque(changes)
        for offset, text in passage.texts:
            end = offset + len(text.value)
            own: list[Change] = []
            while rest and rest[0].start < end:
                change = rest.popleft()
                if offset <= change.start and change.end <= end:
                    own.append(change.moved(-offset))
            if own:
                earlier = self._earlier.within(text.span)
                self.texts[id(text)], edits = edited(text, own, earlier)
                self._edits += edits


def _report_unpaired(
    passage: Passage, pairing: Pairing, off: frozenset[str], report: Report
) -> None:
    if not pairing.in_turn and quotes.DOUBLE not in off:
        report(Diagnostic(Code.UNPAIRED_QUOTES, passage.span(0)))
    if brackets.RULE not in off and (alone := brackets.unpaired(passage.text)):
        report(Diagnostic(Code.UNPAIRED_BRACKETS, passage.span(alone[0])))
