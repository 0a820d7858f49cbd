"""Write finished files so that nobody ever sees half of one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pipeline.failures import Missing


def publish(files: Mapping[Path, bytes]) -> None:
    """Write all ``files`` beside their places, then rename each into its own.

    Until everything is on the disk, the earlier files stay as they were.
    Raises ``Missing`` where the machine does not let us write.
    """
    drafts: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _clear(path)
            drafts[path] = path.with_name(f".{path.name}.{os.getpid()}.draft")
            _write(drafts[path], data)
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        folder = next(iter(files)).parent
        reason = error.strerror or str(error)
        raise Missing("failure.unwritable", folder=folder, reason=reason) from error
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def _clear(path: Path) -> None:
    """Remove the drafts of ``path`` that processes left which were killed."""
    prefix, suffix = f".{path.name}.", ".draft"
    for draft in path.parent.iterdir():
        name = draft.name
        if name.startswith(prefix) and name.endswith(suffix):
            process = name[len(prefix) : -len(suffix)]
            if process.isdecimal() and not _is_running(int(process)):
                with suppress(OSError):
                    draft.unlink()


def _is_running(process: int) -> bool:
    """Tell whether a process lives, also where it belongs to another user."""
    if os.name == "nt":  # where signal 0 would end it: an old draft does no harm
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
