"""One book of a batch: what is to be made, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from pipeline.build import Order
from pipeline.failures import Status


@dataclass(frozen=True, slots=True)
class Task:
    """A book to make. ``source`` and ``out``, a folder, are paths or addresses.

    ``state`` names all that its editions depend on, so far as can be known without
    reading: the files with their sizes and times, the order, and our version.
    """

    source: str
    out: str
    state: str
    order: Order


@dataclass(frozen=True, slots=True)
class File:
    """A file that was made: its place, its size in bytes, and its pages if any."""

    place: str
    size: int
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What became of a task: a line of the manifest.

    ``proved`` is the number of characters that the audit accounted for, None where
    there was none. ``failure`` says why a book could not be tried. ``seconds`` are
    those of the clock, ``cpu`` those of the processor. ``diagnostics`` counts them
    by severity and ``errors`` has the errors themselves.
    """

    source: str
    state: str
    status: Status
    title: str | None = None
    files: tuple[File, ...] = ()
    proved: int | None = None
    failure: str | None = None
    diagnostics: Mapping[str, int] = field(default_factory=dict)
    errors: tuple[Mapping[str, Any], ...] = ()
    seconds: float = 0.0
    cpu: float = 0.0

    def values(self) -> dict[str, Any]:
        """Return the record as values of JSON."""
        return {**asdict(self), "status": int(self.status)}


def record(values: Mapping[str, Any]) -> Record:
    """Return the record of ``values``; raises ``ValueError`` where they are none."""
    try:
        known = {f.name: values[f.name] for f in fields(Record)}
        known["status"] = Status(known["status"])
        known["files"] = tuple(File(**file) for file in known["files"])
        known["errors"] = tuple(known["errors"])
        return Record(**known)
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error
