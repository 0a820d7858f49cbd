"""What pictures tell those who can't see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.diagnostics import Code, Diagnostic, Report, line_numbers
from pipeline.model import Figure, Image, Manuscript, Node, plain, rewrite, walk


def complete(manuscript: Manuscript, report: Report) -> Manuscript:
    """Return ``manuscript`` with captions as descriptions, where there is no other.

    The pictures that nothing describes are reported together: WCAG 2.2, 1.1.1.
    """
    described = replace(
        manuscript, blocks=tuple(rewrite(b, _described) for b in manuscript.blocks)
    )
    silent = list(_silent(described))
    if silent:
        values = {
            "count": len(silent),
            "lines": line_numbers(image.span for image in silent),
        }
        report(Diagnostic(Code.UNDESCRIBED_PICTURE, silent[0].span, values))
    return described


def _described(node: Node) -> Node:
    match node:
        case Figure(image=Image(alt="") as image, caption=caption):
            said = " ".join(plain(caption).split())
            return replace(node, image=replace(image, alt=said)) if said else node
        case _:
            return node


def _silent(manuscript: Manuscript) -> Iterator[Image]:
    nodes = (node for block in manuscript.blocks for node in walk(block))
    return (node for node in nodes if isinstance(node, Image) and not node.alt)
