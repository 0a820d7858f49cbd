"""Lines of a work of several files: which file they are of, and that it is said."""

import pytest

from pipeline import reading, works
from pipeline.cli import drafting
from pipeline.model import plain

FIRST = "# 出海\n\n天还没有亮。\n\n船出了港。\n\n广告：好茶。\n"
SECOND = "# 归航\n\n灯塔亮了。\n\n船又回了港。\n\n广告：好茶。\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "一.md").write_text(FIRST, "utf-8")
    (tmp_path / "二.md").write_text(SECOND, "utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")


SOURCES = 'title = "夜航"\nsources = ["一.md", "二.md"]\n\n'


def understood(folder, settings):
    (folder / "book.toml").write_text(SOURCES + settings, "utf-8")
    found = []
    work = works.locate(folder, found.append)
    return reading.read(work) if work else None, [str(d) for d in found]


def outline(sections):
    return [(plain(s.title), s.level, outline(s.sections)) for s in sections]


@pytest.mark.parametrize(
    "line",
    ['"二.md:3"', '{ file = "二.md", line = 3 }', '{ file = "二.md", line = "3" }'],
)
def test_a_heading_is_added_in_the_file_that_is_named(folder, line):
    read, found = understood(folder, f"[headings]\nadd = [{line}]\n")
    assert found == []
    assert outline(read.book.sections) == [
        ("出海", 1, []),
        ("归航", 1, []),
        ("灯塔亮了。", 1, []),
    ]


def test_a_heading_is_removed_and_lowered_in_the_file_that_is_named(folder):
    settings = '[headings]\nadd = [{ file = "二.md", line = 3, title = "灯塔" }]\n'
    settings += 'remove = ["一.md:1"]\n\n[headings.level]\n"二.md:3" = 2\n'
    read, found = understood(folder, settings)
    assert found == [] == [d for d in read.diagnostics if d.code.id == "K209"]
    assert outline(read.book.sections)[-1] == ("归航", 1, [("灯塔", 2, [])])


@pytest.mark.parametrize("line", ['"一.md:5-7"', '{ file = "一.md", line = "5-7" }'])
def test_lines_are_left_out_of_the_file_that_is_named(folder, line):
    read, found = understood(folder, f"[lines]\ndrop = [{line}]\n")
    assert found == []
    drops = [(str(drop.span), drop.text) for drop in read.manuscript.drops]
    assert drops == [("一.md:5", "船出了港。"), ("一.md:7", "广告：好茶。")]


def test_a_number_alone_is_an_error_that_shows_the_right_form(folder):
    read, found = understood(folder, "[lines]\ndrop = [7]\n\n[headings]\nadd = [3]\n")
    assert read is None
    assert found == [
        "book.toml:8: error K406: “headings.add” gives line 3 without a file, "
        "and the book has several\n"
        '  Name the file too: "一.md:3", or { file = "一.md", line = 3 }.',
        "book.toml:5: error K406: “lines.drop” gives line 7 without a file, "
        "and the book has several\n"
        '  Name the file too: "一.md:7", or { file = "一.md", line = 7 }.',
    ]


def test_a_level_by_number_alone_is_an_error_too(folder):
    read, (found,) = understood(folder, '[headings.level]\n"3" = 2\n')
    assert read is None
    assert found.startswith("book.toml:4: error K406: “headings.level” gives line 3 ")


def test_a_file_that_is_none_of_the_book_is_an_error(folder):
    read, found = understood(folder, '[headings]\nremove = ["三.md:1"]\n')
    assert read is None
    assert found == [
        "book.toml:5: error K407: “headings.remove” names “三.md”, "
        "which is no file of the book\n  The files are: 一.md, 二.md."
    ]


def test_a_single_file_takes_numbers_with_its_name_or_without(folder):
    settings = '[lines]\ndrop = ["一.md:7", 5]\n'
    (folder / "一.toml").write_text(settings, "utf-8")
    read = reading.read(works.locate(folder / "一.md", pytest.fail))
    assert [drop.span.first for drop in read.manuscript.drops] == [5, 7]


def test_what_is_drafted_for_a_folder_names_files_and_builds_the_same_book(folder):
    (folder / "SUMMARY.md").write_text("- [出海](一.md)\n- [归航](二.md)\n", "utf-8")
    before = reading.read(works.locate(folder, pytest.fail))
    path = drafting.write(folder, before)
    after = reading.read(works.locate(folder, pytest.fail))
    assert (after.book, after.manuscript) == (before.book, before.manuscript)
    written = path.read_text("utf-8").split("\n")
    assert '# "一.md:1"  出海' in written
    assert '# "二.md:1"  归航' in written


def test_lines_that_a_draft_lists_can_be_copied_into_its_settings(folder):
    read, _ = understood(folder, '[lines]\ndrop = ["一.md:7"]\n')
    (folder / "book.toml").unlink()
    path = drafting.write(folder, read)
    listed = path.read_text("utf-8").split("\n")
    assert '# "一.md:7"  asked  广告：好茶。' in listed
