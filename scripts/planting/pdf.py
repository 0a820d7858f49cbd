"""Losses planted in a PDF, in the instructions of its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from random import Random
from typing import TypeAlias

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Operator

from planting.pages import Content, Glyph, Pages, Step

TEXT, PARAGRAPH, NOTE, FIGURE = {"/P", "/Note"}, {"/P"}, {"/Note"}, {"/Figure"}
ARTIFACT = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
FOOTER = ContentStreamInstruction(
    [Name.Artifact, Dictionary(Type=Name.Pagination, Subtype=Name.Footer)],
    Operator("BDC"),
)
BELOW = [
    ContentStreamInstruction([], Operator("q")),
    ContentStreamInstruction([1, 0, 0, 1, 5, 11], Operator("cm")),
]
ABOVE = ContentStreamInstruction([], Operator("Q"))


Plant: TypeAlias = Callable[[Pages, Random], None]
"""Changes pages at a place of chance."""


def planted(pdf: bytes, kind: str, chance: Random) -> bytes:
    """Return the PDF with a loss of one of LOSSES."""
    pages = Pages.of(pdf)
    LOSSES[kind](pages, chance)
    return pages.packed()


def body(pages: Pages, types: set[str]) -> list[list[Content]]:
    """Return the contents of the elements that say something of the source."""
    first = next(n for n, page in enumerate(pages.pdf.pages) if page.label == "1")
    inside = range(first, len(pages.instructions) - 1)  # the last is the colophon
    found = [c for c in pages.contents(types) if c[0].page in inside]
    return found if types == FIGURE else [c for c in found if len(pages.glyphs(c)) > 5]


# Characters ----------------------------------------------------------------------


def character(change: Callable[[bytes, bytes], list[bytes]]) -> Plant:
    def plant(pages: Pages, chance: Random) -> None:
        glyph, other = two_characters(pages, chance)
        pages.show(glyph, change(pages.code(glyph), pages.code(other)))

    return plant


def characters_swapped(pages: Pages, chance: Random) -> None:
    one, other = two_characters(pages, chance)
    first, second = pages.code(one), pages.code(other)
    pages.show(one, [second])
    pages.show(other, [first])


def two_characters(pages: Pages, chance: Random) -> tuple[Glyph, Glyph]:
    """Return two that differ, and that one instruction shows."""
    glyphs = pages.glyphs(chance.choice(body(pages, TEXT)))
    pairs = [
        (one, other)
        for one in glyphs
        for other in glyphs
        if one.text != other.text and one.place == other.place
    ]
    return chance.choice(pairs)


# Paragraphs, notes, pictures -----------------------------------------------------


def removed(types: set[str]) -> Plant:
    def plant(pages: Pages, chance: Random) -> None:
        for content in backwards(chance.choice(body(pages, types))):
            pages.put(content, [])

    return plant


def doubled(types: set[str], opening: Step | None = None) -> Plant:
    """Paint an element again below, by its own name or as ``opening`` calls it."""

    def plant(pages: Pages, chance: Random) -> None:
        for content in backwards(chance.choice(body(pages, types))):
            steps = pages.at(content)
            again = steps if opening is None else [opening, *steps[1:]]
            pages.put(content, [*steps, *BELOW, *again, ABOVE])

    return plant


def doubled_without_a_name(pages: Pages, chance: Random) -> None:
    for content in backwards(chance.choice(body(pages, PARAGRAPH))):
        steps = pages.at(content)
        pages.put(content, [*steps, *BELOW, *steps[1:-1], ABOVE])


def swapped(types: set[str]) -> Plant:
    """Paint each of two elements in the other's name."""

    def plant(pages: Pages, chance: Random) -> None:
        one, other = chance.sample(body(pages, types), 2)
        names = {content: pages.at(content) for content in (*one, *other)}
        painted = {one[0]: inside(names, other), other[0]: inside(names, one)}
        for content in backwards(names):
            opening, closing = names[content][0], names[content][-1]
            pages.put(content, [opening, *painted.get(content, []), closing])

    return plant


def inside(
    names: Mapping[Content, list[Step]], contents: Iterable[Content]
) -> list[Step]:
    return [step for content in contents for step in names[content][1:-1]]


def backwards(contents: Iterable[Content]) -> list[Content]:
    """Return the last first, so that the places of the others stay."""
    return sorted(contents, reverse=True)


def picture_replaced(pages: Pages, chance: Random) -> None:
    one, other = (content[0] for content in chance.sample(body(pages, FIGURE), 2))
    steps = [pages.at(content) for content in (one, other)]
    names = [next(s for s in list_ if str(s.operator) == "Do") for list_ in steps]
    pages.put(one, [names[1] if step is names[0] else step for step in steps[0]])


# Pages ---------------------------------------------------------------------------


def page_removed(pages: Pages, chance: Random) -> None:
    del pages.pdf.pages[one_page(pages, chance)]


def page_doubled(pages: Pages, chance: Random) -> None:
    number = one_page(pages, chance)
    pages.pdf.pages.insert(number + 1, pages.pdf.pages[number])


def page_moved_to_the_end(pages: Pages, chance: Random) -> None:
    number = one_page(pages, chance)
    pages.pdf.pages.append(pages.pdf.pages[number])


def pages_swapped(pages: Pages, chance: Random) -> None:
    one = two = one_page(pages, chance)
    while one == two:
        two = one_page(pages, chance)
    listed = pages.pdf.pages
    first, second = listed[one].obj, listed[two].obj
    listed[one], listed[two] = (
        pikepdf.Page(second),
        pikepdf.Page(first),
    )


def page_of_another_place(pages: Pages, chance: Random) -> None:
    """Let the instructions of one page be those of another."""
    one, other = (one_page(pages, chance) for _ in range(2))
    while one == other:
        other = one_page(pages, chance)
    pages.instructions[one] = pages.instructions[other]


def one_page(pages: Pages, chance: Random) -> int:
    """Return a page that has text."""
    return chance.choice(body(pages, PARAGRAPH))[0].page


LOSSES: Mapping[str, Plant] = {
    "character removed": character(lambda _one, _other: []),
    "character doubled": character(lambda one, _other: [one, one]),
    "character altered": character(lambda _one, other: [other]),
    "characters swapped": characters_swapped,
    "paragraph removed": removed(PARAGRAPH),
    "paragraph doubled": doubled(PARAGRAPH),
    "paragraph doubled as an artifact": doubled(PARAGRAPH, ARTIFACT),
    "paragraph doubled as a footer": doubled(PARAGRAPH, FOOTER),
    "paragraph doubled without a name": doubled_without_a_name,
    "paragraphs swapped": swapped(PARAGRAPH),
    "note removed": removed(NOTE),
    "note doubled": doubled(NOTE),
    "note doubled as an artifact": doubled(NOTE, ARTIFACT),
    "notes swapped": swapped(NOTE),
    "picture removed": removed(FIGURE),
    "picture doubled": doubled(FIGURE),
    "picture doubled as an artifact": doubled(FIGURE, ARTIFACT),
    "picture replaced": picture_replaced,
    "pictures swapped": swapped(FIGURE),
    "page removed": page_removed,
    "page doubled": page_doubled,
    "page copied to the end": page_moved_to_the_end,
    "page with the text of another": page_of_another_place,
    "pages swapped": pages_swapped,
}
