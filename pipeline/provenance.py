"""Where editions come from, so that anybody can make the same bytes again.

``to_be_equal`` in what is told lists all that must be equal for the bytes to be
equal; the rest of the machine, ``made_with``, has no part in them.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Any

from pipeline import __version__
from pipeline.fonts import shelf
from pipeline.layout import libraries
from pipeline.model import Asset
from pipeline.works import Work
from pipeline.writer import Face, Profile

# 1: as it was first told. Raise it when a field changes its meaning.
_FORMAT = 1
# https://packaging.python.org/en/latest/specifications/dependency-specifiers/
_NEED = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(?:\[(?P<extras>[^]]*)\])?")
_EXTRA = re.compile(r""";.*\bextra\s*==\s*["']([\w.-]+)""")


@dataclass(frozen=True, slots=True)
class Making:
    """How editions were made: of what, by which command, and what came out.

    ``profiles`` are those of the inks, ``editions`` finished files by name.
    """

    work: Work
    assets: tuple[Asset, ...]
    faces: tuple[Face, ...]
    profiles: tuple[Profile, ...] = ()
    options: tuple[str, ...] = ()
    editions: Mapping[str, bytes] = field(default_factory=dict)


def document(making: Making) -> bytes:
    """Return the provenance of ``making`` as JSON."""
    text = json.dumps(provenance(making), ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def provenance(making: Making) -> dict[str, Any]:
    """Return the provenance of ``making``, ready for JSON."""
    return {
        "format": _FORMAT,
        "command": shlex.join(_command(making)),
        "editions": [_file(*edition) for edition in sorted(making.editions.items())],
        "to_be_equal": {
            "keben": __version__,
            "sources": list(_sources(making.work)),
            "pictures": [_file(asset.name, asset.data) for asset in making.assets],
            "fonts": list(map(_font, dict.fromkeys(making.faces))),
            "profiles": list(map(_profile, making.profiles)),
            "packages": dict(sorted(packages().items())),
            "libraries": libraries(),
            "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", ""),
        },
        "made_with": {
            "python": platform.python_version(),
            "implementation": platform.python_implementation(),
            "system": platform.system(),
            "machine": platform.machine(),
        },
    }


def packages() -> dict[str, str]:
    """Return the version of each Python package that Keben runs on."""
    found: dict[str, str] = {}
    met: set[str] = set()
    waiting = list(_needs("keben", ""))
    while waiting:
        need = waiting.pop()
        name, extras = need["name"], need["extras"] or ""
        number = _version(name)
        if number and need[0] not in met:
            met.add(need[0])
            found[name.lower()] = number
            waiting += _needs(name, extras)
    return found


def _command(making: Making) -> tuple[str, ...]:
    """Return the call, to be made from the folder where the work stands."""
    work = making.work
    whole = len(work.sources) > 1 or work.sources[0].path.stem != work.name
    source = work.name if whole else work.sources[0].name
    return ("keben", "build", source, *making.options)


def _sources(work: Work) -> Iterator[dict[str, Any]]:
    """Yield the files of a work that a person wrote, its settings first."""
    if work.settings.is_file():
        yield _file(work.settings.name, work.settings.read_bytes())
    for source in work.sources:
        yield _file(source.name, source.path.read_bytes())


def _file(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "bytes": len(data), "sha256": _digest(data)}


def _font(face: Face) -> dict[str, Any]:
    owner = shelf.owner(face)
    return {
        "name": face.name,
        "postscript": face.postscript,
        "licence": face.licence,
        "sha256": face.sha256 or _digest(face.path.read_bytes()),
        "package": owner.package if owner else "",
        "version": owner.version if owner else "",
    }


def _profile(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "file": profile.path.name,
        "sha256": profile.sha256,
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # one that only other systems need
        return ""


def _needs(name: str, extras: str) -> Iterator[re.Match[str]]:
    """Yield what a package asks for, by itself and for its ``extras``."""
    for text in requires(name) or ():
        extra = _EXTRA.search(text)
        need = _NEED.match(text)
        if need and (not extra or extra[1] in extras):
            yield need


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
