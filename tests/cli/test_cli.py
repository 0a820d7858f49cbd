"""The command line as people and as programs see it."""

import json

import pytest

from pipeline.cli import main

TEXT = """夜航
作者:张三

第一章 出海

　　船出了港,风很大(东南风).

第二章 归来

　　船回了港。
"""


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    path = tmp_path / "night.txt"
    path.write_text(TEXT, "utf-8")
    return path


def run_json(capfdbinary, *arguments):
    status = main([*map(str, arguments), "--json"])
    return status, json.loads(capfdbinary.readouterr().out)


def test_inspect_tells_programs_what_was_understood(source, capfdbinary):
    status, found = run_json(capfdbinary, "inspect", source)
    assert status == 0
    assert list(found) == [
        "source",
        "encoding",
        "language",
        "title",
        "metadata",
        "sections",
        "drops",
        "edits",
        "diagnostics",
    ]
    assert (found["title"], found["encoding"], found["language"]) == (
        "夜航",
        "utf-8",
        "zh-Hans",
    )
    assert found["metadata"]["author"] == "张三"
    first, second = found["sections"]
    assert list(first) == [
        "level",
        "title",
        "line",
        "kind",
        "run_in",
        "confidence",
        "reason",
        "sections",
    ]
    assert (first["title"], first["line"], first["kind"]) == (
        "第一章 出海",
        4,
        "chapter",
    )
    assert (second["line"], second["level"]) == (8, 1)
    assert sum(found["edits"].values()) == 4


def test_inspect_writes_nothing(source, capsys):
    assert main(["inspect", str(source)]) == 0
    assert "第二章 归来" in capsys.readouterr().out
    assert list(source.parent.iterdir()) == [source]


def test_build_makes_both_editions_below_the_current_folder(source, capsys):
    assert main(["build", str(source)]) == 0
    assert {path.name for path in (source.parent / "dist").iterdir()} == {
        "night.audit.html",
        "night.audit.json",
        "night.epub",
        "night.pdf",
    }
    out = capsys.readouterr().out
    for word in ("夜航", "第一章 出海", "edits", "left out", "pages", "night.epub"):
        assert word in out
    assert "\x1b" not in out


def test_build_tells_programs_what_became_of_each_source(source, capfdbinary):
    status, found = run_json(capfdbinary, "build", source, "none.txt", "--to", "epub")
    assert status == 2
    good, bad = found
    assert (good["status"], good["title"]) == (0, "夜航")
    assert good["editions"][0]["path"] == "dist/night.epub"
    assert (bad["status"], bad["editions"]) == (2, [])
    assert "none.txt" in bad["failure"]


def test_quiet_is_quiet(source, capfd):
    assert main(["build", "-q", str(source), "--to", "epub"]) == 0
    assert capfd.readouterr() == ("", "")


def test_messages_follow_the_locale(source, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert main(["inspect", "无.txt"]) == 2
    assert "没有文件" in capsys.readouterr().err


def test_an_unknown_command_is_wrong_usage(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["frobnicate"])
    assert stop.value.code == 2


def test_a_setting_needs_an_equals_sign(source, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["build", str(source), "--set", "a5"])
    assert stop.value.code == 2
    assert "size=a5" in capsys.readouterr().err


def test_inspect_can_write_settings_that_rebuild_the_same_book(source, capfd):
    assert main(["build", "-q", str(source), "-o", "before"]) == 0
    assert main(["inspect", str(source), "--write"]) == 0
    settings = source.with_suffix(".toml")
    assert 'author = ["张三"]' in settings.read_text("utf-8")
    assert main(["build", "-q", str(source), "-o", "after"]) == 0
    for name in ("night.epub", "night.pdf"):
        before, after = (source.parent / f / name for f in ("before", "after"))
        assert before.read_bytes() == after.read_bytes()
    assert main(["inspect", str(source), "--write"]) == 2
    assert "night.toml is there already" in capfd.readouterr().err


def test_inspect_marks_what_is_doubtful(tmp_path, capsys):
    part = "　　船出了港，天色晚了，岸上的灯一盏一盏地亮起来，照着水面。\n" * 6
    titles = ["望灯", "出港", "遇风", "归港"]
    text = "".join(f"\n{title}\n\n{part}" for title in titles)
    (tmp_path / "夜航.txt").write_text(f"夜航\n{text}", "utf-8")
    assert main(["inspect", str(tmp_path / "夜航.txt")]) == 0
    out = capsys.readouterr().out
    assert [f"? {title}" in out for title in titles] == [True] * 4
    assert "--write" in out


def test_inspect_sets_a_title_of_two_lines_on_one(tmp_path, capsys):
    part = "　　船出了港，天色晚了，岸上的灯一盏一盏地亮起来，照着水面。\n"
    titles = ["第一回\n望灯", "第二回\n出港", "第三回\n归港"]
    text = "".join(f"\n{title}\n\n{part}" for title in titles)
    (tmp_path / "夜航.txt").write_text(f"夜航\n{text}", "utf-8")
    assert main(["inspect", str(tmp_path / "夜航.txt")]) == 0
    out = capsys.readouterr().out
    assert "第一回 望灯" in out
    assert "?" not in out
