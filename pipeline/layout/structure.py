"""The structure tree of a PDF (ISO 32000-1, 14.7), and how it is written.

It knows nothing of layout: ``tagging`` builds it from what stands on the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeAlias

import pydyf

Pdf: TypeAlias = Any
"""A file that pydyf, which has no types, is making."""
Dictionary: TypeAlias = Any

# Structure types that have no name in PDF 1.7, and what stands in for them there.
_ROLES = {"Em": "Span", "Strong": "Span"}
# A row keeps its place and a cell its column, also where nothing is in them.
_KEPT_EMPTY = frozenset({"Table", "TR", "TH", "TD"})


class Mark(pydyf.Object):  # type: ignore[misc]  # pydyf has no types
    """The operator that opens marked content (14.6).

    It says what the content is only once the pages are painted, when the
    structure tree is made.
    """

    data = b"/Artifact BMC"

    def __init__(self) -> None:
        # It is part of a stream, and no object by itself.
        pass

    def name(self, number: int) -> None:
        """Give the content ``number``, under which the structure tree has it."""
        self.data = b"/Span<</MCID %d>>BDC" % number

    def furnish(self, subtype: str) -> None:
        """Call the content a ``Header`` or ``Footer`` of its page (14.8.2.2)."""
        properties = f"<</Type/Pagination/Subtype/{subtype}>>"
        self.data = f"/Artifact{properties}BDC".encode()

    def picture(self, number: int) -> None:
        """Call the content a picture that nothing describes, read before ``number``.

        ISO 14289-1, 7.1, has it as an artifact. The property, of a name of our
        own (ISO 32000-1, annex E), tells it from ornaments and rules.
        """
        self.data = b"/Artifact<</Type/Layout/KEBN_Picture %d>>BDC" % number


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content on a page, both counted from 0."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link's area on a page."""

    page: int
    dictionary: Dictionary


@dataclass(eq=False, slots=True)
class Element:
    """A structure element, such as a ``P``. ``page`` is where it begins.

    ``attributes`` are those of each owner (14.8.5), as they are written.
    """

    type: str
    parent: Element | None
    page: int
    kids: list[Element | Content | Annotation] = field(default_factory=list)
    attributes: Mapping[str, str] = field(default_factory=dict)
    alt: str = ""
    language: str = ""
    identifier: str = ""
    number: int = 0

    def add(self, type_: str, page: int) -> Element:
        """Return a new element at the end of this one."""
        made = Element(type_, self, page)
        self.kids.append(made)
        return made

    def last(self, type_: str) -> Element | None:
        """Return the last kid, where it is an element of that type."""
        last = self.kids[-1] if self.kids else None
        return last if isinstance(last, Element) and last.type == type_ else None


def write(pdf: Pdf, document: Element, marks: list[list[Element]]) -> None:
    """Add the tree below ``document`` to ``pdf``.

    ``marks`` has, for each page, the element of each marked content.
    """
    _prune(document)
    pages = pdf.page_references
    root, parents = pydyf.Dictionary(), pydyf.Dictionary()
    for added in (root, parents):
        pdf.add_object(added)
    elements = list(_elements(document))
    for element in elements:
        element.number = _add(pdf)
    for element in elements:
        above = element.parent.number if element.parent else root.number
        pdf.objects[element.number].data = _element(element, above, pages)
    root |= {
        "Type": "/StructTreeRoot",
        "K": f"{document.number} 0 R",
        "ParentTree": parents.reference,
        "ParentTreeNextKey": _fill(parents, elements, marks),
        "RoleMap": pydyf.Dictionary({new: f"/{old}" for new, old in _ROLES.items()}),
    }
    if named := {e.identifier: e.number for e in elements if e.identifier}:
        names = "".join(f"({name}){named[name]} 0 R " for name in sorted(named))
        root["IDTree"] = f"<</Names[{names}]>>"
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = "<</Marked true>>"


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object whose bytes are known."""

    data = b""


def _add(pdf: Pdf) -> int:
    written = _Written()
    pdf.add_object(written)
    return int(written.number)


def _prune(element: Element) -> bool:
    """Take out elements without content; tell whether this one has some."""
    element.kids = [
        kid for kid in element.kids if not isinstance(kid, Element) or _prune(kid)
    ]
    return bool(element.kids) or element.type in _KEPT_EMPTY


def _elements(element: Element) -> Iterator[Element]:
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _elements(kid)


def _element(element: Element, above: int, pages: tuple[bytes, ...]) -> bytes:
    kids = "".join(_kid(kid, element.page, pages) for kid in element.kids)
    parts = [f"<</S/{element.type}/P {above} 0 R/Pg {pages[element.page].decode()}"]
    if element.attributes:
        lists = "".join(f"<</O/{o}{a}>>" for o, a in element.attributes.items())
        parts.append(f"/A[{lists}]")
    if element.alt:
        parts.append(f"/Alt{_text(element.alt)}")
    if element.language:
        parts.append(f"/Lang({element.language})")
    if element.identifier:
        parts.append(f"/ID({element.identifier})")
    return "".join((*parts, f"/K[{kids}]>>")).encode()


def _kid(
    kid: Element | Content | Annotation, page: int, pages: tuple[bytes, ...]
) -> str:
    match kid:
        case Element():
            return f"{kid.number} 0 R "
        case Content() if kid.page == page:
            return f"{kid.number} "
        case Content():
            where = pages[kid.page].decode()
            return f"<</Type/MCR/Pg {where}/MCID {kid.number}>>"
        case Annotation():
            where = pages[kid.page].decode()
            what = kid.dictionary.reference.decode()
            return f"<</Type/OBJR/Obj {what}/Pg {where}>>"


def _text(value: str) -> str:
    return f"<feff{value.encode('utf-16-be').hex()}>"


def _fill(
    parents: Dictionary, elements: Iterable[Element], marks: list[list[Element]]
) -> int:
    """Fill the parent tree (14.7.4.4); return the first key that is free in it."""
    entries = [
        f"{page}[{''.join(f'{element.number} 0 R ' for element in found)}]"
        for page, found in enumerate(marks)
    ]
    keys = count(len(marks))
    for element in elements:
        for kid in element.kids:
            if isinstance(kid, Annotation):
                kid.dictionary["StructParent"] = key = next(keys)
                entries.append(f"{key} {element.number} 0 R ")
    parents["Nums"] = f"[{''.join(entries)}]"
    return next(keys)
