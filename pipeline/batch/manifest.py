"""The manifest of a batch: a line of JSON for each book, as soon as it is done."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.batch.task import Record, record
from pipeline.failures import Missing, Misuse


@dataclass(frozen=True, slots=True)
class Manifest:
    """What earlier runs have recorded, by source, and where to go on."""

    earlier: dict[str, Record]
    _file: BinaryIO

    def add(self, done: Record) -> None:
        """Record a book, on the disk, before anything else happens."""
        line = json.dumps(done.values(), ensure_ascii=False) + "\n"
        self._file.write(line.encode("utf-8", "replace"))
        self._file.flush()
        os.fsync(self._file.fileno())


@contextmanager
def opened(path: Path) -> Iterator[Manifest]:
    """Go on with the manifest at ``path`` while the block lasts.

    A line that a killed run left half-written is cut off. Raises ``Misuse`` where
    another run is writing it, and ``Missing`` where it can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        reason = error.strerror or str(error)
        raise Missing("failure.unwritable", folder=path, reason=reason) from error
    with file:
        _lock(file, path)
        file.seek(0)
        earlier: dict[str, Record] = {}
        whole = 0
        for line in file:
            if line.endswith(b"\n"):
                whole += len(line)
                _keep(line, earlier)
        file.truncate(whole)
        yield Manifest(earlier, file)


def _keep(line: bytes, earlier: dict[str, Record]) -> None:
    try:
        done = record(json.loads(line))
    except ValueError:  # of another version, or of nobody we know: made again
        return
    earlier[done.source] = done


def _lock(file: BinaryIO, path: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows, which lets nobody else write an open file
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Misuse("failure.manifest-in-use", path=path) from error
