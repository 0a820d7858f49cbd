"""From an EPUB to a manuscript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from pipeline import archive
from pipeline.archive import Archive
from pipeline.decoding import formats
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.markup import kinds, lines, overrule
from pipeline.markup.documents import convert
from pipeline.markup.illustrations import Illustrations
from pipeline.model import Block, Heading, Manuscript
from pipeline.publication.chapters import chapters
from pipeline.publication.contents import contents
from pipeline.publication.metadata import metadata
from pipeline.publication.package import (
    Package,
    is_fixed,
    normalised,
    open_package,
    unlock,
)
from pipeline.reader import Hints, Input
from pipeline.source import Span
from pipeline.tree import descendants, text

_FORMAT = "EPUB"
_CHAPTER = 2500
_DRAWN_COVER = "keben:cover"


def manuscript(given: Input, hints: Hints, report: Report) -> Manuscript:
    """Return the manuscript of an EPUB."""
    packed = archive.unpack(given.data, given.name, _FORMAT, report)
    if packed is None or not unlock(packed, report):
        return Manuscript(())
    found = formats.identify(given.data)
    if found not in {None, "ZIP", _FORMAT}:
        values = {"found": found, "wanted": _FORMAT}
        report(Diagnostic(Code.DISGUISED_FILE, Span(given.name, 1, 1), values))
        return Manuscript(())
    package = open_package(packed, report)
    if package and is_fixed(package, packed):
        report(Diagnostic(Code.FIXED_LAYOUT, Span(given.name, 1, 1)))
        return Manuscript(())
    return _made(package, packed, hints, report) if package else Manuscript(())


def _made(
    package: Package, packed: Archive, hints: Hints, report: Report
) -> Manuscript:
    listed = contents(package, packed, report)
    made = chapters(package, listed, packed, report)
    shown = Illustrations(lambda path: packed.read(normalised(path)), report)
    converted = convert(made.documents, shown)
    where = Span(packed.name, 1, 1)
    if not converted.blocks:
        report(Diagnostic(Code.EMPTY_SOURCE, where))
        return Manuscript((), drops=made.drops)
    found = _structured(converted.blocks, packed.name, hints, report)
    cover = shown.show(_cover(package), "", where)
    body = "".join(map(text, made.documents.values()))
    meta = metadata(package, body)
    drops = (*made.drops, *converted.drops, *found.drops)
    return replace(
        found,
        meta=replace(meta, cover=cover.asset if cover else ""),
        drops=tuple(sorted(drops, key=lambda drop: drop.span.first)),
        assets=shown.assets,
    )


def _structured(
    blocks: Sequence[Block], name: str, hints: Hints, report: Report
) -> Manuscript:
    if not any(isinstance(block, Heading) for block in blocks):
        return lines.read(blocks, name, hints, report)
    kept, drops = overrule.without(overrule.headings(blocks, hints), hints)
    return Manuscript(kinds.settle(kept, least=_CHAPTER), drops=drops)


def _cover(package: Package) -> tuple[str, ...]:
    """Return where the picture of the cover is: EPUB 3's way, or EPUB 2's.

    One that we drew ourselves is no part of the work.
    """
    metas = [e for e in descendants(package.root) if e.name == "opf:meta"]
    if any(e.get("name") == _DRAWN_COVER for e in metas):
        return ()
    named = {e.get("content") for e in metas if e.get("name") == "cover"}
    return tuple(
        quote(resource.path)
        for resource in package.resources.values()
        if "cover-image" in resource.properties or resource.key in named
    )[:1]
