"""Make books on a Dask cluster: the only module that knows Dask.

https://distributed.dask.org/en/stable/resilience.html: the work of a worker that
is lost goes to another one; a book that loses one after the other is given up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.batch import places
from pipeline.batch.making import broken, make
from pipeline.batch.task import Record, Task
from pipeline.failures import Missing

if TYPE_CHECKING:
    from distributed import Client, Future

# Enough that no worker waits for the next one, and few enough for the scheduler.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster by the address of its scheduler, such as ``tcp://host:8786``."""

    address: str

    def make(self, tasks: Iterable[Task]) -> Iterator[Record]:
        """Make ``tasks`` and yield their records as they are done, in any order.

        Raises ``Missing`` where the package or the scheduler is not there.
        """
        try:
            from distributed import Client, as_completed
        except ImportError as error:
            raise Missing("failure.no-cluster") from error
        try:
            client = Client(self.address, timeout="5s", set_as_default=False)
        except (OSError, ValueError) as error:
            raise Missing(
                "failure.no-scheduler", address=self.address, reason=error
            ) from error
        with client:
            rest = iter(tasks)
            first = islice(rest, _AHEAD * _slots(client))
            waiting = {self._submit(client, task): task for task in first}
            done = as_completed(waiting, loop=client.loop)
            for future in done:
                task = waiting.pop(future)
                yield _record(task, future)
                for following in islice(rest, 1):
                    waiting[self._submit(client, following)] = following
                    done.add(next(reversed(waiting)))

    def _submit(self, client: Client, task: Task) -> Future[Record]:
        """Hand a task over: a worker has another folder to start from."""
        away = replace(task, source=_whole(task.source), out=_whole(task.out))
        return client.submit(make, away, pure=False, retries=2)


def _whole(text: str) -> str:
    """Return the path or the address so that it holds from every folder."""
    return str(places.absolute(places.place(text)))


def _slots(client: Client) -> int:
    """Return how many books the cluster can make at once, at least one."""
    threads: dict[str, int] = client.nthreads()
    return max(1, sum(threads.values()))


def _record(task: Task, future: Future[Record]) -> Record:
    error = future.exception()
    if error is None:
        return replace(future.result(), source=task.source)
    reason = f"{type(error).__name__}: {error}"
    return broken(task, Missing("failure.fault", reason=reason))
