"""Where links lead: out of the work, or to a place in it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import unquote, urljoin, urlsplit

from pipeline.markup.elements import HEADINGS, SILENT, is_block
from pipeline.tree import Child, Element, descendants, text

Documents: TypeAlias = Mapping[str, Element]
"""Documents that may refer to each other: in reading order, by their paths."""

Target: TypeAlias = tuple[str, str]
"""A document's path, and the id of an element in it, empty for all of it."""

_SCHEMES = frozenset({"http", "https", "mailto", "ftp"})
# What is a block of the model, or begins one; what shows without a text.
_WHOLE = frozenset(
    (*HEADINGS, "p", "table", "figure", "ul", "ol", "dl", "blockquote", "pre", "hr")
)
_SEEN = frozenset({"img", "svg", "math", "hr"})
# RFC 3986, 2.2: what no URL may hold as it is.
_UNSAFE = re.compile(r"[\s<>\"{}|\\^`]")


@dataclass(frozen=True, slots=True)
class Leading:
    """Where each ``a`` leads, and the name that links have for each place.

    Places are headings, and elements that begin a paragraph, a table ...
    """

    targets: Mapping[Element, str]
    anchors: Mapping[Element, str]


class Index:
    """The ids of documents, and what stands around each of their elements."""

    def __init__(self, documents: Documents) -> None:
        self.parents: dict[Element, Element] = {}
        self.places: dict[Element, int] = {}
        self.homes: dict[Element, str] = {}
        self._order: list[Element] = []
        self._ids: dict[Target, Element] = {}
        for path, root in documents.items():
            self._ids[path, ""] = root
            for element in descendants(root):
                self.places[element] = len(self._order)
                self._order.append(element)
                self.homes[element] = path
                self.parents |= dict.fromkeys(element.elements, element)
                for name in (element.get("id"), element.get("name")):
                    self._ids.setdefault((path, name), element)

    def links(self) -> Iterator[Element]:
        """Yield every ``a`` that leads somewhere, in reading order."""
        return (e for e in self.places if e.name == "a" and e.get("href"))

    def led_to(self, link: Element) -> Element | None:
        """Return the element in the documents that ``link`` leads to."""
        path, _, fragment = link.get("href").strip().partition("#")
        home = self.homes[link]
        if path:
            path = posixpath.normpath(
                posixpath.join(posixpath.dirname(home), unquote(path))
            )
        return self._ids.get((path or home, unquote(fragment)))

    def element(self, path: str, name: str) -> Element | None:
        """Return the element of a document that has an id; without one, its root."""
        return self._ids.get((path, name))

    def following(self, element: Element) -> Iterator[Element]:
        """Yield the elements of the same document that begin after ``element``."""
        for later in self._order[self.places[element] + 1 :]:
            if self.homes[later] != self.homes[element]:
                return
            yield later

    def ancestors(self, element: Element) -> Iterator[Element]:
        """Yield ``element`` and what it stands in, from the inside out."""
        current: Element | None = element
        while current is not None:
            yield current
            current = self.parents.get(current)


def resolve(index: Index, base: str = "") -> Leading:
    """Return where all links lead: to the places of the elements that they name.

    ``base`` is the URL to which relative ones belong. What is not a web or mail
    address, such as ``javascript:``, leads nowhere.
    """
    targets: dict[Element, str] = {}
    anchors: dict[Element, str] = {}
    for link in index.links():
        inside = index.led_to(link)
        if inside is None:
            targets[link] = outside(link.get("href").strip(), base)
        elif place := _place(inside, index):
            name = f"{index.homes[place]}#{index.places[place]}"
            anchors[place] = name
            targets[link] = f"#{name}"
    return Leading(targets, anchors)


def _place(element: Element, index: Index) -> Element | None:
    """Return the heading or the block that ``element`` is in, or opens with."""
    if not is_block(element) and not _says_something(element):
        # As in <a id="t"></a><table>: what is named is what comes next.
        around = index.parents.get(element)
        if around is not None and any(map(is_block, around.children)):
            following = index.following(element)
            element = next(filter(is_block, following), element)
    block = next(filter(is_block, index.ancestors(element)), None)
    return _innermost(block) if block is not None else None


def _innermost(block: Element) -> Element:
    """Return what opens ``block``, down to where it is not only held together."""
    while block.name not in _WHOLE:
        first = next(filter(_is_seen, block.children), None)
        if not isinstance(first, Element) or not is_block(first):
            break
        block = first
    return block


def _is_seen(child: Child) -> bool:
    if isinstance(child, str):
        return bool(child.strip())
    return child.name not in SILENT and _says_something(child)


def _says_something(element: Element) -> bool:
    seen = any(below.name in _SEEN for below in descendants(element))
    return seen or bool(text(element).strip())


def opening(element: Element) -> Element | None:
    """Return the heading that is the first thing to be read in ``element``."""
    if element.name in HEADINGS:
        return element
    for child in element.children:
        if isinstance(child, Element):
            if text(child).strip() or child.name == "img":
                return opening(child)
        elif child.strip():
            return None
    return None


def outside(href: str, base: str = "") -> str:
    """Return a web or mail address as a sound URL; empty for anything else."""
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
    except ValueError:  # such as an address with one square bracket
        return ""
    sound = parts.scheme in _SCHEMES and (parts.netloc or parts.scheme == "mailto")
    return _UNSAFE.sub(lambda c: f"%{ord(c[0]):02X}", url) if sound else ""
