"""Losses planted in a finished PDF: every one is found.

They are done to the instructions of its pages, as an accident or a hand would.
"""

from __future__ import annotations

import random

import pikepdf
import pytest
from pikepdf import ContentStreamInstruction, Dictionary, Name, Operator

from tests.audit.pages import Pages

SEEDS = range(10)
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


@pytest.mark.parametrize("again", [bytes, lambda data: Pages.of(data).packed()])
def test_the_edition_itself_is_proved(made, again):
    assert made.proves("船经.pdf", again(made.pdf))


def body(pages, types):
    """Return the contents of the elements that say something of the source."""
    first = next(n for n, page in enumerate(pages.pdf.pages) if page.label == "1")
    inside = range(first, len(pages.instructions) - 1)  # the last is the colophon
    found = [c for c in pages.contents(types) if c[0].page in inside]
    return found if types == FIGURE else [c for c in found if len(pages.glyphs(c)) > 5]


# Characters ----------------------------------------------------------------------


def character(change):
    def plant(pages, chance):
        glyph, other = two_characters(pages, chance)
        pages.show(glyph, change(pages.code(glyph), pages.code(other)))

    return plant


def characters_swapped(pages, chance):
    one, other = two_characters(pages, chance)
    first, second = pages.code(one), pages.code(other)
    pages.show(one, [second])
    pages.show(other, [first])


def two_characters(pages, chance):
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


def removed(types):
    def plant(pages, chance):
        for content in backwards(chance.choice(body(pages, types))):
            pages.put(content, [])

    return plant


def doubled(types, opening=None):
    """Paint an element again below, by its own name or as ``opening`` calls it."""

    def plant(pages, chance):
        for content in backwards(chance.choice(body(pages, types))):
            steps = pages.at(content)
            again = steps if opening is None else [opening, *steps[1:]]
            pages.put(content, [*steps, *BELOW, *again, ABOVE])

    return plant


def doubled_without_a_name(pages, chance):
    for content in backwards(chance.choice(body(pages, PARAGRAPH))):
        steps = pages.at(content)
        pages.put(content, [*steps, *BELOW, *steps[1:-1], ABOVE])


def swapped(types):
    """Paint each of two elements in the other's name."""

    def plant(pages, chance):
        one, other = chance.sample(body(pages, types), 2)
        names = {content: pages.at(content) for content in (*one, *other)}
        painted = {one[0]: inside(names, other), other[0]: inside(names, one)}
        for content in backwards(names):
            opening, closing = names[content][0], names[content][-1]
            pages.put(content, [opening, *painted.get(content, []), closing])

    return plant


def inside(names, contents):
    return [step for content in contents for step in names[content][1:-1]]


def backwards(contents):
    """Return the last first, so that the places of the others stay."""
    return sorted(contents, reverse=True)


def picture_replaced(pages, chance):
    one, other = (content[0] for content in chance.sample(body(pages, FIGURE), 2))
    steps = [pages.at(content) for content in (one, other)]
    names = [next(s for s in list_ if str(s.operator) == "Do") for list_ in steps]
    pages.put(one, [names[1] if step is names[0] else step for step in steps[0]])


# Pages ---------------------------------------------------------------------------


def page_removed(pages, chance):
    del pages.pdf.pages[one_page(pages, chance)]


def page_doubled(pages, chance):
    number = one_page(pages, chance)
    pages.pdf.pages.insert(number + 1, pages.pdf.pages[number])


def page_moved_to_the_end(pages, chance):
    number = one_page(pages, chance)
    pages.pdf.pages.append(pages.pdf.pages[number])


def pages_swapped(pages, chance):
    one = two = one_page(pages, chance)
    while one == two:
        two = one_page(pages, chance)
    listed = pages.pdf.pages
    first, second = listed[one].obj, listed[two].obj
    listed[one], listed[two] = (
        pikepdf.Page(second),
        pikepdf.Page(first),
    )


def page_of_another_place(pages, chance):
    """Let the instructions of one page be those of another."""
    one, other = (one_page(pages, chance) for _ in range(2))
    while one == other:
        other = one_page(pages, chance)
    pages.instructions[one] = pages.instructions[other]


def one_page(pages, chance):
    """Return a page that has text."""
    return chance.choice(body(pages, PARAGRAPH))[0].page


LOSSES = {
    "character removed": character(lambda one, other: []),
    "character doubled": character(lambda one, other: [one, one]),
    "character altered": character(lambda one, other: [other]),
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


@pytest.mark.parametrize("kind", LOSSES)
def test_every_loss_planted_in_a_pdf_is_found(made, kind):
    missed = []
    for seed in SEEDS:
        chance = random.Random(f"{kind} {seed}")
        pages = Pages.of(made.pdf)
        LOSSES[kind](pages, chance)
        if made.proves("船经.pdf", pages.packed()):
            missed.append(seed)
    assert missed == []
