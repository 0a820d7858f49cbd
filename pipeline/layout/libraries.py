"""Finding the libraries of the system that the engine needs.

On Linux, looking one up by a name that it may have elsewhere starts the compiler
and the linker, some twenty times in all: .2 s, though the names that libraries
really have on Linux are among those tried in turn.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def by_their_names() -> Iterator[None]:
    """Look for libraries by the names of their files alone, where that will do."""
    if sys.platform != "linux":
        yield
        return
    found = ctypes.util.find_library
    ctypes.util.find_library = _nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = found


def _nowhere(name: str) -> str | None:  # noqa: ARG001 - as it is called
    return None
