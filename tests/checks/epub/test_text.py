"""The text of a finished EPUB: every character of the book, in order."""

from __future__ import annotations

from pipeline.checks.epub import body_text
from pipeline.model import plain
from tests.specimen import packed, specimen, speech


def test_a_speech_is_read_line_by_line():
    assert body_text(packed(speech())).split("\n") == [
        plain(speech().title),
        "乡亲们：",
        "今天请大家来，是商量修路的事。路修好了，茶叶就运得出去。",
        "（一）修哪一段",
        "。",
        "先修村口到大桥的三里路，这一段雨天最难走。",
        "（二）谁来修",
        "。",
        "农闲时每户出一个人，工具由村里统一准备。",
    ]


def test_pages_around_the_text_are_left_out():
    read = body_text(packed(specimen()))
    assert "松间书屋" not in read  # title page and colophon
    assert read.count("二　种茶") == 1  # not the contents page
    assert read.startswith("这本书写给")
    assert read.endswith("二〇二四年十二月")


def test_readings_numbers_and_formulas_are_no_text():
    read = body_text(packed(specimen()))
    assert "山在云外" in read  # no number of a note
    assert "山口有垭，" in read  # no reading
    assert "mc" not in read


def test_notes_stand_at_the_end_of_their_document_or_nowhere():
    whole = body_text(packed(specimen()))
    flow = body_text(packed(specimen()), with_notes=False)
    note = "山名见县志。"
    assert whole.index("第3层提要") < whole.index(note) < whole.index("二　种茶")
    assert note not in flow
    assert len(whole) > len(flow)


def test_the_file_and_its_bytes_read_the_same(tmp_path):
    path = tmp_path / "book.epub"
    path.write_bytes(packed(speech()))
    assert body_text(path) == body_text(packed(speech()))
