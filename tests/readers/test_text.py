from __future__ import annotations

import pytest

from pipeline.model import Heading, Title, plain
from pipeline.reader import Hints, Input
from pipeline.readers.text import READER

TEXT = """远山

第一章 雨
　　雨停了以后，院子里的石板还是湿的，猫从屋檐上跳下来，坐了很久。
第二章 桥
　　她把信又读了一遍，折好，放进抽屉里，然后推开窗子，看着远处的山。
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_is_read_in_its_encoding(encoding):
    given = Input("远山.txt", TEXT.encode(encoding))
    title, *blocks = READER.read(given, Hints(), pytest.fail).blocks
    assert isinstance(title, Title)
    assert [plain(b.children) for b in blocks if isinstance(b, Heading)] == [
        "第一章 雨",
        "第二章 桥",
    ]


def test_a_person_can_name_the_encoding():
    given = Input("远山.txt", TEXT.encode("gb18030"))
    manuscript = READER.read(given, Hints(encoding="gb18030"), pytest.fail)
    assert manuscript.encoding == "gb18030"


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><p>文",
        '<?xml version="1.0"?>\n<html><p>文',
        "\n<HTML lang=zh>文",
    ],
)
def test_a_page_with_the_name_of_a_text_is_told_from_one(page):
    found = []
    manuscript = READER.read(Input("文.txt", page.encode()), Hints(), found.append)
    assert manuscript.blocks == ()
    assert [(d.code.id, d.values["format"]) for d in found] == [("K103", "HTML")]
