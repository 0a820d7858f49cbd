"""Temporary files: gone when the process is, however that ends."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pipeline import scratch
from pipeline.failures import Status


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def dead() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_folder_lasts_as_long_as_its_block(home):
    with scratch.folder() as folder:
        (folder / "x").write_bytes(b"")
        assert folder.parent == home
    assert list(home.iterdir()) == []


def test_those_of_the_dead_are_cleared_and_no_others(home):
    left = home / f"keben-{dead()}-x"
    others = [home / f"keben-{os.getppid()}-x", home / "keben-notes", home / "mine"]
    for folder in (left, *others):
        folder.mkdir()
        (folder / "file").write_bytes(b"")
    with scratch.folder():
        assert not left.exists()
    assert all((folder / "file").exists() for folder in others)


def test_libraries_put_their_files_where_they_are_cleared(home):
    code = (
        "import os, tempfile; from pipeline import scratch\n"
        "with scratch.lasting() as place: folder = tempfile.mkdtemp()\n"
        "assert folder.startswith(str(place)) and os.path.isdir(folder)\n"
    )
    variables = {**os.environ, "TMPDIR": str(home)}
    subprocess.run([sys.executable, "-c", code], env=variables, check=True)
    assert list(home.iterdir()) == []


def test_where_there_is_no_room_it_is_said(home, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setattr(tempfile, "tempdir", str(home / "none"))
    making = scratch.folder()
    with pytest.raises(scratch.NoRoom, match="set TMPDIR to another folder") as raised:
        making.__enter__()
    assert raised.value.status is Status.MACHINE


def test_a_disk_that_fills_while_libraries_write_is_no_fault_of_theirs(home):
    with pytest.raises(scratch.NoRoom, match="No space left"), scratch.lasting():
        raise OSError(28, "No space left on device")


def test_a_link_is_taken_away_and_what_it_leads_to_stays(home):
    target = home / "target"
    target.mkdir()
    (target / "file").write_bytes(b"")
    link = home / f"keben-{dead()}-x"
    link.symlink_to(target)
    scratch.clear(Path(home), "keben-")
    assert not link.is_symlink()
    assert (target / "file").exists()
