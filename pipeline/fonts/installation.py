"""Install collections into the cache of the user, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline import scratch
from pipeline.failures import Missing
from pipeline.fonts import clients, opentype, shelf
from pipeline.fonts.catalogue import Collection, Item

_UNFINISHED = ".new-"


class InstallationFailed(Missing):
    """A file is not the one that was tested, or the cache can't be written."""


def install(collection: Collection) -> Path:
    """Bring ``collection``, in place of an earlier copy, and return its folder.

    Every file is verified first, and all appear at once: an interruption leaves
    what was there before. Raises ClientMissing, ClientFailed and
    InstallationFailed.
    """
    try:
        with _unfinished() as folder:
            return _installed(collection, folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InstallationFailed(
            "font.unwritable", folder=shelf.home(), reason=reason
        ) from error


def _installed(collection: Collection, unfinished: Path) -> Path:
    download, fonts = unfinished / "download", unfinished / "fonts"
    download.mkdir()
    fonts.mkdir()
    files = clients.fetch(collection, download)
    sums = {
        shelf.stored_name(item): _store(item, files[item.file], fonts)
        for item in collection.items
    }
    lines = (f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    (fonts / shelf.SUMS).write_text("".join(lines), encoding="ascii", newline="\n")
    return _moved(fonts, shelf.folder(collection))


def _store(item: Item, data: bytes, folder: Path) -> str:
    """Write a verified font file, and return the SHA-256 of what was written."""
    if hashlib.sha256(data).hexdigest() != item.sha256:
        raise InstallationFailed("font.mismatch", name=item.file)
    if opentype.is_webfont(data):
        data = opentype.unpacked(data)
    (folder / shelf.stored_name(item)).write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def _moved(whole: Path, place: Path) -> Path:
    """Put a folder in its place at once, or its files in place of those there.

    Each is the file that was tested, and so was the one before if it was sound:
    whoever is stopped on the way leaves a folder of sound files.
    """
    if not place.exists():
        whole.replace(place)
        return place
    for file in sorted(whole.iterdir(), key=lambda file: file.name == shelf.SUMS):
        file.replace(place / file.name)
    return place


@contextmanager
def _unfinished() -> Iterator[Path]:
    home = shelf.home()
    home.mkdir(parents=True, exist_ok=True)
    scratch.clear(home, _UNFINISHED)
    folder = Path(tempfile.mkdtemp(prefix=f"{_UNFINISHED}{os.getpid()}-", dir=home))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
