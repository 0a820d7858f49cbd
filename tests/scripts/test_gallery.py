"""The gallery: which pages of a book it shows."""

from __future__ import annotations

import gallery

from tests.paper import pages, printed
from tests.specimen import specimen, speech


def test_the_pages_that_show_most_are_chosen_in_their_order():
    found = gallery.chosen(pages(printed(specimen())))
    names = [one.name for one in found]
    assert names[:4] == ["cover", "title page", "contents", "an opening"]
    assert {"a spread", "a page with a table"} & {*names}
    assert [one.pages for one in found] == sorted(one.pages for one in found)
    numbers = [number for one in found for number in one.pages]
    assert len(set(numbers)) == len(numbers)


def test_a_document_without_front_matter_begins_with_its_text():
    (only,) = gallery.chosen(pages(printed(speech(), theme="gongwen")))
    assert only == gallery.Shown("an opening", (0,))


def test_pages_of_a_spread_touch_and_others_do_not():
    sheet = [[page(10), page(10)], [page(10)]]
    picture = gallery.beside(sheet)
    assert picture.width == 2 * gallery.MARGIN + 30 + gallery.GAP
    row = [picture.getpixel((x, gallery.MARGIN + 5)) for x in range(picture.width)]
    paper = [x for x, colour in enumerate(row) if colour == (255, 255, 255)]
    assert paper[:20] == list(range(gallery.MARGIN, gallery.MARGIN + 20))


def page(width: int):
    return gallery.Image.new("RGB", (width, 20), "white")
