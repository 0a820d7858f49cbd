"""Headings of a publication, on the levels that its contents give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.markup import kinds
from pipeline.markup.elements import HEADINGS, is_block
from pipeline.markup.links import Index, opening
from pipeline.markup.titles import compared
from pipeline.model import Kind
from pipeline.publication.contents import Entry
from pipeline.tree import Element, text, with_children

_DEEPEST = 6


@dataclass(slots=True)
class _Plan:
    """What becomes of elements: the level of headings, and what stands before."""

    levels: dict[Element, int] = field(default_factory=dict)
    semantics: dict[Element, str] = field(default_factory=dict)
    inserted: dict[Element, Element] = field(default_factory=dict)


def headed(
    documents: Mapping[str, Element], entries: Sequence[Entry]
) -> dict[str, Element]:
    """Return ``documents`` with a heading for every entry of the contents.

    Headings that the contents do not list keep their distance to the listed one
    above them. A paragraph that an entry repeats is a heading; where a document
    has none, the entry is.
    """
    index = Index(documents)
    plan = _Plan()
    known = {h for root in documents.values() for h in kinds.kinds(root)}
    above: list[Entry] = []
    for entry in entries:
        above = [outer for outer in above if outer.depth < entry.depth]
        kind = _kind(entry, above)
        above.append(entry)
        heading = _heading(entry, documents, index, plan)
        if heading and heading not in plan.levels:
            plan.levels[heading] = entry.depth
            if kind and heading not in known:
                plan.semantics[heading] = kind
    if plan.levels:
        _level_others(index, plan)
    return {path: _changed(root, plan) for path, root in documents.items()}


def _kind(entry: Entry, above: Iterable[Entry]) -> str:
    """Return the semantics of what an entry opens, where its name says nothing."""
    if kinds.by_label(entry.title) is not Kind.SECTION:
        return ""
    if not all(outer.holds for outer in above):
        return ""
    return "part" if entry.holds else "chapter"


def _heading(
    entry: Entry, documents: Mapping[str, Element], index: Index, plan: _Plan
) -> Element | None:
    root = documents.get(entry.path)
    target = index.element(entry.path, entry.fragment)
    if root is None or target is None:
        return None
    if found := _printed(entry, target, index):
        return found
    if entry.fragment or not text(root).strip():
        return None
    heading = Element(_tag(entry.depth), {}, (entry.title,), root.line)
    plan.inserted[root] = heading
    return heading


def _printed(entry: Entry, target: Element, index: Index) -> Element | None:
    """Return the heading at ``target``, or a paragraph that says what it should."""
    for outer in index.ancestors(target):
        if outer.name in HEADINGS:
            return outer
        if is_block(outer):
            break
    if found := opening(target):
        return found
    for element in (target, *index.following(target)):
        if element.name in HEADINGS:
            return element
        if text(element).strip() and not any(map(is_block, element.children)):
            whole = next((e for e in index.ancestors(element) if is_block(e)), element)
            same = compared(text(whole)) == compared(entry.title)
            return whole if same else None
    return None


def _level_others(index: Index, plan: _Plan) -> None:
    """Level what the contents do not list, or list no deeper than a device allows."""
    base: tuple[int, int, str] | None = None
    for element in index.places:
        home = index.homes[element]
        if heading := plan.inserted.get(element):
            base = plan.levels[heading], 1, home
        listed = plan.levels.get(element, 0)
        if not listed and (element.name not in HEADINGS or base is None):
            continue
        rank = int(element.name[1]) if element.name in HEADINGS else 1
        level = max(1, base[0] + rank - base[1]) if base else listed
        if listed and base and base[2] != home:
            level = listed
        plan.levels[element] = max(level, listed)
        if listed:
            base = plan.levels[element], rank, home


def _changed(element: Element, plan: _Plan) -> Element:
    before = (plan.inserted[element],) if element in plan.inserted else ()
    children = (
        child if isinstance(child, str) else _changed(child, plan)
        for child in (*before, *element.children)
    )
    changed = with_children(element, children)
    if element not in plan.levels:
        return changed
    attributes = dict(element.attributes)
    if said := plan.semantics.get(element):
        attributes["epub:type"] = said
    name = _tag(plan.levels[element])
    return Element(name, attributes, changed.children, element.line)


def _tag(level: int) -> str:
    return f"h{min(max(level, 1), _DEEPEST)}"
