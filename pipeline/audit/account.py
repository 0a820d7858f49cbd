"""What the editions of a work must say: its sources, as the record changes them.

The record is the reader's: edits, drops, and what stands elsewhere in a book
than in its source (its title, its notes). Nothing of it is believed: a change
of characters that are not there is unfounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.audit.frame import phrases
from pipeline.audit.ledger import Ledger
from pipeline.audit.moves import Moves, letters
from pipeline.audit.statement import Statement
from pipeline.audit.strand import OBJECT, Strand, spun, squeezed
from pipeline.model import (
    Admonition,
    Asset,
    Block,
    Drop,
    Edit,
    Figure,
    Heading,
    Image,
    Item,
    Manuscript,
    Node,
    Note,
    Ruby,
    Text,
    Title,
    plain,
    walk,
)
from pipeline.passes.nesting import DIVIDES_A_BOOK
from pipeline.render.labels import labels

_PICTURES = frozenset({"missing-picture", "picture"})
_TAGS = re.compile("<[^>]*>")


@dataclass(frozen=True, slots=True)
class Account:
    """What must be found: title, body, notes in order of calls, and pictures.

    ``opening`` is the title where it opens the body, as that of a work without
    chapters does; ``around`` is what may stand around the body of a document
    without a title page, or of one that ``is_framed`` by settings. ``loose`` are
    edits that still have to be made, where the record knows only their lines;
    ``unfounded`` are records that the source contradicts.
    """

    title: Strand
    opening: str
    body: Strand
    notes: Strand
    pictures: tuple[bytes, ...]
    around: tuple[str, ...]
    is_framed: bool
    loose: tuple[Edit, ...]
    unfounded: tuple[Edit | Drop | Text, ...]


def drawn_up(statements: Sequence[Statement], manuscript: Manuscript) -> Account:
    """Return what ``statements`` come to by the record of ``manuscript``.

    A work without chapters is one chapter, which its title opens.
    """
    ledger = Ledger(statements)
    loose = tuple(edit for edit in manuscript.edits if edit.span.start is None)
    for edit in manuscript.edits:
        if edit.span.start is not None:
            ledger.change(edit, edit.before, edit.after)
    for drop in manuscript.drops:
        ledger.change(drop, _dropped(drop), "")
        if drop.reason in _PICTURES:
            ledger.change(drop, OBJECT, "")
    moved = Moves(ledger.entries())
    words = labels(manuscript.meta.language)
    nodes: list[Node] = [node for block in manuscript.blocks for node in walk(block)]
    for node in nodes:
        if isinstance(node, Ruby):
            moved.set_aside(node.reading, node.span)
    for image in _undescribed(nodes):
        moved.set_description_aside(image.alt, image.span)
    title = list(moved.take(node for node in nodes if isinstance(node, Title)))
    notes = list(moved.take(node for node in nodes if isinstance(node, Note)))
    for node in nodes:
        if text := _supplied(node, words):
            moved.supply(text, node.span)
    opening = [_title(manuscript)] if _is_one_chapter(manuscript.blocks) else []
    unfounded = (*ledger.unfounded, *moved.unfounded)
    return Account(
        spun(title),
        "".join(squeezed(text) for text, _ in opening),
        spun([*opening, *moved.rest()]),
        spun(notes),
        tuple(_pictures(nodes, manuscript.assets)),
        phrases(replace(manuscript.meta, title=_title(manuscript)[0])),
        manuscript.meta.official is not None,
        loose,
        unfounded,
    )


def _undescribed(nodes: Sequence[Node]) -> Iterator[Image]:
    """Yield the pictures whose descriptions are in no flow of an edition.

    A description that is the caption, too, is in the flow as that.
    """
    captioned = {
        id(node.image)
        for node in nodes
        if isinstance(node, Figure)
        and letters(node.image.alt) == letters(plain(node.caption))
    }
    for node in nodes:
        if isinstance(node, Image) and id(node) not in captioned:
            yield node


def _pictures(nodes: Iterable[Node], assets: Iterable[Asset]) -> Iterator[bytes]:
    """Yield the pictures in the order in which they are shown, notes last."""
    data = {asset.name: asset.data for asset in assets}
    for node in nodes:
        if isinstance(node, Image):
            yield data[node.asset]


def _dropped(drop: Drop) -> str:
    """Return the characters of a drop that are no tags."""
    if drop.reason in _PICTURES:
        return ""  # its address, or its description
    return _TAGS.sub("", drop.text) if drop.reason == "html" else drop.text


def _is_one_chapter(blocks: Sequence[Block]) -> bool:
    kinds = {block.kind for block in blocks if isinstance(block, Heading)}
    has_text = any(not isinstance(block, Title) for block in blocks)
    return has_text and kinds.isdisjoint(DIVIDES_A_BOOK)


def _title(manuscript: Manuscript) -> tuple[str, str]:
    """Return the title as it is printed, and where it is from."""
    for block in manuscript.blocks:
        if isinstance(block, Title):
            return plain(block.children), str(block.span)
    return manuscript.meta.title, ""


def _supplied(node: Node, words: Mapping[str, str]) -> str:
    """Return what editions say where a source has a mark of its format."""
    match node:
        case Admonition(title=(), kind=kind):
            return words.get(kind, "")
        case Item(checked=True):
            return "■"
        case Item(checked=False):
            return "□"
        case _:
            return ""
