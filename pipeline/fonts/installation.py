"""Install collections into the cache of the user, whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.failures import Missing
from pipeline.fonts import clients, opentype, shelf
from pipeline.fonts.catalogue import Collection, Item

_UNFINISHED = ".new-"
# What a run that was killed left behind; a download takes minutes, not hours.
_STALE = 6 * 3600


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
    """Put a folder in its place at once; the one that stood there goes."""
    if place.exists():
        place.replace(whole.parent / "before")
    whole.replace(place)
    return place


@contextmanager
def _unfinished() -> Iterator[Path]:
    home = shelf.home()
    home.mkdir(parents=True, exist_ok=True)
    for left in home.glob(f"{_UNFINISHED}*"):
        if time.time() - left.stat().st_mtime > _STALE:
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=home))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
