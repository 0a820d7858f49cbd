"""The virtual environment in ``.venv``, and the stamp that says what it holds."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from enum import Enum
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path

from machine.sentences import say, tell

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
_STAMP = HOME / "keben.json"
_OPTIONS = (
    "--no-input",
    "--disable-pip-version-check",
    "-qq",
    "--no-user",
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What an environment was made for, and digests of what went into it."""

    root: str = str(ROOT)
    python: str = f"{sys.implementation.cache_tag} {sysconfig.get_platform()}"
    locks: dict[str, str] = field(default_factory=dict)
    project: str = ""


class Way(Enum):
    """A way to make an environment, the best first."""

    VENV = "way.venv"
    VIRTUALENV = "way.virtualenv"
    PIP = "way.pip"


def read() -> Contents | None:
    """Return what ``.venv`` holds; None unless it is whole, and made for here."""
    try:
        contents = Contents(**json.loads(_STAMP.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    fresh = Contents()
    here = (contents.root, contents.python) == (fresh.root, fresh.python)
    return contents if here and PYTHON.exists() else None


def way() -> Way | None:
    """Return the best way that this machine has to make an environment."""
    invalidate_caches()
    if find_spec("venv") and find_spec("ensurepip"):
        return Way.VENV
    if shutil.which("virtualenv"):
        return Way.VIRTUALENV
    return Way.PIP if find_spec("venv") and _pip_reaches_out() else None


def make(chosen: Way) -> Contents:
    """Make ``.venv`` anew, empty."""
    if HOME.exists():
        tell("remaking")
        shutil.rmtree(HOME)
    tell("making", version=sys.version.split()[0], way=say(chosen.value))
    subprocess.run(_creation(chosen), check=True)
    _write(Contents())
    return Contents()


@contextmanager
def changing(before: Contents, after: Contents) -> Iterator[None]:
    """Stamp ``after`` once the change is whole, ``before`` if it was refused.

    A change that is cut off leaves no stamp: such an environment is made anew.
    """
    _STAMP.unlink(missing_ok=True)
    try:
        yield
    except subprocess.CalledProcessError:
        _write(before)
        raise
    _write(after)


def install(*arguments: str) -> None:
    """Run pip's install on the environment.

    It compiles what it installs: where Python may write no bytecode later, as
    PYTHONDONTWRITEBYTECODE demands, every start would take two seconds longer.
    """
    inside = next(HOME.glob("lib/python3*/site-packages/pip"), None)
    command = (
        (PYTHON, "-I", "-m", "pip")
        if inside
        else (sys.executable, "-m", "pip", "--python", PYTHON)
    )
    subprocess.run(
        (*command, "install", *_OPTIONS, *arguments), check=True, stdout=sys.stderr
    )


def _creation(chosen: Way) -> tuple[str, ...]:
    match chosen:
        case Way.VENV:
            return (sys.executable, "-m", "venv", str(HOME))
        case Way.VIRTUALENV:
            return ("virtualenv", "--quiet", "--python", sys.executable, str(HOME))
        case Way.PIP:
            return (sys.executable, "-m", "venv", "--without-pip", str(HOME))


def _pip_reaches_out() -> bool:
    """Tell whether the system's pip knows ``--python``, as since 22.3."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        major, minor = version("pip").split(".")[:2]
    except PackageNotFoundError:
        return False
    return (int(major), int(minor)) >= (22, 3)


def _write(contents: Contents) -> None:
    unfinished = _STAMP.with_suffix(".new")
    unfinished.write_text(json.dumps(asdict(contents)), encoding="utf-8")
    unfinished.replace(_STAMP)
