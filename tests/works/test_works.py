"""What belongs to a book: its files, in order, with what stands above them."""

import pytest

from pipeline import reading, works
from pipeline.failures import Misuse
from pipeline.model import Creator, Kind, Link, plain, walk

PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    b'<path d="M0 0"/></svg>'
)


@pytest.fixture
def book(tmp_path):
    def make(**files):
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            data = content if isinstance(content, bytes) else content.encode()
            path.write_bytes(data)
        found = []
        understood = reading.read(works.locate(tmp_path, found.append))
        finished = reading.finish(understood.book, found.append)
        return finished, [*understood.diagnostics, *found]

    return make


def outline(sections, depth=0):
    for section in sections:
        yield f"{'  ' * depth}{section.kind.value} {plain(section.title)}"
        yield from outline(section.sections, depth + 1)


def targets(finished):
    nodes = (node for section in finished.sections for node in walk(section))
    return [(plain(n.children), n.target) for n in nodes if isinstance(n, Link)]


MDBOOK = {
    "book.toml": """\
[book]
title = "舟行"
authors = ["赵六"]
language = "zh-TW"

[output.html]
""",
    "src/SUMMARY.md": """\
# Summary

[前言](preface.md)

# 上编

- [第一章 开始](one/README.md)
  - [安装](one/install.md)
  - [使用](./one/use.md)
- [草稿]()

# 下编

- [第二章 深入](two.md)

---

[后记](afterword.md)
""",
    "src/preface.md": "# 前言\n\n[安装](one/install.md#步骤)，[第二章](two.html)。\n",
    "src/one/README.md": "# 第一章 开始\n\n![叶](../leaf.svg)\n\n## 小节\n\n文。\n",
    "src/one/install.md": """\
# 安装

[回](README.md)[上](../preface.md)

## 步骤

一步。
""",
    "src/one/use.md": "没有标题的说明。[根](/src/two.md)[坏](../nope.md)\n",
    "src/two.md": "# 第二章 深入\n\n深。[章](one/)\n",
    "src/afterword.md": "# 后记\n\n完。![叶](leaf.svg)\n",
    "src/leaf.svg": PICTURE,
}


def test_a_book_of_mdbook_has_its_parts_chapters_and_sections(book):
    finished, _ = book(**MDBOOK)
    assert list(outline(finished.sections)) == [
        "front 前言",
        "volume 上编",
        "  chapter 第一章 开始",
        "    section 小节",
        "    section 安装",
        "      section 步骤",
        "    section 使用",
        "volume 下编",
        "  chapter 第二章 深入",
        "back 后记",
    ]
    assert plain(finished.title) == "舟行"
    assert [c.name for c in finished.meta.creators] == ["赵六"]
    assert finished.meta.language == "zh-Hant"


def test_links_between_its_files_find_their_places(book):
    finished, diagnostics = book(**MDBOOK)
    assert targets(finished) == [
        ("安装", "#c2-1-2-1"),
        ("第二章", "#c3-1"),
        ("回", "#c2-1"),
        ("上", "#c1"),
        ("根", "#c3-1"),
        ("坏", ""),
        ("章", "#c2-1"),
    ]
    assert [d.code.id for d in diagnostics if d.code.id == "K352"] == ["K352"]


def test_files_in_different_folders_share_a_picture(book):
    finished, diagnostics = book(**MDBOOK)
    assert len(finished.assets) == 1
    assert not [d for d in diagnostics if d.code.id.startswith("K55")]


def test_a_book_of_honkit_opens_with_its_readme(book):
    finished, _ = book(
        **{
            "book.json": '{"title": "手册", "author": "钱七", "language": "zh"}',
            "README.md": "# 简介\n\n见[甲](guide/a.md)。\n",
            "SUMMARY.md": "# Summary\n\n### 第一部分\n\n* [指南](guide/README.md)\n"
            "    * [甲](guide/a.md#x)\n    * [甲二](guide/a.md#y)\n"
            "* 分组\n    * [乙](guide/b.md)\n* [网](https://example.org)\n",
            "guide/README.md": "# 指南\n\n指。\n",
            "guide/a.md": "# 甲\n\n甲文。\n",
            "guide/b.md": "# 乙\n\n[甲](a.md)\n",
        }
    )
    assert list(outline(finished.sections)) == [
        "front 简介",
        "part 第一部分",
        "  chapter 指南",
        "    section 甲",
        "  chapter 分组",
        "    section 乙",
    ]
    assert plain(finished.title) == "手册"
    assert finished.meta.language == "zh-Hans"
    assert targets(finished) == [("甲", "#c2-1-1"), ("甲", "#c2-1-1")]


def test_the_contents_name_a_book_that_has_no_settings(book):
    finished, _ = book(
        **{
            "SUMMARY.md": "# 舟行集\n\n- [一](a%201.txt)\n  - [二](b.txt)\n",
            "a 1.txt": "第一章 出海\n\n　　船出了港。\n",
            "b.txt": "　　船回了港，天已经黑了。\n",
        }
    )
    assert plain(finished.title) == "舟行集"
    sources = [section.span.source for section in finished.sections]
    assert sources == ["a 1.txt"]
    assert list(outline(finished.sections)) == ["chapter 第一章 出海", "  section 二"]


def test_settings_of_our_own_name_the_files_and_win(book):
    finished, _ = book(
        **{
            "book.toml": 'title = "另名"\nsources = ["b.md", "a/a.md"]\n',
            "a/a.md": "# 第二卷 归\n\n## 第一章 港\n\n[上](../b.md)\n",
            "b.md": "# 第一卷 出\n\n## 第一章 海\n\n海。\n",
            "SUMMARY.md": "- [无](无.md)\n",
        }
    )
    assert list(outline(finished.sections)) == [
        "volume 第一卷 出",
        "  chapter 第一章 海",
        "volume 第二卷 归",
        "  chapter 第一章 港",
    ]
    assert targets(finished) == [("上", "#c1")]
    assert plain(finished.title) == "另名"


def test_a_picture_called_cover_in_the_folder_is_the_cover(book):
    finished, _ = book(
        **{
            "SUMMARY.md": "- [一](a.md)\n- [二](b.md)\n",
            "a.md": "# 一\n\n甲。\n",
            "b.md": "# 二\n\n乙。\n",
            "cover.svg": PICTURE,
        }
    )
    assert [a.name for a in finished.assets] == [finished.meta.cover]


@pytest.mark.parametrize(
    ("files", "key"),
    [
        ({"a.txt": "文"}, "failure.no-book-toml"),
        ({"book.toml": 'title = "题"\n'}, "failure.no-sources"),
        ({"SUMMARY.md": "# Summary\n"}, "failure.no-sources"),
        ({"SUMMARY.md": "- [无](无.md)\n"}, "failure.no-source"),
        ({"SUMMARY.md": f"- [无]({'无' * 200}.md)\n"}, "failure.no-source"),
        ({"SUMMARY.md": "- [外](../外.md)\n"}, "failure.source-outside"),
        (
            {"book.toml": "[book]\n", "SUMMARY.md": "- [一](a.md)\n"},
            "failure.no-sources",
        ),
    ],
)
def test_a_folder_that_is_no_book_is_told_in_a_sentence(book, files, key):
    with pytest.raises(Misuse) as raised:
        book(**files)
    assert raised.value.message.key == key


@pytest.mark.parametrize("said", ["[]", "{", '{"structure": 3, "root": []}', "\xff"])
def test_a_strange_book_json_is_passed_over(book, said):
    finished, _ = book(
        **{"book.json": said, "SUMMARY.md": "- [一](a.md)\n", "a.md": "# 一\n\n甲。\n"}
    )
    assert list(outline(finished.sections)) == ["chapter 一"]


def test_no_neighbour_lies_outside_the_folder(tmp_path):
    (tmp_path / "secret").write_text("密", "utf-8")
    folder = tmp_path / "书"
    (folder / "a").mkdir(parents=True)
    (folder / "图").write_bytes(b"1")
    neighbour = works.neighbours(folder, "a/a.md")
    assert neighbour("../图") == neighbour("/图") == b"1"
    (folder / "link").symlink_to(tmp_path / "secret")
    for name in ("../../secret", "/../secret", "../link", "无", ".."):
        assert neighbour(name) is None


def test_a_single_file_is_a_chapter_of_its_own(tmp_path):
    path = tmp_path / "文.md"
    path.write_text("# 第一章\n\n文。\n", "utf-8")
    work = works.locate(path, lambda _diagnostic: None)
    assert [(file.name, file.kind) for file in work.sources] == [
        ("文.md", Kind.CHAPTER)
    ]
    assert work.folder == tmp_path


def test_a_part_with_an_only_chapter_is_kept(book):
    made, found = book(
        **{"SUMMARY.md": "# 目录\n\n# 上编\n\n- [一](1.md)\n", "1.md": "# 一\n\n文。\n"}
    )
    assert list(outline(made.sections)) == ["volume 上编", "  chapter 一"]
    assert found == []


def test_what_no_edition_can_hold_is_not_in_titles_and_names(book):
    made, found = book(
        **{
            "book.json": '{"title": "舟\\u0001\\ud800", "author": "甲\\u0002"}',
            "SUMMARY.md": "# 目录\n\n# 上\x1f编\n\n- [一](1.md)\n",
            "1.md": "# 一\n\n文。\n",
        }
    )
    assert made.meta.title == "舟\ufffd\ufffd"
    assert made.meta.creators == (Creator("甲\ufffd"),)
    assert next(outline(made.sections)) == "part 上\ufffd编"
    assert found == []
