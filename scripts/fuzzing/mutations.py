"""Change an input a little: its bytes, or a part of a packed file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from typing import TypeAlias

_PIECES = re.compile(rb"<[^>]*>|[^<]+|<")
_VALUE = re.compile(rb'"[^"]*"')
_VALUES = (b"", b"-1", b"9999999999", b"x", b"../../x", b"#", b"[x", b"%FF", b"0")
_OPAQUE = (".png", ".jpg", ".otf", ".woff2", ".css")
_SWAPS = 5

Change: TypeAlias = Callable[[bytes, Random], bytes]
"""Changes bytes by chance."""


def blind(tokens: Sequence[str]) -> Change:
    """Return a change of bytes that puts in some of ``tokens``, or damages."""
    words = [token.encode() for token in tokens] or [b"\xff"]

    def change(data: bytes, chance: Random) -> bytes:
        here, there = sorted(chance.randint(0, len(data)) for _ in range(2))
        match chance.randrange(5):
            case 0:
                return data[:here] + chance.choice(words) + data[here:]
            case 1:
                return data[:here] + data[min(there, here + 9) :]
            case 2:
                return data[:here] + data[here:there] + data[here:]
            case 3:
                return data[:here] + chance.choice(words) + data[here + 1 :]
            case _:
                return data[:here] + chance.randbytes(1) + data[here + 1 :]

    return change


def packed(inside: Change) -> Change:
    """Return a change of one part of a zip file; what is none is changed as it is."""

    def change(data: bytes, chance: Random) -> bytes:
        parts = _parts(data)
        names = [name for name in parts if not name.endswith(_OPAQUE)]
        if not names:
            return inside(data, chance)
        name = chance.choice(names)
        change_part = chance.choice((inside, _displaced))
        return _zipped({**parts, name: change_part(parts[name], chance)})

    return change


def _displaced(data: bytes, chance: Random) -> bytes:
    """Return markup with some of its tags elsewhere, or with other values."""
    pieces = _PIECES.findall(data)
    for _ in range(chance.randint(1, _SWAPS) if pieces else 0):
        here, there = (chance.randrange(len(pieces)) for _ in range(2))
        match chance.randrange(4):
            case 0:
                pieces[here], pieces[there] = pieces[there], pieces[here]
            case 1:
                pieces[here] += pieces[there]
            case 2:
                pieces[here] = b""
            case _:
                value = b'"' + chance.choice(_VALUES) + b'"'
                pieces[here] = _VALUE.sub(value, pieces[here], count=1)
    return b"".join(pieces)


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:
        return {}


def _zipped(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()
