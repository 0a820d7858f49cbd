"""Run something in a new process, and tell what it took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_OURSELVES = str(Path(__file__).parents[1] / "bench.py")


@dataclass(frozen=True)
class Cost:
    """What one run takes: seconds, those of a processor, megabytes at the peak.

    Of several processes, the processor's seconds are those of all, the megabytes
    those of the largest.
    """

    seconds: float
    processor: float
    megabytes: float


@dataclass(frozen=True)
class Case:
    """Something to measure, by how many characters it reads.

    ``before`` is done before each run, and is not measured.
    """

    name: str
    characters: int
    run: Callable[[], Cost]
    before: Callable[[], None] = lambda: None


def keben(*arguments: str, **environment: str) -> Cost:
    """Run Keben."""
    return command([sys.executable, "-m", "pipeline", *arguments], **environment)


def ourselves(*arguments: str) -> Cost:
    """Run these measurements with other arguments."""
    return command([sys.executable, _OURSELVES, *arguments])


def reported(*arguments: str, **environment: str) -> Cost:
    """Run these measurements with arguments that make them measure a part only."""
    words = [sys.executable, _OURSELVES, *arguments]
    known = {**os.environ, **environment}
    done = subprocess.run(words, capture_output=True, check=True, text=True, env=known)
    return Cost(*map(float, done.stdout.split()))


def command(words: list[str], **environment: str) -> Cost:
    """Run a command, which must succeed and need not be heard."""
    start = time.perf_counter()
    quiet = [
        (os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)
    ]
    known = {**os.environ, **environment}
    child = os.posix_spawnp(words[0], words, known, file_actions=quiet)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"failed: {' '.join(words)}")
    processor = usage.ru_utime + usage.ru_stime
    return Cost(seconds, processor, usage.ru_maxrss / a_megabyte())


def a_megabyte() -> int:
    """Return it as the system counts: in kilobytes on Linux, on macOS in bytes."""
    return 1024**2 if sys.platform == "darwin" else 1024
