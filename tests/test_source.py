"""Lines end at LF, CRLF and CR, and at nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.source import Source, Span


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts_once(end):
    source = Source("a.txt", f"一{end}{end}三{end}")
    assert [(line.number, line.text) for line in source.lines] == [
        (1, "一"),
        (2, ""),
        (3, "三"),
    ]


@pytest.mark.parametrize("character", "\u2028\u2029\u0085\x0b\x0c\x1c\x1d\x1e")
def test_what_str_splitlines_splits_at_is_no_line_end(character):
    assert len(Source("a.txt", f"一{character}二").lines) == 1


def test_a_span_names_its_first_and_last_line():
    source = Source("a.txt", "一二\n三四\n五")
    assert source.span(1, 4) == Span("a.txt", 1, 2, 1, 4)
    assert str(source.span(6, 7)) == "a.txt:3"


@given(st.text(alphabet="一a\r\n\u2028"))
def test_lines_and_their_ends_are_the_whole_text(text):
    source = Source("a.txt", text)
    kept = "".join(line.text for line in source.lines)
    assert kept == text.replace("\r", "").replace("\n", "")
    for line in source.lines:
        assert text[line.start : line.end] == line.text
        if line.text:
            assert source.span(line.start, line.end).first == line.number
