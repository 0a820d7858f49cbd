"""Room on the disk for what a process needs while it runs, and no longer.

A process that is killed can't tidy up: its folders carry its number, and the
next one that needs room takes those of the dead away.
"""

from __future__ import annotations

import atexit
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from shutil import rmtree

from pipeline.failures import Missing

_PREFIX = "keben-"
_USUAL = ("/tmp", "/var/tmp", "/usr/tmp")  # noqa: S108 - a folder of our own is made there


class NoRoom(Missing):
    """There is no room for temporary files."""


@contextmanager
def folder() -> Iterator[Path]:
    """Have a folder of one's own while the block lasts. Raises NoRoom."""
    made = _made(os.getpid())
    try:
        yield made
    finally:
        rmtree(made, ignore_errors=True)


@contextmanager
def lasting() -> Iterator[Path]:
    """Let libraries put their temporary files where they last as long as the process.

    Raises NoRoom, also where they find none.
    """
    place = _lasting(os.getpid())
    before, tempfile.tempdir = tempfile.tempdir, str(place)
    try:
        yield place
    except OSError as error:
        raise _no_room(error) from error
    finally:
        tempfile.tempdir = before


def clear(place: Path, prefix: str, suffix: str = "") -> None:
    """Remove what processes left in ``place`` that were killed.

    Such files and folders are called ``prefix``, the number of their process, and
    ``suffix``, or behind a hyphen anything.
    """
    for left in place.iterdir():
        name = left.name
        if name.startswith(prefix) and name.endswith(suffix):
            number = name[len(prefix) : len(name) - len(suffix)].partition("-")[0]
            if number.isdecimal() and not _is_running(int(number)):
                if left.is_dir() and not left.is_symlink():
                    rmtree(left, ignore_errors=True)
                else:
                    with suppress(OSError):
                        left.unlink()


def _is_running(process: int) -> bool:
    """Tell whether a process lives, also where it belongs to another user."""
    if os.name == "nt":  # where signal 0 would end it: an old draft does no harm
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


# A forked process has another number, and so a folder of its own.
@cache
def _lasting(process: int) -> Path:
    place = _made(process)
    atexit.register(_end, place, process)
    return place


def _end(place: Path, process: int) -> None:
    if os.getpid() == process:
        rmtree(place, ignore_errors=True)


def _made(process: int) -> Path:
    problem: OSError = FileNotFoundError(2, os.strerror(2))
    for home in _homes():
        try:
            clear(home, _PREFIX)
            return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{process}-", dir=home))
        except OSError as error:
            problem = error
    raise _no_room(problem) from problem


def _homes() -> Iterator[Path]:
    """Yield where temporary files may go, in the order of ``tempfile``.

    That itself tries each with a file, which nobody clears when it is killed then.
    """
    said = [tempfile.tempdir] if tempfile.tempdir else []
    if not said:
        said = [os.environ.get(name, "") for name in ("TMPDIR", "TEMP", "TMP")]
        usual = ("~/AppData/Local/Temp",) if os.name == "nt" else _USUAL
        said += map(os.path.expanduser, usual)
    yield from map(Path, filter(None, said))


def _no_room(error: OSError) -> NoRoom:
    reason = error.strerror or str(error)
    home = tempfile.tempdir or os.environ.get("TMPDIR", "TMPDIR")
    return NoRoom("failure.no-room", folder=home, reason=reason)
