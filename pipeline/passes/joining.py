"""Make one manuscript of the files of a work: the title of each opens a chapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.markup import kinds
from pipeline.model import (
    Asset,
    Block,
    Heading,
    Kind,
    Manuscript,
    Metadata,
    Text,
    Title,
    merged,
    plain,
)
from pipeline.source import Span

_HOLDERS = frozenset({Kind.PART, Kind.VOLUME})


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file as read, and its place in the contents of the whole.

    ``depth`` tells how many headings stand above its own; ``above`` are those
    that begin with it. ``title`` is what the contents, at ``listed``, call a file
    without a title of its own; it is empty where there are no contents.
    """

    name: str
    manuscript: Manuscript
    depth: int = 0
    title: str = ""
    listed: Span | None = None
    kind: Kind = Kind.CHAPTER
    above: tuple[Heading, ...] = ()


def join(chapters: Sequence[Chapter]) -> Manuscript:
    """Return one manuscript of all files, in order.

    What is known of the work is what its first files say; their titles are
    those of chapters.
    """
    read = [chapter.manuscript for chapter in chapters]
    meta = Metadata()
    for manuscript in read:
        meta = merged(meta, replace(manuscript.meta, title="", subtitle=""))
    return Manuscript(
        tuple(block for chapter in chapters for block in _blocks(chapter)),
        meta,
        next((m.encoding for m in read if m.encoding), ""),
        tuple(edit for m in read for edit in m.edits),
        tuple(drop for m in read for drop in m.drops),
        _assets(asset for m in read for asset in m.assets),
    )


def _assets(assets: Iterable[Asset]) -> tuple[Asset, ...]:
    """Return each picture once: files share them, and they are named by content."""
    return tuple({asset.name: asset for asset in assets}.values())


def _blocks(chapter: Chapter) -> Iterator[Block]:
    yield from chapter.above
    blocks = chapter.manuscript.blocks
    if any(isinstance(block, Title) for block in blocks):
        yield from _titled(chapter)
    elif chapter.title:
        yield from _listed(chapter)
    else:
        yield from blocks


def _titled(chapter: Chapter) -> Iterator[Block]:
    opening = _kind(chapter)
    for block in chapter.manuscript.blocks:
        match block:
            case Title(children=children, anchor=anchor, span=span):
                level = chapter.depth + 1
                yield Heading(level, opening, children, anchor=anchor, span=span)
            case Heading():
                yield _lowered(block, chapter.depth + 1, opening)
            case _:
                yield block


def _listed(chapter: Chapter) -> Iterator[Block]:
    """Yield a file that prints no title for the whole of it."""
    blocks = chapter.manuscript.blocks
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    opens = bool(blocks) and isinstance(blocks[0], Heading)
    highest = min(levels, default=1)
    if opens:
        lower, opening = chapter.depth + 1 - highest, Kind.PART
    else:
        lower, opening = chapter.depth + 2 - highest, _kind(chapter)
        span = Span(chapter.name, 1, 1)
        title = (Text(chapter.title, span=chapter.listed or span),)
        yield Heading(chapter.depth + 1, opening, title, span=span)
    nested = chapter.kind is Kind.SECTION
    for block in blocks:
        if isinstance(block, Heading):
            yield _lowered(block, lower, Kind.SECTION if nested else opening)
        else:
            yield block


def _kind(chapter: Chapter) -> Kind:
    """Return what the title of a file opens: a volume where it holds chapters."""
    if chapter.kind is not Kind.CHAPTER:
        return chapter.kind
    blocks = chapter.manuscript.blocks
    title = next((b.children for b in blocks if isinstance(b, Title)), ())
    named = kinds.by_label(plain(title) or chapter.title)
    if named is not Kind.SECTION:
        return named
    holds = any(isinstance(b, Heading) and b.kind in _HOLDERS for b in blocks)
    return Kind.PART if holds else Kind.CHAPTER


def _lowered(heading: Heading, levels: int, opening: Kind) -> Heading:
    """Return a heading below one that opens what ``opening`` says."""
    kind = heading.kind
    if opening not in _HOLDERS and kind not in {Kind.SECTION, Kind.ARTICLE}:
        kind = Kind.SECTION
    return replace(heading, level=heading.level + levels, kind=kind)
