"""Bring the machine and ``.venv`` to what a lock file says."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from machine import environment, needs, node, packages
from machine.environment import ROOT, Contents
from machine.needs import Need
from machine.sentences import tell

_LOCKS = ROOT / "requirements"
_NPM = "npm"
# Each lock of pip, and those that it holds.
_HELD = {
    "book": ("book",),
    "test": ("book", "test"),
    "readers": ("book", "test", "readers"),
    "release": ("book", "test", "release"),
}
_SOURCES = ("pyproject.toml", "README.md", "LICENSE", "NOTICE", "pipeline", "styles")


def prepare(lock: str) -> None:
    """Make ``.venv`` hold what ``requirements/<lock>.txt`` pins, and Keben itself.

    ``readers`` has a second lock, for npm: ``requirements/readers/``.
    """
    with _alone():
        before = environment.read()
        _equip(before, lock)
        after = _install_locked(before or _make(), lock)
        if lock == "readers":
            after = _install_node(after)
        after = _install_project(after)
        if after == before:
            tell("ready")


@contextmanager
def _alone() -> Iterator[None]:
    """Wait for another preparation of the same checkout to end."""
    folder = os.open(_LOCKS, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _equip(contents: Contents | None, lock: str) -> None:
    if lacking := tuple(_lacking(contents, lock)):
        packages.supply(lacking)
        still = _lacking(contents, lock)
        packages.check([need for need in still if need != Need.CERTIFICATES])


def _lacking(contents: Contents | None, lock: str) -> Iterator[Need]:
    yield from needs.missing_libraries()
    if lock == "readers":
        yield from needs.missing_for_reading_systems()
    if contents is None and environment.way() is None:
        yield Need.VENV
    if contents is None and not needs.has_certificates():
        yield Need.CERTIFICATES


def _make() -> Contents:
    way = environment.way()
    assert way is not None
    return environment.make(way)


def _install_locked(contents: Contents, lock: str) -> Contents:
    path = _LOCKS / f"{lock}.txt"
    wanted = _digests(lock)
    if wanted.items() <= contents.locks.items():
        return contents
    tell("locked", count=_count(path), lock=path.relative_to(ROOT))
    kept = {name: d for name, d in contents.locks.items() if name == _NPM}
    after = replace(contents, locks=kept | wanted)
    with environment.changing(contents, after):
        environment.install("--require-hashes", "--requirement", str(path))
    return after


def _install_node(contents: Contents) -> Contents:
    lock = _LOCKS / "readers"
    wanted = {_NPM: _digest(node.files(lock))}
    if wanted.items() <= contents.locks.items():
        return contents
    tell("npm", lock=lock.relative_to(ROOT))
    after = replace(contents, locks=contents.locks | wanted)
    with environment.changing(contents, after):
        node.install(lock, environment.HOME)
    return after


def _count(lock: Path) -> int:
    lines = lock.read_text(encoding="utf-8").split("\n")
    return sum(line[:1].isalpha() for line in lines)


def _digests(lock: str) -> dict[str, str]:
    """Return the digests of a lock and of those it holds: test has all of book."""
    return {name: _digest([_LOCKS / f"{name}.txt"]) for name in _HELD[lock]}


def _install_project(contents: Contents) -> Contents:
    after = replace(contents, project=_digest(_project_files()))
    if after == contents:
        return contents
    tell("project")
    with environment.changing(contents, after):
        environment.install(
            "--no-index",
            "--no-deps",
            "--no-build-isolation",
            "--force-reinstall",
            str(ROOT),
        )
    return after


def _project_files() -> Iterator[Path]:
    for source in _SOURCES:
        path = ROOT / source
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (f for f in found if f.is_file() and f.parent.name != "__pycache__")


def _digest(files: Iterator[Path] | list[Path]) -> str:
    digest = sha256()
    for path in files:
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()
