"""Prove that the bytes of a book depend on nothing that should not matter.

Usage: .venv/bin/python scripts/reproduce.py SOURCE...

Every source is built twice by each Python that Keben runs on and that is on the
PATH, in settings that differ in all that a machine may differ in: the folder
and the name it has, the user's home, locale, time zone, umask and the seed of
Python's hashes. Editions and their proofs must be equal byte by byte. What does
matter is equal here, and listed in the provenance (``to_be_equal``).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from differences import differences
from machine.interpreter import NEWEST, OLDEST
from machine.sentences import tell
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / ".venv" / "bin" / "uv"
ENVIRONMENTS = ROOT / "build" / "reproduce"
_PROVENANCE = ".provenance.json"


@dataclass(frozen=True)
class Setting:
    """What surrounds a build and must not change a byte of it."""

    name: str
    folder: str
    variables: Mapping[str, str]
    umask: int


SETTINGS = (
    Setting(
        "a server",
        "build",
        {"LC_ALL": "C", "TZ": "UTC0", "PYTHONHASHSEED": "0"},
        0o022,
    ),
    Setting(
        "a reader in Chengdu",
        "我的 书稿/第一部",
        {"LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "8964213"},
        0o077,
    ),
    Setting(
        "a traveller",
        "a/deep/folder",
        {"LANG": "tr_TR.UTF-8", "TZ": "<-0930>9:30", "PYTHONHASHSEED": "4294967295"},
        0o002,
    ),
)


@dataclass(frozen=True)
class Run:
    """One build of all sources: by which Python, in which setting, what came out."""

    python: str
    setting: str
    files: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """Return a short digest of all files and their names."""
        parts = (name.encode() + b"\0" + data for name, data in self.files.items())
        return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def main() -> int:
    """Build, compare, explain; 0 when all bytes are equal."""
    sources = [Path(name).resolve() for name in sys.argv[1:]]
    runs: list[Run] = []
    for python in dict.fromkeys((sys.executable, *prepared())):
        for setting in SETTINGS:
            tell("reproducing", python=version(python), setting=setting.name)
            runs.append(run(python, setting, sources))
    report(runs)
    found = [line for other in runs[1:] for line in unlike(runs[0], other)]
    for line in found:
        print(line)
    tell("unequal" if found else "equal", count=len(runs), files=len(runs[0].files))
    return 1 if found else 0


def prepared() -> Iterator[str]:
    """Yield a Python of each other version on the PATH, with what is locked for it."""
    here = sys.version_info[:2]
    for minor in range(OLDEST[1], NEWEST[1] + 1):
        found = shutil.which(f"python3.{minor}")
        if (3, minor) != here and found and works(found):
            yield equipped(found, ENVIRONMENTS / f"python3.{minor}")


def works(python: str) -> bool:
    """Tell whether ``python`` is one, and no stand-in for another."""
    silent = subprocess.DEVNULL
    command = (python, "-c", "import ctypes, ssl")
    return subprocess.call(command, stdout=silent, stderr=silent) == 0


def equipped(python: str, home: Path) -> str:
    """Return a Python that has what the lock pins, and Keben itself."""
    inside = str(home / "bin" / "python")
    lock = ROOT / "requirements" / "book.txt"
    install = (UV, "pip", "install", "--quiet", "--python", inside)
    again = ("--no-deps", "--no-build-isolation", "--reinstall-package", "keben")
    for command in (
        (UV, "venv", "--quiet", "--allow-existing", "--python", python, home),
        (*install, "--require-hashes", "--requirement", lock),
        (*install, *again, ROOT),
    ):
        subprocess.run(tuple(map(str, command)), check=True)
    return inside


def run(python: str, setting: Setting, sources: list[Path]) -> Run:
    """Build copies of ``sources`` in ``setting``."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / setting.folder
        folder.mkdir(parents=True)
        names = [copied(source, folder).name for source in sources]
        command = (python, "-m", "pipeline", "build", "--quiet", "--provenance")
        subprocess.run(
            (*command, "-o", "made", *names),
            cwd=folder,
            env=environment(setting, folder),
            umask=setting.umask,
            check=True,
        )
        made = sorted((folder / "made").iterdir())
        files = {path.name: comparable(path) for path in made}
    return Run(version(python), setting.name, files)


def copied(source: Path, folder: Path) -> Path:
    """Copy ``source``, and what may belong to it, into ``folder``."""
    for beside in source.parent.iterdir():
        if beside.is_dir() and not beside.name.startswith("."):
            shutil.copytree(beside, folder / beside.name, dirs_exist_ok=True)
        elif beside == source or beside.suffix in (".toml", ".png", ".jpg", ".svg"):
            shutil.copy2(beside, folder)
    return folder / source.name


def environment(setting: Setting, folder: Path) -> dict[str, str]:
    """Return the variables of ``setting``, and what programs need to start."""
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    anew = {"HOME": str(folder.parent), "KEBEN_CACHE": ""}
    return {**kept, **anew, **setting.variables}


def comparable(path: Path) -> bytes:
    """Return what must be equal of a file: of a provenance, not the machine."""
    data = path.read_bytes()
    if not path.name.endswith(_PROVENANCE):
        return data
    told = json.loads(data)
    del told["made_with"]
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def unlike(first: Run, other: Run) -> Iterator[str]:
    """Yield how the files of two runs differ."""
    for name in sorted({*first.files, *other.files}):
        pair = (first.files.get(name, b""), other.files.get(name, b""))
        for sentence in differences(name, *pair):
            yield f"Python {other.python}, {other.setting}: {name}: {sentence}"


def version(python: str) -> str:
    """Return the version of a Python."""
    code = "import platform; print(platform.python_version())"
    return subprocess.check_output((python, "-c", code), text=True).strip()


def report(runs: list[Run]) -> None:
    """Print a table of all runs."""
    table = Table("Python", "setting", "files", "digest of all bytes")
    for one in runs:
        table.add_row(one.python, one.setting, str(len(one.files)), one.digest)
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
