"""Lines in another encoding than the file are found and reported."""

import pytest

MIXTURES = [
    ("utf-8", "gb18030"),
    ("utf-8", "big5hkscs"),
    ("gb18030", "utf-8"),
    ("gb18030", "big5hkscs"),
    ("big5hkscs", "utf-8"),
    ("big5hkscs", "gb18030"),
]


@pytest.mark.parametrize(("main", "other"), MIXTURES)
def test_passage_in_another_encoding(main, other, traditional, decoded):
    data = traditional.encode(main) * 2 + traditional.encode(other)
    result = decoded(data + traditional.encode(main))
    assert (result.text, result.source.encoding) == (traditional * 4, main)
    values = {"first": 9, "last": 12, "encoding": other}
    assert [(d.code.id, d.values) for d in result.found] == [("K108", values)]


def test_lines_of_ascii_do_not_end_a_segment(simplified, decoded):
    part = simplified.replace("\n", "\n\n* * *\n")
    result = decoded(simplified.encode() * 3 + part.encode("gb18030"))
    assert result.text == simplified * 3 + part
    assert result.codes == ["K108"]


def test_short_line_next_to_foreign_lines(traditional, decoded):
    part = f"{traditional}日\n{traditional}"
    result = decoded(traditional.encode("gb18030") * 3 + part.encode("big5hkscs"))
    assert result.text == traditional * 3 + part
    assert result.codes == ["K108"]


def test_rare_characters_are_no_segment(simplified, decoded):
    text = simplified + "魑魅魍魉\n饕餮\n"
    result = decoded(text.encode("gb18030"))
    assert (result.text, result.codes) == (text, [])


def test_mark_of_utf_8_over_another_encoding(simplified, decoded):
    result = decoded(b"\xef\xbb\xbf" + simplified.encode("gb18030"))
    assert (result.text, result.codes) == (simplified, ["K108"])
