"""What is told about a document, and how much of it."""

from pipeline.diagnostics import Code, Diagnostic, summarised
from pipeline.source import Span


def on(lines, code, source="夜航.txt"):
    return [Diagnostic(code, Span(source, line, line)) for line in lines]


def told(found):
    return [(d.code.id, d.span.source, d.span.first) for d in summarised(found)]


def test_what_is_told_a_few_times_is_told_singly():
    few = on(range(1, 13), Code.UNPAIRED_QUOTES)
    assert list(summarised(few)) == few


def test_many_of_a_kind_are_told_at_once_with_their_lines():
    found = on(range(1, 31), Code.UNPAIRED_QUOTES) + on([7], Code.EMPTY_SECTION)
    *singly, last = summarised(found)
    assert singly == found[:12] + found[-1:]
    assert (last.code, last.span.first) == (Code.MORE_OF_A_KIND, 13)
    assert (last.values["count"], last.values["code"]) == (18, "K353")
    assert last.values["lines"] == "13, 14, 15, 16, 17, 18, 19, 20, …"


def test_each_file_and_each_kind_counts_by_itself():
    found = [
        *on(range(1, 10), Code.UNPAIRED_QUOTES),
        *on(range(1, 10), Code.UNPAIRED_QUOTES, "归来.txt"),
        *on(range(1, 10), Code.EMPTY_SECTION),
    ]
    assert list(summarised(found)) == found


def test_every_error_is_told():
    errors = on(range(1, 40), Code.MISSING_PICTURE)
    assert list(summarised(errors)) == errors
    assert told([]) == []
