"""Books set in pieces: the same pages as if they were set as a whole."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageChops
from pypdfium2 import raw

from pipeline import reading, works
from pipeline.checks import verapdf
from pipeline.diagnostics import Diagnostic
from pipeline.layout import engine, proof
from pipeline.layout.chapters import book, foundation, keeping, setting
from pipeline.layout.chapters.book import FEWEST
from pipeline.layout.chapters.cutting import Piece
from pipeline.layout.chapters.page import SetPiece
from pipeline.model import Book
from pipeline.pdfium import opened
from pipeline.writer import Product
from pipeline.writers.pdf import WRITER
from tests import specimen
from tests.paper import job

ROOT = Path(__file__).parents[2]
NIGHT_BOAT = ROOT / "docs" / "examples" / "novel" / "夜航.txt"

# Links and notes across chapters, a volume, a blank page, long and short chapters.
NOVEL = "# 江行\n\n" + "".join(
    (f"## 第{'一二'[n // 4]}卷　上下\n\n" if n % 4 == 0 else "")
    + f"### 第{'一二三四五六七八'[n]}章　行船 {{#c{n}}}\n\n"
    + f"船出了港，风很大；他说：“走吧！”[^{n}]见[上文](#c{(n * 3) % 8})。\n\n"
    * (1 + 9 * n % 23)
    + f"[^{n}]: 注文其{n}：江上的船。\n\n"
    for n in range(8)
)
# Shades of 255 by which a dot may change when it moves by .02 points.
SUBTLE = 96


def novel(folder: Path) -> Book:
    (folder / "江行.md").write_text(NOVEL, encoding="utf-8")
    return read(folder / "江行.md")


def read(source: Path) -> Book:
    work = works.locate(source, lambda _: None)
    assert work
    return reading.finish(reading.read(work).book, lambda _: None)


@pytest.fixture(scope="module")
def books(tmp_path_factory) -> dict[str, Book]:
    return {
        "specimen": specimen.specimen(),
        "novel": novel(tmp_path_factory.mktemp("novel")),
        "night boat": read(NIGHT_BOAT),
    }


@pytest.fixture
def in_pieces(monkeypatch):
    """Set books in pieces that are too short for that, and note if they were."""
    monkeypatch.setattr(book, "LEAST", 0)
    monkeypatch.setattr(engine, "suppress", lambda _fault: nullcontext())
    made = []
    joined = book._Book.joined

    def noted(*arguments: object) -> object:
        found = joined(*arguments)
        made.append(found)
        return found

    monkeypatch.setattr(book._Book, "joined", noted)
    return made


def as_a_whole(monkeypatch, of: Book, **settings: str) -> Product:
    with monkeypatch.context() as patch:
        patch.setattr(book, "LEAST", 10**9)
        return WRITER.write(job(of, **settings), lambda _: None)


@pytest.mark.parametrize("name", ["specimen", "novel", "night boat"])
def test_every_page_is_the_same(name, books, in_pieces, monkeypatch):
    whole = as_a_whole(monkeypatch, books[name])
    made = []
    for workers in "1", "2", "3":
        monkeypatch.setenv("KEBEN_WORKERS", workers)
        made.append(WRITER.write(job(books[name]), lambda _: None))
    assert len(in_pieces) == 3
    assert made[0] == made[1] == made[2]
    assert made[0].pages == whole.pages
    assert made[0].starts == whole.starts
    assert made[0].faces == whole.faces
    assert same(told(made[0].data), told(whole.data))
    assert differs(made[0].data, whole.data) < SUBTLE


def test_the_file_is_one_to_keep_and_for_everybody(books, in_pieces, tmp_path):
    path = tmp_path / "novel.pdf"
    path.write_bytes(WRITER.write(job(books["novel"]), lambda _: None).data)
    found: list[Diagnostic] = []
    verapdf.validate(path, found.append)
    assert in_pieces
    assert found == []


SETTINGS = {
    "lines that run down": {"name": "vertical"},
    "inks of a press": {"print": "press"},
    "chapters that open no page": {"name": "gongwen"},
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_what_can_t_be_cut_is_set_as_a_whole(settings, books, in_pieces, monkeypatch):
    made = WRITER.write(job(books["night boat"], **settings), lambda _: None)
    assert in_pieces == []
    assert made == as_a_whole(monkeypatch, books["night boat"], **settings)


@pytest.fixture
def kept(monkeypatch, tmp_path) -> Path:
    """The folder of what is kept."""
    monkeypatch.setenv("KEBEN_CACHE", str(tmp_path / "kept"))
    monkeypatch.setenv("KEBEN_WORKERS", "1")
    return tmp_path / "kept"


@pytest.fixture
def set_anew(monkeypatch) -> list[str]:
    """The pieces that are set, and not taken from what is kept."""
    found = []
    stock = setting.Setter.set

    def noted(setter: setting.Setter, piece: Piece) -> SetPiece:
        found.append(piece.xhtml)
        return stock(setter, piece)

    monkeypatch.setattr(setting.Setter, "set", noted)
    return found


@pytest.mark.parametrize("name", ["specimen", "novel"])
def test_what_is_kept_is_not_set_again_and_the_same(
    name, books, in_pieces, kept, set_anew
):
    made = WRITER.write(job(books[name]), lambda _: None)
    count = len(set_anew)
    assert len([*kept.rglob("*.kept")]) > count > FEWEST  # margins are kept, too
    assert WRITER.write(job(books[name]), lambda _: None) == made
    assert len(set_anew) == count
    for path in kept.rglob("*.kept"):
        data = path.read_bytes()
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert WRITER.write(job(books[name]), lambda _: None) == made
    assert len(set_anew) == 2 * count


@pytest.mark.parametrize("foreign", ["[]", "{}", "no", '[[],[],[],["",0],[]]'])
def test_what_others_have_put_there_is_not_believed(foreign):
    piece = SetPiece((), (), (), ("", 0))
    assert keeping.piece(keeping.written(piece)) is None  # it has no pages
    assert keeping.piece(foreign.encode()) is None
    assert keeping.margins(foreign.encode()) is None


def test_a_changed_paragraph_is_set_again_with_its_chapter_alone(
    in_pieces, kept, set_anew, tmp_path, monkeypatch
):
    source = tmp_path / "江行.md"
    source.write_text(NOVEL, encoding="utf-8")
    WRITER.write(job(read(source)), lambda _: None)
    set_anew.clear()
    source.write_text(NOVEL.replace("注文其3", "注文其叁"), encoding="utf-8")
    made = WRITER.write(job(read(source)), lambda _: None)
    (chapter,) = set_anew
    assert "注文其叁" in chapter
    monkeypatch.setenv("KEBEN_CACHE", "")
    assert made == WRITER.write(job(read(source)), lambda _: None)


def test_other_type_is_not_taken_from_what_is_kept(books, in_pieces, kept, set_anew):
    WRITER.write(job(books["novel"]), lambda _: None)
    set_anew.clear()
    WRITER.write(job(books["novel"], size="16k"), lambda _: None)
    WRITER.write(job(books["novel"], marks="banjiao"), lambda _: None)
    assert len(set_anew) > 2 * FEWEST


def test_a_glyph_that_is_read_in_two_ways_is_known_in_all_of_the_book(
    books, in_pieces, monkeypatch
):
    # One glyph for two characters, each in a chapter of its own.
    asked = job(books["novel"])
    (page,) = asked.rendered.pages
    first, tag, rest = page.xhtml.rpartition('<section class="chapter"')
    other = "\N{CJK COMPATIBILITY IDEOGRAPH-FA0C}"
    xhtml = f"{first.replace('风', '兀')}{tag}{rest.replace('风', other)}"
    pages = (replace(page, xhtml=xhtml),)
    asked = replace(asked, rendered=replace(asked.rendered, pages=pages))
    made = WRITER.write(asked, lambda _: None)
    assert in_pieces == []
    with monkeypatch.context() as patch:
        patch.setattr(book, "LEAST", 10**9)
        assert made == WRITER.write(asked, lambda _: None)


def test_headings_that_the_style_sheet_numbers_are_counted_through(
    in_pieces, monkeypatch, tmp_path
):
    source = tmp_path / "x.md"
    chapters = (f"## {title}\n\n由船去。\n\n" for title in "山江湖海")
    source.write_text("# 行船\n\n" + "".join(chapters), encoding="utf-8")
    of = read(source)
    made = WRITER.write(job(of, "report"), lambda _: None)
    assert in_pieces == []
    assert made == as_a_whole(monkeypatch, of, name="report")


def test_another_weasyprint_sets_the_whole(books, in_pieces, monkeypatch):
    place = next(iter(foundation.RESTS_ON))
    monkeypatch.setitem(foundation.RESTS_ON, place, "another")
    made = WRITER.write(job(books["night boat"]), lambda _: None)
    assert in_pieces == []
    assert made == as_a_whole(monkeypatch, books["night boat"])


def test_what_the_pieces_rest_on_is_proved():
    assert proof.differences(foundation.RESTS_ON) == ()


def told(data: bytes) -> list[object]:
    """Return text and places on all pages, what is read, links and the outline."""
    with opened(data) as document:
        found: list[object] = [
            *document.pages(),
            *document.spoken(range(document.count)),
        ]
        found.append(document.bookmarks)
    found += links(data)
    return found


def links(data: bytes) -> Iterator[object]:
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document):
        yield document.get_page_label(number)
        place, link, area = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
        while raw.FPDFLink_Enumerate(page, place, link):
            raw.FPDFLink_GetAnnotRect(link, area)
            goal = raw.FPDFLink_GetDest(document, link)
            yield area.left, area.bottom, area.right, area.top
            yield raw.FPDFDest_GetDestPageIndex(document, goal) if goal else None


def differs(one: bytes, other: bytes) -> int:
    """Return by how much any dot of any page is lighter in one of two files."""
    pictures = [
        [page.render().to_pil().convert("L") for page in pypdfium2.PdfDocument(data)]
        for data in (one, other)
    ]
    return max(
        ImageChops.difference(*pages).getextrema()[1]
        for pages in zip(*pictures, strict=True)
    )


def same(one: object, other: object) -> bool:
    """Compare, but take places as the same that are .02 points from one another."""
    match one, other:
        case float(), float():
            return abs(one - other) < 0.02
        case (list() | tuple(), list() | tuple()):
            return len(one) == len(other) and all(map(same, one, other))
        case _ if is_dataclass(one) and type(one) is type(other):
            return all(
                same(getattr(one, field.name), getattr(other, field.name))
                for field in fields(one)
            )
        case _:
            return one == other
