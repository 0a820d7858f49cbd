from __future__ import annotations

from pipeline.source import Source
from pipeline.structure import layout, rows

LONG = (
    "雨停了以后院子里的石板还是湿的猫从屋檐上跳下来在门口坐了很久好像在等什么人回家似的"
)


def observed(*lines):
    return layout.observe(rows.split(Source("text.txt", "\n".join(lines))))


def test_lines_of_one_width_that_cut_sentences_are_hard_wrapped():
    assert observed(*[LONG, LONG, "回家。"] * 5).wrap is not None


def test_paragraphs_of_one_width_are_not():
    assert observed(*[LONG + "。"] * 12).wrap is None


def test_prose_of_all_widths_is_not():
    assert observed(*[LONG[: 9 + 3 * n] + "。" for n in range(10)]).wrap is None


def test_the_indent_is_that_of_most_paragraphs():
    assert observed(*["　　" + LONG + "。"] * 3, LONG + "。").indent == 4


def test_the_first_line_of_a_wrapped_paragraph_is_set_in():
    found = rows.split(
        Source("text.txt", "\n".join(["　　" + LONG[:-2], LONG, "回家。"] * 5))
    )
    habits = layout.observe(found)
    assert habits.continues(found[0], found[1])
    assert habits.continues(found[1], found[2])
    assert not habits.continues(found[2], found[3])


def test_blank_lines_part_paragraphs():
    assert observed(LONG + "。", "", LONG + "。", "", LONG + "。").spaced
    assert not observed(LONG + "。", LONG + "。", "", LONG + "。", LONG + "。").spaced


def test_a_blank_line_ends_a_wrapped_paragraph():
    found = rows.split(Source("text.txt", "\n".join([LONG, LONG, "", LONG, LONG] * 3)))
    habits = layout.observe(found)
    assert habits.continues(found[0], found[1])
    assert not habits.continues(found[1], found[2])
