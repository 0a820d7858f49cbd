"""Measure speed and memory of whole commands, as a user meets them.

Usage: .venv/bin/python scripts/bench.py [RUNS] [NAME]

Every figure is the median of RUNS runs (default 5) of a new process: seconds on the
clock, seconds of a processor, which tell more on a machine that others use, and
memory at the peak. With a NAME only rows that have it in theirs are measured. The
texts are made up here: what counts is their length and their shape. The last rows
set the same pages by our lines and by WeasyPrint alone.
"""

from __future__ import annotations

import contextlib
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
EDITION = "--edition"
OURS, ALONE = "our lines", "WeasyPrint alone"
LONG = 1_000_000
TINY = 100
SIZES = (10_000, 100_000, 600_000, 5_000_000)
PAGED = (100_000, 600_000)
CHAPTER = 5_000
NUMERALS = "〇一二三四五六七八九"
CHARACTERS = (
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会"
)


@dataclass(frozen=True)
class Cost:
    """What one run takes: seconds, those of a processor, megabytes at the peak."""

    seconds: float
    processor: float
    megabytes: float


@dataclass(frozen=True)
class Case:
    """Something to measure, by how many characters it reads."""

    name: str
    characters: int
    run: Callable[[], Cost]


def main() -> None:
    """Measure each case, and print a table."""
    if sys.argv[1:2] == [EDITION]:
        make_edition(sys.argv[2], Path(sys.argv[3]))
        return
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    headings = ("command", "characters", "seconds", "processor", "MB", "µs/character")
    table = Table(*headings)
    with tempfile.TemporaryDirectory() as folder:
        for case in cases(Path(folder)):
            if wanted in case.name:
                table.add_row(*row(case, runs))
    Console().print(table)


def row(case: Case, runs: int) -> Iterator[str]:
    """Yield the medians of ``runs`` runs, after one to warm the disk."""
    case.run()
    costs = [case.run() for _ in range(runs)]
    seconds = statistics.median(cost.seconds for cost in costs)
    yield case.name
    yield f"{case.characters:,}"
    yield f"{seconds:.2f}"
    yield f"{statistics.median(cost.processor for cost in costs):.2f}"
    yield f"{statistics.median(cost.megabytes for cost in costs):.0f}"
    yield f"{seconds * 1e6 / case.characters:.2f}"


# What is measured ----------------------------------------------------------------


def cases(folder: Path) -> Iterator[Case]:
    """Yield every measurement."""

    def command(name: str, text: str, *arguments: str) -> Case:
        path = folder / f"{name}-{len(text)}.txt".replace("/", "-")
        path.write_text(text, encoding="utf-8")
        called = [arguments[0], str(path), *arguments[1:]]
        return Case(name, len(text), lambda: keben(*called))

    yield command("--help", " ", "--help")
    for size in SIZES:
        yield command("inspect, a novel", novel(size), "inspect", "--json")
    lines = headings(100_000)
    yield command("inspect, 100,000 lines like headings", lines, "inspect", "--json")
    out = ("-q", "-o", str(folder / "dist"))
    long = novel(600_000)
    yield command("build to EPUB, a novel", long, "build", *out, "--to=epub")
    yield tiny_books(folder, out)
    short = novel(100_000)
    yield command("build to PDF, a novel", short, "build", *out, "--to=pdf")
    yield from first_source(folder, out)
    epub = folder / "long.txt"
    epub.write_text(novel(LONG, LONG // 120), encoding="utf-8")
    name = "EPUB in 120 chapters, after reading"
    yield Case(name, LONG, lambda: edition("epub", epub))
    for size in PAGED:
        path = folder / f"paged-{size}.txt"
        path.write_text(novel(size), encoding="utf-8")
        for setter in (OURS, ALONE):
            yield Case(f"PDF, after reading, by {setter}", size, setting(setter, path))


def tiny_books(folder: Path, out: tuple[str, ...]) -> Case:
    """Return the making of many books that hold nearly nothing."""
    books = [folder / f"tiny-{number}.txt" for number in range(TINY)]
    for number, book in enumerate(books):
        book.write_text(f"小书{number}\n\n第一章\n\n　　船出了港。\n", "utf-8")
    arguments = ("build", *out, "--to=epub", *map(str, books))
    name = f"build to EPUB, {TINY} tiny books"
    return Case(name, 20 * TINY, lambda: keben(*arguments))


def first_source(folder: Path, out: tuple[str, ...]) -> Iterator[Case]:
    """Yield the making of the PDF of the first source there is, with an empty cache."""
    found = sorted((ROOT / "seeds").glob("*.txt"))
    if not found:
        return
    path = found[0]
    command = ("build", *out, "--to=pdf", str(path))

    def run() -> Cost:
        return keben(*command, XDG_CACHE_HOME=tempfile.mkdtemp(dir=folder))

    size = len(path.read_text("utf-8", errors="replace"))
    yield Case("build to PDF, the first source, no cache", size, run)


def setting(setter: str, path: Path) -> Callable[[], Cost]:
    """Return what sets the pages of ``path``."""
    return lambda: edition(setter, path)


# Texts ---------------------------------------------------------------------------


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


# Runs ----------------------------------------------------------------------------


def keben(*arguments: str, **environment: str) -> Cost:
    """Run Keben in a new process."""
    command = [sys.executable, "-m", "pipeline", *arguments]
    start = time.perf_counter()
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    known = {**os.environ, **environment}
    child = os.posix_spawn(command[0], command, known, file_actions=quiet)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    processor = usage.ru_utime + usage.ru_stime
    return Cost(seconds, processor, usage.ru_maxrss / a_megabyte())


def edition(kind: str, path: Path) -> Cost:
    """Make one edition in a new process, and measure that alone."""
    command = [sys.executable, __file__, EDITION, kind, str(path)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return Cost(*map(float, done.stdout.split()))


def make_edition(kind: str, path: Path) -> None:
    """Print what an edition of ``path`` takes, which is read before."""
    from pipeline import reading, theme, works
    from pipeline.render import render
    from pipeline.writer import Job
    from pipeline.writers.epub import WRITER as EPUB
    from pipeline.writers.pdf import WRITER as PDF

    def ignore(_diagnostic: object) -> None:
        """Leave it to the tests what there is to say."""

    work = works.locate(path, ignore)
    if work is None:
        sys.exit(f"failed: {path}")
    book = reading.finish(reading.read(work).book, ignore)
    writer = EPUB if kind == "epub" else PDF
    design = theme.load()
    with alone() if kind == ALONE else contextlib.nullcontext():
        start, started = time.perf_counter(), time.process_time()
        rendered = render(book, writer.edition_in(design), "urn:bench")
        writer.write(Job(book, rendered, design, "urn:bench"), ignore)
        seconds = time.perf_counter() - start
        processor = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / a_megabyte()
    sys.stdout.write(f"{seconds} {processor} {peak}\n")


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Leave WeasyPrint as it is: its own lines, none of our adjustments."""
    from pipeline.layout import engine

    def nothing(*_: object) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()

    installed = patch.object(engine, "installed", nothing)
    with installed, patch.object(engine, "adjusted", nothing):
        yield


def a_megabyte() -> int:
    """Return it as the system counts: in kilobytes on Linux, on macOS in bytes."""
    return 1024**2 if sys.platform == "darwin" else 1024


if __name__ == "__main__":
    main()
