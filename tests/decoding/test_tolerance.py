"""Escapes keep every byte that has no reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.decoding.tolerance import ESCAPES, escape, read, realign, unescape

DOUBLE_BYTE = ("gb18030", "big5hkscs")


@given(st.binary())
def test_escapes_are_reversible(data):
    assert unescape(escape(data)) == data
    assert ESCAPES.sub("", escape(data)) == ""


@pytest.mark.parametrize("encoding", ["utf-8", *DOUBLE_BYTE])
@given(data=st.binary(max_size=60))
def test_line_ends_are_never_swallowed(encoding, data):
    assert read(data, encoding).count("\n") == data.count(b"\n")
    line = data.replace(b"\n", b"").replace(b"\r", b"")
    assert "\n" not in realign(line, encoding)


@given(data=st.binary(max_size=80))
def test_utf_8_can_be_written_back(data):
    text = read(data, "utf-8")
    pieces = ESCAPES.split(text)
    escaped = [unescape(escapes) for escapes in ESCAPES.findall(text)] + [b""]
    rebuilt = (p.encode() + e for p, e in zip(pieces, escaped, strict=True))
    assert b"".join(rebuilt) == data


@pytest.mark.parametrize("unit", [2, 4])
@given(data=st.binary(max_size=40))
def test_wide_encodings_escape_whole_codes(unit, data):
    text = read(data, f"utf-{8 * unit}-le")
    assert all(len(e) % unit in (0, len(data) % unit) for e in ESCAPES.findall(text))


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"\x80", "gb18030", "€"),
        (b"\xa3\xe1", "big5hkscs", "€"),
        (b"\xa1\x45", "big5hkscs", "‧"),
        (b"\xa1\xe3", "big5hkscs", "～"),
        (b"\xa2\x44", "big5hkscs", "￥"),
        (b"\x88\x62", "big5hkscs", "Ê̄"),
    ],
)
def test_codes_read_as_on_windows(data, encoding, text):
    assert read(data, encoding) == text


@pytest.mark.parametrize("encoding", DOUBLE_BYTE)
def test_realign_finds_the_missing_byte(encoding):
    data = "一天，他來到山中，看見了一個人。".encode(encoding)
    text = realign(data[:9] + data[10:], encoding)
    assert ESCAPES.sub("□", text) == "一天，他□到山中，看見了一個人。"
