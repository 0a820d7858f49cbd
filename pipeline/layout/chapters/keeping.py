"""Pieces that were set before: by what they are known, and how they are written down.

They are kept as JSON: what somebody else put in their place is read as values, and
nothing of it is ever carried out.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any, TypeVar

from pipeline import __version__
from pipeline.diagnostics import Code, Diagnostic
from pipeline.layout import Copy
from pipeline.layout.chapters.page import (
    Bookmark,
    Kind,
    Link,
    Margins,
    SetElement,
    SetMargins,
    SetPage,
    SetPiece,
    UsedFont,
)
from pipeline.layout.native import versions
from pipeline.render.pages import PageStart

_Made = TypeVar("_Made")

# What decides on how a piece is set, beside what this file knows of.
_CODE = ("layout", "typeset", "fonts")
_LIBRARIES = ("weasyprint", "pydyf", "pyphen", "cssselect2", "tinycss2", "pillow")


class Keys:
    """Tells by what the pieces of one book are known."""

    def __init__(self, copy: Copy) -> None:
        self._pictures = {
            asset.name: hashlib.sha256(asset.data).hexdigest() for asset in copy.assets
        }
        said = hashlib.sha256()
        for part in (*_foundation(), *_design(copy)):
            said.update(part.encode() + b"\0")
        self._design = said.hexdigest()

    def key(self, xhtml: str) -> str:
        """Return the hash of all that a piece is set from."""
        shown = [
            f"{name} {digest}"
            for name, digest in self._pictures.items()
            if name in xhtml
        ]
        parts = "\0".join((self._design, xhtml, *shown))
        return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()


def _design(copy: Copy) -> Iterator[str]:
    for sheet in copy.styles:
        yield sheet.css
    for face in copy.faces:
        digest = face.sha256 or hashlib.sha256(face.path.read_bytes()).hexdigest()
        yield f"{face.family} {face.weight} {face.slope} {face.ranges} {digest}"
    yield repr(copy.lines)
    yield f"{copy.writing} {copy.inks is not None}"


@cache
def _foundation() -> tuple[str, ...]:
    """Return the versions of all that sets pieces, and the hash of our own code."""
    code = hashlib.sha256()
    for room in _CODE:
        for path in sorted(_sources(files("pipeline") / room), key=str):
            code.update(path.read_bytes())
    libraries = {**versions(), **{name: version(name) for name in _LIBRARIES}}
    return (__version__, sys.version, str(sorted(libraries.items())), code.hexdigest())


def _sources(folder: Any) -> Iterator[Any]:  # noqa: ANN401 - a Traversable
    for path in folder.iterdir():
        if path.is_dir():
            yield from _sources(path)
        elif path.name.endswith((".py", ".toml")):
            yield path


# Writing down --------------------------------------------------------------------


def written(made: SetPiece | SetMargins) -> bytes:
    """Return what was made as it is kept."""
    return json.dumps(_plain(made), separators=(",", ":")).encode()


def piece(data: bytes | None) -> SetPiece | None:
    """Return a piece that was kept; None where it is none."""
    return _read(data, _piece)


def margins(data: bytes | None) -> SetMargins | None:
    """Return margins that were kept; None where it is none."""
    return _read(data, _margins)


def _read(data: bytes | None, make: Callable[..., _Made]) -> _Made | None:
    try:
        return make(*_value(json.loads(data))) if data else None
    except (KeyError, TypeError, ValueError):
        return None


def _plain(thing: Any) -> Any:  # noqa: ANN401
    match thing:
        case bytes():
            return {"": thing.decode("latin-1")}
        case tuple():
            return [_plain(one) for one in thing]
        case Diagnostic(code=code, values=values):
            return [code.name, {name: str(value) for name, value in values.items()}]
        case None | bool() | int() | float() | str():
            return thing
        case _:
            return [_plain(getattr(thing, field.name)) for field in fields(thing)]


def _value(thing: Any) -> Any:  # noqa: ANN401
    match thing:
        case {"": str(text)}:
            return text.encode("latin-1")
        case list():
            return tuple(map(_value, thing))
        case _:
            return thing


def _piece(*parts: Any) -> SetPiece:  # noqa: ANN401
    pages, elements, fonts, last, remarks = parts
    if not pages or not elements:
        raise ValueError("no piece is without pages")
    return SetPiece(
        tuple(_page(*page) for page in pages),
        tuple(SetElement(*element) for element in elements),
        tuple(UsedFont(*font) for font in fonts),
        last,
        tuple(_remark(*remark) for remark in remarks),
    )


def _margins(pages: Any, fonts: Any) -> SetMargins:  # noqa: ANN401
    return SetMargins(
        tuple(Margins(*page) for page in pages),
        tuple(UsedFont(*font) for font in fonts),
    )


def _page(kind: Any, *rest: Any) -> SetPage:  # noqa: ANN401
    area, content, resources, anchors, links, bookmarks, strings, marks, start = rest
    return SetPage(
        Kind(*kind),
        area,
        content,
        resources,
        anchors,
        tuple(Link(*link) for link in links),
        tuple(Bookmark(*mark) for mark in bookmarks),
        strings,
        marks,
        PageStart(*start) if start else None,
    )


def _remark(code: str, values: Mapping[str, str]) -> Diagnostic:
    return Diagnostic(Code[code], values=values)
