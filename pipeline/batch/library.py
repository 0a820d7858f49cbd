"""Find the books in files, folders and whole libraries, and where each will go."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import TypeAlias

from pipeline import __version__, reading
from pipeline.batch import places
from pipeline.batch.places import Place
from pipeline.batch.task import Task
from pipeline.build import Order
from pipeline.failures import Misuse

# A folder with one of these is one book; any other is a shelf of books.
_ONE_BOOK = frozenset({"book.toml", "SUMMARY.md", "book.json"})

_Children: TypeAlias = Callable[[Place], tuple[dict[str, Place], dict[str, Place]]]


@dataclass(frozen=True, slots=True)
class _Found:
    """A book, the folder it was found in below what was named, and its files."""

    source: Place
    shelf: str
    files: tuple[Place, ...]

    @property
    def edition(self) -> str:
        return str(PurePosixPath(self.shelf, PurePosixPath(self.source.name).stem))


def tasks(sources: Iterable[str], out: str, order: Order) -> list[Task]:
    """Return a task for each book in ``sources``, in order, none twice.

    A folder that is not a book itself is searched, and its editions lie in ``out``
    as the sources lie in it. Where two books would make the same files, each goes to
    a folder of its source's full name. Raises ``Misuse`` for what is not there, and
    where there is nothing at all.
    """
    target = places.place(out)
    children = cache(places.children)
    every = (
        f for text in sources for f in _books(places.place(text), target, children)
    )
    found = {str(one.source): one for one in every}
    if not found:
        raise Misuse("failure.nothing-to-make")
    wanted = Counter(one.edition for one in found.values())
    return [
        Task(name, str(_folder(one, target, wanted)), _state(one.files, order), order)
        for name, one in found.items()
    ]


def _folder(found: _Found, out: Place, wanted: Counter[str]) -> Place:
    shelf = PurePosixPath(found.shelf)
    if wanted[found.edition] > 1:
        shelf /= found.source.name
    return places.below(out, "" if shelf == PurePosixPath() else str(shelf))


def _books(source: Place, out: Place, children: _Children) -> Iterator[_Found]:
    if places.is_folder(source):
        yield from _shelf(source, "", out, children)
        return
    folders, files = children(places.parent(source))
    if source.name not in files:
        raise Misuse("failure.no-source", path=source)
    yield _Found(source, "", _parts(files[source.name], folders, files))


def _shelf(
    folder: Place, shelf: str, out: Place, children: _Children
) -> Iterator[_Found]:
    folders, files = children(folder)
    if _ONE_BOOK & files.keys():
        above = "" if not shelf else str(PurePosixPath(shelf).parent)
        yield _Found(folder, above, tuple(places.files_below(folder)))
        return
    readable = set(reading.suffixes())
    with_pictures: set[str] = set()
    for name, file in files.items():
        if _is_shown(name) and PurePosixPath(name).suffix.lower() in readable:
            parts = _parts(file, folders, files)
            with_pictures |= {part.name for part in places.akin(file, folders, {})}
            yield _Found(file, shelf, parts)
    for name, below in folders.items():
        if _is_shown(name) and name not in with_pictures and str(below) != str(out):
            yield from _shelf(below, f"{shelf}/{name}".lstrip("/"), out, children)


def _is_shown(name: str) -> bool:
    return not name.startswith(".")


def _parts(
    file: Place, folders: dict[str, Place], files: dict[str, Place]
) -> tuple[Place, ...]:
    parts = [file]
    for part in places.akin(file, folders, files):
        parts += places.files_below(part) if part.name in folders else [part]
    return tuple(parts)


def _state(files: Iterable[Place], order: Order) -> str:
    """Return what changes when the files, the order or this program change."""
    known = [__version__, *order.options(), str(order.proved), str(order.recorded)]
    known += [f"{file} {file.sign}" for file in files]
    return hashlib.sha256("\n".join(known).encode()).hexdigest()[:16]
