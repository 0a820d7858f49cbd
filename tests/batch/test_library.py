"""Which books there are in a library, and where their editions go."""

import os

import pytest

from pipeline.batch.library import tasks
from pipeline.build import Order
from pipeline.failures import Misuse

ORDER = Order()


def planned(*sources, out="out"):
    return {task.source: task.out for task in tasks(sources, out, ORDER)}


def test_editions_lie_as_the_sources_lie(library):
    library("一.txt", "甲/二.md", "甲/乙/三.txt")
    assert planned("library") == {
        "library/一.txt": "out",
        "library/甲/二.md": "out/甲",
        "library/甲/乙/三.txt": "out/甲/乙",
    }


def test_files_go_straight_into_the_folder(library):
    library("甲/一.txt", "乙/二.txt")
    assert planned("library/甲/一.txt", "library/乙/二.txt") == {
        "library/甲/一.txt": "out",
        "library/乙/二.txt": "out",
    }


def test_a_source_that_is_named_twice_is_one_book(library):
    library("一.txt")
    assert list(planned("library", "library/一.txt")) == ["library/一.txt"]


def test_books_that_would_make_the_same_files_get_folders(library):
    library("夜航.txt", "夜航.md", "归来.txt")
    assert planned("library") == {
        "library/夜航.md": "out/夜航.md",
        "library/夜航.txt": "out/夜航.txt",
        "library/归来.txt": "out",
    }


def test_a_folder_with_settings_or_a_summary_is_one_book(library):
    library("书/一.txt", "书/二.txt", "书/book.toml", "集/一.md", "集/SUMMARY.md")
    assert planned("library") == {"library/书": "out", "library/集": "out"}
    assert planned("library/书") == {"library/书": "out"}


def test_hidden_files_pictures_of_pages_and_editions_are_no_sources(library):
    library("页.html", "页_files/广告.html", ".夜航.txt", "旧/旧.txt", "图.png")
    library("out/书.epub")
    assert list(planned("library", out="library/out")) == [
        "library/页.html",
        "library/旧/旧.txt",
    ]


def test_what_is_not_there_is_said(library):
    library("一.txt")
    with pytest.raises(Misuse, match=r"二\.txt"):
        planned("library/二.txt")


def test_an_address_of_no_kind_is_said():
    with pytest.raises(Misuse, match="nothing://"):
        planned("nothing://library")


@pytest.mark.parametrize("name", ["一.txt", "一.toml", "一_files/图.png"])
def test_the_state_changes_with_each_file_of_a_book(library, name):
    folder = library("一.txt", "一.toml", "一_files/图.png", "二.txt")
    first, other = tasks(["library"], "out", ORDER)
    os.utime(folder / name, (1, 1))
    again, same = tasks(["library"], "out", ORDER)
    assert again.state != first.state
    assert same.state == other.state


def test_the_state_changes_with_the_order(library):
    library("一.txt")
    (plain,) = tasks(["library"], "out", ORDER)
    (unproved,) = tasks(["library"], "out", Order(proved=False))
    (themed,) = tasks(["library"], "out", Order(theme="report"))
    assert len({plain.state, unproved.state, themed.state}) == 3
