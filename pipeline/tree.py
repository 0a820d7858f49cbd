"""Trees of elements: HTML as browsers mend it, XML as it stands.

Nothing is ever fetched, no external entity is read, and the entities that a
document declares itself are left as they are written: ``&name;``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import is_
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from lxml import etree

from pipeline import limits

# The namespaces of XHTML, EPUB and Office Open XML (ECMA-376 transitional, and
# strict below), with the prefixes that their specifications use.
_PREFIXES = {
    "http://www.w3.org/1999/xhtml": "",
    "http://www.w3.org/2000/svg": "",
    "http://www.w3.org/1998/Math/MathML": "",
    "http://www.w3.org/XML/1998/namespace": "xml:",
    "http://www.w3.org/1999/xlink": "xlink:",
    "http://www.idpf.org/2007/ops": "epub:",
    "http://www.idpf.org/2007/opf": "opf:",
    "http://www.daisy.org/z3986/2005/ncx/": "ncx:",
    "urn:oasis:names:tc:opendocument:xmlns:container": "ocf:",
    "http://www.w3.org/2001/04/xmlenc#": "enc:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://schemas.openxmlformats.org/package/2006/relationships": "pr:",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a:",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "urn:schemas-microsoft-com:vml": "v:",
    "urn:schemas-microsoft-com:office:office": "o:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://purl.oclc.org/ooxml/drawingml/main": "a:",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
}

# The parser stops where the first of them stands; browsers read on.
_END_OF_PAGE = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element with its content in order. Each is equal to itself only.

    ``name`` and the names of ``attributes`` carry the usual prefix of their
    namespace, such as ``w:p``; those of XHTML, SVG and MathML have none.
    ``line`` is the 1-based line of the start tag.
    """

    name: str
    attributes: Mapping[str, str]
    children: tuple[Element | str, ...]
    line: int

    def get(self, name: str) -> str:
        """Return the value of an attribute, empty where there is none."""
        return self.attributes.get(name, "")

    @property
    def elements(self) -> tuple[Element, ...]:
        """Return the elements directly below."""
        return tuple(child for child in self.children if isinstance(child, Element))

    @property
    def words(self) -> frozenset[str]:
        """Return the words of the class, epub:type and role attributes."""
        names = ("class", "epub:type", "role")
        return frozenset(word for name in names for word in self.get(name).split())


@dataclass(frozen=True, slots=True)
class Malformed:
    """Why there is no tree: the parser's own words, and the 1-based line."""

    problem: str
    line: int


Child: TypeAlias = Element | str


def parse_html(text: str) -> Element | Malformed:
    """Return the ``html`` element of a page, mended as browsers do."""
    from lxml import etree  # heavy, and a plain text needs none

    # Huge trees are let in: HTML has no entities to blow up, and a page that
    # embeds its pictures has attributes beyond the usual limit of 10 MB.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    mended = _ILLEGAL.sub("\ufffd", _END_OF_PAGE.sub("", text))
    data = mended.encode("utf-8", "replace")
    root = etree.fromstring(data, parser) if text.strip() else None
    for error in parser.error_log:
        if error.type_name == "ERR_RESOURCE_LIMIT":
            return Malformed(error.message.strip(), error.line)
    if root is None:
        return Element("html", {}, (), 1)
    return _element(root, 0)


def parse_xml(data: bytes) -> Element | Malformed:
    """Return the root of an XML document, if it is well-formed."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return _element(etree.fromstring(data, parser), 0)
    except etree.XMLSyntaxError as error:
        return Malformed(str(error.msg), error.lineno or 1)


def descendants(root: Element) -> Iterator[Element]:
    """Yield ``root`` and all elements below it, in document order."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [c for c in reversed(element.children) if not isinstance(c, str)]


def find(root: Element, *names: str) -> Element | None:
    """Return the first element in document order that has one of ``names``."""
    return next((e for e in descendants(root) if e.name in names), None)


def text(nodes: Element | Iterable[Child]) -> str:
    """Return all characters of ``nodes``, as they stand."""
    children = nodes.children if isinstance(nodes, Element) else nodes
    return "".join(
        child if isinstance(child, str) else text(child) for child in children
    )


def rebuild(
    root: Element, change: Callable[[Element], Iterable[Child]]
) -> tuple[Child, ...]:
    """Return what ``change`` makes of ``root``, from the innermost elements out.

    ``change`` gets each element with its new children, and returns what stands
    in its place: the element itself, something else, or nothing.
    """
    children: list[Child] = []
    for child in root.children:
        children += (child,) if isinstance(child, str) else rebuild(child, change)
    return tuple(change(with_children(root, children)))


def with_children(element: Element, children: Iterable[Child]) -> Element:
    """Return ``element`` with other content, or itself where it has no other."""
    content: tuple[Child, ...] = tuple(child for child in children if child)
    same = len(content) == len(element.children)
    if same and all(map(is_, content, element.children)):
        return element
    return Element(element.name, element.attributes, content, element.line)


def _element(node: etree._Element, depth: int) -> Element:
    attributes = {_name(str(key)): str(value) for key, value in node.attrib.items()}
    children = _deep(node) if depth == limits.TREE_DEPTH else _children(node, depth)
    line = node.sourceline
    number = line if isinstance(line, int) else 1
    return Element(_name(node.tag), attributes, tuple(filter(None, children)), number)


def _deep(node: etree._Element) -> list[Child]:
    return [str(piece) for piece in node.itertext()]


def _children(node: etree._Element, depth: int) -> list[Child]:
    children: list[Child] = [node.text or ""]
    for below in node:
        if not isinstance(below.tag, str):  # an entity, which nobody resolves
            children.append(html.unescape(below.text or ""))
        else:
            children.append(_element(below, depth + 1))
        children.append(below.tail or "")
    return children


@lru_cache(maxsize=1024)
def _name(name: str) -> str:
    if not name.startswith("{"):
        return name
    namespace, _, local = name[1:].partition("}")
    prefix = _PREFIXES.get(namespace)
    return name if prefix is None else prefix + local
