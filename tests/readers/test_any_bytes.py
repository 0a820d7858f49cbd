"""Whatever bytes a file has: it is read or refused, and what is read is in order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import readers, reading
from pipeline.model import Heading, Manuscript, walk
from pipeline.passes import nesting, normalisation
from pipeline.reader import Hints, Input, Reader
from pipeline.registry import discover

READERS = {reader.name: reader for reader in discover(readers, Reader)}
SCRAPS = [
    *(
        "第一章 雨\n",
        "一、",
        "（一）。",
        "卷一\r",
        "　　",
        "\r\n\r\n",
        "目录\n",
        "诗曰：",
    ),
    *(
        "# ",
        "| a |\n|-|\n",
        "```\n",
        "[^1]",
        "<p>",
        "<h1>",
        "</",
        "&#x0;",
        "$$",
        "---\n",
    ),
    *("PK\x03\x04", "%PDF-", "mimetype", "\ufeff", "\x00", "\ufffd", "锟斤拷"),
]
BYTES = st.binary(max_size=300) | st.lists(
    st.sampled_from(SCRAPS).flatmap(
        lambda scrap: st.sampled_from(["utf-8", "gb18030", "utf-16-le"]).map(
            scrap.encode
        )
    )
    | st.binary(max_size=8),
    max_size=20,
).map(b"".join)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=60)
@given(data=BYTES)
def test_no_bytes_raise(name, data):
    reader = READERS[name]
    source = f"text{min(reader.suffixes)}"
    found = []
    manuscript = reader.read(Input(source, data), Hints(), found.append)
    assert isinstance(manuscript, Manuscript)
    assert all(map(str, found))
    if reading.failed(found):
        return
    manuscript = normalisation.normalise(manuscript, Hints(), found.append)
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for block in manuscript.blocks:
        for node in walk(block):
            span = node.span
            assert 1 <= span.first <= span.last
            assert span.last <= lines or name in ("docx", "epub")
    _nested_without_a_jump(nesting.nest(manuscript, found.append).sections, 1)
    assert all(h.level >= 1 for h in manuscript.blocks if isinstance(h, Heading))


def _nested_without_a_jump(sections, level):
    for section in sections:
        assert section.level == level
        _nested_without_a_jump(section.sections, level + 1)
