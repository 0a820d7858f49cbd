"""Make books in processes of this machine: the only module that knows Pebble.

Pebble's pool outlives a worker that dies, can end one that hangs, and replaces
each after a number of books; that of the standard library does none of the three.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from multiprocessing.context import BaseContext

from pebble import ProcessExpired, ProcessPool

from pipeline.batch.making import broken, make, warm
from pipeline.batch.task import Record, Task
from pipeline.failures import Missing

# Enough that no worker waits for the next, and few enough to hold in memory.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Pool:
    """How many processes make books, for how many books each, and how long for one.

    ``patience`` is in seconds: after that a book counts as one that hangs.
    """

    workers: int
    books: int = 200
    patience: float = 1800.0

    def make(self, tasks: Iterable[Task]) -> Iterator[Record]:
        """Make ``tasks`` and yield their records as they are done, in any order.

        A book whose worker died is tried once more, in case another was to blame.
        """
        with ProcessPool(
            self.workers, self.books, initializer=warm, context=_context()
        ) as pool:
            waiting: dict[Future[Record], tuple[Task, int]] = {}
            try:
                for task in tasks:
                    waiting[self._submit(pool, task)] = (task, 1)
                    while len(waiting) >= self.workers * _AHEAD:
                        yield from self._done(pool, waiting)
                while waiting:
                    yield from self._done(pool, waiting)
            finally:
                pool.stop()

    def _submit(self, pool: ProcessPool, task: Task) -> Future[Record]:
        future: Future[Record] = pool.schedule(
            make, args=(task,), timeout=self.patience
        )
        return future

    def _done(
        self, pool: ProcessPool, waiting: dict[Future[Record], tuple[Task, int]]
    ) -> Iterator[Record]:
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            task, attempt = waiting.pop(future)
            try:
                yield future.result()
            except TimeoutError:
                seconds = round(self.patience)
                yield broken(task, Missing("failure.hangs", seconds=seconds))
            except ProcessExpired as error:
                if attempt == 1:
                    waiting[self._submit(pool, task)] = (task, 2)
                else:
                    code = error.exitcode
                    yield broken(task, Missing("failure.worker-died", code=code))


def _context() -> BaseContext:
    """Return a way to start workers that share what is imported, where there is."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.batch.warmth"])
    return context
