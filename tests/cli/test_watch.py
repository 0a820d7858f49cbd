"""``keben build --watch`` makes a book again when its source is saved."""

import os
import signal
import subprocess
import sys
import threading

import pytest

TEXT = """夜航之书

第一章 出海

　　船出了港。

第二章 归来

　　船回了港。
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send")


@pytest.fixture
def watched(tmp_path):
    """A running watch, and what it says, line by line."""
    (tmp_path / "书.txt").write_text(TEXT, "utf-8")
    command = [sys.executable, "-u", "-m", "pipeline", "build", "书.txt", "--watch"]
    run = subprocess.Popen(
        [*command, "--to", "epub", "--no-audit"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    patience = threading.Timer(60, run.kill)  # then its output ends
    patience.start()
    yield run
    patience.cancel()
    run.send_signal(signal.SIGINT)
    assert run.wait(20) == 130
    run.stdout.close()


def until(run, said):
    lines = []
    for line in run.stdout:
        lines.append(line.rstrip("\n"))
        if said in line:
            return lines
    pytest.fail("\n".join(lines))
    return lines


def test_a_change_makes_the_book_again(watched, tmp_path):
    until(watched, "waiting for changes")
    book = tmp_path / "dist" / "书.epub"
    first = book.read_bytes()
    (tmp_path / "书.txt").write_text(TEXT.replace("回了港", "沉了"), "utf-8")
    until(watched, "~ 第二章 归来")
    assert book.read_bytes() != first


def test_a_bad_change_is_said_and_the_next_is_made(watched, tmp_path):
    until(watched, "waiting for changes")
    (tmp_path / "书.txt").write_text("", "utf-8")
    until(watched, "K101")
    until(watched, "earlier files are untouched")
    (tmp_path / "书.txt").write_text(TEXT.replace("归来", "再来"), "utf-8")
    lines = until(watched, "− 第二章 归来")
    assert any("+ 第二章 再来" in line for line in lines)


def test_settings_belong_to_the_book_and_other_files_do_not(watched, tmp_path):
    until(watched, "waiting for changes")
    (tmp_path / "别.txt").write_text(TEXT, "utf-8")
    (tmp_path / "书.toml").write_text('title = "夜归"\n', "utf-8")
    (line,) = [line for line in until(watched, "书.txt") if line]
    assert " s" in line
