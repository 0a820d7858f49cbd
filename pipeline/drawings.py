"""Drawings (SVG) from unknown hands: whether one does nothing but draw.

What passes is shown by reading systems that run scripts and have a network, so
the list is of what is allowed: the elements of SVG that draw, and references to
the drawing itself and to pictures that it carries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from pipeline import limits
from pipeline.tree import Element, Malformed, descendants, parse_xml, text

# https://www.w3.org/TR/SVG2/eltindex.html, but for what runs, embeds and plays.
_DRAWS = frozenset(
    {
        *(
            "a",
            "circle",
            "clipPath",
            "defs",
            "desc",
            "ellipse",
            "feBlend",
            "feColorMatrix",
        ),
        *(
            "feComponentTransfer",
            "feComposite",
            "feConvolveMatrix",
            "feDiffuseLighting",
        ),
        *("feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA"),
        *("feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feImage", "feMerge"),
        *(
            "feMergeNode",
            "feMorphology",
            "feOffset",
            "fePointLight",
            "feSpecularLighting",
        ),
        *("feSpotLight", "feTile", "feTurbulence", "filter", "g", "image", "line"),
        *("linearGradient", "marker", "mask", "metadata", "mpath", "path", "pattern"),
        *(
            "polygon",
            "polyline",
            "radialGradient",
            "rect",
            "stop",
            "style",
            "svg",
            "switch",
        ),
        *("symbol", "text", "textPath", "title", "tref", "tspan", "use", "view"),
        # SVG 1.1 has fonts and colour profiles in it.
        *("altGlyph", "cursor", "font", "font-face", "glyph", "hkern", "missing-glyph"),
        *("vkern", "font-face-name", "font-face-src"),
    }
)
_LINKS = re.compile(r"#|https?:|mailto:|$", re.IGNORECASE)
# What a drawing may refer to: itself, and pictures that it carries.
_INSIDE = re.compile(r"#|data:image/(?:png|jpe?g|gif|webp)[;,]|$", re.IGNORECASE)
_URL = re.compile(r"url\(\s*[\"']?([^)\"']*)", re.IGNORECASE)
_FETCHES = re.compile(r"@import|image-set\(|src\(", re.IGNORECASE)
# CSS Syntax 3, 4.3.7: an escape may spell any of the others.
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})[ \t\n]?|(.))", re.IGNORECASE | re.DOTALL)
# Declarations can add what the elements do not show.
_DECLARED = re.compile(rb"<\?xml-stylesheet|<!(?:ENTITY|ATTLIST|ELEMENT|NOTATION)")
# In these a tag is written as in ASCII, so that what is searched for is found.
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)")
_LIKE_ASCII = re.compile(
    rb"utf-?8|us-ascii|ascii|iso-8859-\d+|windows-125\d|gb2312|gbk|gb18030",
    re.IGNORECASE,
)
_REFERENCES = ("href", "xlink:href")
_LAST = 0x10FFFF


class Fault(Enum):
    """Why a drawing is refused."""

    ACTIVE = "it is damaged, or does more than draw"
    ENDLESS = "it draws more elements than any picture needs"


def fault(drawing: bytes) -> Fault | None:
    """Return what is wrong with a drawing, None where it does nothing but draw."""
    encoding = _ENCODING.match(drawing.lstrip(b"\xef\xbb\xbf \t\r\n"))
    if encoding and not _LIKE_ASCII.fullmatch(encoding[1]):
        return Fault.ACTIVE
    if _DECLARED.search(drawing):
        return Fault.ACTIVE
    match parse_xml(drawing):
        case Element(name="svg") as root:
            if _is_deep(root) or not all(map(_is_inert, descendants(root))):
                return Fault.ACTIVE
            return _Work(root).fault()
        case Element() | Malformed():
            return Fault.ACTIVE


def _is_deep(root: Element) -> bool:
    """Tell whether there may be elements that the tree does not show."""
    level = [root]
    for _ in range(limits.TREE_DEPTH):
        level = [below for element in level for below in element.elements]
    return bool(level)


def _is_inert(element: Element) -> bool:
    # What is in a namespace of its own, as drawing programs write it, never shows.
    if element.name.startswith("{"):
        return True
    names = element.attributes
    if element.name not in _DRAWS or "xml:base" in names:
        return False
    if any(name.lower().startswith("on") for name in names):
        return False
    allowed = _LINKS if element.name == "a" else _INSIDE
    hrefs = (element.get(name).strip() for name in _REFERENCES)
    return all(map(allowed.match, hrefs)) and all(map(_is_local, _styles(element)))


def _styles(element: Element) -> Iterator[str]:
    """Yield what may be read as CSS: every attribute of SVG can be a property."""
    for name, value in element.attributes.items():
        if not name.startswith("{"):
            yield value
    if element.name == "style":
        yield text(element)


def _is_local(style: str) -> bool:
    plain = _ESCAPE.sub(_spelt, style)
    return not _FETCHES.search(plain) and all(map(_INSIDE.match, _urls(plain)))


def _spelt(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else 0
    return (chr(code) if 0 < code <= _LAST else "\ufffd") if escape[1] else escape[2]


def _urls(style: str) -> Iterator[str]:
    yield from (found[1].strip() for found in _URL.finditer(style))


class _Work:
    """How many elements are drawn, those that others refer to each time."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._named = {e.get("id"): e for e in descendants(root) if e.get("id")}
        self._known: dict[Element, int] = {}
        sheets = (text(e) for e in descendants(root) if e.name == "style")
        # A rule of a style sheet may give every element the same reference.
        self._everywhere = 0
        everywhere = set(self._referred(_urls(" ".join(sheets))))
        self._everywhere = sum(self._drawn(element, 0) for element in everywhere)
        self._known.clear()

    def fault(self) -> Fault | None:
        """Return what is wrong, if anything."""
        most = limits.DRAWING_ELEMENTS
        return Fault.ENDLESS if self._drawn(self._root, 0) > most else None

    def _drawn(self, element: Element, depth: int) -> int:
        """Return the count of an element: too many, where it goes round in circles."""
        most = limits.DRAWING_ELEMENTS + 1
        if depth > limits.TREE_DEPTH:
            return most
        if element not in self._known:
            parts = (*self._used(element), *element.elements)
            count = 1 + self._everywhere
            count += sum(self._drawn(part, depth + 1) for part in parts)
            self._known[element] = min(count, most)
        return self._known[element]

    def _used(self, element: Element) -> Iterator[Element]:
        hrefs = [element.get(name).strip() for name in _REFERENCES]
        if element.name != "a":
            yield from self._referred(hrefs)
        for name, value in element.attributes.items():
            targets = tuple(self._referred(_urls(value)))
            # A marker stands on every point of a line.
            points = len(element.get("d") + element.get("points")) // 2
            yield from targets * (max(points, 1) if name.startswith("marker") else 1)

    def _referred(self, urls: Iterable[str]) -> Iterator[Element]:
        for url in urls:
            target = self._named.get(url[1:]) if url.startswith("#") else None
            if target is not None:
                yield target
