"""The type case: faces and style sheets, laid ready once for all books of a process.

To read a style sheet takes longer than to set a short book by it, and WeasyPrint
copies every face that it is told of.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from pipeline import scratch
from pipeline.fonts import opentype
from pipeline.fonts.families import MARK_RANGES, WESTERN_MARKS
from pipeline.layout.substitution import configuration
from pipeline.writer import Face

# Two regions, each with and without the faces for rare characters.
_CASES = 4
# A dozen a theme and size.
_SHEETS = 64


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet as WeasyPrint reads it, and the counter styles that it makes."""

    css: weasyprint.CSS
    counters: CounterStyle


@lru_cache(_CASES)
def fonts(faces: tuple[Face, ...]) -> FontConfiguration:
    """Return what finds ``faces`` by their families, and knows no others."""
    fetcher = _Faces(faces)
    with scratch.lasting(), _only(faces):
        found = FontConfiguration()
        for face in faces:
            weasyprint.CSS(
                string=_font_face(face), font_config=found, url_fetcher=fetcher
            )
    return found


@lru_cache(_SHEETS)
def sheet(css: str) -> Sheet:
    """Return a style sheet, read."""
    counters = CounterStyle()
    return Sheet(weasyprint.CSS(string=css, counter_style=counters), counters)


def counters(sheets: Iterable[Sheet]) -> CounterStyle:
    """Return the counter styles of all ``sheets``."""
    found = CounterStyle()
    for each in sheets:
        found.update(each.counters)
    return found


class _Faces(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves the faces of a case, and no more."""

    def __init__(self, faces: Iterable[Face]) -> None:
        super().__init__()
        self._paths = {_file_url(face): face.path for face in faces}

    def fetch(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,  # noqa: ARG002 - as it is called
    ) -> URLFetcherResponse:
        return URLFetcherResponse(url, self._paths[url].read_bytes())


@contextmanager
def _only(faces: Iterable[Face]) -> Iterator[None]:
    """Hide the fonts of the system: whatever a book shows comes from its design."""
    before = os.environ.get("FONTCONFIG_FILE")
    with scratch.folder() as folder:
        path = folder / "fonts.conf"
        path.write_text(configuration(faces), encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(path)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


def _font_face(face: Face) -> str:
    rule = _face_rule(face, face.family, face.ranges)
    if face.family in WESTERN_MARKS:
        rule += _face_rule(face, WESTERN_MARKS[face.family], MARK_RANGES)
    return rule


def _face_rule(face: Face, name: str, ranges: tuple[tuple[int, int], ...]) -> str:
    listed = ", ".join(f"U+{first:X}-{last:X}" for first, last in _held(face, ranges))
    return (
        f'@font-face {{ font-family: "{name}"; src: url("{_file_url(face)}"); '
        f"font-weight: {face.weight}; font-style: {face.slope.value}; "
        f"{f'unicode-range: {listed}' if listed else ''} }}"
    )


def _held(face: Face, ranges: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    """Yield what a face has of ``ranges``: Fontconfig believes what it is told."""
    has = opentype.characters(face.path.read_bytes()) if ranges else frozenset[int]()
    for first, last in ranges:
        held = sorted(code for code in has if first <= code <= last)
        for _key, run in groupby(enumerate(held), lambda pair: pair[1] - pair[0]):
            codes = [code for _at, code in run]
            yield codes[0], codes[-1]


def _file_url(face: Face) -> str:
    return face.path.resolve().as_uri()
