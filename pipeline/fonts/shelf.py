"""Where collections lie on this machine, and that their files are unharmed.

Those of wheels lie where pip put them; those that ``keben fonts install``
brought lie in the cache of the user, each in a folder of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache as remembered
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from pipeline import cache
from pipeline.failures import Missing
from pipeline.fonts.catalogue import Collection, Item, Origin, collections
from pipeline.writer import Face

SUMS = "SHA256SUMS"


class FontMissing(Missing):
    """A font file is not there, or is not the one that was tested."""


def home() -> Path:
    """Return the folder of all collections that were installed."""
    return cache.home() / "fonts"


def folder(collection: Collection) -> Path:
    """Return where an installed ``collection`` lies or would lie."""
    version = f"-{collection.version}" if collection.version else ""
    return home() / f"{collection.name}{version}"


def is_at_hand(collection: Collection) -> bool:
    """Tell whether the faces of ``collection`` are on this machine."""
    if collection.origin is Origin.KEBEN:
        return True
    return (folder(collection) / SUMS).is_file()


def place(collection: Collection, item: Item) -> Path:
    """Return where the file of ``item`` lies. Raises FontMissing."""
    if collection.origin is not Origin.KEBEN:
        return folder(collection) / stored_name(item)
    module = collection.package.replace("-", "_")
    spec = find_spec(module)
    path = Path(spec.origin).parent / item.file if spec and spec.origin else None
    if path is None or not path.is_file():
        raise FontMissing("font.missing", name=item.name, command=remedy(collection))
    return path


def digest(collection: Collection, item: Item) -> str:
    """Return the SHA-256 that the file at ``place`` has to have."""
    if collection.origin is Origin.KEBEN:
        return item.sha256
    sums = (folder(collection) / SUMS).read_text(encoding="ascii")
    lines = (line.split("  ", 1) for line in sums.splitlines())
    return next((s for s, name in lines if name == stored_name(item)), "none")


def stored_name(item: Item) -> str:
    """Return how the file of ``item`` is called once it is installed."""
    path = PurePosixPath(item.file)
    return path.with_suffix(".ttf").name if path.suffix == ".woff" else path.name


def owner(face: Face) -> Collection | None:
    """Return the collection that ``face`` is of; None for a person's own."""
    for collection in filter(is_at_hand, collections()):
        if any(place(collection, item) == face.path for item in collection.items):
            return collection
    return None


def remedy(collection: Collection) -> str:
    """Return the command that brings ``collection`` back."""
    if collection.origin is Origin.KEBEN:
        return f"python -m pip install --force-reinstall {collection.package}"
    return f"keben fonts install --again {collection.name}"


def verify(faces: Iterable[Face]) -> None:
    """Read ``faces`` once, whole. Raises FontMissing for what was changed."""
    for face in faces:
        _verify(face)


@remembered
def _verify(face: Face) -> None:
    try:
        data = face.path.read_bytes()
    except OSError as error:
        raise FontMissing(
            "font.missing", name=face.name, command=face.remedy
        ) from error
    if face.sha256 and hashlib.sha256(data).hexdigest() != face.sha256:
        raise FontMissing("font.altered", name=face.name, command=face.remedy)
