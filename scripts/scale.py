"""Measure what many books take, and write docs/scale.md.

Usage: .venv/bin/python scripts/scale.py [BOOKS]

The books (default 1,000) are the first source, each with a change of its own; both
editions of each are made and proved. What is longer is computed from what was
measured, and the page says so.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "scale.md"
KEBEN = [sys.executable, "-m", "pipeline"]
NUMERALS = "〇一二三四五六七八九"
# Prices differ: one is assumed, so that costs can be compared.
EURO_A_CORE_HOUR = 0.03
CORES = (2, 16, 256, 4096)
TEMPLATE = Path(__file__).with_suffix(".md")


@dataclass(frozen=True)
class Measured:
    """A batch: its length, seconds of clock and processor, and megabytes held."""

    books: int
    characters: int
    seconds: float
    processor: float
    early: float
    late: float

    @property
    def cpu_a_book(self) -> float:
        return self.processor / self.books

    @property
    def cpu_a_million(self) -> float:
        return self.processor / self.characters * 1e6


def main() -> None:
    """Measure short books and one long one, and write the page."""
    books = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        short = measure(Path(folder) / "short", speeches(books))
        long = measure(Path(folder) / "long", novels(2))
    PAGE.write_text(page(short, long), "utf-8")
    sys.stdout.write(PAGE.read_text("utf-8"))


def speeches(count: int) -> list[str]:
    """Return the first source, with another last paragraph each time."""
    (source,) = (ROOT / "seeds").glob("*.txt")
    text = source.read_text("utf-8")
    return [
        f"{text}\n　　这是第{numeral(n)}本，与其余各本不同。\n" for n in range(count)
    ]


def novels(count: int) -> list[str]:
    """Return novels of 600,000 characters in 120 chapters."""
    line = "　　他在甲板上站了很久，看见岸上的灯一盏一盏地暗下去，江水却越来越亮了。\n"
    body = line * (5000 // len(line))
    return [
        f"长夜之书{numeral(n)}\n作者：张三\n\n"
        + "".join(f"第{numeral(c)}章 江上\n\n{body}\n" for c in range(1, 121))
        for n in range(count)
    ]


def numeral(number: int) -> str:
    return "".join(NUMERALS[int(digit)] for digit in str(number))


def measure(folder: Path, texts: list[str]) -> Measured:
    """Make books of ``texts`` in two processes, watching their memory."""
    library, out = folder / "library", folder / "out"
    library.mkdir(parents=True)
    for number, text in enumerate(texts):
        (library / f"{number}.txt").write_text(text, "utf-8")
    command = [*KEBEN, "batch", str(library), "-o", str(out), "--workers", "2"]
    start = time.perf_counter()
    run = subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, text=True)
    sizes = list(memory(run))
    assert run.stdout is not None
    told = json.loads(run.stdout.read())
    seconds = time.perf_counter() - start
    if run.wait() or told["failed"]:
        sys.exit(f"{told['failed']} books failed: {out}")
    lines = (out / "manifest.jsonl").read_text("utf-8").splitlines()
    processor = sum(json.loads(line)["cpu"] for line in lines)
    fifth = max(1, len(sizes) // 5)
    return Measured(
        len(texts),
        sum(map(len, texts)),
        seconds,
        processor,
        statistics.median(sizes[fifth : 2 * fifth] or sizes),
        statistics.median(sizes[-2 * fifth : -fifth] or sizes),
    )


def memory(run: subprocess.Popen[str]) -> Iterator[float]:
    """Yield the megabytes that a process and its children hold, till it ends.

    What they share is counted once (PSS), where the system tells.
    """
    whole = psutil.Process(run.pid)
    while run.poll() is None:
        held = 0
        for process in (whole, *whole.children(recursive=True)):
            with suppress(psutil.Error):
                held += process.memory_full_info().pss
        yield held / 1e6
        time.sleep(0.5)


def page(short: Measured, long: Measured) -> str:
    """Return the page: what was measured, and what follows from it."""
    rows = [
        ("short", short.books, short.characters // short.books, short),
        ("long", long.books, long.characters // long.books, long),
    ]
    measured = "\n".join(
        f"| {name} | {books:,} | {length:,} | {found.seconds:,.0f} s |"
        f" {found.books / found.seconds:.2f} | {found.cpu_a_book:.2f} s |"
        f" {found.cpu_a_million:,.1f} s | {found.early:,.0f} MB |"
        f" {found.late:,.0f} MB |"
        for name, books, length, found in rows
    )
    computed = "\n".join(
        f"| {count:,} {name} books |"
        + "".join(f" {span(count * found.cpu_a_book / cores)} |" for cores in CORES)
        + f" {count * found.cpu_a_book / 3600 * EURO_A_CORE_HOUR:,.2f} € |"
        for count in (1_000, 1_000_000)
        for name, _, _, found in rows
    )
    heads = " | ".join(f"{cores:,} cores" for cores in CORES)
    return TEMPLATE.read_text("utf-8").format(
        measured=measured,
        computed=computed,
        heads=heads,
        rules="|".join("---" for _ in CORES),
        price=EURO_A_CORE_HOUR,
        python=platform.python_version(),
        cores=os.cpu_count(),
    )


def span(seconds: float) -> str:
    """Return a time as people say it."""
    for unit, length in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:,.1f} {unit}"
    return f"{seconds:,.0f} s"


if __name__ == "__main__":
    main()
