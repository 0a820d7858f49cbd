"""Measure speed and memory of whole commands, as a user meets them.

Usage: .venv/bin/python scripts/bench.py [RUNS]

Every figure is the median of RUNS runs (default 5) of a new process. The texts
are made up here: what counts is their length and their shape.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

SIZES = (10_000, 100_000, 600_000, 5_000_000)
CHAPTER = 5_000
NUMERALS = "〇一二三四五六七八九"
CHARACTERS = (
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会"
)


@dataclass(frozen=True)
class Measured:
    """The medians of one command: seconds, and megabytes at the peak."""

    name: str
    characters: int
    seconds: float
    megabytes: float


def main() -> None:
    """Measure each command on each text, and print a table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        rows = [measure(*case, runs) for case in cases(Path(folder))]
    table = Table("command", "characters", "seconds", "MB", "µs a character")
    for row in rows:
        table.add_row(
            row.name,
            f"{row.characters:,}",
            f"{row.seconds:.2f}",
            f"{row.megabytes:.0f}",
            f"{row.seconds * 1e6 / row.characters:.2f}",
        )
    Console().print(table)


def cases(folder: Path) -> list[tuple[str, list[str], int]]:
    """Return name, arguments and length of every measurement."""
    found: list[tuple[str, list[str], int]] = []

    def add(name: str, text: str, *arguments: str) -> None:
        path = folder / f"{len(found)}.txt"
        path.write_text(text, encoding="utf-8")
        command = [arguments[0], str(path), *arguments[1:]]
        found.append((name, command, len(text)))

    add("--help", " ", "--help")
    for size in SIZES:
        add("inspect, a novel", novel(size), "inspect", "--json")
    add("inspect, 100,000 lines like headings", headings(100_000), "inspect", "--json")
    out = str(folder / "dist")
    add("build to EPUB, a novel", novel(600_000), "build", "-q", "-o", out, "--to=epub")
    add("build to PDF, a novel", novel(100_000), "build", "-q", "-o", out, "--to=pdf")
    return found


def novel(size: int) -> str:
    """Return a novel of about ``size`` characters, the same on every run."""
    chance = random.Random(size)
    chapters = []
    for number in range(1, max(2, size // CHAPTER + 1)):
        body = "".join(paragraph(chance) for _ in range(CHAPTER // 100))
        chapters.append(f"第{numeral(number)}章　{words(chance, 6)}\n{body}\n")
    return "".join(chapters)


def headings(lines: int) -> str:
    """Return lines that all look like headings."""
    return "".join(f"第{numeral(n)}章 此行似题\n" for n in range(1, lines + 1))


def paragraph(chance: random.Random) -> str:
    """Return about a hundred characters in a few sentences."""
    sentences = (f"{words(chance, 12)}，{words(chance, 18)}。" for _ in range(3))
    return f"　　{''.join(sentences)}\n"


def words(chance: random.Random, length: int) -> str:
    """Return ``length`` common characters."""
    return "".join(chance.choices(CHARACTERS, k=length))


def numeral(number: int) -> str:
    """Return a number digit by digit, as in 一〇二."""
    return "".join(NUMERALS[int(digit)] for digit in str(number))


def measure(name: str, arguments: list[str], length: int, runs: int) -> Measured:
    """Run a command ``runs`` times, after once to warm the disk."""
    command = [sys.executable, "-m", "pipeline", *arguments]
    once(command)
    results = [once(command) for _ in range(runs)]
    seconds = statistics.median(result[0] for result in results)
    megabytes = statistics.median(result[1] for result in results)
    return Measured(name, length, seconds, megabytes)


def once(command: list[str]) -> tuple[float, float]:
    """Run a command; return its seconds and its peak in megabytes."""
    start = time.perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    child = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_maxrss / unit


if __name__ == "__main__":
    main()
