"""What a division is: by the semantics of its markup, or by its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.markup.elements import HEADINGS
from pipeline.model import Block, Heading, Kind, Text, plain, walk
from pipeline.structure import markers
from pipeline.structure.families import Sort
from pipeline.tree import Element, descendants

# EPUB Structural Semantics Vocabulary 1.1, 2.2 Document divisions and 2.3
# Document sections and components; DPUB-ARIA 1.1 has the same with doc-.
_SEMANTICS = {
    "part": Kind.PART,
    "volume": Kind.VOLUME,
    "chapter": Kind.CHAPTER,
    **dict.fromkeys(
        (
            *("preface", "foreword", "introduction", "prologue", "preamble"),
            *("dedication", "epigraph", "abstract"),
        ),
        Kind.FRONT,
    ),
    **dict.fromkeys(
        (
            *("appendix", "afterword", "epilogue", "conclusion", "bibliography"),
            *("glossary", "index", "acknowledgments", "errata", "credits"),
        ),
        Kind.BACK,
    ),
}
_HOLDERS = frozenset({Kind.PART, Kind.VOLUME})
_DIVISIONS = frozenset({*_HOLDERS, Kind.CHAPTER})
# The classes of our own sections: see render/templates/nodes/Section.xhtml.j2.
_OWN = {kind.value: kind for kind in Kind}


def kinds(root: Element) -> dict[Element, Kind]:
    """Return the kind of each heading that opens a division of a known kind."""
    found: dict[Element, Kind] = {}
    for division in descendants(root):
        kind = _kind(division)
        opening = _opening(division) if kind else None
        if kind and opening:
            found[opening] = kind
    return found


def by_label(title: str) -> Kind:
    """Return the kind that a heading names itself: 第三章 is a chapter."""
    for marker in markers.read(title):
        if marker.family.sort in {Sort.DIVISION, Sort.NAMED}:
            return marker.family.kind
    return Kind.SECTION


def settle(blocks: Sequence[Block], *, least: int) -> tuple[Block, ...]:
    """Return ``blocks`` with chapters told apart from the sections of an article.

    Headings that name nothing open chapters where others beside them do, or
    where ``least`` characters and more stand below each of them.
    """
    tops = _tops(blocks)
    headings = [heading for number, heading in tops if _is_open(heading)]
    named = any(heading.kind in _DIVISIONS for _, heading in tops)
    length = sum(len(_characters(block)) for block in blocks)
    long = len(headings) > 1 and length >= least * len(tops)
    if not (headings and (named or long)):
        return tuple(blocks)
    changed = {n: replace(h, kind=Kind.CHAPTER) for n, h in tops if _is_open(h)}
    return tuple(changed.get(number, block) for number, block in enumerate(blocks))


def _tops(blocks: Sequence[Block]) -> list[tuple[int, Heading]]:
    """Return the headings around which there is no chapter, by their places."""
    found: list[tuple[int, Heading]] = []
    above: list[Heading] = []
    for number, block in enumerate(blocks):
        if isinstance(block, Heading):
            above = [heading for heading in above if heading.level < block.level]
            if all(heading.kind in _HOLDERS for heading in above):
                found.append((number, block))
            above.append(block)
    return found


def _is_open(heading: Heading) -> bool:
    """Tell whether nothing says what a heading opens; 一、 numbers a section."""
    family = next((m.family for m in markers.read(plain(heading.children))), None)
    numbered = family is not None and family.sort is Sort.ENUMERATION
    return heading.kind is Kind.SECTION and not numbered


def _characters(block: Block) -> str:
    return "".join(node.value for node in walk(block) if isinstance(node, Text))


def _kind(division: Element) -> Kind | None:
    words = {word.removeprefix("doc-") for word in division.words}
    known = {**_SEMANTICS, **_OWN} if division.name == "section" else _SEMANTICS
    return next((known[word] for word in sorted(words & known.keys())), None)


def _opening(division: Element) -> Element | None:
    below = descendants(division)
    return next((e for e in below if e.name in HEADINGS), None)
