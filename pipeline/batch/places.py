"""Files on this machine and elsewhere, by path or by address (``s3://…``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from pipeline import scratch
from pipeline.failures import Missing, Misuse

# By what the kinds of storage tell whether a file is still the same.
_SIGNS = (
    *("size", "mtime", "ETag", "etag", "LastModified", "last_modified"),
    *("updated", "created", "md5"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A file or a folder, and the storage that it is in."""

    storage: AbstractFileSystem
    path: str
    sign: str = ""
    """Differs when the file does; empty for folders."""

    def __str__(self) -> str:
        """Return the path on this machine, or the address."""
        if is_local(self):
            return self.path
        return str(self.storage.unstrip_protocol(self.path))

    @property
    def name(self) -> str:
        """Return the last part of the path."""
        return PurePosixPath(self.path).name


def place(text: str) -> Place:
    """Return the place that ``text`` names; it need not be there.

    Raises ``Misuse`` for an address of a kind that nobody knows, and ``Missing``
    where the package is not installed that would know it.
    """
    try:
        storage, path = url_to_fs(text)
    except ImportError as error:
        raise Missing("failure.no-storage", place=text, reason=error) from error
    except ValueError as error:
        raise Misuse("failure.unknown-storage", place=text, reason=error) from error
    if isinstance(storage, LocalFileSystem):  # which would make a path absolute
        return Place(storage, str(Path(text.removeprefix("file://"))))
    return Place(storage, path)


def is_local(found: Place) -> bool:
    """Tell whether a place is on this machine."""
    return isinstance(found.storage, LocalFileSystem)


def absolute(found: Place) -> Place:
    """Return a place by a path that does not depend on where this process is."""
    return (
        replace(found, path=str(Path(found.path).absolute()))
        if is_local(found)
        else found
    )


def below(folder: Place, path: str) -> Place:
    """Return the place at ``path`` in ``folder``."""
    joined = PurePosixPath(folder.path, path)
    return Place(folder.storage, str(joined))


def is_folder(found: Place) -> bool:
    """Tell whether there is a folder at a place."""
    return bool(found.storage.isdir(found.path))


def size(found: Place) -> int | None:
    """Return the size of a file in bytes, or None where there is none."""
    try:
        return int(found.storage.size(found.path))
    except OSError:
        return None


def children(folder: Place) -> tuple[dict[str, Place], dict[str, Place]]:
    """Return the folders and the files in ``folder``, by name, in order."""
    folders: dict[str, Place] = {}
    files: dict[str, Place] = {}
    for info in folder.storage.ls(folder.path, detail=True):
        name = PurePosixPath(info["name"]).name
        if info["type"] == "directory":
            folders[name] = below(folder, name)
        else:
            files[name] = replace(below(folder, name), sign=_sign(info))
    return dict(sorted(folders.items())), dict(sorted(files.items()))


def files_below(folder: Place) -> list[Place]:
    """Return all files in ``folder`` and in its folders, in order."""
    folders, files = children(folder)
    deeper = (file for one in folders.values() for file in files_below(one))
    return [*files.values(), *deeper]


@contextmanager
def brought(source: Place) -> Iterator[Path]:
    """Have ``source`` on this machine while the block lasts.

    With a file comes what is ``akin`` to it. A folder comes whole.
    """
    if is_local(source):
        yield Path(source.path)
        return
    with scratch.folder() as folder:
        copy = folder / source.name
        parts = [source]
        if not is_folder(source):
            parts += akin(source, *children(parent(source)))
        for part in parts:
            target = str(copy.with_name(part.name))
            part.storage.get(part.path, target, recursive=is_folder(part))
        yield copy


def akin(
    source: Place, folders: Mapping[str, Place], files: Mapping[str, Place]
) -> list[Place]:
    """Return what belongs to a file among the ``folders`` and ``files`` beside it.

    These are its settings and, of a saved page, the folder of its pictures.
    """
    stem = PurePosixPath(source.name).stem
    names = (f"{stem}.toml", f"{stem}_files", f"{stem}.files")
    beside = {**folders, **files}
    return [beside[name] for name in names if name in beside]


def parent(found: Place) -> Place:
    """Return the folder that a place is in."""
    return Place(found.storage, str(PurePosixPath(found.path).parent))


@contextmanager
def sent(folder: Place) -> Iterator[Path]:
    """Send what the block puts into a folder of this machine to ``folder``."""
    if is_local(folder):
        yield Path(folder.path)
        return
    with scratch.folder() as outgoing:
        yield outgoing
        for path in sorted(outgoing.iterdir()):
            target = below(folder, path.name)
            target.storage.makedirs(folder.path, exist_ok=True)
            target.storage.put_file(str(path), target.path)


def _sign(info: Mapping[str, Any]) -> str:
    known = (f"{sign}={info[sign]}" for sign in _SIGNS if info.get(sign) is not None)
    return " ".join(known)
