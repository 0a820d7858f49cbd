"""Small disks, which only one process sees: no rights are needed on most Linux."""

from __future__ import annotations

import ctypes
import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

_NEW_MOUNTS, _NEW_USER = 0x0002_0000, 0x1000_0000
_RECURSIVELY, _PRIVATE = 1 << 14, 1 << 18
_REFUSED = 77


@cache
def works() -> bool:
    """Tell whether this system lets us have such a disk."""
    if sys.platform != "linux":
        return False
    with tempfile.TemporaryDirectory() as folder:
        return inside(Path(folder), 4096, lambda: 0) == 0


def inside(place: Path, size: int, task: Callable[[], int]) -> int:
    """Return what ``task`` returns in a process for which ``place`` is a small disk.

    It is empty, and has room for ``size`` bytes.
    """
    number = os.fork()
    if number:
        return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    status = _REFUSED
    try:
        _mount(place, size)
        status = task()
    finally:
        os._exit(status)


def _mount(place: Path, size: int) -> None:
    system = ctypes.CDLL(None, use_errno=True)
    user, group = os.geteuid(), os.getegid()
    _check(system.unshare(_NEW_MOUNTS | (_NEW_USER if user else 0)))
    if user:
        Path("/proc/self/setgroups").write_text("deny", "ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", "ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", "ascii")
    _check(system.mount(None, b"/", None, _RECURSIVELY | _PRIVATE, None))
    said = f"size={size}".encode()
    _check(system.mount(b"none", str(place).encode(), b"tmpfs", 0, said))


def _check(result: int) -> None:
    if result:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
