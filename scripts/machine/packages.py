"""Get what is missing through the machine's own package manager."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NoReturn

from machine.needs import Need
from machine.sentences import tell

_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


@dataclass(frozen=True, slots=True)
class Manager:
    """A package manager: its commands, and what it calls the things we need."""

    install: tuple[str, ...]
    packages: Mapping[Need, str]
    refresh: tuple[str, ...] = ()

    @property
    def program(self) -> str:
        return self.install[0]

    def commands(self, needs: Collection[Need]) -> list[tuple[str, ...]]:
        """Return the commands to run, in order."""
        names = dict.fromkeys(self.packages[need] for need in needs)
        install = (*self.install, *names)
        return [self.refresh, install] if self.refresh else [install]


MANAGERS = (
    Manager(
        ("apt-get", "install", "--yes", "--no-install-recommends"),
        {
            Need.PANGO: "libpango-1.0-0",
            Need.PANGOFT2: "libpangoft2-1.0-0",
            Need.HARFBUZZ_SUBSET: "libharfbuzz-subset0",
            Need.VENV: f"python{_VERSION}-venv",
            Need.CERTIFICATES: "ca-certificates",
            Need.NODE: "nodejs",
            Need.NPM: "npm",
            Need.CHROMIUM: "chromium",
            Need.ATOMIC: "libatomic1",
        },
        refresh=("apt-get", "update"),
    ),
    Manager(
        ("dnf", "install", "--assumeyes"),
        {
            Need.PANGO: "pango",
            Need.PANGOFT2: "pango",
            Need.HARFBUZZ_SUBSET: "harfbuzz",
            Need.VENV: "python3-pip",
            Need.CERTIFICATES: "ca-certificates",
            Need.NODE: "nodejs",
            Need.NPM: "npm",
            Need.CHROMIUM: "chromium",
            Need.ATOMIC: "libatomic",
        },
    ),
    Manager(
        ("pacman", "-Sy", "--needed", "--noconfirm"),
        {
            Need.PANGO: "pango",
            Need.PANGOFT2: "pango",
            Need.HARFBUZZ_SUBSET: "harfbuzz",
            Need.VENV: "python",
            Need.CERTIFICATES: "ca-certificates",
            Need.NODE: "nodejs",
            Need.NPM: "npm",
            Need.CHROMIUM: "chromium",
            Need.ATOMIC: "gcc-libs",
        },
    ),
    Manager(
        ("apk", "add"),
        {
            Need.PANGO: "so:libpango-1.0.so.0",
            Need.PANGOFT2: "so:libpangoft2-1.0.so.0",
            Need.HARFBUZZ_SUBSET: "so:libharfbuzz-subset.so.0",
            Need.VENV: "py3-pip",
            Need.CERTIFICATES: "ca-certificates",
            Need.NODE: "nodejs",
            Need.NPM: "npm",
            Need.CHROMIUM: "chromium",
            Need.ATOMIC: "so:libatomic.so.1",
        },
    ),
    Manager(
        ("brew", "install"),
        {
            Need.PANGO: "pango",
            Need.PANGOFT2: "pango",
            Need.HARFBUZZ_SUBSET: "harfbuzz",
            Need.VENV: "python",
            Need.CERTIFICATES: "ca-certificates",
            Need.NODE: "node",
            Need.NPM: "node",
            Need.CHROMIUM: "chromium",
            Need.ATOMIC: "gcc",
        },
    ),
)


def supply(needs: Collection[Need]) -> None:
    """Install ``needs``; where that takes rights we lack, say how, and stop."""
    manager = next((m for m in MANAGERS if shutil.which(m.program)), None)
    if manager is None:
        names = ", ".join(manager.program for manager in MANAGERS)
        _stop("unknown-manager", needs=_listed(needs), managers=names)
    prefix = _privilege(manager)
    if prefix is not None:
        _run(manager, prefix, needs)
    elif set(needs) != {Need.CERTIFICATES}:  # pip may well bring its own
        _stop("missing", needs=_listed(needs), command=_advice(manager, needs))


def check(needs: Collection[Need]) -> None:
    """Stop if ``needs`` are missing still."""
    if needs:
        _stop(
            "still-missing",
            needs=_listed(needs),
            version=_VERSION,
            python=sys.executable,
        )


def _privilege(manager: Manager) -> tuple[str, ...] | None:
    """Return what to put before a command that installs, or None."""
    if manager.program == "brew" or os.geteuid() == 0:
        return ()
    sudo = ("sudo", "-n")
    if shutil.which("sudo") and _succeeds((*sudo, "true")):
        return sudo
    return None


def _run(manager: Manager, prefix: tuple[str, ...], needs: Collection[Need]) -> None:
    *refresh, install = [(*prefix, *c) for c in manager.commands(needs)]
    tell("supplying", needs=_listed(needs), command=shlex.join(install))
    for command in refresh:  # a list that is out of reach may not be needed
        _call(command, check=False)
    _call(install, check=True)


def _call(command: tuple[str, ...], *, check: bool) -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        command,
        check=check,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        env=os.environ | quiet,
    )


def _advice(manager: Manager, needs: Collection[Need]) -> str:
    commands = manager.commands(needs)
    if shutil.which("sudo"):
        return " && ".join(shlex.join(("sudo", *command)) for command in commands)
    joined = " && ".join(map(shlex.join, commands))
    return f"su -c {shlex.quote(joined)}"


def _succeeds(command: tuple[str, ...]) -> bool:
    nothing = subprocess.DEVNULL
    return (
        subprocess.run(command, check=False, stdin=nothing, stderr=nothing).returncode
        == 0
    )


def _listed(needs: Collection[Need]) -> str:
    return ", ".join(need.value for need in needs)


def _stop(key: str, **values: object) -> NoReturn:
    tell(key, **values)
    raise SystemExit(3)
