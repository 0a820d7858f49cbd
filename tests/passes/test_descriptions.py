"""Captions describe pictures; pictures that nothing describes are reported."""

from pipeline.diagnostics import Code
from pipeline.model import Figure, Image, Manuscript, Paragraph, Text
from pipeline.passes import descriptions
from pipeline.source import Span


def at(line):
    return Span("文.md", line, line)


def figure(alt, caption, line=1):
    said = (Text(caption, span=at(line)),) if caption else ()
    return Figure(Image("a.png", alt, span=at(line)), said, span=at(line))


def test_a_caption_is_the_description_where_there_is_no_other():
    found = []
    manuscript = descriptions.complete(
        Manuscript((figure("", "图一　叶"), figure("一片叶", "图二"))), found.append
    )
    assert [f.image.alt for f in manuscript.blocks] == ["图一 叶", "一片叶"]
    assert found == []


def test_pictures_that_nothing_describes_are_reported_together():
    found = []
    line = Paragraph((Image("b.png", "", span=at(7)),), span=at(7))
    blocks = (figure("", "", 3), line)
    descriptions.complete(Manuscript(blocks), found.append)
    assert [d.code for d in found] == [Code.UNDESCRIBED_PICTURE]
    assert found[0].values == {"count": 2, "lines": "3, 7"}
