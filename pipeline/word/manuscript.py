"""From a Word file to a manuscript."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace

from pipeline import archive
from pipeline.decoding import formats
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.markup import kinds, lines
from pipeline.markup.headline import without_byline
from pipeline.markup.titles import entitle
from pipeline.model import (
    Block,
    Heading,
    Link,
    Manuscript,
    Node,
    Placed,
    Title,
    plain,
    rewrite,
    walk,
)
from pipeline.reader import Hints, Input
from pipeline.source import Span
from pipeline.word import document
from pipeline.word.body import anchor
from pipeline.word.package import Package

_FORMAT = "Word (.docx)"
_DEFAULT = "word/document.xml"
# Points of a report are shorter: they open no page of their own.
_CHAPTER = 2500


def manuscript(given: Input, hints: Hints, report: Report) -> Manuscript:
    """Return the manuscript of a Word file."""
    packed = archive.unpack(given.data, given.name, _FORMAT, report)
    if packed is None:
        return Manuscript(())
    package = Package(packed, report)
    main = next(iter(package.related("", "officeDocument")), _DEFAULT)
    if main not in packed:
        report(_stranger(given, main))
        return Manuscript(())
    root = package.part(main)
    if root is None:
        return Manuscript(())
    if root.name != "w:document":
        values = {"found": formats.identify(given.data) or "ZIP", "wanted": _FORMAT}
        report(Diagnostic(Code.DISGUISED_FILE, Span(given.name, 1, 1), values))
        return Manuscript(())
    return _made(document.read(package, main, root, report), given, hints, report)


def _stranger(given: Input, main: str) -> Diagnostic:
    found = formats.identify(given.data)
    where = Span(given.name, 1, 1)
    if found in {None, "ZIP", _FORMAT}:
        return Diagnostic(Code.MISSING_PART, where, {"part": main})
    values = {"found": found, "wanted": _FORMAT}
    return Diagnostic(Code.DISGUISED_FILE, where, values)


def _made(
    read: document.Document, given: Input, hints: Hints, report: Report
) -> Manuscript:
    if not read.blocks:
        report(Diagnostic(Code.EMPTY_SOURCE, Span(given.name, 1, 1)))
        return Manuscript((), drops=read.drops)
    found = lines.read(entitle(read.blocks, None), given.name, hints, report)
    blocks = kinds.settle(found.blocks, least=_CHAPTER)
    title = next((b for b in blocks if isinstance(b, Title)), None)
    printed = " ".join(plain(title.children).split()) if title else ""
    meta = replace(
        read.meta,
        title=printed or read.meta.title,
        creators=found.meta.creators or read.meta.creators,
        publisher=found.meta.publisher,
        date=found.meta.date or read.meta.date,
    )
    blocks, told = without_byline(blocks, meta)
    drops = sorted((*read.drops, *found.drops, *told), key=lambda drop: drop.span.first)
    return replace(
        found,
        blocks=_linked(blocks, read.bookmarks),
        meta=meta,
        edits=(*read.edits, *found.edits),
        drops=tuple(drops),
        assets=read.assets,
    )


def _linked(
    blocks: tuple[Block, ...], bookmarks: Mapping[str, int]
) -> tuple[Block, ...]:
    """Return ``blocks`` with links to bookmarks as links to their paragraphs.

    One to a paragraph that is not in the text leads to what stands above.
    """
    nodes = [node for block in blocks for node in walk(block)]
    named = {
        int(node.anchor.rpartition("#")[2]): node.anchor
        for node in reversed(nodes)
        if isinstance(node, Placed | Title) and node.anchor
    }
    headings = (node.span for node in nodes if isinstance(node, Heading))
    named |= {span.first: anchor(span) for span in headings}
    places = sorted(named)

    def target(link: Link) -> str:
        above = bisect_right(places, bookmarks.get(link.target[1:], 0))
        return f"#{named[places[above - 1]]}" if above else ""

    called = {target(n) for n in nodes if isinstance(n, Link) and n.target[:1] == "#"}

    def lead(node: Node) -> Node:
        match node:
            case Heading(span=span):
                is_called = f"#{anchor(span)}" in called
                return replace(node, anchor=anchor(span) if is_called else "")
            case Placed(anchor=name) if name and f"#{name}" not in called:
                return replace(node, anchor="")
            case Link() if node.target.startswith("#"):
                return replace(node, target=target(node))
            case _:
                return node

    return tuple(rewrite(block, lead) for block in blocks)
