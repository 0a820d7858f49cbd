"""The names of headings are those that GitHub gives."""

import pytest

from pipeline.markdown.anchors import Anchors, slug


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("第二章", "第二章"),
        ("第二章 活字", "第二章-活字"),
        ("第二章　活字", "第二章活字"),
        ("Hello, World!", "hello-world"),
        ("“引号”与 snake_case", "引号与-snake_case"),
        ("1.2 a - b", "12-a---b"),
    ],
)
def test_a_heading_is_named_by_its_letters(title, name):
    assert slug(title) == name


def test_a_name_is_given_once():
    anchors = Anchors()
    assert [anchors.name("序") for _ in range(3)] == ["序", "序-1", "序-2"]
