"""Books made for mdBook and HonKit: what their settings say of the work."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline import limits
from pipeline.config import BookConfig
from pipeline.markup.languages import language
from pipeline.model import Creator, Metadata
from pipeline.reader import Hints
from pipeline.source import printable
from pipeline.works import own

# The tables of mdBook: https://rust-lang.github.io/mdBook/format/configuration
_MDBOOK = frozenset({"book", "build", "output", "preprocessor", "rust"})
# Their settings say English where nobody says anything.
_DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class ForeignBook:
    """What another program's settings say.

    ``folder`` holds the files, ``summary`` their list, and ``readme`` opens the
    book whether it is listed or not; the paths begin at the book's folder.
    """

    config: BookConfig
    folder: str = ""
    summary: str = "SUMMARY.md"
    readme: str = ""


def mdbook(path: Path) -> ForeignBook | None:
    """Return what a book.toml says, if mdBook is the one to read it."""
    try:
        table = tomllib.loads(_text(path))
    except (ValueError, RecursionError):
        return None
    if not table or not table.keys() <= _MDBOOK:
        return None
    book = _table(table.get("book"))
    authors = [author for author in _list(book.get("authors")) if author]
    config = _config(book, authors)
    return ForeignBook(config, _said(book, "src") or "src")


def honkit(folder: Path) -> ForeignBook | None:
    """Return what a book.json says: https://honkit.netlify.app/config.html."""
    path = folder / "book.json"
    try:
        table = _table(json.loads(_text(path)))
    except (ValueError, RecursionError):
        return None
    structure = _table(table.get("structure"))
    authors = _list(table.get("author")) or _list(table.get("authors"))
    root = _said(table, "root").removeprefix("./").strip("/")
    return ForeignBook(
        _config(table, authors),
        "" if root == "." else root,
        _said(structure, "summary") or "SUMMARY.md",
        _said(structure, "readme") or "README.md",
    )


def _text(path: Path) -> str:
    """Return what a file says: nothing, where there is none."""
    if not path.is_file():
        return ""
    return own(path, limits.SETTINGS_BYTES).decode("utf-8-sig")


def _config(said: Mapping[str, object], authors: list[str]) -> BookConfig:
    tag = _said(said, "language")
    meta = Metadata(
        title=_said(said, "title"),
        creators=tuple(map(Creator, authors)),
        language="" if tag == _DEFAULT else language(tag, ""),
        description=_said(said, "description"),
        identifier=_said(said, "isbn"),
    )
    return BookConfig(Hints(meta=meta))


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _said(table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    return _words(value) if isinstance(value, str) else ""


def _list(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return list(_names(values))


def _names(values: list[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str) and value.strip():
            yield _words(value)


def _words(said: str) -> str:
    """Return a text of JSON, which may hold what no XML can."""
    return " ".join(printable(said).split())
