"""Installations of fonts that are killed on the way."""

from __future__ import annotations

import hashlib
import os
import random
import tarfile
from collections.abc import Callable, Iterator

from pipeline.fonts import catalogue, installation, shelf
from pipeline.fonts.catalogue import Collection, Item, Origin
from trouble.desk import Desk
from trouble.process import KILLED, counted, dies_at, start

_FILES = 3


def interrupted(desk: Desk, chance: random.Random) -> Iterator[str]:
    """Yield what is wrong after an installation that is killed, and after the next."""
    collection = _packed(desk)
    count = desk.home / "count"
    with counted(count) as prepare:
        start(desk, prepare, work=_installing(desk, collection)).end()
    whole, changes = _stored(desk), int(count.read_text("ascii"))
    are_there = chance.random() < 0.5
    if not are_there:
        desk.lay("", {})
        collection = _packed(desk)
    dying = dies_at(chance.randint(1, changes))
    status = start(desk, dying, work=_installing(desk, collection)).end()
    if status not in (KILLED, 0):
        yield f"the installation ends with {status}"
    sound = {path: data for path, data in _stored(desk).items() if path in whole}
    if are_there and sound != whole:
        yield "fonts that were there are not whole"
    if status := start(desk, work=_installing(desk, collection)).end():
        yield f"the next installation ends with {status}"
    if _stored(desk) != whole:
        yield "the next installation brings something else, or leaves something"


def _packed(desk: Desk) -> Collection:
    """Return a collection of one font in several files, and make its client."""
    ours = (c for c in catalogue.collections() if c.origin is Origin.KEBEN)
    paths = [shelf.place(c, item) for c in ours for item in c.items]
    font = min(paths, key=lambda path: path.stat().st_size).read_bytes()
    digest = hashlib.sha256(font).hexdigest()
    (desk.home / "font.ttf").write_bytes(font)
    names = [f"font-{number}.ttf" for number in range(_FILES)]
    with tarfile.open(desk.home / "fonts.tgz", "w:gz", compresslevel=1) as packed:
        for name in names:
            packed.add(desk.home / "font.ttf", f"package/{name}")
    programs = desk.home / "bin"
    programs.mkdir(exist_ok=True)
    npm = programs / "npm"
    npm.write_text(f'#!/bin/sh\ncp "{desk.home}/fonts.tgz" .\n', "utf-8")
    npm.chmod(0o755)
    items = tuple(Item("kai", name, "Test", name, digest, 400) for name in names)
    return Collection("test", "Test", Origin.NPM, "test", "1", "OFL-1.1", items)


def _installing(desk: Desk, collection: Collection) -> Callable[[object], int]:
    def work(_progress: object) -> int:
        os.environ["PATH"] = f"{desk.home / 'bin'}{os.pathsep}{os.environ['PATH']}"
        installation.install(collection)
        return 0

    return work


def _stored(desk: Desk) -> dict[str, bytes]:
    """Return all that lies in the cache."""
    found = (path for path in desk.cache.rglob("*") if path.is_file())
    return {str(path.relative_to(desk.cache)): path.read_bytes() for path in found}
