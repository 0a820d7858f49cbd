"""Lines of any text, judged from the finished PDF by the checker, which knows no rule
of those that set them."""

from __future__ import annotations

import random

import pytest

from pipeline import fonts
from pipeline.checks.typography import check
from pipeline.diagnostics import Code, Diagnostic
from pipeline.layout import Copy, Imprint, paginate
from pipeline.typeset.options import LineEnd, MarkWidth, Options
from pipeline.writer import Stylesheet
from tests.layout.lines.conftest import CSS

# Whatever a checker can be sure of without asking how marks should be.
FAULTS = {
    Code.RAGGED_LINE,
    Code.PROHIBITED_START,
    Code.PROHIBITED_END,
    Code.LONE_CHARACTER,
    Code.OFF_GRID,
    Code.FALLBACK_FACE,
    Code.NO_HAN_LATIN_SPACE,
}
HAN = (
    "山",
    "海上",
    "夜航船",
    "那一日",
    "慢慢地说",
    "春江潮水",
    "不知道",
    "了",
    "的时候",
)
OTHERS = (
    *("Python", "TeX", "2024年", "25%", "《水经注》", "“好”", "（也许）", "——", "……"),
    *("卡尔·马克思", "A4", "３号", "“‘内’外”", "“《书》”", "No. 3", "C++", "3～5"),
)
STOPS = "，，，。、；：？！"


def paragraph(chance: random.Random) -> str:
    """Return sentences of mostly Han, as books have them."""
    parts: list[str] = []
    for _ in range(chance.randint(3, 12)):
        parts += chance.choices(HAN, k=chance.randint(1, 3))
        parts += chance.choices(OTHERS, k=chance.randint(0, 1))
        parts += chance.choices(HAN, k=chance.randint(1, 3))
        parts.append(chance.choice(STOPS))
    return "".join((*parts[:-1], "。"))


def judged(options: Options, paragraphs: int, path) -> list[Diagnostic]:
    chance = random.Random(paragraphs)
    body = "".join(f"<p>{paragraph(chance)}</p>" for _ in range(paragraphs))
    copy = Copy(
        f"<html lang='zh-Hans'><title>书</title><body>{body}</body></html>",
        (Stylesheet("book.css", CSS),),
        fonts.faces(),
        lines=options,
    )
    found: list[Diagnostic] = []
    path.write_bytes(paginate(copy, Imprint("书"), found.append).data)
    assert not found
    check(path, found.append)
    return found


@pytest.mark.parametrize(
    ("line_end", "mark_width"),
    [
        *((line_end, MarkWidth.QUANJIAO) for line_end in LineEnd),
        (LineEnd.HALF, MarkWidth.KAIMING),
        (LineEnd.HALF, MarkWidth.BANJIAO),
    ],
)
def test_no_way_of_setting_marks_makes_a_fault(line_end, mark_width, tmp_path):
    found = judged(Options(line_end, mark_width), 40, tmp_path / "x.pdf")
    wanted = FAULTS - ({Code.RAGGED_LINE} if line_end is LineEnd.HANG else set())
    assert [str(d.message) for d in found if d.code in wanted] == []


ENGLISH = (
    "The internationalization of typographical conventions isn’t a straightforward "
    "undertaking — “characteristically” contradictory recommendations complicate it, "
    "and hyphenation, unfortunately, remains indispensable. "
)


def test_hyphens_belong_to_their_lines(tmp_path):
    css = CSS + 'p { hyphens: auto; font-family: "Keben Latin", "Keben Song" }'
    copy = Copy(
        f"<html lang='zh'><title>书</title><body><p>{ENGLISH * 3}</p></body></html>",
        (Stylesheet("book.css", css),),
        fonts.faces(),
    )
    found: list[Diagnostic] = []
    path = tmp_path / "x.pdf"
    path.write_bytes(paginate(copy, Imprint("书"), found.append).data)
    check(path, found.append)
    assert [str(d.message) for d in found if d.code in FAULTS] == []


def test_adjacent_marks_are_always_compressed(tmp_path):
    found = judged(Options(), 120, tmp_path / "x.pdf")
    codes = FAULTS | {Code.UNCOMPRESSED_PAIR}
    assert [str(d.message) for d in found if d.code in codes] == []
