"""Documents of HTML, one or many that refer to each other, to blocks."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.markup import links, notes
from pipeline.markup.blocks import blocks
from pipeline.markup.illustrations import Illustrations, images
from pipeline.markup.links import Documents, Index
from pipeline.markup.pruning import dropped
from pipeline.markup.resolved import Resolved
from pipeline.model import Block, Drop


@dataclass(frozen=True, slots=True)
class Converted:
    """The blocks of all documents in order, and what does not reach them."""

    blocks: tuple[Block, ...]
    drops: tuple[Drop, ...]


def convert(
    documents: Documents,
    shown: Illustrations,
    *,
    named: Callable[[str], str] = lambda path: path,
    base: str = "",
) -> Converted:
    """Return ``documents`` as blocks; links and notes may lead across them.

    ``named`` tells what spans call the document at a path; ``base`` is the URL
    to which links that leave the documents are relative.
    """
    index = Index(documents)
    leading = links.resolve(index, base)
    resolved = {
        path: Resolved(
            named(path),
            images(root, shown, named(path), posixpath.dirname(path)),
            leading.targets,
            leading.anchors,
        )
        for path, root in documents.items()
    }
    found = notes.collect(index, resolved)
    converted: list[Block] = []
    for path, root in documents.items():
        known = resolved[path]
        replaced = {**known.replaced, **found.replaced}
        converted += blocks(root, replace(known, replaced=replaced))
    drops = [
        drop
        for heading in found.headings
        for drop in dropped(heading, "note-heading", named(index.homes[heading]))
    ]
    drops += (
        Drop(resolved[index.homes[element]].span(element.line), "note-mark", mark)
        for element, mark in found.marks
        if mark.strip()
    )
    return Converted(tuple(converted), (*drops, *shown.drops))
