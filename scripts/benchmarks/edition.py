"""Make one edition, after reading, and print what that alone took.

It is of the kind ``epub``, ``pdf``, or ``alone``: the PDF by WeasyPrint as it is, with
its own lines and none of our adjustments.
"""

from __future__ import annotations

import contextlib
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from benchmarks.runs import a_megabyte
from pipeline import reading, theme, works
from pipeline.layout import engine
from pipeline.render import render
from pipeline.writer import Job
from pipeline.writers.epub import WRITER as EPUB
from pipeline.writers.pdf import WRITER as PDF


def make(kind: str, path: Path) -> None:
    """Print seconds, seconds of a processor, and megabytes at the peak.

    Processes that share the work count; the memory is that of the largest one.
    """
    work = works.locate(path, ignore)
    if work is None:
        sys.exit(f"failed: {path}")
    book = reading.finish(reading.read(work).book, ignore)
    writer = EPUB if kind == "epub" else PDF
    design = theme.load()
    with alone() if kind == "alone" else contextlib.nullcontext():
        start, started = time.perf_counter(), processor_time()
        rendered = render(book, writer.edition_in(design), "urn:bench")
        writer.write(Job(book, rendered, design, "urn:bench"), ignore)
        seconds = time.perf_counter() - start
        processor = processor_time() - started
    peak = max(usage.ru_maxrss for usage in usages()) / a_megabyte()
    sys.stdout.write(f"{seconds} {processor} {peak}\n")


def processor_time() -> float:
    """Return the seconds that this process took, and those that it waited for."""
    return sum(usage.ru_utime + usage.ru_stime for usage in usages())


def usages() -> tuple[resource.struct_rusage, ...]:
    """Return what this process took, and those that it waited for."""
    kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return tuple(map(resource.getrusage, kinds))


def ignore(_diagnostic: object) -> None:
    """Leave it to the tests what there is to say."""


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Leave WeasyPrint as it is."""

    def nothing(*_: object) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()

    installed = patch.object(engine, "installed", nothing)
    with installed, patch.object(engine, "adjusted", nothing):
        yield
