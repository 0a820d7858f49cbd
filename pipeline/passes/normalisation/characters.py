"""Make every character one that XML holds and a font has.

What only looks like an ordinary character becomes that character; what has no
place in a text goes. Every change is an ``Edit``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any, cast

from pipeline.diagnostics import Code, Diagnostic, Report, line_numbers
from pipeline.model import (
    Block,
    Creator,
    Edit,
    Manuscript,
    Metadata,
    Node,
    Paragraph,
    Ruby,
    Text,
    rewrite,
    walk,
)
from pipeline.passes.normalisation import forms
from pipeline.passes.normalisation.editing import (
    Change,
    Earlier,
    applied,
    edited,
    place,
)
from pipeline.passes.normalisation.passages import is_plain
from pipeline.passes.normalisation.rule import Rule
from pipeline.source import Span

INVISIBLE = "invisible-character"
RADICAL = "kangxi-radical"
COMPATIBILITY = "compatibility-ideograph"
PRIVATE_USE = "private-use"

RULES = (
    Rule(INVISIBLE, "takes out marks without width beside Han", "Unicode, 23.2"),
    Rule(RADICAL, "writes a radical as the character it is", "Unicode, 18.5"),
    Rule(COMPATIBILITY, "writes compatibility ideographs as unified", "Unicode, 18.1"),
    Rule(PRIVATE_USE, "gives private code points their characters", "GB 18030-2022"),
)
"""What may be turned off. Illegal characters are always replaced."""

ILLEGAL = "illegal-character"
"""The rule of the edits that XML demands."""

_NAMES = frozenset(rule.name for rule in RULES)
_REPLACEMENT = "\ufffd"

# https://www.w3.org/TR/xml/#charsets
_ILLEGAL = r"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_ZERO_WIDTH = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_RADICALS = r"\u2e80-\u2fd5"
_COMPATIBILITY = r"\uf900-\ufaff\U0002f800-\U0002fa1f"
_PRIVATE = r"\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"

_ODD = re.compile(f"[{_ILLEGAL}{_ZERO_WIDTH}{_RADICALS}{_COMPATIBILITY}{_PRIVATE}]")
_IS_ILLEGAL = re.compile(f"[{_ILLEGAL}]")
_IS_ZERO_WIDTH = re.compile(f"[{_ZERO_WIDTH}]")
_IS_RADICAL = re.compile(f"[{_RADICALS}]")
_IS_PRIVATE = re.compile(f"[{_PRIVATE}]")
_BESIDE = re.compile(r"[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")

# Page and line feeds of printers say nothing that a book has to keep.
_BREAKS = {"\x0b": "", "\x0c": ""}

# From U+2E81: https://www.unicode.org/Public/UCD/latest/ucd/EquivalentUnifiedIdeograph.txt
_SUPPLEMENT = dict(
    zip(
        map(chr, range(0x2E81, 0x2EF4)),
        "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭"
        "王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長"
        "镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)

# What GB 18030-2022 assigns to codes that GBK left private, and to the blank
# that the code A3A0 is used for: https://encoding.spec.whatwg.org/#gb18030
_ASSIGNED = {
    **dict(zip("\ue78d\ue78e\ue78f", "\ufe10\ufe12\ufe11", strict=True)),
    **dict(zip("\ue790\ue791\ue792\ue793", "\ufe13\ufe14\ufe15\ufe16", strict=True)),
    **dict(zip("\ue794\ue795\ue796", "\ufe17\ufe18\ufe19", strict=True)),
    **dict(zip("\ue81e\ue826\ue82b\ue82c", "\u9fb4\u9fb5\u9fb6\u9fb7", strict=True)),
    **dict(zip("\ue832\ue843\ue854\ue864", "\u9fb8\u9fb9\u9fba\u9fbb", strict=True)),
    **dict(zip("\ue816\ue817\ue818\ue831\ue83b\ue855", "𠂇𠂉𠃌𡗗𢦏𤇾", strict=True)),
    "\ue7c7": "\u1e3f",
    "\ue5e5": "\u3000",
}


def clean(manuscript: Manuscript, off: frozenset[str], report: Report) -> Manuscript:
    """Return ``manuscript`` without characters that no book can show.

    The metadata is cleaned likewise, without a record: it repeats the text.
    """
    cleaner = _Cleaner(off & _NAMES, Earlier(manuscript.edits))
    blocks = tuple(map(cleaner.block, manuscript.blocks))
    meta = cleaner.metadata(manuscript.meta)
    _report_findings(cleaner, report)
    edits = (*manuscript.edits, *cleaner.edits)
    return replace(manuscript, blocks=blocks, meta=meta, edits=edits)


class _Cleaner:
    """The cleaning of one manuscript, and what it finds on the way."""

    def __init__(self, off: frozenset[str], earlier: Earlier) -> None:
        self._off = off
        self._earlier = earlier
        self.edits: list[Edit] = []
        self.unknown: list[tuple[str, Span]] = []

    def block(self, block: Block) -> Block:
        """Return ``block`` clean; what is clean already is not copied."""
        values = (value for node in _nodes(block) for value in _strings(node).values())
        return rewrite(block, self._node) if any(map(_ODD.search, values)) else block

    def metadata(self, meta: Metadata) -> Metadata:
        """Return ``meta`` clean."""
        subjects = tuple(applied(s, _changes(s, self._off)) for s in meta.subjects)
        creators = tuple(
            replace(creator, **self._values(creator)) for creator in meta.creators
        )
        said: dict[str, Any] = self._values(meta)
        return replace(meta, creators=creators, subjects=subjects, **said)

    def _values(self, record: Metadata | Creator) -> dict[str, str]:
        return {
            name: applied(value, _changes(value, self._off))
            for name, value in _strings(record).items()
        }

    def _node(self, node: Node) -> Node:
        return self._text(node) if isinstance(node, Text) else self._other(node)

    def _text(self, text: Text) -> Text:
        earlier = self._earlier.within(text.span)
        new, edits = edited(text, tuple(_changes(text.value, self._off)), earlier)
        self.edits += edits
        self.unknown += [
            (match[0], place(text, match.start(), match.end(), earlier))
            for match in _IS_PRIVATE.finditer(text.value)
            if match[0] in new.value
        ]
        return new

    def _other(self, node: Node) -> Node:
        """Clean the strings of a node, of whose characters no place is known."""
        off = self._off if isinstance(node, Ruby) else _NAMES
        span = replace(node.span, start=None, end=None)
        values = _strings(node)
        for name, value in values.items():
            changes = tuple(_changes(value, off))
            values[name] = applied(value, changes)
            self.edits += [
                Edit(span, value[c.start : c.end], c.after, c.rule) for c in changes
            ]
        return replace(node, **cast(dict[str, Any], values))


def _nodes(block: Block) -> Iterable[Node]:
    # Most paragraphs of most books are nothing but text.
    if isinstance(block, Paragraph) and is_plain(block):
        return block.children
    return walk(block)


def _strings(record: Node | Metadata | Creator) -> dict[str, str]:
    if isinstance(record, Text):
        return {"value": record.value}
    values = ((part.name, getattr(record, part.name)) for part in fields(record))
    return {name: value for name, value in values if isinstance(value, str)}


def _changes(text: str, off: frozenset[str]) -> Iterator[Change]:
    for match in _ODD.finditer(text):
        after, rule = _replacement(text, match.start())
        if after != match[0] and rule not in off:
            yield Change(match.start(), match.end(), after, rule)


def _replacement(text: str, index: int) -> tuple[str, str]:
    """Return what a character becomes, itself if it stays, and by which rule."""
    character = text[index]
    if _IS_ILLEGAL.match(character):
        return _BREAKS.get(character, _REPLACEMENT), ILLEGAL
    if _IS_ZERO_WIDTH.match(character):
        return ("" if _is_stray(text, index) else character), INVISIBLE
    if _IS_PRIVATE.match(character):
        # Vertical forms are what GB 18030 has; layout turns marks by itself.
        assigned = _assigned().get(character, character)
        return forms.ordinary(assigned), PRIVATE_USE
    if _IS_RADICAL.match(character):
        plain = _SUPPLEMENT.get(character, character)
        return unicodedata.normalize("NFKC", plain), RADICAL
    return unicodedata.normalize("NFC", character), COMPATIBILITY


def _is_stray(text: str, index: int) -> bool:
    """Tell whether a mark without width stands beside Han, or at an end."""
    before = _IS_ZERO_WIDTH.sub("", text[max(0, index - 4) : index])[-1:]
    after = _IS_ZERO_WIDTH.sub("", text[index : index + 5])[:1]
    return text[index] == "\ufeff" or any(
        not beside or _BESIDE.match(beside) for beside in (before, after)
    )


@cache
def _assigned() -> Mapping[str, str]:
    """Return the characters that private code points of GBK stand for.

    GBK numbers the cells that it leaves open in one row of private code points;
    Python's codec knows those that GB 18030-2000 filled.
    """
    cells = [bytes((0xFE, trail)) for trail in (*range(0x50, 0x7F), *range(0x80, 0xA1))]
    found = {
        chr(0xE815 + place): cell.decode("gb18030") for place, cell in enumerate(cells)
    }
    later = {mark: char for mark, char in found.items() if not _IS_PRIVATE.match(char)}
    return later | _ASSIGNED


def _report_findings(cleaner: _Cleaner, report: Report) -> None:
    lost = [(e.before, e.span) for e in cleaner.edits if e.after == _REPLACEMENT]
    for code, found in (
        (Code.ILLEGAL_CHARACTER, lost),
        (Code.PRIVATE_USE, cleaner.unknown),
    ):
        spans: dict[str, list[Span]] = {}
        for character, span in found:
            spans.setdefault(character, []).append(span)
        for character, places in spans.items():
            values = {
                "character": f"U+{ord(character):04X}",
                "count": len(places),
                "lines": line_numbers(places),
            }
            report(Diagnostic(code, places[0], values))
