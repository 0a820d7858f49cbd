"""Find what belongs to one book: its files, its name and its settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import limits
from pipeline.config import BookConfig
from pipeline.diagnostics import Report
from pipeline.failures import Failure, Missing, Misuse
from pipeline.model import Heading, Kind, merged
from pipeline.reader import Hints
from pipeline.source import Span

_SETTINGS = "book.toml"
# Pictures of this name in a book's folder are its cover: mdBook and HonKit.
_COVERS = ("cover.jpg", "cover.jpeg", "cover.png", "cover.webp", "cover.svg")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a work. ``name`` is what spans call it: its path in the folder.

    Of a book with contents, ``title`` is what they call the file, at ``listed``,
    ``kind`` what it opens, ``depth`` how many headings are above its own, and
    ``above`` those that begin with it and have no file.
    """

    name: str
    path: Path
    depth: int = 0
    title: str = ""
    listed: Span | None = None
    kind: Kind = Kind.CHAPTER
    above: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """One book to make: the stem of its editions, its sources in order.

    ``settings`` is where its settings stand or would stand; files outside that
    folder do not belong to it. ``title`` is that of the folder's contents, if they
    have one.
    """

    name: str
    sources: tuple[SourceFile, ...]
    settings: Path
    config: BookConfig
    title: str = ""

    @property
    def folder(self) -> Path:
        """Return the folder that holds all its files."""
        return self.settings.parent


class Oversized(Failure):
    """A file has more bytes than any of its kind needs."""

    def __init__(self, path: Path, size: int, most: int) -> None:
        megabytes = f"{size / 1024**2:,.1f}"
        limit = f"{most // 1024**2:,}"
        super().__init__("failure.oversized", path=path, size=megabytes, limit=limit)


def locate(source: Path, report: Report) -> Work | None:
    """Return the work at ``source``, or None once its settings are found wrong.

    ``source`` is a file, whose settings may stand in STEM.toml beside it, or a
    folder with a book.toml of ours or mdBook's, or with a SUMMARY.md that lists
    the files. Raises ``Failure`` for what can't be found or read.
    """
    if source.is_dir():
        return _folder(source, report)
    if not source.is_file():
        raise Misuse("failure.no-source", path=source)
    beside = source.with_suffix(".toml")
    config = _settings(beside, report) if beside.is_file() else BookConfig()
    if config is None:
        return None
    work = Work(source.stem, (SourceFile(source.name, source),), beside, config)
    return work if _is_addressed(work, report) else None


def contents(path: Path, most: int = limits.FILE_BYTES) -> bytes:
    """Return the bytes of a file that has ``most`` bytes.

    Raises ``Missing`` where they may not be read, and ``Oversized``.
    """
    try:
        size = path.stat().st_size
        if size > most:
            raise Oversized(path, size, most)
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise Missing("failure.unreadable", path=path, reason=reason) from error


def own(path: Path, most: int, folder: Path | None = None) -> bytes:
    """Return the bytes of a file that says what belongs to the work in ``folder``.

    That is the file's own folder, where none is named. Raises ``Misuse`` where a
    link or a path leads out of it, and what ``contents`` raises.
    """
    if not path.resolve().is_relative_to((folder or path.parent).resolve()):
        raise Misuse("failure.link-outside", path=path)
    return contents(path, most)


def neighbours(folder: Path, name: str = "") -> Callable[[str], bytes | None]:
    """Return a way to the files of a work, relative to its file of that name.

    A path that begins with / is relative to ``folder``; none leads out of it.
    """
    root = folder.resolve()
    beside = (root / name).parent if name else root

    def neighbour(path: str) -> bytes | None:
        start = root if path.startswith("/") else beside
        found = (start / path.lstrip("/")).resolve()
        inside = found.is_relative_to(root) and found.is_file()
        return contents(found) if inside else None

    return neighbour


def _folder(folder: Path, report: Report) -> Work | None:
    from pipeline.works import foreign, summary  # a single file has neither

    path = folder / _SETTINGS
    book = foreign.mdbook(path) or foreign.honkit(folder)
    config = book.config if book else BookConfig()
    if path.is_file() and not foreign.mdbook(path):
        settings = _settings(path, report)
        if settings is None:
            return None
        config = replace(settings, hints=_completed(settings.hints, config.hints))
    listed = None if config.sources else summary.find(folder, book)
    if listed is None and not path.is_file():
        raise Misuse("failure.no-book-toml", folder=folder)
    named = tuple(SourceFile(name, folder / name) for name in config.sources)
    files = listed.files if listed else named
    if not files:
        raise Misuse("failure.no-sources", path=listed.path if listed else path)
    for file in files:
        _check(file, folder, listed.path if listed else path)
    title = listed.title if listed else ""
    config = config if config.cover else replace(config, cover=_cover(folder))
    work = Work(folder.resolve().name, files, path, config, title)
    return work if _is_addressed(work, report) else None


def _is_addressed(work: Work, report: Report) -> bool:
    from pipeline.works import addresses  # few settings name lines

    found = tuple(addresses.misaddressed(work.config, [f.name for f in work.sources]))
    for diagnostic in found:
        report(diagnostic)
    return not found


def _completed(hints: Hints, other: Hints) -> Hints:
    """Return ``hints`` with the metadata that only other settings tell."""
    return replace(hints, meta=merged(hints.meta, other.meta))


def _cover(folder: Path) -> str:
    return next((name for name in _COVERS if (folder / name).is_file()), "")


def _settings(path: Path, report: Report) -> BookConfig | None:
    try:
        text = own(path, limits.SETTINGS_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Misuse("failure.toml-encoding", path=path) from error
    from pipeline import settings  # heavy, and most sources have no settings

    return settings.parse(text, path.name, report)


def _check(file: SourceFile, folder: Path, named_by: Path) -> None:
    if not file.path.resolve().is_relative_to(folder.resolve()):
        raise Misuse("failure.source-outside", name=file.name, path=named_by)
    try:
        is_folder, is_there = file.path.is_dir(), file.path.is_file()
    except OSError:  # a name that no file can have
        is_folder = is_there = False
    if is_folder:
        raise Misuse("failure.source-is-folder", name=file.name, path=named_by)
    if not is_there:
        raise Misuse("failure.no-source", path=file.path)
