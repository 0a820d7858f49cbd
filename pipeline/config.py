"""What a person said about a book: the settings that all rooms above share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.reader import Hints
from pipeline.source import Span


@dataclass(frozen=True, slots=True)
class BookConfig:
    """The settings of one book. None and empty mean: not said.

    ``sources`` are file names relative to the folder of book.toml, in reading
    order; ``cover`` is a picture's, likewise; ``outputs`` names writers;
    ``settings`` are those of ``--set``; ``fonts`` are files or names of
    collections, by role and weight. ``places`` tells where the file sets
    what can only be judged with the sources at hand, by dotted key.
    """

    hints: Hints = field(default_factory=Hints)
    sources: tuple[str, ...] = ()
    cover: str = ""
    theme: str | None = None
    outputs: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    fonts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    places: Mapping[str, Span] = field(default_factory=dict)
