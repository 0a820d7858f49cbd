"""``keben batch`` as people and as programs see it, and when it is killed."""

import io
import json
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from pipeline.cli import main

TEXT = """夜航之书
作者：张三

第一章 出海

　　船出了港。

第二章 归来

　　船回了港。
"""
QUICK = ("--to", "epub", "--no-audit", "--workers", "2")


@pytest.fixture
def library(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")

    def fill(count):
        for number in range(count):
            path = tmp_path / "library" / f"{number}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(TEXT, "utf-8")
        return path.parent

    return fill


def recorded(folder):
    text = (folder / "out" / "manifest.jsonl").read_text("utf-8")
    return [json.loads(line)["source"] for line in text.splitlines()]


def test_people_see_what_became_of_all(library, capfd):
    folder = library(1)
    (folder / "bad.txt").write_bytes(b"")
    assert main(["batch", "library", "-o", "out", *QUICK]) == 1
    out = capfd.readouterr().out
    assert "1 good, 1 failed" in out
    assert "bad.txt:1 K101" in out
    assert "out/manifest.jsonl" in out


def test_programs_get_the_sum(library, capfdbinary, monkeypatch):
    library(2)
    monkeypatch.setattr("sys.stdin", io.StringIO("library/0.txt\n\nlibrary/1.txt\n"))
    assert main(["batch", "--list", "-", "-o", "out", *QUICK, "--json"]) == 0
    found = json.loads(capfdbinary.readouterr().out)
    assert (found["books"], found["made"], found["kept"], found["failed"]) == (
        2,
        2,
        0,
        0,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "nothing to make"),
        (("--list", "none.txt"), "none.txt"),
        (("none.txt",), "none.txt"),
        (("empty",), "nothing to make"),
        (("library", "--workers", "0"), "“0”"),
    ],
)
def test_wrong_usage_is_said(library, capfd, arguments, said):
    (library(1).parent / "empty").mkdir()
    try:
        status = main(["batch", *arguments])
    except SystemExit as error:  # of argparse
        status = error.code
    assert status == 2
    assert said in capfd.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_run_that_was_killed_goes_on(library, tmp_path):
    library(8)
    command = [sys.executable, "-m", "pipeline", "batch", "library", "-o", "out"]
    run = subprocess.Popen([*command, *QUICK], stdout=subprocess.DEVNULL)
    manifest = tmp_path / "out" / "manifest.jsonl"
    while not (manifest.exists() and len(manifest.read_bytes().splitlines()) > 1):
        assert run.poll() is None
        time.sleep(0.02)
    workers = psutil.Process(run.pid).children(recursive=True)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert not alive
    before = recorded(tmp_path)
    again = subprocess.run(
        [*command, *QUICK, "--json"], check=True, capture_output=True
    )
    found = json.loads(again.stdout)
    assert (found["kept"], found["made"]) == (len(before), 8 - len(before))
    assert sorted(recorded(tmp_path)) == [
        f"library/{number}.txt" for number in range(8)
    ]
    assert len(list((tmp_path / "out").iterdir())) == 9
