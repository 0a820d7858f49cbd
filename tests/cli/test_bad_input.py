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
