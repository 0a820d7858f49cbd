"""Find a Python that Keben runs on."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from machine.sentences import tell

OLDEST = (3, 11)
NEWEST = (3, 14)

_OWN_PROGRAMS = str(Path(os.environ.get("HOME", "/"), ".local", "bin"))
_COMMANDS = (
    ("dnf", "{sudo}dnf install --assumeyes python3.12"),
    ("pacman", "{sudo}pacman -Syu python"),
    ("apk", "{sudo}apk add --upgrade python3"),
    ("brew", "brew install python@3.13"),
)
_APT = "{{sudo}}apt-get install --yes python3.{minor} python3.{minor}-venv"
_APT_PIP = "{sudo}apt-get install --yes python3-pip && "
_ANYWHERE = "python3 -m pip install --user uv && python3 -m uv python install 3.13"


def ensure_supported() -> None:
    """Go on, start again under a Python that fits, or say how to get one."""
    here = sys.version_info[:2]
    if OLDEST <= here <= NEWEST:
        return
    version = "{}.{}".format(*here)
    for minor in _minors():
        path = _runnable(f"python3.{minor}")
        if path:
            tell("other-python", version=version, path=path)
            os.execv(path, [path, *sys.argv])
    if here < OLDEST:
        oldest = "{}.{}".format(*OLDEST)
        command = _command().format(sudo="" if os.geteuid() == 0 else "sudo ")
        tell("old-python", oldest=oldest, version=version, command=command)
        sys.exit(3)


def _minors() -> range:
    return range(NEWEST[1], OLDEST[1] - 1, -1)


def _runnable(name: str) -> str:
    """Return the path of ``name``, or nothing if it is a stand-in that fails."""
    path = shutil.which(name) or shutil.which(name, path=_OWN_PROGRAMS)
    return path if path and _succeeds(path, "-c", "import ctypes, ssl") else ""


def _command() -> str:
    if shutil.which("apt-get"):
        return _apt_command()
    for program, command in _COMMANDS:
        if shutil.which(program):
            return command
    return _ANYWHERE


def _apt_command() -> str:
    for minor in _minors():
        if _apt_knows(minor):
            return _APT.format(minor=minor)
    has_pip = _succeeds(sys.executable, "-m", "pip", "--version")
    return _ANYWHERE if has_pip else _APT_PIP + _ANYWHERE


def _apt_knows(minor: int) -> bool:
    # apt-get itself would take a name with a dot in it for a pattern.
    command = ("apt-cache", "search", "--names-only", rf"^python3\.{minor}$")
    return bool(subprocess.check_output(command, stderr=subprocess.DEVNULL).strip())


def _succeeds(*command: str) -> bool:
    silent = subprocess.DEVNULL
    return subprocess.call(command, stdin=silent, stdout=silent, stderr=silent) == 0
