"""The fonts that an EPUB brings where a person wants it: no more than it shows.

One family of two faces: the text in Song, and Hei where text is bold, which is
how Chinese books stress. Nothing is obfuscated: some reading systems refuse any
publication with an encryption.xml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from pipeline.fonts.families import HEI, SONG
from pipeline.fonts.subset import Subset, subset
from pipeline.writer import Face, Stylesheet

# Apple Books shows fonts of the publication only where this says so.
DISPLAY_OPTIONS = """<?xml version="1.0" encoding="utf-8"?>
<display_options>
<platform name="*"><option name="specified-fonts">true</option></platform>
</display_options>
"""

_FAMILY = "Keben"
_TAG = re.compile(r"<[^>]*>")
# What style sheets and reading systems set in bold.
_BOLD = re.compile(
    r"<(?P<element>h[1-6]|b|dt|em|strong|th)\b[^>]*>.*?</(?P=element)>"
    r"|<(?P<block>p|span)\s+class=\"(?:admonition-title|cover-title|keyword|stop)\""
    r"[^>]*>.*?</(?P=block)>",
    re.DOTALL,
)
# Readers number lists and pages, and put signs of their own between words.
_ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("…—“”‘’、。，")


@dataclass(frozen=True, slots=True)
class Embedded:
    """A font file of a publication, under its path there."""

    path: str
    font: Subset
    weight: str


def embedded(faces: Iterable[Face], documents: Sequence[str]) -> Iterator[Embedded]:
    """Yield the fonts for ``documents``, which are XHTML."""
    regular = {face.family: face for face in reversed(tuple(faces)) if not face.ranges}
    bold = "".join(m[0] for text in documents for m in _BOLD.finditer(text))
    for family, weight, texts in ((SONG, "normal", documents), (HEI, "bold", (bold,))):
        if face := regular.get(family):
            made = subset(face.path, sorted(_characters(texts)))
            yield Embedded(f"fonts/{weight}{made.suffix}", made, weight)


def style(fonts: Iterable[Embedded]) -> Stylesheet:
    """Return the rules that set a book in ``fonts``."""
    rules = [
        f'@font-face {{ font-family: "{_FAMILY}"; font-weight: {font.weight}; '
        f'font-style: normal; src: url("../{font.path}"); }}'
        for font in fonts
    ]
    body = f'body {{ font-family: "{_FAMILY}", serif; }}'
    return Stylesheet("css/fonts.css", "\n".join((*rules, body, "")))


def _characters(texts: Iterable[str]) -> frozenset[str]:
    said = (unescape(_TAG.sub("", text)) for text in texts)
    return _ALWAYS.union(*said) - frozenset("\n\r\t")
