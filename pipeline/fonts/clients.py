"""The package clients of the machine: they bring the packages of collections.

Keben itself speaks to no host: where packages come from is what each client is
set up for.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

from pipeline.failures import Missing
from pipeline.fonts.catalogue import Collection, Origin

_LAST_WORDS = 300

_Unpack: TypeAlias = Callable[[Path, Mapping[str, str]], dict[str, bytes]]


class ClientMissing(Missing):
    """A package client is not on this machine."""


class ClientFailed(Missing):
    """A package client could not bring a package, or it lacks a file."""


@dataclass(frozen=True, slots=True)
class _Client:
    """How a client downloads into the working folder, and what it leaves there."""

    name: str
    programs: tuple[str, ...]
    command: Callable[[Collection], tuple[str, ...]]
    archive: str
    inside: Callable[[Collection, str], str]
    unpack: _Unpack


def fetch(collection: Collection, folder: Path) -> dict[str, bytes]:
    """Return the font files of ``collection`` by their names in the catalogue.

    Its package is downloaded into ``folder``, which must be empty. Raises
    ClientMissing and ClientFailed.
    """
    client = _CLIENTS[collection.origin]
    _require(client)
    _run(client, client.command(collection), folder)
    archive = next(folder.glob(client.archive), None)
    if archive is None:
        raise _failed(client, f"{collection.package}: {client.archive}?")
    files = dict.fromkeys(item.file for item in collection.items)
    wanted = {client.inside(collection, file): file for file in files}
    try:
        found = client.unpack(archive, wanted)
    except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile) as error:
        raise _failed(client, str(error)) from error
    if lacking := wanted.values() - found.keys():
        raise _failed(client, f"{archive.name}: {min(lacking)}?")
    return found


def command(collection: Collection) -> str:
    """Return what is run to download the package of ``collection``, for people."""
    return " ".join(_CLIENTS[collection.origin].command(collection))


def _require(client: _Client) -> None:
    has_pip = client.name != "pip" or find_spec("pip") is not None
    if not has_pip or not all(map(shutil.which, client.programs)):
        raise ClientMissing(f"font.no-{client.name}")


def _run(client: _Client, words: tuple[str, ...], folder: Path) -> None:
    program = shutil.which(words[0]) or words[0]
    try:
        subprocess.run(  # noqa: S603 - names and versions are those of our catalogue
            (program, *words[1:]),
            cwd=folder,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    except subprocess.CalledProcessError as error:
        output = error.stdout.decode(errors="replace").strip()
        raise _failed(client, output[-_LAST_WORDS:], " ".join(words)) from error
    except OSError as error:
        raise _failed(client, str(error), " ".join(words)) from error


def _failed(client: _Client, reason: str, words: str = "") -> ClientFailed:
    return ClientFailed(f"font.{client.name}-failed", command=words, reason=reason)


# Archives --------------------------------------------------------------------------


def _from_wheel(archive: Path, wanted: Mapping[str, str]) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as wheel:
        names = wanted.keys() & set(wheel.namelist())
        return {wanted[name]: wheel.read(name) for name in names}


def _from_tarball(archive: Path, wanted: Mapping[str, str]) -> dict[str, bytes]:
    with tarfile.open(archive, "r:gz") as tarball:
        return _members(tarball, wanted)


def _from_deb(archive: Path, wanted: Mapping[str, str]) -> dict[str, bytes]:
    program = shutil.which("dpkg-deb") or "dpkg-deb"
    with (
        tempfile.TemporaryFile() as plain,
        subprocess.Popen(  # noqa: S603 - an archive that apt-get has verified
            (program, "--fsys-tarfile", str(archive)), stdout=plain
        ) as unpacking,
    ):
        unpacking.wait()
        plain.seek(0)
        with tarfile.open(fileobj=plain) as tarball:
            return _members(tarball, wanted)


def _members(tarball: tarfile.TarFile, wanted: Mapping[str, str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for member in tarball:
        file = wanted.get(member.name.removeprefix("./"))
        content = tarball.extractfile(member) if file and member.isfile() else None
        if file and content:
            found[file] = content.read()
        if len(found) == len(wanted):
            break
    return found


# Clients ---------------------------------------------------------------------------


def _pip(collection: Collection) -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "pip", "download", "--no-deps", "--no-input"),
        *("--only-binary=:all:", "--disable-pip-version-check", "--quiet"),
        f"{collection.package}=={collection.version}",
    )


def _npm(collection: Collection) -> tuple[str, ...]:
    package = f"{collection.package}@{collection.version}"
    return ("npm", "pack", "--ignore-scripts", "--silent", package)


def _apt(collection: Collection) -> tuple[str, ...]:
    return ("apt-get", "download", "--quiet", collection.package)


def _module(collection: Collection, file: str) -> str:
    return f"{collection.package.replace('-', '_')}/{file}"


_CLIENTS = {
    Origin.PIP: _Client("pip", (), _pip, "*.whl", _module, _from_wheel),
    Origin.NPM: _Client(
        "npm",
        ("npm",),
        _npm,
        "*.tgz",
        lambda _collection, file: f"package/{file}",
        _from_tarball,
    ),
    Origin.APT: _Client(
        "apt",
        ("apt-get", "dpkg-deb"),
        _apt,
        "*.deb",
        lambda _collection, file: file,
        _from_deb,
    ),
}
