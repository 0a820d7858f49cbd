"""The faces that books are set in: where they are, and that they are unharmed.

All come by package and lie as files on the disk; no face of the system is
ever used, because a book must look the same wherever it is built.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pipeline.failures import Missing
from pipeline.fonts.catalogue import Collection, Item, collections
from pipeline.fonts.families import (
    FAMILIES,
    HEI,
    LATIN,
    LATIN_RANGES,
    LATIN_SANS,
    OTHER_HEI,
    OTHER_SONG,
    SONG,
)
from pipeline.writer import Face

_BY_ROLE = {family.role: name for name, family in FAMILIES.items()}
_OTHER = {SONG: OTHER_SONG, HEI: OTHER_HEI}


class FontMissing(Missing):
    """A font file is not there, or is not the one that was tested."""


@cache
def faces(script: str = "Hans") -> tuple[Face, ...]:
    """Return the faces of a book in ``script``, verified byte for byte.

    ``script`` is Hans or Hant (ISO 15924). Raises FontMissing.
    """
    ranked = sorted(collections(), key=lambda c: c.script not in {"", script})
    return tuple(face for collection in ranked for face in _faces(collection, script))


def _faces(collection: Collection, script: str) -> Iterator[Face]:
    folder = _folder(collection)
    is_other = collection.script not in {"", script}
    for item in collection.items:
        family = _BY_ROLE[item.role]
        yield Face(
            _OTHER[family] if is_other else family,
            _verified(folder, item, collection),
            item.postscript,
            collection.licence,
            item.name,
            item.weight,
            item.slope,
            LATIN_RANGES if family in {LATIN, LATIN_SANS} else (),
        )


def _folder(collection: Collection) -> Path:
    name = collection.package.replace("-", "_")
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise FontMissing("font.missing", name=name, package=collection.package)
    return Path(spec.origin).parent


def _verified(folder: Path, item: Item, collection: Collection) -> Path:
    path = folder / item.file
    values = {"name": path.name, "package": collection.package}
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FontMissing("font.missing", **values) from error
    if hashlib.sha256(data).hexdigest() != item.sha256:
        raise FontMissing("font.altered", **values)
    return path
