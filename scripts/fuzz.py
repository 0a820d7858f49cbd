"""Fuzz everything that reads what strangers wrote.

Usage: .venv/bin/python scripts/fuzz.py [--minutes 30] [TARGET...]

The minutes are shared out evenly among the targets, one process each, one after
the other. Atheris leads the inputs to code that none has reached; where it can't be
installed, they are changed blindly, and the table says so. What is learnt stays
in build/fuzz/TARGET/corpus, and is where the next run goes on. What goes wrong is
in build/fuzz/TARGET/found: the shortest input of each kind, and a report. Exits
with 1 if there is any.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The tests lend their seeds; the code that runs is the installed one.
sys.path.append(str(ROOT))

from fuzzing import drivers  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

HOME = ROOT / "build" / "fuzz"
_COVERED = re.compile(r"cov: (\d+)")
_WAY = {True: "guided (Atheris)", False: "blind: Atheris is not installed here"}


@dataclass(frozen=True)
class Run:
    """What became of one target; ``covered`` counts branches, 0 where unknown."""

    name: str
    inputs: int
    seconds: float
    covered: int
    found: tuple[str, ...]


def main() -> int:
    """Fuzz each target for its time; 0 when nothing was found."""
    said = arguments()
    if said.child:
        child(said.child, said.seconds)
        return 0
    guided = importlib.util.find_spec("atheris") is not None
    seconds = max(1, round(said.minutes * 60 / len(said.targets)))
    runs = []
    for name in said.targets:
        print(f"{name}: {seconds} s, {_WAY[guided]}", flush=True)
        runs.append(run(name, seconds))
    report(runs, _WAY[guided])
    return 1 if any(one.found for one in runs) else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=int, default=0, help=argparse.SUPPRESS)
    said = parser.parse_args()
    if not said.child:
        from fuzzing.targets import TARGETS  # a child's are instrumented

        if unknown := set(said.targets) - set(TARGETS):
            known = ", ".join(TARGETS)
            parser.error(f"no target: {', '.join(unknown)}; known: {known}")
        said.targets = said.targets or list(TARGETS)
    return said


def run(name: str, seconds: int) -> Run:
    """Fuzz one target in a process of its own."""
    folder = HOME / name
    shutil.rmtree(folder / "found", ignore_errors=True)
    (folder / "found").mkdir(parents=True)
    command = [sys.executable, __file__, "--child", name, f"--seconds={seconds}"]
    with (folder / "log.txt").open("wb") as log:
        status = subprocess.call(command, stdout=log, stderr=subprocess.STDOUT)
    journal = folder / "found" / "journal.json"
    told = json.loads(journal.read_bytes()) if journal.is_file() else {}
    found = list(told.get("found", {}))
    if status:
        found.append(f"the process ended with {status}: see {folder / 'log.txt'}")
    covered = _COVERED.findall((folder / "log.txt").read_text("utf-8", "replace"))
    return Run(
        name,
        told.get("inputs", 0),
        told.get("seconds", 0.0),
        int(covered[-1]) if covered else 0,
        tuple(found),
    )


def child(name: str, seconds: int) -> None:
    if importlib.util.find_spec("atheris"):
        drivers.guided(name, seconds, HOME / name)
    else:
        drivers.unguided(name, seconds, HOME / name)


def report(runs: list[Run], way: str) -> None:
    """Print a table of all runs, and what they found."""
    table = Table("target", "inputs", "CPU s", "branches", "found", title=way)
    for one in runs:
        covered = f"{one.covered:,}" if one.covered else "–"
        counts = (f"{one.inputs:,}", f"{one.seconds:.0f}", covered)
        table.add_row(one.name, *counts, str(len(one.found)))
    total = sum(one.inputs for one in runs), sum(one.seconds for one in runs)
    found = sum(len(one.found) for one in runs)
    table.add_row("all", f"{total[0]:,}", f"{total[1]:.0f}", "", str(found))
    Console().print(table)
    for one in runs:
        for kind in one.found:
            print(f"{one.name}: {kind}")


if __name__ == "__main__":
    sys.exit(main())
