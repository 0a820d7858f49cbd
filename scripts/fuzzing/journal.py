"""What a run of fuzzing finds: each kind of trouble once, with its input."""

from __future__ import annotations

import hashlib
import json
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

# Seconds of the processor that a small input may take.
_MOST_SECONDS = 5.0


class Broken(Exception):  # noqa: N818 - it names what was found
    """A promise is broken: which one, and what shows it.

    It stands here, where nothing of Keben is imported: that is to be instrumented.
    """

    def __init__(self, promise: str, witness: object) -> None:
        super().__init__(f"{promise}: {witness}")
        self.promise = promise


@dataclass
class Journal:
    """Counts inputs, and keeps in ``folder`` those that find something new."""

    folder: Path
    inputs: int = 0
    seconds: float = 0.0
    found: dict[str, str] = field(default_factory=dict)

    def attempt(self, read: Callable[[bytes], None], data: bytes) -> None:
        """Let ``read`` have ``data``, and note what it raises."""
        self.inputs += 1
        start = time.process_time()
        try:
            read(data)
        except Exception as error:
            self._note(_kind(error), data, "".join(traceback.format_exception(error)))
        took = time.process_time() - start
        self.seconds += took
        if took > _MOST_SECONDS:
            self._note(f"slow: more than {_MOST_SECONDS} s", data, f"{took:.1f} s")

    def write(self) -> None:
        """Write the counts, for whoever waits for them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        report = {**asdict(self), "folder": self.folder.name}
        file = self.folder / "journal.json"
        file.write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")

    def _note(self, kind: str, data: bytes, report: str) -> None:
        """Keep the shortest input of each kind of trouble."""
        before = self.folder / self.found.get(kind, "none")
        if before.is_file() and before.stat().st_size <= len(data):
            return
        before.unlink(missing_ok=True)
        before.with_suffix(".txt").unlink(missing_ok=True)
        name = hashlib.sha256(data).hexdigest()[:12]
        self.found[kind] = name
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(data)
        (self.folder / f"{name}.txt").write_text(f"{kind}\n\n{report}", "utf-8")
        self.write()


def _kind(error: Exception) -> str:
    """Return what makes an error another than those before: what, and where."""
    if isinstance(error, Broken):
        return error.promise
    frames = traceback.extract_tb(error.__traceback__)
    place = next((f for f in reversed(frames) if "pipeline" in f.filename), frames[-1])
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
