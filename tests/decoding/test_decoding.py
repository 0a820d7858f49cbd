"""Bytes become the text that was meant, and every loss is reported."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.decoding import decode
from pipeline.diagnostics import Severity

MARKS = {
    "utf-8": b"\xef\xbb\xbf",
    "gb18030": b"\x84\x31\x95\x33",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\0\0",
    "utf-32-be": b"\0\0\xfe\xff",
}
ENCODINGS = (*MARKS, "big5hkscs")
LINE_ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}


@pytest.mark.parametrize("line_end", LINE_ENDS.values(), ids=LINE_ENDS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_any_encoding_with_any_line_end(encoding, line_end, traditional, decoded):
    text = traditional.replace("\n", line_end)
    result = decoded(text.encode(encoding))
    assert (result.text, result.source.encoding) == (text, encoding)
    assert result.codes == []


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_mixed_line_ends(encoding, traditional, decoded):
    text = traditional.replace("\n", "\r\n", 1).replace("。\n", "。\r", 1)
    assert decoded(text.encode(encoding)).text == text


@pytest.mark.parametrize(("encoding", "mark"), MARKS.items())
def test_byte_order_mark_is_no_text(encoding, mark, simplified, decoded):
    result = decoded(mark + simplified.encode(encoding))
    assert (result.text, result.source.encoding) == (simplified, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs"])
@pytest.mark.parametrize("text", ["你好", "第一章", "序", "目次", "一", "日出東方"])
def test_a_word_is_enough(text, encoding, decoded):
    result = decoded(text.encode(encoding))
    assert (result.text, result.source.encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_english_without_a_mark(encoding, decoded):
    assert decoded("Once upon a time\n".encode(encoding)).text == "Once upon a time\n"


@pytest.mark.parametrize(
    "text",
    ["Bush hid the facts", "plain\n", "naïve", "Élève à l’école près de la forêt.\n"],
)
def test_text_in_other_languages_is_utf_8(text, decoded):
    result = decoded(text.encode())
    assert (result.text, result.source.encoding) == (text, "utf-8")


def test_chinese_late_in_a_long_english_file(simplified, decoded):
    text = "The quick brown fox jumps over the lazy dog.\n" * 3000 + simplified
    assert decoded(text.encode("gb18030")).text == text


def test_wrong_declaration_is_ignored(simplified, decoded):
    page = f'<meta charset="gb2312">\n{simplified}'
    assert decoded(page.encode()).text == page


# What a person says ------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "encoding", "canonical"),
    [
        ("GBK", "gbk", "gb18030"),
        ("gb2312", "gbk", "gb18030"),
        ("Big5", "big5hkscs", "big5hkscs"),
        ("cp950", "cp950", "big5hkscs"),
        ("UTF-8", "utf-8-sig", "utf-8"),
        ("utf-16", "utf-16", "utf-16-le"),
        ("utf-16", "utf-16-be", "utf-16-be"),
        ("hz", "hz", "hz"),
    ],
)
def test_named_encoding(name, encoding, canonical, decoded):
    result = decoded("春雨".encode(encoding), name)
    assert (result.text, result.source.encoding) == ("春雨", canonical)


def test_named_encoding_wins_over_what_is_likely(decoded):
    assert decoded("春雨".encode(), "gbk").text == "鏄ラ洦"


@pytest.mark.parametrize("name", ["klingon", "base64", "idna", "undefined", "a\0b"])
def test_unknown_name(name, simplified, decoded):
    result = decoded(simplified.encode(), name)
    assert (result.text, result.codes) == ("", ["K104"])


# Damage ------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs"])
def test_bad_byte_costs_one_place(encoding, traditional, decoded):
    before, after = traditional.split("老人")
    data = before.encode(encoding) + b"\xff" + f"老人{after}".encode(encoding)
    result = decoded(data)
    assert result.text == f"{before}\ufffd老人{after}"
    assert [(d.code.id, d.span.first, d.values["bytes"]) for d in result.found] == [
        ("K106", 2, "FF")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_missing_byte_costs_one_character(encoding, simplified, decoded):
    before, after = simplified.split("老人")
    data = f"{before}老".encode(encoding)[:-1] + f"人{after}".encode(encoding)
    result = decoded(data)
    assert result.text == f"{before}\ufffd人{after}"
    assert result.codes == ["K106"]


def test_unassigned_code_costs_one_place(traditional, decoded):
    before, after = traditional.split("老人")
    data = before.encode("big5") + b"\xa3\xe2" + after.encode("big5")
    result = decoded(data)
    assert result.text == f"{before}\ufffd{after}"
    assert result.found[0].values["bytes"] == "A3 E2"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-be"])
def test_half_a_character_at_the_end(encoding, simplified, decoded):
    result = decoded(simplified.encode(encoding)[:-1])
    assert result.text == simplified[:-1] + "\ufffd"
    assert result.codes == ["K106"]


def test_lone_surrogate(simplified, decoded):
    data = simplified.encode("utf-16-le") + b"\x00\xd8" + "完".encode("utf-16-le")
    result = decoded(data)
    assert result.text == f"{simplified}\ufffd完"
    assert result.found[0].values["bytes"] == "00 D8"


def test_many_bad_bytes_are_one_finding(simplified, decoded):
    lines = simplified.encode().split(b"\n")
    result = decoded(b"\n".join(line[:9] + b"\xff" + line[9:] for line in lines))
    assert result.text.replace("\ufffd", "") == simplified
    assert result.codes == ["K107"]
    assert result.found[0].values["count"] == 5
    assert (result.found[0].span.first, result.found[0].span.last) == (1, 5)


def test_characters_lost_before(simplified, decoded):
    result = decoded(simplified.replace("老人", "\ufffd人").encode())
    assert result.codes == ["K110"]
    assert result.found[0].span.first == 2


def test_filler_at_the_end(simplified, decoded):
    result = decoded(simplified.encode("gb18030") + b"\x1a" + b"\0" * 900)
    assert result.text == simplified
    assert result.found[0].values["count"] == 901


# What is no text ---------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [b"", b"\xef\xbb\xbf", b" \r\n\t", "　\n\u200b".encode()]
)
def test_empty(data, decoded):
    result = decoded(data)
    assert (result.text, result.codes) == ("", ["K101"])


@pytest.mark.parametrize(
    "data", [b"\x01\x02\x03abc\0\0def" * 50, b"\0" * 512, b" \n" + b"\0" * 99]
)
def test_control_codes_are_no_text(data, decoded):
    result = decoded(data)
    assert (result.text, result.codes) == ("", ["K102"])


def test_a_few_control_codes_do_not_refuse_a_book(simplified, decoded):
    text = simplified * 9 + "\0\x0b"
    assert decoded((text + "完").encode()).text == text + "完"


def test_renamed_file(decoded):
    result = decoded(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    assert (result.text, result.codes) == ("", ["K103"])
    assert "PDF" in result.found[0].message


def test_no_encoding_fits(decoded):
    data = "Élève à l’école près de la forêt, où il était né.\n".encode("cp1252")
    result = decoded(data)
    assert (result.text, result.codes) == ("", ["K105"])


# For all inputs ----------------------------------------------------------------


@given(st.binary(max_size=400), st.sampled_from([None, "gbk", "big5", "utf-16", "hz"]))
def test_never_raises_and_never_leaves_a_surrogate(data, encoding):
    found = []
    source = decode(data, "x", found.append, encoding)
    source.text.encode()
    if any(d.code.severity is Severity.ERROR for d in found):
        assert source.text == ""
    last = len(source.lines)
    assert all(1 <= d.span.first <= d.span.last <= last for d in found)


@given(
    st.text("天地玄黄宇宙洪荒日月盈昃，。\n", min_size=4),
    st.sampled_from(ENCODINGS),
)
def test_sound_text_survives(text, encoding):
    common = f"第一章　這是一個開始。\n{text}完"
    assert decode(common.encode(encoding), "x", lambda _: None).text == common


def test_a_long_book_takes_no_time(simplified):
    data = (simplified * 8000).encode("gb18030")
    start = time.process_time()
    decode(data, "x", lambda _: None)
    assert time.process_time() - start < 1.0
