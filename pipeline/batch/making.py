"""Make one book, in a process that makes many."""

from __future__ import annotations

import gc
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from threading import Lock

from pipeline import build
from pipeline.batch import places
from pipeline.batch.task import File, Record, Task
from pipeline.build import Outcome
from pipeline.diagnostics import Severity, as_values
from pipeline.failures import Failure, Missing, Status
from pipeline.model import plain
from pipeline.reading import failed

# Neither WeasyPrint nor PDFium may be used by two threads of a process at once.
_ONE_AT_A_TIME = Lock()


def warm() -> None:
    """Make a process ready for many books: what it has by now, it keeps for good."""
    gc.set_threshold(200_000, 20, 20)
    gc.freeze()


def make(task: Task) -> Record:
    """Make the book of ``task`` and return what became of it; raises nothing.

    A fault of ours in one book must not stop the others: it is told in its record,
    as one of the machine, so that the next run tries again.
    """
    with _ONE_AT_A_TIME:
        clock, processor = time.perf_counter(), time.process_time()
        try:
            record = _made(task)
        except Failure as failure:
            record = broken(task, failure)
        except Exception as fault:
            reason = f"{type(fault).__name__}: {fault}"
            record = broken(task, Missing("failure.fault", reason=reason))
        return replace(
            record,
            seconds=round(time.perf_counter() - clock, 3),
            cpu=round(time.process_time() - processor, 3),
        )


def broken(task: Task, failure: Failure) -> Record:
    """Return the record of a task that could not be tried."""
    return Record(task.source, task.state, failure.status, failure=str(failure))


def _made(task: Task) -> Record:
    folder = places.place(task.out)
    with places.brought(places.place(task.source)) as source:
        try:
            with places.sent(folder) as out:
                outcome = build.build(source, out, task.order, lambda _stage: None)
        except OSError as error:
            raise Missing("failure.unwritable", folder=folder, reason=error) from error
        return _record(task, outcome, out)


def _record(task: Task, outcome: Outcome, out: Path) -> Record:
    folder = places.place(task.out)
    counts = Counter(d.code.severity.value for d in outcome.diagnostics)
    errors = (d for d in outcome.diagnostics if d.code.severity is Severity.ERROR)
    return Record(
        task.source,
        task.state,
        Status.CONTENT if failed(outcome.diagnostics) else Status.GOOD,
        title=plain(outcome.reading.book.title) if outcome.reading else None,
        files=tuple(
            File(
                str(places.below(folder, str(edition.path.relative_to(out)))),
                edition.size,
                edition.pages,
            )
            for edition in outcome.editions
        ),
        proved=outcome.audit.characters if outcome.audit else None,
        diagnostics=dict(counts),
        errors=tuple(as_values(errors)),
    )
