"""What sources of each format say, told without the readers."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from pipeline.audit.statement import Statement
from pipeline.works import SourceFile, contents


def statements(
    file: SourceFile, reader: str, encoding: str | None
) -> tuple[Statement, ...]:
    """Return what ``file`` says, in the format that ``reader`` reads.

    Each format has a witness: a module of its reader's name.
    """
    witness = import_module(f"{__name__}.{reader}")
    found = witness.statements(contents(file.path), file.name, encoding)
    return cast("tuple[Statement, ...]", tuple(found))
