"""How PDFium is asked: its handles, its strings, and answers for many characters."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Final, TypeAlias

# Bytes for an answer; there are longer ones, but hardly any.
_ROOM = 1024

Handle: TypeAlias = Any
"""A pointer that ctypes makes; it has no type."""

END_HYPHEN: Final = "\x02"
"""What PDFium has in place of a hyphen at the end of a line, before a word.

Keben's own are spelt away, so that it is always one of the text.
"""


def plain(function: Handle, *types: type[Any]) -> Callable[..., Any]:
    """Return a function of PDFium as one of plain numbers: addresses are such.

    ``types`` are that of its answer and those of its arguments. It is for what is
    asked of each character: without objects around handles, answers are quick.
    """
    return ctypes.PYFUNCTYPE(*types)(address(function))


def address(handle: Handle) -> int:
    """Return where a handle points; PDFium has nothing at 0."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def asking(function: Handle, *types: type[Any]) -> Callable[..., str]:
    """Return a function of PDFium that answers with a string, as one of plain numbers.

    ``types`` are those of its arguments before the room for the answer.
    """
    ask = plain(function, ctypes.c_ulong, *types, ctypes.c_void_p, ctypes.c_ulong)
    room = ctypes.create_string_buffer(_ROOM)

    def answer(*arguments: int) -> str:
        said, size = room, ask(*arguments, ctypes.addressof(room), _ROOM)
        if size > _ROOM:
            said = ctypes.create_string_buffer(size)
            ask(*arguments, ctypes.addressof(said), size)
        return said.raw[:size].decode("utf-16-le", "replace").rstrip("\0")

    return answer
