from __future__ import annotations

import pytest

from pipeline.checks.typography.notes import Astray, astray
from pipeline.pdfium import Element, Font, Ink, Page, Piece

DOCUMENT = Element("Document", None, begins=True, ends=True)
FONT = Font("ABCDEF+Keben-Song", is_embedded=True)
INK = Ink(0.0, 0.0, 1.0, 1.0, 1.0)


def piece(text: str, *types: str) -> Piece:
    element = DOCUMENT
    for name in types:
        element = Element(name, element, begins=True, ends=True)
    return Piece(text, (0.0,), (INK,), 0.0, 10.0, 0, FONT, 0, element, is_exact=True)


def page(label: str, calls: str = "", notes: str = "", numbers: str = "") -> Page:
    pieces = (
        *(piece(call, "P", "Reference") for call in calls),
        *(piece(note, "Note", "Lbl") for note in notes),
        *(piece(number, "L", "LI", "Lbl") for number in numbers),
    )
    return Page(label, 400, 600, pieces, pieces, ())


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([page("1", "①②", "①②"), page("2", "①", "①")], []),
        (
            [page("1", "①②③", "①②"), page("2", "", "③")],
            [Astray("③", "1", "2")],
        ),
        ([page("1", "①", ""), page("2", "", "①")], [Astray("①", "1", "2")]),
        ([page("1", "①②"), page("2", "③"), page("3", "", "①②③")], []),
        ([page("1", "1", ""), page("2", "", "", "1")], []),
    ],
    ids=[
        "all in place",
        "the last on the next page",
        "the only one on the next page",
        "notes at the end",
        "numbers of a list",
    ],
)
def test_a_note_on_another_page_than_its_call(pages, expected):
    assert list(astray(pages)) == expected
