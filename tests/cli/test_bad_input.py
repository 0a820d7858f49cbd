"""Bad input gets one sentence with a way out, the right status, and no harm."""

import os
from pathlib import Path

import pytest

from pipeline.cli import main

TEXT = "夜航\n\n第一章 出海\n\n　　船出了港。\n\n第二章 归来\n\n　　船回了港。\n"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Return a folder to work in, with an earlier edition that must survive."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    (tmp_path / "dist").mkdir()
    for suffix in ("epub", "pdf"):
        (tmp_path / f"dist/a.{suffix}").write_bytes(b"earlier")
    return tmp_path


def build(*arguments):
    return main(["build", *map(str, arguments)])


def said(capsys):
    return capsys.readouterr().err.strip()


def assert_untouched(desk):
    found = {path.name: path.read_bytes() for path in (desk / "dist").iterdir()}
    assert found == {"a.epub": b"earlier", "a.pdf": b"earlier"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t\n", "the file is empty"),
        (b"\0" * 64, "is not text"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    ],
    ids=["empty", "blank", "NULs", "a PDF"],
)
def test_what_is_no_text_is_a_fault_of_the_content(desk, capsys, content, sentence):
    (desk / "a.txt").write_bytes(content)
    assert build("a.txt") == 1
    message = said(capsys)
    assert sentence in message
    assert "Traceback" not in message
    assert_untouched(desk)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["none.txt"], "there is no file none.txt"),
        (["folder"], "without a book.toml"),
        (["a.xyz"], "no reader for a.xyz"),
        (["a.doc"], "a.doc is Word 97–2003 (.doc), which Keben does not read"),
        (["a.txt", "--theme", "baroque"], "baroque"),
        (["a.txt", "--to", "mobi"], "no edition is called “mobi”"),
        (["a.txt", "--set", "size=b7"], "b7"),
        (["a.txt", "--set", "colour=red"], "colour"),
    ],
    ids=[
        "no file",
        "no book.toml",
        "format",
        "old",
        "theme",
        "edition",
        "size",
        "setting",
    ],
)
def test_what_does_not_exist_is_wrong_usage(desk, capsys, arguments, sentence):
    (desk / "folder").mkdir()
    (desk / "a.txt").write_text(TEXT, "utf-8")
    (desk / "a.xyz").write_text(TEXT, "utf-8")
    (desk / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    assert build(*arguments) == 2
    message = said(capsys)
    assert message.startswith("keben: ")
    assert sentence in message
    assert len(message.splitlines()) == 1
    assert_untouched(desk)


def test_an_unknown_encoding_is_named(desk, capsys):
    (desk / "a.txt").write_text(TEXT, "utf-8")
    assert build("a.txt", "--encoding", "klingon") != 0
    assert "klingon" in said(capsys)
    assert_untouched(desk)


def test_a_typo_in_the_settings_names_its_line(desk, capsys):
    (desk / "a.txt").write_text(TEXT, "utf-8")
    (desk / "a.toml").write_text('# ours\ntitel = "夜航"\n', "utf-8")
    assert build("a.txt") == 1
    assert "a.toml:2: error K402" in said(capsys)
    assert_untouched(desk)


def test_a_source_outside_its_folder_is_refused(desk, capsys):
    (desk / "a.txt").write_text(TEXT, "utf-8")
    (desk / "folder").mkdir()
    (desk / "folder/book.toml").write_text('sources = ["../a.txt"]\n', "utf-8")
    assert build("folder") == 2
    assert "outside" in said(capsys)


def test_a_bad_source_does_not_stop_the_others(desk, capsys):
    (desk / "bad.txt").write_bytes(b"")
    (desk / "good.txt").write_text(TEXT, "utf-8")
    assert build("bad.txt", "good.txt", "--to", "epub") == 1
    assert (desk / "dist/good.epub").is_file()


def test_a_folder_that_may_not_be_written_is_the_machine_s_fault(
    desk, capsys, monkeypatch
):
    (desk / "a.txt").write_text(TEXT, "utf-8")
    (desk / "dist").chmod(0o555)
    if os.geteuid() == 0:  # root may write anywhere: refuse in the system's place
        monkeypatch.setattr(Path, "open", _refuse)
    assert build("a.txt", "--to", "epub") == 3
    (desk / "dist").chmod(0o755)
    assert "chmod u+w dist" in said(capsys)
    assert_untouched(desk)


def _refuse(path, mode="r", *arguments, **options):
    if "w" in mode and path.parent.name == "dist":
        raise PermissionError(13, "Permission denied", str(path))
    return open(path, mode, *arguments, **options)  # noqa: PTH123 - it stands in for Path.open


@pytest.mark.parametrize(
    ("said", "place", "sentence"),
    [
        ('theme = "baroque"', 1, "there is no theme “baroque”"),
        ('\nto = "mobi"', 2, "no edition is called “mobi”"),
        ('[set]\n# ours\nsize = "b7"', 3, "the theme book has no size “b7”"),
        ('[set]\ncolour = "red"', 2, "has no setting “colour”"),
    ],
)
def test_settings_that_ask_for_what_there_is_not_name_their_line(
    desk, capsys, said, place, sentence
):
    (desk / "a.txt").write_text(TEXT, "utf-8")
    (desk / "a.toml").write_text(said, "utf-8")
    assert build("a.txt") == 1
    message = capsys.readouterr().err
    assert f"a.toml:{place}: error K408" in message
    assert sentence in message
    assert_untouched(desk)


def test_what_a_call_asks_for_wins_over_settings_that_are_wrong(desk, capsys):
    (desk / "a.txt").write_text(TEXT, "utf-8")
    (desk / "a.toml").write_text('theme = "baroque"\n', "utf-8")
    assert build("a.txt", "--theme", "rococo") == 2
    assert "rococo" in said(capsys)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ('title = "夜航\nauthor = "x"\n', "a quotation mark is missing"),
        ('cover = "C:\\夜航.png"\n', "write paths with /"),
        ("title 夜航\n", "there is no = behind the name"),
        ("title = 夜航\n", "text stands in quotes"),
        ('title = "a"\ntitle = "b"\n', "it is said twice"),
        ('title = "a" "b"\n', "something follows the value"),
        ('sources = ["a.txt"\ntitle = "b"\n', "a bracket is not closed"),
        ("a = " + "[" * 10_000, "it is nested too deeply"),
    ],
)
def test_what_is_wrong_with_toml_is_said_in_our_words(desk, capsys, said, sentence):
    (desk / "a.txt").write_text(TEXT, "utf-8")
    (desk / "a.toml").write_text(said, "utf-8")
    assert build("a.txt") == 1
    message = capsys.readouterr().err
    assert "a.toml:" in message
    assert "error K401" in message
    assert sentence in message


def test_lines_are_named_in_their_order(desk, capsys):
    (desk / "a.txt").write_text(TEXT, "utf-8")
    (desk / "a.toml").write_text('[lines]\ndrop = ["5-3"]\n', "utf-8")
    assert build("a.txt") == 1
    assert "lines in their order" in capsys.readouterr().err


def test_a_folder_in_the_place_of_a_source_is_called_one(desk, capsys):
    (desk / "book/sub").mkdir(parents=True)
    (desk / "book/book.toml").write_text('sources = ["sub"]\n', "utf-8")
    assert build("book") == 2
    assert "book.toml names sub, which is a folder" in said(capsys)


def test_a_file_in_the_place_of_the_editions_folder_is_called_one(desk, capsys):
    (desk / "a.txt").write_text(TEXT, "utf-8")
    assert build("a.txt", "--to", "epub", "-o", "a.txt") == 3
    assert "a.txt is a file" in said(capsys)


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (["build"], "something is missing: SOURCE", "缺少：SOURCE"),
        (
            ["bild", "a.txt"],
            "there is no “bild”; choose from build",
            "没有“bild”；可选：build",
        ),
        (["build", "a", "--sett"], "there is no option --sett", "没有 --sett 这个选项"),
        (["build", "a", "--theme"], "--theme wants a value", "--theme 后面要有取值"),
        (["build", "a", "--set", "x"], "“x” is no setting", "“x”不成设置"),
    ],
)
def test_a_wrong_call_is_told_in_the_language_of_its_user(
    capsys, monkeypatch, arguments, english, chinese
):
    for locale, sentence in (("C", english), ("zh_CN.UTF-8", chinese)):
        monkeypatch.setenv("LC_ALL", locale)
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == 2
        message = said(capsys)
        assert message.startswith(f"keben: {sentence}")
        assert "--help" in message
