"""Notes of documents: called in the text, and written somewhere else.

A link calls a note when its semantics say so, or when it looks like a call
([1], ①, *) and its target looks like the note: marked as one, leading back, or
beginning with the same label. What is in doubt stays a link.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.markup.blocks import blocks
from pipeline.markup.elements import HEADINGS
from pipeline.markup.links import Index
from pipeline.markup.paragraphs import Inlines
from pipeline.markup.resolved import Resolved
from pipeline.markup.spacing import collapse
from pipeline.model import (
    Admonition,
    Block,
    Code,
    CodeBlock,
    DefinitionList,
    Figure,
    Heading,
    Inline,
    List,
    Math,
    MathBlock,
    Note,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
    Title,
    Verse,
)
from pipeline.tree import Element, descendants, text

_CALLS = frozenset({"noteref", "doc-noteref"})
_NOTES = frozenset(
    {"footnote", "endnote", "rearnote", "note", "doc-footnote", "doc-endnote"}
)
_BACKLINKS = frozenset({"backlink", "doc-backlink", "footnote-back", "reversefootnote"})
_HOLDERS = frozenset({"aside", "dd", "div", "li", "p", "section", "td", "tr"})
_AROUND_CALLS = frozenset({"sup", "small", "span", "font", "b", "strong", "i", "em"})
_NUMBER = (
    "[0-9０-９]{1,4}|[一二三四五六七八九十百]{1,5}|[①-⑳㉑-㉟㊱-㊿❶-❿]"
    "|[*＊†‡※]{1,3}|[a-z]"
)
_LABEL = re.compile(
    r"\s*[\[［(（〔【〖]?\s*(?:注|註|注释|註釋|note)?[\s:：]*"
    rf"({_NUMBER})\s*[\]］)）〕】〗]?[.．、:：]?\s*"
)
_OFFICE_NOTE = re.compile(r"(?:ftn|edn|sdfootnote|sdendnote)\d+")
_RETURN = re.compile(
    r"[\s\ufe0e\ufe0f↩↵↑⏎^]*(?:返回(?:正文)?|back)?[\s\ufe0e\ufe0f↩↵↑⏎^]*"
)


@dataclass(frozen=True, slots=True)
class Notes:
    """What stands in place of calls, notes and links back; headings that go.

    ``marks`` are the characters of calls, of links back, and of the labels that
    notes begin with, each with the element in which they stand.
    """

    replaced: Mapping[Element, tuple[Inline, ...]]
    headings: tuple[Element, ...]
    marks: tuple[tuple[Element, str], ...]


def collect(index: Index, resolved: Mapping[str, Resolved]) -> Notes:
    """Return the notes of documents; ``resolved`` is by their paths."""
    holders = _holders(index)
    around = _around(holders, index)
    backlinks = dict.fromkeys(
        link
        for holder in holders.values()
        for link in _backlinks(holder, around, index)
    )
    replaced: dict[Element, tuple[Inline, ...]] = dict.fromkeys(backlinks, ())
    marks = [(link, text(link)) for link in backlinks]
    for call, holder in holders.items():
        known = resolved[index.homes[holder]]
        known = replace(known, replaced={**known.replaced, **replaced})
        label, paragraphs = _note_text(holder, text(call), known)
        if paragraphs:
            marks += ((call, text(call)), (holder, label))
            span = resolved[index.homes[call]].span(call.line)
            replaced[call] = (Note(paragraphs, span=span),)
            replaced[holder] = ()
    headings = dict.fromkeys(_Remains(replaced, index).alone(holders.values()))
    gone = dict.fromkeys(headings, ())
    return Notes(replaced | gone, tuple(headings), tuple(marks))


def _holders(index: Index) -> dict[Element, Element]:
    """Return what holds the note of each call. None holds two notes."""
    holders: dict[Element, Element] = {}
    targets: dict[Element, Element] = {}
    for link in index.links():
        target = index.led_to(link)
        holder = _holder(target, index) if target else None
        if target and holder and _is_call(link, target, holder, index):
            holders[_whole_call(link, index)] = holder
            targets[target] = holder
    shared = {holder for holder, n in Counter(targets.values()).items() if n > 1}
    return {call: holder for call, holder in holders.items() if holder not in shared}


def _holder(target: Element, index: Index) -> Element | None:
    """Return the block that a note's target begins, or None where it begins none."""
    holder = next((e for e in index.ancestors(target) if e.name in _HOLDERS), None)
    if holder is None:
        return None
    outer = index.parents.get(holder)
    if outer is None or next(_elements(outer), None) is not holder:
        return holder
    # Word and LibreOffice put each note into a division with a name such as ftn1.
    named = outer.name == "div" and _OFFICE_NOTE.fullmatch(outer.get("id"))
    return outer if named or outer.name in {"li", "aside", "dd"} else holder


def _elements(element: Element) -> Iterator[Element]:
    return (child for child in element.children if isinstance(child, Element))


def _is_call(link: Element, target: Element, holder: Element, index: Index) -> bool:
    if link in set(descendants(holder)):
        return False
    if link.words & _CALLS:
        return True
    label = _LABEL.fullmatch(text(link))
    if not label or index.places[target] < index.places[link]:
        return False
    if (target.words | holder.words) & _NOTES:
        return True
    opening = _LABEL.match(text(holder))
    if opening and opening[1] == label[1]:
        return True
    around = _around((_whole_call(link, index),), index)
    return any(_backlinks(holder, around, index))


def _whole_call(link: Element, index: Index) -> Element:
    """Return ``link`` with the brackets and the <sup> around it."""
    label = _call_sign(link)
    whole = link
    for outer in index.ancestors(link):
        if outer is not link and outer.name not in _AROUND_CALLS:
            break
        if label is None or _call_sign(outer) != label:
            break
        whole = outer
    return whole


def _call_sign(element: Element) -> str | None:
    """Return the label that an element is; empty where a picture stands for it."""
    said = text(element)
    label = _LABEL.fullmatch(said)
    return label[1] if label else None if said.strip() else ""


def _around(calls: Iterable[Element], index: Index) -> frozenset[Element]:
    """Return what ``calls`` are and hold, and what they stand in."""
    found: set[Element] = set()
    for call in calls:
        found.update(descendants(call))
        for outer in index.ancestors(call):
            if outer in found and outer is not call:
                break
            found.add(outer)
    return frozenset(found)


def _backlinks(
    holder: Element, around: Collection[Element], index: Index
) -> Iterator[Element]:
    """Yield the links of a note that lead back to what is ``around`` its call."""
    for link in descendants(holder):
        if link.name == "a" and link.get("href"):
            marked = link.words & _BACKLINKS
            said = text(link)
            mere = _LABEL.fullmatch(said) or _RETURN.fullmatch(said)
            if marked or (mere and index.led_to(link) in around):
                yield link


def _note_text(
    holder: Element, call: str, resolved: Resolved
) -> tuple[str, tuple[Inlines, ...]]:
    """Return the label that a note begins with, and its lines without that."""
    lines = list(as_lines(blocks(holder, resolved)))
    label = _label(lines[0], call) if lines else ""
    if label:
        first, *rest = lines[0]
        assert isinstance(first, Text)
        shorter = replace(first, value=first.value[len(label) :])
        lines[0] = collapse((shorter, *rest))
    return label, tuple(filter(None, lines))


def _label(line: Inlines, call: str) -> str:
    """Return what of a line repeats the call of its note."""
    number = _LABEL.fullmatch(call)
    match line:
        case (Text(value=value), *_) if label := _LABEL.match(value):
            return label[0] if number and label[1] == number[1] else ""
    return ""


def as_lines(content: Iterable[Block]) -> Iterator[Inlines]:
    """Yield blocks as the paragraphs of inlines that a note is made of."""
    for block in content:
        match block:
            case (
                Paragraph(children=line) | Heading(children=line) | Title(children=line)
            ):
                yield line
            case Verse(lines=lines):
                yield from lines
            case Figure(image=image, caption=caption):
                yield (image, *caption)
            case CodeBlock(value=value, span=span):
                yield (Code(" ".join(value.split()), span=span),)
            case MathBlock(tex=tex, mathml=mathml, span=span):
                yield (Math(tex, mathml, span=span),)
            case Rule():
                pass
            case Quote() | Admonition() | List() | DefinitionList() | Table():
                yield from _lines_below(block)


def _lines_below(
    block: Quote | Admonition | List | DefinitionList | Table,
) -> Iterator[Inlines]:
    match block:
        case Quote(blocks=below) | Admonition(blocks=below):
            yield from as_lines(below)
        case List(items=items):
            yield from (line for item in items for line in as_lines(item.blocks))
        case DefinitionList(definitions=definitions):
            for definition in definitions:
                yield from (definition.term, *as_lines(definition.blocks))
        case Table(head=head, body=body):
            cells = (cell for row in (*head, *body) for cell in row.cells)
            yield from (line for cell in cells for line in as_lines(cell.blocks))


class _Remains:
    """What of documents is left once their notes stand where they are called."""

    def __init__(
        self, replaced: Mapping[Element, tuple[Inline, ...]], index: Index
    ) -> None:
        self._replaced = replaced
        self._index = index
        self._texts: dict[Element, bool] = {}

    def alone(self, holders: Iterable[Element]) -> Iterator[Element]:
        """Yield the headings that have nothing below them without their notes."""
        tops: dict[Element | None, list[Element]] = {}
        for top in dict.fromkeys(map(self._top, holders)):
            yield from (e for e in descendants(top) if e.name in HEADINGS)
            tops.setdefault(self._index.parents.get(top), []).append(top)
        for parent, below in tops.items():
            if parent is not None:
                yield from self._above(parent, below)

    def _top(self, holder: Element) -> Element:
        """Return the outermost element that holds nothing but notes."""
        top = holder
        for outer in self._index.ancestors(holder):
            if outer.name in {"body", "article", "main"} or self._has_text(outer):
                break
            top = outer
        return top

    def _above(self, parent: Element, tops: Iterable[Element]) -> Iterator[Element]:
        """Yield the headings in ``parent`` that only ``tops`` stand below."""
        siblings = parent.elements
        places = {element: place for place, element in enumerate(siblings)}
        said = [
            place
            for place, element in enumerate(siblings)
            if element.name in HEADINGS or self._has_text(element)
        ]
        for top in tops:
            first, last = (
                bisect_left(said, places[top]),
                bisect_right(said, places[top]),
            )
            heading = siblings[said[first - 1]] if first else None
            after = siblings[said[last]] if last < len(said) else None
            if heading and heading.name in HEADINGS and _ends(heading, after):
                yield heading

    def _has_text(self, element: Element) -> bool:
        if element not in self._texts:
            self._texts[element] = self._says(element)
        return self._texts[element]

    def _says(self, element: Element) -> bool:
        if element in self._replaced or element.name in HEADINGS:
            return False
        return any(
            bool(child.strip()) if isinstance(child, str) else self._has_text(child)
            for child in element.children
        )


def _ends(heading: Element, after: Element | None) -> bool:
    """Tell whether what stands after the notes is no longer below ``heading``."""
    return after is None or (after.name in HEADINGS and after.name <= heading.name)
