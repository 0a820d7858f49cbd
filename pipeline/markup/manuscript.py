"""From a web page to a manuscript."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import replace

from pipeline import decoding, structure
from pipeline.diagnostics import Code, Diagnostic, Report, listing
from pipeline.markup import article, head, kinds, lines
from pipeline.markup.documents import convert
from pipeline.markup.headline import byline, headline, without_byline
from pipeline.markup.illustrations import Illustrations
from pipeline.markup.inlines import inlines
from pipeline.markup.pruning import prune
from pipeline.markup.resolved import Resolved
from pipeline.markup.spacing import collapse
from pipeline.markup.titles import compared, entitle
from pipeline.model import Block, Drop, Manuscript, Metadata, Text, Title, plain
from pipeline.reader import Hints, Input
from pipeline.source import Source, Span
from pipeline.tree import Element, Malformed, descendants, find, parse_html, text

# Sections of an article are shorter: they open no page of their own.
_CHAPTER = 2500


def manuscript(given: Input, hints: Hints, report: Report) -> Manuscript:
    """Return the manuscript of a web page."""
    source = decoding.decode(given.data, given.name, report, hints.encoding)
    if not source.text:  # and it is reported why
        return Manuscript((), encoding=source.encoding)
    match parse_html(source.text):
        case Malformed(problem=problem, line=line):
            span = Span(given.name, line, line)
            report(Diagnostic(Code.DEEP_MARKUP, span, {"problem": problem}))
            return Manuscript((), encoding=source.encoding)
        case Element() as page:
            made = _made(page, given, hints, report)
            return replace(made, encoding=source.encoding)


def _made(page: Element, given: Input, hints: Hints, report: Report) -> Manuscript:
    name = given.name
    body = prune(find(page, "body") or page, name)
    chosen = article.choose(page, body.root, name, report)
    shown = Illustrations(given.neighbour, report)
    path = posixpath.basename(name)
    converted = convert(
        {path: chosen.root}, shown, named=lambda _path: name, base=head.base(page)
    )
    if not converted.blocks:
        report(_empty(page, name))
        return Manuscript(())
    shown.report_remote()
    above = headline(body.root, head.window_title(page))
    title = _printed(above, name) if above else _named(page, name)
    found = lines.read(entitle(converted.blocks, title), name, hints, report)
    pieces = byline(body.root, above, chosen.root)
    meta = _metadata(page, chosen.root, _told(pieces, above), found)
    blocks, told = without_byline(found.blocks, meta)
    drops = (*body.drops, *chosen.drops, *converted.drops, *found.drops, *told)
    drops = tuple(drop for drop in drops if not (above and _repeats(drop, above)))
    return replace(
        found,
        blocks=kinds.settle(
            tuple(b for b in blocks if above or not _is(title, b)), least=_CHAPTER
        ),
        meta=meta,
        drops=tuple(sorted(drops, key=lambda drop: drop.span.first)),
        assets=shown.assets,
    )


def _empty(page: Element, name: str) -> Diagnostic:
    where = Span(name, 1, 1)
    framed = (e for e in descendants(page) if e.name in {"frame", "iframe"})
    names = listing(filter(None, (e.get("src").strip() for e in framed)))
    if names:
        return Diagnostic(Code.ONLY_FRAMES, where, {"names": names})
    return Diagnostic(Code.EMPTY_SOURCE, where)


def _is(title: Title | None, block: Block) -> bool:
    return block == title and title is not None and block.span == title.span


def _repeats(drop: Drop, above: Element) -> bool:
    """Tell whether a drop is the headline, which is in the book as its title."""
    return drop.span.first == above.line and compared(drop.text) == compared(
        text(above)
    )


def _printed(element: Element, name: str) -> Title | None:
    content = collapse(inlines(element.children, Resolved(name), element.line))
    span = Span(name, element.line, element.line)
    return Title(content, span=span) if content else None


def _named(page: Element, name: str) -> Title | None:
    """Return the title that only the browser shows, if it says something."""
    said = head.shorn(head.window_title(page))
    span = Span(name, 1, 1)
    return Title((Text(said, span=span),), span=span) if head.is_title(said) else None


def _told(pieces: Sequence[str], above: Element | None) -> Metadata:
    """Return what the lines between headline and text tell."""
    printed = " ".join(text(above).split()) if above else ""
    told = Source("", "\n".join((printed or "　", *pieces)))
    return structure.discern(told, Hints(), lambda _diagnostic: None).meta


def _metadata(
    page: Element, root: Element, told: Metadata, found: Manuscript
) -> Metadata:
    said = head.metadata(page, text(root))
    title = next((b for b in found.blocks if isinstance(b, Title)), None)
    return replace(
        said,
        title=" ".join(plain(title.children).split()) if title else said.title,
        creators=told.creators or found.meta.creators or said.creators,
        publisher=told.publisher or found.meta.publisher or said.publisher,
        date=said.date or told.date or found.meta.date,
        source_url=said.source_url or found.meta.source_url,
    )
