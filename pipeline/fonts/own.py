"""A person's own fonts, by path: what can be used, and why not the rest."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from pipeline import limits, scratch
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.fonts import opentype, shelf
from pipeline.fonts.catalogue import collections
from pipeline.fonts.choice import Wishes
from pipeline.fonts.families import FAMILIES, LATIN, LATIN_RANGES, LATIN_SANS
from pipeline.fonts.opentype import Description, Unusable
from pipeline.source import Span
from pipeline.writer import Face, Slope

_UNFINISHED = ".new"
_MEMBER = re.compile(r"(.+\.(?:ttc|otc))#(\d+)", re.IGNORECASE)
_BY_ROLE = {family.role: name for name, family in FAMILIES.items()}


def wishes(
    said: Mapping[str, Mapping[str, str]],
    folder: Path,
    places: Mapping[str, Span],
    report: Report,
) -> Wishes:
    """Return what ``[fonts]`` says: ``said`` is, by role and weight, a file or a name.

    A weight is such as ``700`` or ``700-italic``, or empty for the one that
    text has. Files are within ``folder``, or named by a whole path. What can't be
    used is reported as an error at its place, which ``places`` tells by
    ``fonts.ROLE``.
    """
    pinned: dict[str, str] = {}
    own: dict[str, tuple[Face, ...]] = {}
    for role, files in said.items():
        family = _BY_ROLE[role]
        place = places.get(f"fonts.{role}")
        try:
            if name := _collection(files.get("", ""), role):
                pinned[family] = name
            else:
                own[family] = tuple(
                    _face(family, folder, file, weight)
                    for weight, file in sorted(files.items())
                )
        except _RefusedError as refused:
            report(Diagnostic(refused.code, place, refused.values))
    return Wishes(pinned=pinned, own=own)


class _RefusedError(Exception):
    """A font can't be used, for the reason that ``code`` tells."""

    def __init__(self, code: Code, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def _collection(name: str, role: str) -> str:
    """Return ``name`` if it is that of a collection for ``role``, else nothing."""
    known = next((c for c in collections() if c.name == name), None)
    if known and role not in known.roles:
        raise _RefusedError(Code.UNSUITED_COLLECTION, name=name, role=role)
    return name if known else ""


def _face(family: str, folder: Path, file: str, weight: str) -> Face:
    member = _MEMBER.fullmatch(file)
    path = _path(folder, member[1] if member else file)
    try:
        data = _content(path)
        plain = _plain(data, file, int(member[2]) if member else 0)
        found = _usable(plain, file)
    except OSError as error:
        raise _RefusedError(Code.MISSING_FONT, name=file) from error
    except Unusable as error:
        raise _RefusedError(Code.BROKEN_FONT, name=file) from error
    number, _dash, slope = weight.partition("-")
    return Face(
        family,
        path if plain is data else _kept(plain, path),
        found.postscript or path.stem,
        "OFL-1.1" if "Open Font License" in found.licence else "",
        found.name or path.stem,
        int(number or 400),
        Slope(slope or Slope.UPRIGHT.value),
        LATIN_RANGES if family in (LATIN, LATIN_SANS) else (),
    )


def _path(folder: Path, file: str) -> Path:
    """Return where a file is: in the folder of the book, or where a whole path says.

    What is named from the folder and leads out of it, be it by a link, was written
    by somebody who knows nothing of this machine.
    """
    path = folder / file
    is_inside = path.resolve().is_relative_to(folder.resolve())
    if not (is_inside or Path(file).is_absolute()):
        raise _RefusedError(Code.FONT_OUTSIDE, name=file)
    return path


def _content(path: Path) -> bytes:
    """Return the bytes of a file, but not of a device, which may have no end."""
    if not path.is_file() or path.stat().st_size > limits.FILE_BYTES:
        raise FileNotFoundError(path)
    return path.read_bytes()


def _plain(data: bytes, file: str, number: int) -> bytes:
    """Return one font, out of what it may be packed in. Raises Unusable."""
    if opentype.is_webfont(data):
        return opentype.unpacked(data)
    if not opentype.is_collection(data):
        return data
    fonts = opentype.members(data)
    if 1 <= number <= len(fonts):
        return fonts[number - 1]
    names = (opentype.describe(font).name for font in fonts)
    listed = ", ".join(f"#{at} {name}" for at, name in enumerate(names, start=1))
    raise _RefusedError(Code.FONT_COLLECTION, name=file, fonts=listed)


def _usable(data: bytes, file: str) -> Description:
    """Return what a font says about itself. Raises Unusable."""
    found = opentype.describe(data)
    if not found.has_outlines or not opentype.characters(data):
        raise Unusable(file)
    if found.is_variable:
        raise _RefusedError(Code.VARIABLE_FONT, name=file)
    if found.forbids_subsets:
        raise _RefusedError(Code.RESTRICTED_FONT, name=file)
    return found


def _kept(data: bytes, path: Path) -> Path:
    """Keep a font that was packed in another file, under the digest of its bytes."""
    name = f"{path.stem}-{hashlib.sha256(data).hexdigest()[:16]}.ttf"
    kept = shelf.home() / "unpacked" / name
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        # Another build may be writing the same one.
        scratch.clear(kept.parent, f"{kept.stem}.", _UNFINISHED)
        unfinished = kept.with_suffix(f".{os.getpid()}{_UNFINISHED}")
        try:
            unfinished.write_bytes(data)
            unfinished.replace(kept)
        finally:
            unfinished.unlink(missing_ok=True)
    return kept
