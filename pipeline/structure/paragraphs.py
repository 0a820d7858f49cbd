"""Rows of text to paragraphs, verse, signatures and scene breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Flow, Paragraph, Role, Rule, Text, Verse
from pipeline.source import Source
from pipeline.structure import furniture
from pipeline.structure.layout import Layout
from pipeline.structure.rows import Row


@dataclass(frozen=True, slots=True)
class Strip:
    """The part of a row, from ``start`` on, that is text."""

    row: Row
    start: int

    @property
    def text(self) -> str:
        """Return the characters of the strip."""
        return self.row.text[self.start - self.row.start :]

    @property
    def whole(self) -> bool:
        """Tell whether the strip is all of its row."""
        return self.start == self.row.start


_ENDS = tuple("。！？”」』…）)!?")
_RIGHT = 16
_SHORT = 44
_SALUTATION = re.compile(
    r"(?:各位|尊敬的|亲爱的|親愛的|敬爱的|同志们|同志們|同学们|朋友们|先生们|女士们|主席|代表们|委员们|全体|老师们|乡亲们)"
    r"[^。！？：；]{0,40}[：:！!]"
    r"|各[^。！？：；]{1,60}[：:]"
)
_DATE = re.compile(
    r"(?:[\d０-９]{2,4}|[〇○零一二三四五六七八九]{2,4})\s*年.{0,14}[日月夜]?"
)
_CLAUSE = re.compile("[，。；！？、：,;!?]")
_VERSE_LEAD = re.compile(
    r".*[诗詩词詞云曰赋賦赞贊歌偈谣謠证證道][曰云道为為证證]*[：:]"
)
_VERSE_CLAUSES = frozenset({4, 5, 6, 7})
_LONGEST_VERSE = 34


def build(strips: Sequence[Strip], source: Source, layout: Layout) -> Iterator[Flow]:
    """Yield the flow that ``strips`` hold. They are what stands under one heading."""
    paragraphs = list(_join(strips, layout))
    place = 0
    while place < len(paragraphs):
        if verse := _verse(paragraphs, place):
            yield _as_verse(verse, source)
            place += len(verse)
            continue
        yield _flow(paragraphs, place, source, layout)
        place += 1


def _join(strips: Sequence[Strip], layout: Layout) -> Iterator[list[Strip]]:
    paragraph: list[Strip] = []
    for strip in strips:
        if paragraph and not _continues(paragraph[-1], strip, layout):
            yield paragraph
            paragraph = []
        paragraph.append(strip)
    if paragraph:
        yield paragraph


def _continues(before: Strip, strip: Strip, layout: Layout) -> bool:
    if not strip.whole or furniture.is_rule(strip.text):
        return False
    if furniture.is_rule(before.text):
        return False
    beside = strip.row.index == before.row.index + 1
    open_sentence = not before.text.endswith(_ENDS)
    return layout.continues(before.row, strip.row) and (beside or open_sentence)


def _flow(
    paragraphs: Sequence[Sequence[Strip]], place: int, source: Source, layout: Layout
) -> Flow:
    paragraph = paragraphs[place]
    span = source.span(paragraph[0].start, paragraph[-1].row.end)
    first = paragraph[0]
    if len(paragraph) == 1 and first.whole and furniture.is_rule(first.text):
        return Rule(first.text, span=span)
    role = _role(paragraphs, place, layout)
    return Paragraph(tuple(_texts(paragraph, source)), role, span=span)


def _texts(paragraph: Sequence[Strip], source: Source) -> Iterator[Text]:
    before: Strip | None = None
    for strip in paragraph:
        if before and _needs_space(before.text[-1], strip.text[0]):
            yield _text(source, before.row.end, before.row.end + 1)
        yield _text(source, strip.start, strip.row.end)
        before = strip


def _needs_space(left: str, right: str) -> bool:
    """Tell whether a line end parts two Latin words."""
    return left.isascii() and right.isascii() and (left.isalnum() or left in ",.;:!?")


def _text(source: Source, start: int, end: int) -> Text:
    return Text(source.text[start:end], span=source.span(start, end))


def _role(paragraphs: Sequence[Sequence[Strip]], place: int, layout: Layout) -> Role:
    paragraph = paragraphs[place]
    if len(paragraph) > 1 or not paragraph[0].whole:
        return Role.BODY
    row = paragraph[0].row
    if _SALUTATION.fullmatch(row.text):
        return Role.SALUTATION
    if _is_set_right(row, layout) or _is_signed(paragraphs, place):
        return Role.SIGNATURE
    return Role.BODY


def _is_set_right(row: Row, layout: Layout) -> bool:
    return row.indent >= layout.indent + _RIGHT and row.columns <= _SHORT


def _is_signed(paragraphs: Sequence[Sequence[Strip]], place: int) -> bool:
    """Tell whether the paragraph is a date, or who signs right above one."""
    row = paragraphs[place][0].row
    if _is_date(row):
        return place > 0 and _is_name(paragraphs[place - 1][0].row)
    if not _is_name(row) or place + 1 >= len(paragraphs):
        return False
    return _is_date(paragraphs[place + 1][0].row)


def _is_date(row: Row) -> bool:
    return row.columns <= _SHORT and bool(_DATE.fullmatch(row.text))


def _is_name(row: Row) -> bool:
    return row.columns <= _SHORT and not _CLAUSE.search(row.text)


def _verse(paragraphs: Sequence[Sequence[Strip]], place: int) -> list[Strip]:
    """Return the lines of the verse that begins here; empty where none does."""
    lines: list[Strip] = []
    length = clauses = 0
    for after in range(place, len(paragraphs)):
        line = paragraphs[after][0]
        if len(paragraphs[after]) > 1 or not line.whole:
            break
        measured, parts = _measure(line.text)
        if not measured or (lines and (measured != length or line.row.above > 1)):
            break
        if not lines:
            length, clauses = measured, parts
        lines.append(line)
    fewest = 2 if clauses > 1 else 4
    if len(lines) >= fewest or (lines and _is_announced(paragraphs, place)):
        return lines
    return []


def _is_announced(paragraphs: Sequence[Sequence[Strip]], place: int) -> bool:
    if place == 0:
        return False
    return bool(_VERSE_LEAD.fullmatch(paragraphs[place - 1][-1].text[-12:]))


def _measure(text: str) -> tuple[int, int]:
    """Return the length of the clauses of a line of verse, and their number.

    Prose has a length of 0.
    """
    if len(text) > _LONGEST_VERSE or "“" in text or "”" in text:
        return 0, 0
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    lengths = {len(clause.strip()) for clause in clauses}
    if len(lengths) != 1 or not lengths <= _VERSE_CLAUSES or len(clauses) > 4:
        return 0, 0
    return lengths.pop(), len(clauses)


def _as_verse(lines: Sequence[Strip], source: Source) -> Verse:
    return Verse(
        tuple((_text(source, line.start, line.row.end),) for line in lines),
        span=source.span(lines[0].start, lines[-1].row.end),
    )
