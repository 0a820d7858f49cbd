"""Many books: found, made in parallel, and recorded so that a run can go on.

A batch of a million books is one of a thousand that takes longer: nothing here
holds more of a book than its record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.batch import library, manifest, places
from pipeline.batch.manifest import Manifest
from pipeline.batch.task import Record, Task
from pipeline.build import Order
from pipeline.failures import Status


class Makers(Protocol):
    """Those who make the books: a pool of processes, or a cluster."""

    def make(self, tasks: Iterable[Task]) -> Iterator[Record]:
        """Make ``tasks`` and yield their records as they are done, in any order."""
        ...


@dataclass(frozen=True, slots=True)
class Batch:
    """Books to make. ``sources`` and ``out`` are paths or addresses."""

    sources: tuple[str, ...]
    out: str
    order: Order
    manifest: Path
    """A file of JSON lines; what stands there already is not made again."""
    again: bool = False
    """Whether it is made again all the same."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A record, whether it was made now or earlier, and how many there will be."""

    record: Record
    kept: bool
    total: int


def run(batch: Batch, makers: Makers) -> Iterator[Progress]:
    """Make the books of ``batch`` and yield each when it is done.

    Those that an earlier run made come first. Raises ``Failure`` for what is wrong
    with the call or the machine; what is wrong with a book stands in its record.
    """
    tasks = library.tasks(batch.sources, batch.out, batch.order)
    with manifest.opened(batch.manifest) as book:
        rest = []
        for task in tasks:
            earlier = None if batch.again else _earlier(task, book)
            if earlier:
                yield Progress(earlier, kept=True, total=len(tasks))
            else:
                rest.append(task)
        for done in makers.make(rest):
            book.add(done)
            yield Progress(done, kept=False, total=len(tasks))


def _earlier(task: Task, book: Manifest) -> Record | None:
    """Return the record of a task that need not be done again.

    A machine may be better next time; content is what it is until it changes.
    """
    found = book.earlier.get(task.source)
    if found is None or found.state != task.state or found.status is Status.MACHINE:
        return None
    whole = all(places.size(places.place(f.place)) == f.size for f in found.files)
    return found if whole else None
