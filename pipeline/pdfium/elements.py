"""The structure of a page: its elements, and the marked contents that they name."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

from pypdfium2 import raw

from pipeline import limits
from pipeline.pdfium.handles import Handle, address, asking, plain
from pipeline.pdfium.model import Element

DESCRIBED = frozenset({"Figure", "Formula"})
"""The types of elements that a description stands for."""

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_children = plain(raw.FPDF_StructElement_CountChildren, _INT, _POINTER)
_child_of = plain(raw.FPDF_StructElement_GetChildAtIndex, _POINTER, _POINTER, _INT)
_mark_of = plain(raw.FPDF_StructElement_GetChildMarkedContentID, _INT, _POINTER, _INT)
_type_of = asking(raw.FPDF_StructElement_GetType, _POINTER)
_alternate_of = asking(raw.FPDF_StructElement_GetAltText, _POINTER)


def leaves(page: Handle) -> Iterator[tuple[int, Element]]:
    """Yield the number of each marked content, with its element, as it is read."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if tree:
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            top = raw.FPDF_StructTree_GetChildAtIndex(tree, index)
            yield from _below(address(top), None, 0)
        raw.FPDF_StructTree_Close(tree)


def _below(
    handle: int, parent: Element | None, depth: int
) -> Iterator[tuple[int, Element]]:
    if not handle or depth > limits.PDF_DEPTH:
        return
    # A child of another page is none here, and has no number.
    count = _children(handle)
    children: list[tuple[int, int, int]] = []
    for index in range(count):
        if child := _child_of(handle, index):
            children.append((index, child, -1))
        elif (mark := _mark_of(handle, index)) >= 0:
            children.append((index, 0, mark))
    if not children:
        return
    kind = _type_of(handle)
    element = Element(
        kind,
        parent,
        children[0][0] == 0,
        children[-1][0] == count - 1,
        _alternate_of(handle) if kind in DESCRIBED else "",
    )
    for _index, child, mark in children:
        if child:
            yield from _below(child, element, depth + 1)
        else:
            yield mark, element
