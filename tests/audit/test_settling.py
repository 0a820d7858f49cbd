"""Edits of which only the line is known."""

from pipeline.audit.settling import Loose
from pipeline.audit.strand import spun
from pipeline.model import Edit
from pipeline.source import Span


def edit(before, after, line=1):
    return Edit(Span("a.html", line, line), before, after, "rule")


def settled(claimed, said, *edits):
    claimed = spun([(claimed, "a.html:1")])
    return Loose(edits).settled(claimed, spun([(said, "c")])).text


def test_the_edition_tells_which_of_several_was_changed():
    assert settled("一,000,好,", "一,000，好,", edit(",", "，")) == "一,000，好,"


def test_an_edit_that_no_record_has_is_not_made():
    assert settled("甲,乙,", "甲，乙，", edit(",", "，")) == "甲，乙,"


def test_an_edit_of_another_line_is_not_made():
    assert settled("甲,", "甲，", edit(",", "，", line=2)) == "甲,"


def test_an_edit_may_begin_with_what_was_there():
    assert settled("甲—乙...", "甲——乙……", edit("—", "——"), edit("...", "……")) == (
        "甲——乙……"
    )
