"""Nobody ever sees half a file, and a failure leaves the earlier one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.failures import Missing
from pipeline.publishing import publish


def test_files_are_written_whole_and_nothing_else_stays(tmp_path):
    publish({tmp_path / "new" / "a.epub": b"one", tmp_path / "new" / "a.pdf": b"two"})
    written = {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()}
    assert written == {"a.epub": b"one", "a.pdf": b"two"}


def test_the_umask_decides_who_may_read(tmp_path):
    before = os.umask(0o027)
    try:
        publish({tmp_path / "a.pdf": b""})
    finally:
        os.umask(before)
    assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o640


def test_a_failing_write_leaves_all_earlier_files(tmp_path, monkeypatch):
    files = {tmp_path / "a.epub": b"old epub", tmp_path / "a.pdf": b"old pdf"}
    publish(files)
    real = Path.open

    def full_disk(self, *arguments, **options):
        if ".pdf" in self.name:
            raise OSError(28, "No space left on device")
        return real(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", full_disk)
    with pytest.raises(Missing, match="No space left"):
        publish(dict.fromkeys(files, b"new"))
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files


def test_drafts_of_processes_that_were_killed_are_cleared(tmp_path):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = tmp_path / f".a.epub.{dead.pid}.draft"
    others = [
        tmp_path / f".a.epub.{os.getppid()}.draft",  # which is still being written
        tmp_path / f".b.epub.{dead.pid}.draft",
        tmp_path / ".a.epub.mine.draft",
    ]
    for draft in (left, *others):
        draft.write_bytes(b"half")
    publish({tmp_path / "a.epub": b"whole"})
    assert sorted(tmp_path.iterdir()) == sorted([*others, tmp_path / "a.epub"])


def test_a_file_in_the_place_of_the_folder_is_a_clear_failure(tmp_path):
    (tmp_path / "dist").write_text("")
    with pytest.raises(Missing, match="dist"):
        publish({tmp_path / "dist" / "a.pdf": b""})
