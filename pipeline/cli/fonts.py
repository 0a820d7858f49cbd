"""``keben fonts``: what faces there are, what a theme uses, and getting more."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline import theme
from pipeline.cli import console
from pipeline.failures import Failure, Misuse, Status
from pipeline.fonts import catalogue, clients, installation, shelf
from pipeline.fonts.catalogue import Collection, Origin
from pipeline.fonts.families import FAMILIES, Family
from pipeline.fonts.usage import families
from pipeline.messages import say
from pipeline.writer import Design, Face, Slope


def show(options: argparse.Namespace) -> Status:
    """List the families that a theme names with their faces, then collections."""
    design = theme.load(options.theme or theme.DEFAULT, None, options.language)
    if options.json:
        console.as_json(
            {
                "theme": design.theme,
                "language": options.language,
                "families": [family_json(f, design) for f in FAMILIES.values()],
                "collections": list(map(_collection_json, catalogue.collections())),
            }
        )
        return Status.GOOD
    console.table(
        _heads("role", "family", "face", "weights", "licence", "name"),
        (row for family in FAMILIES.values() for row in _rows(family, design)),
    )
    console.line()
    console.table(
        _heads("name", "face", "role", "download", "state"),
        map(_collection_row, catalogue.collections()),
    )
    return Status.GOOD


def install(options: argparse.Namespace) -> Status:
    """Install what is named; one that fails does not stop the others."""
    results = {c: _bring(c, options) for c in _wanted(options.names)}
    if options.json:
        console.as_json(
            [
                {**_collection_json(collection), "failure": str(failure or "")}
                for collection, failure in results.items()
            ]
        )
    return max((f.status for f in results.values() if f), default=Status.GOOD)


# What is shown ---------------------------------------------------------------------


def _heads(*keys: str) -> tuple[str, ...]:
    return tuple(say(f"fonts.{key}") for key in keys)


def _rows(family: Family, design: Design) -> Iterator[tuple[str, ...]]:
    named = "*" if family.name in families(design.paged) else " "
    label = (f"{named} {family.role}", family.name)
    by_name: dict[str, list[Face]] = defaultdict(list)
    for face in design.faces:
        if face.family == family.name:
            by_name[face.name].append(face)
    for name, faces in by_name.items():
        owner = shelf.owner(faces[0])
        weights = " ".join(dict.fromkeys(map(_weight, faces)))
        source = owner.name if owner else say("fonts.own")
        yield (*label, name, weights, faces[0].licence, source)
    if not by_name:
        stand_in = family.stand_in
        other = say("fonts.stands-in", family=stand_in) if stand_in else ""
        yield (*label, other or say("fonts.none"), "", "", "")


def _weight(face: Face) -> str:
    return f"{face.weight}{'' if face.slope is Slope.UPRIGHT else '-italic'}"


def _collection_row(collection: Collection) -> tuple[str, ...]:
    size = say("fonts.megabytes", size=collection.download)
    return (
        collection.name,
        collection.title,
        " ".join(collection.roles),
        size if collection.download else say("fonts.none"),
        say(f"fonts.{_state(collection)}", name=collection.name),
    )


def _state(collection: Collection) -> str:
    if collection.origin is Origin.KEBEN:
        return "included"
    return "installed" if shelf.is_at_hand(collection) else "available"


def family_json(family: Family, design: Design) -> dict[str, Any]:
    """Return ``family`` as ``design`` has it, for programs."""
    faces = [face for face in design.faces if face.family == family.name]
    return {
        "role": family.role,
        "family": family.name,
        "named_by_theme": family.name in families(design.paged),
        "stand_in": "" if faces else family.stand_in or "",
        "faces": list(map(face_json, faces)),
    }


def face_json(face: Face) -> dict[str, Any]:
    """Return ``face`` for programs."""
    owner = shelf.owner(face)
    return {
        "name": face.name,
        "postscript": face.postscript,
        "weight": face.weight,
        "slope": face.slope.value,
        "licence": face.licence,
        "collection": owner.name if owner else "",
        "version": owner.version if owner else "",
        "path": str(face.path),
    }


def _collection_json(collection: Collection) -> dict[str, Any]:
    return {
        "name": collection.name,
        "title": collection.title,
        "roles": collection.roles,
        "region": collection.region,
        "licence": collection.licence,
        "origin": collection.origin.value,
        "package": collection.package,
        "version": collection.version,
        "download": collection.download,
        "state": _state(collection),
    }


# What is installed -----------------------------------------------------------------


def _wanted(names: Iterable[str]) -> tuple[Collection, ...]:
    offered = [c for c in catalogue.collections() if c.origin is not Origin.KEBEN]
    if not names:
        return tuple(c for c in offered if c.usual)
    if "all" in names:
        return tuple(offered)
    found: dict[Collection, None] = {}
    for name in names:
        chosen = [c for c in catalogue.named(name) if c in offered]
        if not chosen:
            choices = ", ".join(["all", *(c.name for c in offered)])
            raise Misuse("font.unknown", name=name, choices=choices)
        found |= dict.fromkeys(chosen)
    return tuple(found)


def _bring(collection: Collection, options: argparse.Namespace) -> Failure | None:
    """Install one collection, and tell of it; return why it failed, if it did."""
    values: dict[str, object] = {"title": collection.title}
    if shelf.is_at_hand(collection) and not options.again:
        _tell(options, "fonts.present", values)
        return None
    size, command = collection.download, clients.command(collection)
    _tell(options, "fonts.bringing", values | {"command": command, "size": size})
    try:
        with console.progress(collection.title):
            folder = installation.install(collection)
    except Failure as failure:
        if not options.json:
            console.failure(failure)
        return failure
    _tell(options, "fonts.brought", values | {"folder": folder})
    return None


def _tell(options: argparse.Namespace, key: str, values: dict[str, object]) -> None:
    if not options.json:
        console.line(say(key, **values))
