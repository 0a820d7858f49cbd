"""What a person said about a book: the settings that all rooms above share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.reader import Hints, LineHints
from pipeline.source import Span


@dataclass(frozen=True, slots=True)
class BookConfig:
    """The settings of one book. None and empty mean: not said.

    ``sources`` are file names relative to the folder of book.toml, in reading
    order; ``cover`` is a picture's, likewise; ``outputs`` names writers;
    ``settings`` are those of ``--set``; ``fonts`` are files or names of
    collections, by role and weight. ``places`` tells where the file sets
    what can only be judged with the sources at hand, by dotted key. ``lines``
    holds what is said of lines together with the name of their file, by that name.
    """

    hints: Hints = field(default_factory=Hints)
    sources: tuple[str, ...] = ()
    cover: str = ""
    theme: str | None = None
    outputs: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    fonts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    places: Mapping[str, Span] = field(default_factory=dict)
    lines: Mapping[str, LineHints] = field(default_factory=dict)

    def hints_for(self, name: str) -> Hints:
        """Return what was said of the file of that name, and of every file."""
        said, here = self.hints, self.lines.get(name, LineHints())
        return replace(
            said,
            headings_add=said.headings_add + here.headings_add,
            headings_remove=said.headings_remove | here.headings_remove,
            keep=said.keep | here.keep,
            drop=said.drop | here.drop,
        )
