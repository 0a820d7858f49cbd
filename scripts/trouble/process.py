"""Builds in processes of their own, that may be stopped anywhere."""

from __future__ import annotations

import atexit
import ctypes
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.build import Order, build
from pipeline.failures import Failure
from pipeline.reading import failed
from trouble.desk import Desk

STAGES = ("stage.reading", "stage.pdf", "stage.epub", "stage.audit")
KILLED = -signal.SIGKILL
_UNEXPECTED = 70
_PATIENCE = 120  # seconds until a build counts as one that never ends
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir")
# capabilities(7): without these, root keeps to permissions like everybody.
_DAC_OVERRIDE, _DAC_READ_SEARCH = 1, 2
_CAPABILITY_VERSION = 0x20080522


@dataclass(frozen=True)
class Child:
    """A process that builds, the leader of a group of its own."""

    number: int
    stages: int
    """The end of a pipe from which its stages can be read, a line each."""

    def awaited(self, stage: str) -> bool:
        """Wait until ``stage`` begins; tell whether it did."""
        line = b""
        while piece := os.read(self.stages, 1):
            line += piece
            if piece == b"\n":
                if line.decode().strip() == stage:
                    return True
                line = b""
        return False

    def kill(self) -> None:
        """Kill the process, but not those that it started."""
        os.kill(self.number, signal.SIGKILL)

    def end(self) -> int:
        """Return the exit status: a signal's number below zero."""
        _, status = os.waitpid(self.number, 0)
        os.close(self.stages)
        return os.waitstatus_to_exitcode(status)

    def leaves_nobody(self) -> bool:
        """Tell whether all processes that it started have ended, or do soon."""
        for _ in range(100):
            try:
                os.killpg(self.number, 0)
            except (ProcessLookupError, PermissionError):
                return True
            time.sleep(0.05)
        os.killpg(self.number, signal.SIGKILL)
        return False


Prepare = Callable[[], None]
"""What a child does before it builds."""

Work = Callable[[Callable[[str], None]], int]
"""What a child does: it gets what to tell its stages to, and returns its status."""


def start(
    desk: Desk,
    prepare: Prepare = lambda: None,
    at: str = "",
    work: Work | None = None,
) -> Child:
    """Begin a build on ``desk``, or other work.

    ``prepare`` comes before all, or before a stage.
    """
    reading, writing = os.pipe()
    number = os.fork()
    if number:
        os.close(writing)
        return Child(number, reading)
    os.close(reading)
    atexit._clear()  # noqa: SLF001 - what the parent does at its end is not ours
    status = _UNEXPECTED
    try:
        os.setpgid(0, 0)
        signal.alarm(_PATIENCE)
        desk.enter()
        if not at:
            prepare()

        def progress(stage: str) -> None:
            os.write(writing, f"{stage}\n".encode())
            if stage == at:
                prepare()

        status = work(progress) if work else _build(desk, progress)
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()  # noqa: SLF001 - as Python ends, but for its parent
        os._exit(status)


def _build(desk: Desk, progress: Callable[[str], None]) -> int:
    try:
        outcome = build(desk.source, desk.out, Order(recorded=True), progress)
    except Failure as failure:
        return int(failure.status)
    return int(failed(outcome.diagnostics))


# What happens to a child -----------------------------------------------------------


def dies_at(change: int) -> Prepare:
    """Return what kills a child before the file system changes for the nth time."""

    def prepare() -> None:
        left = [change]
        own = os.getpid()

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            if os.getpid() == own and _changes(event, arguments):
                left[0] -= 1
                if not left[0]:
                    os.kill(own, signal.SIGKILL)

        sys.addaudithook(watch)

    return prepare


@contextmanager
def counted(path: Path) -> Iterator[Prepare]:
    """Have a child write into ``path`` how often it changes the file system."""

    def prepare() -> None:
        own, count = os.getpid(), [0]

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            if os.getpid() == own and _changes(event, arguments):
                count[0] += 1

        sys.addaudithook(watch)
        atexit.register(lambda: path.write_text(str(count[0]), "ascii"))

    yield prepare


def _changes(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        flags = arguments[2]
        return isinstance(flags, int) and bool(flags & _WRITES)
    return event in _CHANGES


def has_room_for(size: int) -> Prepare:
    """Return what lets no file of a child grow beyond ``size`` bytes."""

    def prepare() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return prepare


def keeps_to_permissions() -> None:
    """Take from root what lets it write anywhere; others have it not."""
    if os.geteuid() or sys.platform != "linux":
        return
    head = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    data = (ctypes.c_uint32 * 6)()
    system = ctypes.CDLL(None, use_errno=True)
    system.capget(head, data)
    for index in range(3):
        data[index] &= ~(1 << _DAC_OVERRIDE | 1 << _DAC_READ_SEARCH)
    if system.capset(head, data):
        raise OSError(ctypes.get_errno(), "capset")
