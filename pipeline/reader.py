"""What a reader is, what it gets, and what a person may have told it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from pipeline import limits
from pipeline.diagnostics import Report
from pipeline.model import Manuscript, Metadata


@dataclass(frozen=True, slots=True)
class HeadingHint:
    """A heading that a person names by its 1-based line.

    ``level`` None leaves the level to the reader; ``title`` None takes the
    whole line.
    """

    line: int
    level: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class LineHints:
    """What a person said about single lines of a file, by their 1-based numbers."""

    headings_add: tuple[HeadingHint, ...] = ()
    headings_remove: frozenset[int] = frozenset()
    keep: frozenset[int] = frozenset()
    drop: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Hints(LineHints):
    """What a person said about a source. It always wins over a guess.

    ``headings_pattern`` is a regular expression that matches a whole heading
    line; ``headings_level`` gives levels to lines, to kinds of marker and to
    patterns: see ``pipeline.passes.levels``. ``rules_off`` names text rules that
    must not run; ``normalise`` False turns all of them off.
    """

    encoding: str | None = None
    headings_pattern: str | None = None
    headings_level: Mapping[str, int] = field(default_factory=dict)
    normalise: bool = True
    rules_off: frozenset[str] = frozenset()
    meta: Metadata = field(default_factory=Metadata)


@dataclass(frozen=True, slots=True)
class Input:
    """One input: its file name, its bytes, and a way to its neighbours.

    ``neighbour`` returns the bytes of a file named relative to the input, or
    None where there is none or where it lies outside the book's folder.
    """

    name: str
    data: bytes
    neighbour: Callable[[str], bytes | None] = lambda _name: None


Read: TypeAlias = Callable[[Input, Hints, Report], Manuscript]


@dataclass(frozen=True, slots=True)
class Reader:
    """A named input format, chosen by the file name's suffix.

    ``most`` is how many bytes its files may have.
    """

    name: str
    suffixes: frozenset[str]
    read: Read
    most: int = limits.TEXT_BYTES
