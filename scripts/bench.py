"""Measure speed and memory of whole commands, as a user meets them.

Usage: .venv/bin/python scripts/bench.py [RUNS]

Every figure is the median of RUNS runs (default 5) of a new process. The texts
are made up here: what counts is their length and their shape.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

EDITION = "--edition"
LONG = 1_000_000
TINY = 100
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
    if sys.argv[1:2] == [EDITION]:
        make_edition(Path(sys.argv[2]))
        return
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        rows = [measure(*case, runs) for case in cases(Path(folder))]
        rows.append(measure_edition(Path(folder), runs))
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
    books = [folder / f"tiny-{number}.txt" for number in range(TINY)]
    for number, book in enumerate(books):
        book.write_text(f"小书{number}\n\n第一章\n\n　　船出了港。\n", "utf-8")
    tiny = ["build", "-q", "-o", out, "--to=epub", *map(str, books)]
    found.append((f"build to EPUB, {TINY} tiny books", tiny, 20 * TINY))
    add("build to PDF, a novel", novel(100_000), "build", "-q", "-o", out, "--to=pdf")
    return found


def novel(size: int, chapter: int = CHAPTER) -> str:
    """Return a novel of about ``size`` characters, the same on every run."""
    chance = random.Random(size)
    chapters = []
    for number in range(1, max(2, size // chapter + 1)):
        body = "".join(paragraph(chance) for _ in range(chapter // 100))
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


def measure_edition(folder: Path, runs: int) -> Measured:
    """Measure the making of an EPUB alone, of what was read before."""
    path = folder / "long.txt"
    path.write_text(novel(LONG, LONG // 120), encoding="utf-8")
    command = [sys.executable, __file__, EDITION, str(path)]
    results = []
    for _ in range(runs):
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        results.append(tuple(map(float, done.stdout.split())))
    seconds, megabytes = map(statistics.median, zip(*results, strict=True))
    return Measured("EPUB in 120 chapters, after reading", LONG, seconds, megabytes)


def make_edition(path: Path) -> None:
    """Print the seconds that the EPUB of ``path`` takes, and megabytes at the peak."""
    from pipeline import reading, theme, works
    from pipeline.render import render
    from pipeline.writer import Job
    from pipeline.writers.epub import WRITER

    def ignore(_diagnostic: object) -> None:
        """Leave it to the tests what there is to say."""

    work = works.locate(path, ignore)
    if work is None:
        sys.exit(f"failed: {path}")
    book = reading.finish(reading.read(work).book, ignore)
    start = time.perf_counter()
    design = theme.load()
    rendered = render(book, WRITER.edition_in(design), "urn:bench")
    WRITER.write(Job(book, rendered, design, "urn:bench"), ignore)
    unit = 1024**2 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    sys.stdout.write(f"{time.perf_counter() - start} {peak}\n")


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
