"""Which lines of one family number the text: judged together, not one by one."""

from __future__ import annotations

import pytest

from pipeline.source import Source
from pipeline.structure import candidates, layout, rows, sequence

PROSE = "　　雨停了以后，院子里的石板还是湿的，猫从屋檐上跳下来，坐了很久。"


def ordered(*headings):
    text = "\n".join(f"{heading}\n{PROSE}" for heading in headings)
    found = rows.split(Source("text.txt", text))
    family = [
        candidate
        for candidate in candidates.collect(found, layout.observe(found))
        if candidate.family.name in ("章", "部")
    ]
    return [(o.candidate.row.text, o.number, o.reason) for o in sequence.order(family)]


def texts(*headings):
    return [text for text, _, _ in ordered(*headings)]


def test_numbers_that_run_on_are_headings():
    headings = ["第一章 雨", "第二章桥", "第三章"]
    assert texts(*headings) == headings


def test_numbers_may_begin_again():
    headings = ["第一章 雨", "第二章 桥", "第一章 舟", "第二章 客"]
    assert texts(*headings) == headings


def test_numbers_may_skip():
    headings = ["第一章 雨", "第二章 桥", "第五章 舟", "第六章 客"]
    assert texts(*headings) == headings


def test_a_misprint_is_counted_as_what_it_stands_for():
    found = ordered("第一章 雨", "第二章 桥", "第八章 舟", "第四章 客")
    assert found[2] == ("第八章 舟", 3, "misnumbered")


def test_a_title_out_of_order_is_prose_where_the_numbers_run_on_without_it():
    found = texts("第一章 雨", "第二章 桥", "第九章 旧稿", "第三章 舟", "第四章 客")
    assert "第九章 旧稿" not in found


def test_a_sentence_fills_no_place_that_a_title_takes():
    sentence = (
        "第三章里说过的那只猫，后来再也没有回来，谁也不知道它到哪里去了，她很想它。"
    )
    found = texts("第一章 雨", "第二章 桥", sentence, "第三章 舟", "第四章 客")
    assert found == ["第一章 雨", "第二章 桥", "第三章 舟", "第四章 客"]


def test_text_on_the_line_of_a_heading_is_taken_where_the_numbers_want_it():
    glued = "第二章 桥 话说那一日雨停了以后，院子里还是湿的。猫跳下来，坐了很久。"
    found = ordered("第一章 雨", glued, "第三章 舟", "第四章 客")
    assert found[1] == (glued, 2, "gap")


@pytest.mark.parametrize("word", ["第九部队过河", "第一部队", "第三部里"])
def test_a_weak_unit_inside_a_word_is_none(word):
    assert texts("第一部 雨", word, "第二部 桥") == ["第一部 雨", "第二部 桥"]
