"""Find what belongs to one book: its files, its name and its settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from pipeline.config import BookConfig
from pipeline.diagnostics import Report
from pipeline.failures import Missing, Misuse

_SETTINGS = "book.toml"
# The contents of mdBook and HonKit: https://rust-lang.github.io/mdBook/format/summary.html
_SUMMARIES = ("SUMMARY.md", "src/SUMMARY.md")
_LISTED = re.compile(r"\]\(<?([^)#>]+\.\w+)")


@dataclass(frozen=True, slots=True)
class Work:
    """One book to make: the stem of its editions, its sources in order.

    ``settings`` is where its settings stand or would stand.
    """

    name: str
    sources: tuple[Path, ...]
    settings: Path
    config: BookConfig


def locate(source: Path, report: Report) -> Work | None:
    """Return the work at ``source``, or None once its settings are found wrong.

    ``source`` is a file, whose settings may stand in STEM.toml beside it, or a
    folder with a book.toml, or with a SUMMARY.md that lists the files. Raises
    ``Failure`` for what can't be found or read.
    """
    if source.is_dir():
        return _folder(source, report)
    if not source.is_file():
        raise Misuse("failure.no-source", path=source)
    beside = source.with_suffix(".toml")
    config = _settings(beside, report) if beside.is_file() else BookConfig()
    return Work(source.stem, (source,), beside, config) if config else None


def contents(path: Path) -> bytes:
    """Return the bytes of a file; raises ``Missing`` where they may not be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise Missing("failure.unreadable", path=path, reason=reason) from error


def neighbours(source: Path) -> Callable[[str], bytes | None]:
    """Return a way to the files beside ``source`` and below, and to no others."""
    folder = source.resolve().parent

    def neighbour(name: str) -> bytes | None:
        path = (folder / name).resolve()
        inside = path.is_relative_to(folder) and path.is_file()
        return contents(path) if inside else None

    return neighbour


def _folder(folder: Path, report: Report) -> Work | None:
    path = folder / _SETTINGS
    summaries = [folder / name for name in _SUMMARIES if (folder / name).is_file()]
    if not path.is_file() and not summaries:
        raise Misuse("failure.no-book-toml", folder=folder)
    config = _settings(path, report) if path.is_file() else BookConfig()
    if config is None:
        return None
    names = config.sources or _listed(folder, summaries)
    if not names:
        raise Misuse("failure.no-sources", path=(path, *summaries)[-1])
    sources = tuple(_inside(folder, name, path) for name in names)
    return Work(folder.resolve().name, sources, path, config)


def _listed(folder: Path, summaries: list[Path]) -> tuple[str, ...]:
    """Return the files that a SUMMARY.md names, in order, from the folder."""
    for summary in summaries:
        text = contents(summary).decode("utf-8-sig", "replace")
        place = summary.parent.relative_to(folder)
        names = (unquote(name) for name in _LISTED.findall(text))
        return tuple(dict.fromkeys(str(place / name) for name in names))
    return ()


def _settings(path: Path, report: Report) -> BookConfig | None:
    try:
        text = contents(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Misuse("failure.toml-encoding", path=path) from error
    from pipeline import settings  # heavy, and most sources have no settings

    return settings.parse(text, path.name, report)


def _inside(folder: Path, name: str, settings: Path) -> Path:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Misuse("failure.source-outside", name=name, path=settings)
    if not path.is_file():
        raise Misuse("failure.no-source", path=path)
    return path
