"""How PDFium is asked: its handles, its strings, and answers for many characters."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, TypeAlias

Handle: TypeAlias = Any
"""A pointer that ctypes makes; it has no type."""


def string(read: Callable[[Handle, int], int], unit: type[Any]) -> str:
    """Return what ``read`` puts into a buffer, as all of PDFium's readers do."""
    size = read(None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    read(ctypes.cast(buffer, ctypes.POINTER(unit)) if size else None, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


def plain(function: Handle, *types: type[Any]) -> Callable[..., Any]:
    """Return a function of PDFium as one of plain numbers: addresses are such.

    ``types`` are that of its answer and those of its arguments. It is for what is
    asked of each character: without objects around handles, answers are quick.
    """
    return ctypes.PYFUNCTYPE(*types)(address(function))


def address(handle: Handle) -> int:
    """Return where a handle points; PDFium has nothing at 0."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
