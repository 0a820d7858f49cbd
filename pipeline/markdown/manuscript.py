"""The whole way from a Markdown file to a manuscript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline import decoding
from pipeline.assets import Gallery
from pipeline.diagnostics import Report
from pipeline.markdown import front_matter, grammar, notes, outline, overrule
from pipeline.markdown.blocks import Blocks
from pipeline.markdown.desk import Desk
from pipeline.model import Block, Manuscript, Metadata, Title, plain
from pipeline.reader import Hints, Input
from pipeline.source import Source
from pipeline.structure import script


def manuscript(given: Input, hints: Hints, report: Report) -> Manuscript:
    """Return the manuscript of a Markdown text."""
    source = decoding.decode(given.data, given.name, report, hints.encoding)
    front = front_matter.split(source, report)
    elements = grammar.parse(source, overrule.changes(source, hints, front.lines))
    gallery = Gallery(given.neighbour, report)
    desk = Desk(source, report, gallery, notes.definitions(elements))
    converted = tuple(Blocks(desk, hints).convert(elements))
    desk.close()
    blocks = outline.arrange(converted, front.meta.title)
    meta = _completed(front.meta, blocks, source)
    if front.cover:
        meta = replace(meta, cover=gallery.hang(front.cover, front.drops[0].span))
    drops = (*front.drops, *overrule.dropped(source, hints), *desk.drops)
    return Manuscript(blocks, meta, source.encoding, drops=drops, assets=gallery.assets)


def _completed(meta: Metadata, blocks: Sequence[Block], source: Source) -> Metadata:
    """Return ``meta`` with the title and the language that the text shows."""
    printed = (plain(block.children) for block in blocks if isinstance(block, Title))
    return replace(
        meta,
        title=meta.title or next(printed, ""),
        language=meta.language or script.language(source.text),
    )
