"""What was measured, as a page of the documentation with a plot."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from benchmarks import cases
from benchmarks.runs import Case, Cost

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "speed.md"
PLOT = ROOT / "docs" / "pictures" / "speed.svg"
HEAD = ("what", "characters", "seconds", "processor", "MB", "µs/character")
_TEXT = """# Speed: what was measured

Written by `make bench`. Medians of {runs} runs that took turns, each a new process, on
{cores} cores with Python {python} and WeasyPrint {weasyprint}. “Seconds” are those of
the clock; “processor” adds up those of all processes; memory is that of the largest.
Texts of more than a million characters were read once.

{table}

{missing}## Time against length

![Time against length, on logarithmic scales](pictures/speed.svg)

{straightness}
"""
_INSPECTING = "inspect, a novel"
_BUILDING = f"build, a novel, {cases.BOTH}, no cache"


def cells(case: Case, cost: Cost) -> tuple[str, ...]:
    """Return a row of the table."""
    rate = f"{cost.seconds * 1e6 / case.characters:.2f}" if case.characters else ""
    return (
        case.name,
        f"{case.characters:,}" if case.characters else "",
        f"{cost.seconds:.2f}",
        f"{cost.processor:.2f}",
        f"{cost.megabytes:.0f}",
        rate,
    )


def write(found: Sequence[tuple[Case, Cost]], absent: Sequence[str], runs: int) -> None:
    """Write the page and the plot of time against length."""
    _plot(found)
    rows = [HEAD, ["---"] * len(HEAD), *(cells(*one) for one in found)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    missing = f"Not installed there: {', '.join(absent)}.\n\n" if absent else ""
    told = _TEXT.format(
        runs=runs,
        cores=os.cpu_count(),
        python=platform.python_version(),
        weasyprint=metadata.version("weasyprint"),
        table=table,
        missing=missing,
        straightness=_straightness(found),
    )
    PAGE.write_text(told, "utf-8")


def _straightness(found: Sequence[tuple[Case, Cost]]) -> str:
    """Tell how far the time a character differs among long texts."""
    rates = {
        case.characters: cost.processor * 1e6 / case.characters
        for case, cost in found
        if case.name == _BUILDING and case.characters > 50_000
    }
    if not rates:
        return ""
    told = ", ".join(f"{rate:.2f} µs at {n:,}" for n, rate in sorted(rates.items()))
    return (
        f"Processor time a character of a whole build, both editions, proved: {told}."
    )


def _plot(found: Sequence[tuple[Case, Cost]]) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "keben"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.2))
    for name, label in (
        (_BUILDING, "build, both editions, proved"),
        (_INSPECTING, "inspect"),
    ):
        points = sorted((c.characters, t.seconds) for c, t in found if c.name == name)
        if points:
            axes.plot(*zip(*points, strict=True), marker="o", label=label)
    for case, cost in found:
        if case.name.startswith(("pandoc", "plutoprint", "calibre")):
            axes.plot(case.characters, cost.seconds, "x", label=case.name)
    axes.set(xscale="log", yscale="log", xlabel="characters", ylabel="seconds")
    axes.grid(visible=True, which="both", alpha=0.25)
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(PLOT, metadata={"Date": None})
