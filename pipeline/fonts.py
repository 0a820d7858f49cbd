"""The faces that books are set in: where they are, and that they are unharmed.

Both come by package and lie as files on the disk; no face of the system is
ever used, because a book must look the same wherever it is built.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pipeline.failures import Missing
from pipeline.writer import Face

SONG = "Keben Song"
HEI = "Keben Hei"
FAMILIES = (SONG, HEI)

_PACKAGE = "pylopdf_fonts_zh_cn"
_LICENCE = "OFL-1.1"
_FILES = (
    (
        SONG,
        "NotoSerifSC-Regular",
        "e8f396decc1f0963a016a989c3d8852e863d1350996f573860a80767c83a1cd3",
    ),
    (
        HEI,
        "NotoSansSC-Regular",
        "faa6c9df652116dde789d351359f3d7e5d2285a2b2a1f04a2d7244df706d5ea9",
    ),
)


class FontMissing(Missing):
    """A font file is not there, or is not the one that was tested."""


@cache
def faces() -> tuple[Face, ...]:
    """Return all faces, verified byte for byte. Raises FontMissing."""
    folder = _folder()
    return tuple(
        Face(family, _verified(folder / f"{name}.otf", digest), name, _LICENCE)
        for family, name, digest in _FILES
    )


def _folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise FontMissing("font.missing", name=_PACKAGE)
    return Path(spec.origin).parent


def _verified(path: Path, digest: str) -> Path:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FontMissing("font.missing", name=path.name) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise FontMissing("font.altered", name=path.name)
    return path
