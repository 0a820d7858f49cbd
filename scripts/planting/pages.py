"""A finished PDF, taken apart so that accidents can happen to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NamedTuple, TypeAlias

import pikepdf
from pikepdf import ContentStreamInstruction, Operator

HAN = re.compile("[\u4e00-\u9fff]")
_ONE = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")
_SHOWS = ("Tj", "TJ")

# Objects of a PDF have no types of their own.
Thing: TypeAlias = Any
Step: TypeAlias = Any
"""An instruction of a page."""


class Content(NamedTuple):
    """Marked content: its page, and its instructions from opening to closing."""

    page: int
    first: int
    last: int


@dataclass(frozen=True)
class Glyph:
    """A character: the page and the instruction that show it, and which of its."""

    place: tuple[int, int]
    index: int
    text: str


@dataclass
class Pages:
    """The pages of a PDF with their instructions, which may be changed."""

    pdf: pikepdf.Pdf
    pages: list[pikepdf.Page]
    instructions: list[list[Step]]

    @classmethod
    def of(cls, data: bytes) -> Pages:
        pdf = pikepdf.open(BytesIO(data))
        pages = list(pdf.pages)
        return cls(pdf, pages, [list(pikepdf.parse_content_stream(p)) for p in pages])

    def packed(self) -> bytes:
        """Return the PDF; where pages themselves were changed, these are."""
        if len(self.pdf.pages) == len(self.instructions):
            for page, changed in zip(self.pages, self.instructions, strict=True):
                stream = pikepdf.unparse_content_stream(changed)
                page.Contents = self.pdf.make_stream(stream)
        file = BytesIO()
        self.pdf.save(file)
        return file.getvalue()

    # What stands on the pages ------------------------------------------------

    def contents(self, types: Iterable[str]) -> list[list[Content]]:
        """Return the marked contents of each element that has one of ``types``."""
        found = []
        places = {
            (page, number): Content(page, *stretch)
            for page, stretches in enumerate(map(_marked, self.instructions))
            for number, stretch in stretches.items()
        }
        numbers = {p.obj.objgen: i for i, p in enumerate(self.pdf.pages)}
        for element in _elements(self.pdf.Root.StructTreeRoot):
            if str(element.get("/S", "")) in types:
                kids = [
                    places[place]
                    for place in _marks(element, numbers, None)
                    if place in places
                ]
                if kids:
                    found.append(kids)
        return found

    def at(self, content: Content) -> list[Step]:
        return self.instructions[content.page][content.first : content.last]

    def put(self, content: Content, steps: list[Step]) -> None:
        self.instructions[content.page][content.first : content.last] = steps

    def glyphs(self, contents: Iterable[Content]) -> list[Glyph]:
        """Return the Chinese characters in marked contents."""
        return [
            glyph
            for content in contents
            for glyph in self._glyphs(*content)
            if HAN.match(glyph.text)
        ]

    def _glyphs(self, page: int, first: int, last: int) -> Iterator[Glyph]:
        fonts = self.pdf.pages[page].resources.Font
        font: Mapping[bytes, str] = {}
        for at in range(first, last):
            operands, operator = self.instructions[page][at]
            if str(operator) == "Tf":
                font = _unicode(fonts[str(operands[0])])
            elif str(operator) in _SHOWS:
                for index, code in enumerate(_codes(operands)):
                    yield Glyph((page, at), index, font.get(code, ""))

    def show(self, glyph: Glyph, codes: Sequence[bytes]) -> None:
        """Show ``codes`` in the place of ``glyph``."""
        page, at = glyph.place
        before = _codes(self.instructions[page][at].operands)
        after = [*before[: glyph.index], *codes, *before[glyph.index + 1 :]]
        shown = pikepdf.Array([pikepdf.String(b"".join(after))])
        step = ContentStreamInstruction([shown], Operator("TJ"))
        self.instructions[page][at] = step

    def code(self, glyph: Glyph) -> bytes:
        page, at = glyph.place
        return _codes(self.instructions[page][at].operands)[glyph.index]


def _codes(operands: Thing) -> list[bytes]:
    """Return the two bytes of each glyph that TJ or Tj shows, without the steps."""
    parts = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
    data = b"".join(bytes(p) for p in parts if isinstance(p, pikepdf.String))
    return [data[at : at + 2] for at in range(0, len(data), 2)]


def _unicode(font: Thing) -> Mapping[bytes, str]:
    said = font.ToUnicode.read_bytes()
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in _ONE.findall(said)
    }


def _marked(instructions: Iterable[Step]) -> dict[int, tuple[int, int]]:
    """Return where the marked content of each number begins and ends."""
    found, waiting = {}, []
    for at, (operands, operator) in enumerate(instructions):
        match str(operator):
            case "BDC":
                waiting.append((at, operands[1].get("/MCID")))
            case "BMC":
                waiting.append((at, None))
            case "EMC":
                first, number = waiting.pop()
                if number is not None:
                    found[int(number)] = (first, at + 1)
    return found


def _elements(node: Thing) -> Iterator[Thing]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _marks(
    element: Thing, numbers: Mapping[Thing, int], page: int | None
) -> Iterator[tuple[int | None, int]]:
    """Yield the page and the number of each content of an element, in order."""
    page = numbers.get(element.Pg.objgen, page) if "/Pg" in element else page
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield page, kid
        elif "/MCID" in kid:
            yield numbers[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)
        elif "/S" in kid and str(kid.S) not in {"/Note", "/Reference", "/Lbl"}:
            yield from _marks(kid, numbers, page)
