"""What people see: colours and progress in a terminal, plain lines in a pipe."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.color import Color
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar
from rich.status import Status as Spinner
from rich.style import Style
from rich.text import Text

from pipeline.diagnostics import Code, Diagnostic, Severity
from pipeline.failures import Failure
from pipeline.messages import say

if TYPE_CHECKING:
    from pipeline.pdfium import Drawing

# Seconds between two lines of progress in a pipe.
_SELDOM = 30


# A novel with a hundred rare characters should not push its own news away.
_ALIKE = 5
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}

_GUTTER = 2
_FRAME = Color.from_rgb(160, 160, 160)

# Soft wrap: in a pipe, a line stays a line however long it is.
_out = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
_err = Console(highlight=False, markup=False, emoji=False, soft_wrap=True, stderr=True)


def line(text: str = "", style: str = "") -> None:
    """Print one line to standard output."""
    _out.print(Text(text, style=style))


def drawings_in_a_row(width: int) -> int:
    """Return how many drawings ``width`` pixels wide fit here; a pipe shows none."""
    if not _out.is_terminal or _out.color_system not in {"256", "truecolor"}:
        return 0
    return (_out.width + _GUTTER) // (width + 2 + _GUTTER)


def drawings(row: Sequence[Drawing]) -> None:
    """Print drawings of one size beside each other: a character has two pixels."""
    grids = [_framed(drawing) for drawing in row]
    for top in range(0, len(grids[0]), 2):
        text = Text()
        for grid in grids:
            for pair in zip_longest(*grid[top : top + 2]):
                over, under = (*pair, None)[:2]
                text.append("▀", Style(color=over, bgcolor=under))
            text.append(" " * _GUTTER)
        _out.print(text)


def _framed(drawing: Drawing) -> list[list[Color]]:
    """Return the rows of a page inside a line: paper may be white on white.

    At this size lines of text are a faint grey, so all but white is made darker.
    """
    darker = bytes(value * value // 255 for value in range(256))
    pixels = (drawing.pixels[at::3].translate(darker) for at in range(3))
    colours = [Color.from_rgb(*pixel) for pixel in zip(*pixels, strict=True)]
    starts = range(0, len(colours), drawing.width)
    rows = (colours[start : start + drawing.width] for start in starts)
    edge = [_FRAME] * (drawing.width + 2)
    return [edge, *([_FRAME, *row, _FRAME] for row in rows), edge]


def field(name: str, value: str) -> None:
    """Print a named value, its name aligned and dimmed."""
    label = Text(f"  {name}", style="cyan")
    label.pad_right(max(1, 12 - label.cell_len))
    _out.print(label, Text(value), sep="")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print ``rows`` under ``head`` in columns as wide as they need."""
    cells = [list(map(Text, row)) for row in (head, *rows)]
    widths = [
        max(cell.cell_len for cell in column) for column in zip(*cells, strict=True)
    ]
    for number, row in enumerate(cells):
        for cell, width in zip(row[:-1], widths, strict=False):
            cell.pad_right(width + 2 - cell.cell_len)
        _out.print(*row, sep="", style="" if number else "cyan")


def diagnostics(found: Iterable[Diagnostic]) -> None:
    """Print findings to standard error; of many alike, the first few."""
    counts: Counter[Code] = Counter()
    for one in found:
        counts[one.code] += 1
        if counts[one.code] <= _ALIKE:
            diagnostic(one)
    for code, count in counts.items():
        if count > _ALIKE:
            text = say("severity.more", code=code.id, count=count - _ALIKE)
            _err.print(Text(text, style="dim"))


def diagnostic(found: Diagnostic) -> None:
    """Print a finding to standard error, its severity in colour."""
    where = f"{found.span}: " if found.span else ""
    severity = say(f"severity.{found.code.severity.value}")
    text = Text(where)
    text.append(f"{severity} {found.code.id}", style=_STYLES[found.code.severity])
    text.append(say("punctuation.colon") + found.message)
    _err.print(text)
    if found.hint:
        _err.print(Text(f"    {found.hint}", style="dim"))


def as_json(value: object) -> None:
    """Print ``value`` as JSON for programs: UTF-8, whatever the locale."""
    # Without indents json takes its quick way: a book has thousands of sections.
    text = json.dumps(value, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


@contextmanager
def progress(name: str) -> Iterator[Spinner]:
    """Show what is being done, in a terminal only, until the block ends."""
    with _err.status(Text(name), spinner="dots") as spinner:
        yield spinner


@contextmanager
def bar(name: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far a long work has come, until the block ends.

    Yields what is to be told the number of steps done and of all steps. In a pipe,
    that is a plain line now and then.
    """
    if not _err.is_terminal:
        yield _Log(name, time.monotonic()).step
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=_err) as shown:
        task = shown.add_task(name, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


@dataclass(slots=True)
class _Log:
    """Tells a pipe, seldom, how far a work has come."""

    name: str
    told: float

    def step(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.told >= _SELDOM:
            self.told = now
            _err.print(Text(f"{self.name} {done}/{total}"))


class _RateColumn(ProgressColumn):
    def render(self, task: Task) -> Text:
        rate = f"{task.speed:.1f}" if task.speed else "–"
        return Text(say("batch.rate", rate=rate), style="cyan")


def failure(found: Failure) -> None:
    """Print why a source could not be tried, to standard error."""
    _err.print(Text(f"keben: {found}", style="bold red"))
