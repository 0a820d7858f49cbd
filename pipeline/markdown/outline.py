"""The title of a document, and what its headings divide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.model import Block, Heading, Kind, Title, plain
from pipeline.structure import markers
from pipeline.structure.families import Sort

_HOLDS_CHAPTERS = frozenset({Kind.PART, Kind.VOLUME})


def arrange(blocks: Sequence[Block], title: str) -> tuple[Block, ...]:
    """Return ``blocks`` with their title told apart and their headings' kinds.

    One heading of the first level, above everything else, is the title: unless
    ``title``, from the front matter, says that the work is called otherwise.
    """
    known = tuple(_with_kinds(blocks))
    if not _opens_with_title(known, title):
        return known
    first, *rest = known
    assert isinstance(first, Heading)
    return (Title(first.children, first.anchor, span=first.span), *map(_raised, rest))


def _opens_with_title(blocks: Sequence[Block], title: str) -> bool:
    headings = [block for block in blocks if isinstance(block, Heading)]
    if not headings or headings[0] is not blocks[0]:
        return False
    first, *rest = headings
    alone = first.level == 1 and all(heading.level > 1 for heading in rest)
    return alone and title in {"", plain(first.children)}


def _raised(block: Block) -> Block:
    if isinstance(block, Heading):
        return replace(block, level=block.level - 1)
    return block


def _with_kinds(blocks: Sequence[Block]) -> Iterator[Block]:
    title = _opens_with_title(blocks, "")
    above: list[Heading] = []
    for place, block in enumerate(blocks):
        if not isinstance(block, Heading) or (title and place == 0):
            yield block
            continue
        while above and above[-1].level >= block.level:
            above.pop()
        top = all(heading.kind in _HOLDS_CHAPTERS for heading in above)
        block = replace(block, kind=_kind(block, top=top))  # noqa: PLW2901 - its kind filled in
        above.append(block)
        yield block


def _kind(heading: Heading, *, top: bool) -> Kind:
    """Return what a heading opens; ``top`` where no chapter is around it."""
    found = markers.read(plain(heading.children))
    family = found[0].family if found else None
    if family and family.kind is Kind.ARTICLE:
        return Kind.ARTICLE
    if not top:
        return Kind.SECTION
    if family and family.sort in {Sort.DIVISION, Sort.NAMED}:
        return Kind.CHAPTER if family.kind is Kind.SECTION else family.kind
    # A speech numbers its points 一、 below its title; chapters of a book, marked
    # as the first level, may be numbered so too.
    is_point = family is not None and family.sort is Sort.ENUMERATION
    return Kind.SECTION if is_point and heading.level > 1 else Kind.CHAPTER
