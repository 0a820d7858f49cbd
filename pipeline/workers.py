"""Work that several processes share.

The processes are forked where the system can, so that they begin with all that
is loaded here. What they do does not depend on how many they are.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

_Part = TypeVar("_Part")
_Made = TypeVar("_Made")

_VARIABLE = "KEBEN_WORKERS"
# On macOS the libraries of the system do not survive a fork.
_START = "fork" if sys.platform == "linux" else "spawn"


def count() -> int:
    """Return how many processes may work at once: as many as there are processors.

    ``KEBEN_WORKERS`` overrules that. A worker has no workers of its own.
    """
    said = os.environ.get(_VARIABLE, "")
    if multiprocessing.parent_process():
        return 1
    if said.isascii() and said.isdigit():
        return max(1, int(said))
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def shared(task: Callable[[_Part], _Made], parts: Sequence[_Part]) -> Iterator[_Made]:
    """Yield what ``task`` makes of each of ``parts``, in their order.

    ``task`` is a function of a module, or a partial one. Where processes can't be
    had, or are lost, all is done here: it only takes longer.
    """
    workers = min(count(), len(parts))
    done = 0
    if workers > 1:
        try:
            with _pool(workers) as pool:
                for made in pool.map(task, parts):
                    yield made
                    done += 1
        except (BrokenProcessPool, OSError):
            pass
    yield from map(task, parts[done:])


def inheriting(
    task: Callable[[_Part], _Made], parts: Sequence[_Part]
) -> Iterator[_Made]:
    """Do as ``shared`` does, for any task: it is inherited, with all that it knows.

    Where processes can't be forked, all is done here.
    """
    _inherited.append(task)
    try:
        with settled():
            yield from shared(_do, parts) if _START == "fork" else map(task, parts)
    finally:
        _inherited.pop()


_inherited: list[Callable[[Any], Any]] = []


def _do(part: _Part) -> Any:  # noqa: ANN401 - what the task makes
    return _inherited[-1](part)


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context(_START), _begin)
    try:
        with settled(), warnings.catch_warnings():
            # The thread of a spinner holds nothing that a worker asks for.
            warnings.simplefilter("ignore", DeprecationWarning)
            pool.submit(int)  # starts all of them
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def settled() -> Iterator[None]:
    """Let nobody look through what is there already for what nobody uses.

    What a process begins with stays shared with the one that started it.
    """
    had = gc.get_freeze_count()
    gc.freeze()
    try:
        yield
    finally:
        if not had:
            gc.unfreeze()


def _begin() -> None:
    """Begin as a worker, which ends when what it works for has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
