"""The characters of a page, column by column: what each is, whose, and where.

A novel has a million of them. So each column is asked for at one go.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterator
from itertools import groupby, repeat

from pypdfium2 import raw

from pipeline.pdfium.handles import END_HYPHEN, Handle, address, plain

_count = raw.FPDFText_CountChars
_code_of = plain(raw.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_owner_of = plain(
    raw.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int
)
_put_origin = plain(
    raw.FPDFText_GetCharOrigin,
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
)
_END_HYPHEN = ord(END_HYPHEN)
_DOUBLE = ctypes.sizeof(ctypes.c_double)


class Characters:
    """The characters of an open page, in the order in which it paints them.

    ``xs`` and ``ys`` are their origins, in points from the lower left.
    """

    def __init__(self, text: Handle) -> None:
        count = max(0, _count(text))
        handle, numbers = address(text), range(count)
        codes: list[int] = list(map(_code_of, repeat(handle), numbers))
        if _END_HYPHEN in codes:
            codes = [ord("-") if code == _END_HYPHEN else code for code in codes]
        self.codes = codes
        self._owners = list(map(_owner_of, repeat(handle), numbers))
        xs, ys = (ctypes.c_double * count)(), (ctypes.c_double * count)()
        at_x, at_y = (
            range(start, start + _DOUBLE * count, _DOUBLE)
            for start in map(ctypes.addressof, (xs, ys))
        )
        deque(map(_put_origin, repeat(handle), numbers, at_x, at_y), maxlen=0)
        self.xs: list[float] = list(xs)
        self.ys: list[float] = list(ys)

    def objects(self) -> Iterator[tuple[int, int]]:
        """Yield the first and the last (excluded) character of each text object.

        What PDFium makes up, such as spaces at gaps, is in none.
        """
        first = 0
        for owner, alike in groupby(self._owners):
            end = first + len(list(alike))
            if owner:
                yield first, end
            first = end
