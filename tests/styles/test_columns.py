"""A report in two columns: 20 characters each, two apart, on one grid."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.checks.typography import check
from tests.paper import lines, printed
from tests.specimen import paragraph, specimen

SENTENCE = "那日天色将晚，他说：“风从东来，雨也就要到了。”众人听了，都不言语。"


@pytest.fixture(scope="module")
def report() -> bytes:
    """Return a report whose first chapter is long and has an odd count of lines."""
    whole = specimen()
    first, *others = whole.sections
    first = replace(first, flow=tuple(paragraph(SENTENCE * 3) for _ in range(13)))
    book = replace(whole, sections=(first, *others))
    return printed(book, theme="report", columns="2", contents="no")


def test_each_has_twenty_characters_and_two_lie_between(report):
    full = [
        line
        for number in range(1, 3)
        for line in lines(report, number)
        if line.size == pytest.approx(10.5, abs=0.1) and len(line.text) > 17
    ]
    first = min(line.left for line in full)
    second = min(line.left for line in full if line.left > first + 200)
    assert second - first == pytest.approx(22 * 10.5, abs=1)
    assert max(e.right - e.left for e in full) == pytest.approx(210, abs=6)


def test_the_checker_finds_nothing_in_them(report, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(report)
    found = []
    check(path, found.append)
    assert [diagnostic.message for diagnostic in found] == []
