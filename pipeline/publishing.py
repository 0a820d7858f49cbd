"""Write finished files so that nobody ever sees half of one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pipeline import scratch
from pipeline.failures import Missing

_DRAFT = ".draft"


def publish(files: Mapping[Path, bytes]) -> None:
    """Write all ``files`` beside their places, then rename each into its own.

    Until everything is on the disk, the earlier files stay as they were.
    Raises ``Missing`` where the machine does not let us write.
    """
    drafts: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            scratch.clear(path.parent, f".{path.name}.", _DRAFT)
            drafts[path] = path.with_name(f".{path.name}.{os.getpid()}{_DRAFT}")
            _write(drafts[path], data)
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        folder = next(iter(files)).parent
        if isinstance(error, FileExistsError | NotADirectoryError):
            raise Missing("failure.no-folder", folder=folder) from error
        reason = error.strerror or str(error)
        raise Missing("failure.unwritable", folder=folder, reason=reason) from error
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
