"""Measure speed and memory of whole commands, as a user meets them.

Usage: .venv/bin/python scripts/bench.py [--runs 5] [--page] [NAME]

Every figure is the median of some runs of a new process: seconds on the clock, seconds
of a processor, which tell more on a machine that others use, and memory at the peak.
What is measured takes turns, so that a busy minute hurts all alike. With a NAME only
rows that have it in theirs are measured. The texts are made up here: what counts is
their length and their shape. Peers are measured where they are installed. With --page
the table and a plot go to docs/speed.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from benchmarks import cases, page, peers
from benchmarks.runs import Case, Cost
from rich.console import Console
from rich.table import Table

_LONG = 1_000_000


def main() -> None:
    """Measure each case, and print a table."""
    match sys.argv[1:]:
        case ["--edition", kind, source]:
            from benchmarks import edition

            edition.make(kind, Path(source))
        case ["--peer", name, source, folder]:
            peers.PEERS[name].make(Path(source), Path(folder))
        case _:
            report(_parser().parse_args())


def report(options: argparse.Namespace) -> None:
    """Measure what is asked for, print it, and write the page if that is asked."""
    with tempfile.TemporaryDirectory() as folder:
        all_cases = [*cases.cases(Path(folder)), *peers.cases(Path(folder))]
        wanted = [case for case in all_cases if options.name in case.name]
        found = measured(wanted, options.runs)
    table = Table(*page.HEAD)
    for case, cost in found:
        table.add_row(*page.cells(case, cost))
    console = Console()
    console.print(table)
    if missing := peers.absent():
        console.print(f"not installed here: {', '.join(missing)}")
    if options.page:
        page.write(found, missing, options.runs)


def measured(wanted: Iterable[Case], runs: int) -> list[tuple[Case, Cost]]:
    """Return the medians of each case, after one run of each to warm the disk.

    What reads more than a million characters takes long enough to be run once.
    """
    cases = list(wanted)
    costs: list[list[Cost]] = [[] for _ in cases]
    for turn in range(runs + 1):
        for case, known in zip(cases, costs, strict=True):
            if case.characters <= _LONG or turn == 1:
                known.append(_once(case))
    medians = (_median(known[1:] or known) for known in costs)
    return list(zip(cases, medians, strict=True))


def _once(case: Case) -> Cost:
    case.before()
    return case.run()


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        median(cost.seconds for cost in costs),
        median(cost.processor for cost in costs),
        median(cost.megabytes for cost in costs),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--page", action="store_true")
    parser.add_argument("name", nargs="?", default="")
    return parser


if __name__ == "__main__":
    main()
