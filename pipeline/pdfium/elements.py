"""The structure of a page: its elements, and the marked contents that they name."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

from pypdfium2 import raw

from pipeline import limits
from pipeline.pdfium.handles import Handle, string
from pipeline.pdfium.model import Element

DESCRIBED = frozenset({"Figure", "Formula"})
"""The types of elements that a description stands for."""


def leaves(page: Handle) -> Iterator[tuple[int, Element]]:
    """Yield the number of each marked content, with its element, as it is read."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if tree:
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            yield from _below(raw.FPDF_StructTree_GetChildAtIndex(tree, index), None, 0)
        raw.FPDF_StructTree_Close(tree)


def _below(
    handle: Handle, parent: Element | None, depth: int
) -> Iterator[tuple[int, Element]]:
    if not handle or depth > limits.PDF_DEPTH:
        return
    child_of = raw.FPDF_StructElement_GetChildAtIndex
    mark_of = raw.FPDF_StructElement_GetChildMarkedContentID
    # A child of another page is none here, and has no number.
    count = raw.FPDF_StructElement_CountChildren(handle)
    children: list[tuple[int, int | Handle]] = []
    for index in range(count):
        child = child_of(handle, index)
        if child:
            children.append((index, child))
        elif (mark := mark_of(handle, index)) >= 0:
            children.append((index, mark))
    if not children:
        return
    kind = _type(handle)
    element = Element(
        kind,
        parent,
        children[0][0] == 0,
        children[-1][0] == count - 1,
        _alternate(handle) if kind in DESCRIBED else "",
    )
    for _index, child in children:
        if isinstance(child, int):
            yield child, element
        else:
            yield from _below(child, element, depth + 1)


def _type(element: Handle) -> str:
    def read(buffer: Handle, size: int) -> int:
        return int(raw.FPDF_StructElement_GetType(element, buffer, size))

    return string(read, ctypes.c_char)


def _alternate(element: Handle) -> str:
    def read(buffer: Handle, size: int) -> int:
        return int(raw.FPDF_StructElement_GetAltText(element, buffer, size))

    return string(read, ctypes.c_char)
