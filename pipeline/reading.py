"""From the files of a work to a book: everything before an edition is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import reduce
from pathlib import Path

from pipeline import readers
from pipeline.diagnostics import Code, Diagnostic, Report, Severity
from pipeline.failures import Misuse
from pipeline.model import (
    Block,
    Book,
    Drop,
    Heading,
    Kind,
    Manuscript,
    Metadata,
    Title,
    plain,
)
from pipeline.passes import anchors, levels, nesting, normalisation, notes
from pipeline.reader import Hints, Input, Reader
from pipeline.registry import discover
from pipeline.works import Work, contents, neighbours


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a work."""

    manuscript: Manuscript
    book: Book
    diagnostics: tuple[Diagnostic, ...]

    @property
    def edits(self) -> Counter[str]:
        """Count the edits by rule."""
        return Counter(edit.rule for edit in self.manuscript.edits)

    @property
    def drops(self) -> Counter[str]:
        """Count the drops by reason, each in lines."""
        counts: Counter[str] = Counter()
        for drop in self.manuscript.drops:
            counts[drop.reason] += drop.span.last - drop.span.first + 1
        return counts


def read(work: Work, encoding: str | None = None) -> Reading:
    """Read each file of ``work`` once and make one book of them.

    ``encoding`` overrules the settings. The book is still undivided: its
    sections are those that the sources have.
    """
    found: list[Diagnostic] = []
    hints = work.config.hints
    if encoding:
        hints = replace(hints, encoding=encoding)
    _check_rules(hints, work, found.append)
    read_files = [_manuscript(path, hints, found.append) for path in work.sources]
    manuscript = reduce(_join, read_files) if len(read_files) > 1 else read_files[0]
    manuscript = _overrule(manuscript, hints.meta, work.name)
    manuscript = _with_cover(manuscript, work, found.append)
    if said := hints.headings_level:
        place = work.config.places["headings.level"]
        manuscript = levels.overrule(manuscript, said, place, found.append)
    book = nesting.nest(manuscript, found.append)
    return Reading(manuscript, book, tuple(found))


def finish(book: Book, report: Report) -> Book:
    """Return ``book`` ready to render: divided, its anchors and notes named."""
    return anchors.resolve(notes.number(anchors.name(nesting.divide(book))), report)


def failed(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether there is an error among ``diagnostics``."""
    return any(d.code.severity is Severity.ERROR for d in diagnostics)


def suffixes() -> list[str]:
    """Return the suffixes of all formats that can be read."""
    return sorted(s for reader in discover(readers, Reader) for s in reader.suffixes)


def _check_rules(hints: Hints, work: Work, report: Report) -> None:
    known = {rule.name for rule in normalisation.RULES}
    for rule in sorted(hints.rules_off - known):
        values = {"rule": rule, "rules": ", ".join(sorted(known))}
        report(Diagnostic(Code.UNKNOWN_RULE, work.config.places["rules.off"], values))


def _manuscript(path: Path, hints: Hints, report: Report) -> Manuscript:
    found: list[Diagnostic] = []
    source = Input(path.name, contents(path), neighbours(path))
    manuscript = _reader(path).read(source, hints, found.append)
    for diagnostic in found:
        report(diagnostic)
    if failed(found):
        return Manuscript((), encoding=manuscript.encoding)
    return normalisation.normalise(manuscript, hints, report)


def _reader(path: Path) -> Reader:
    suffix = path.suffix.lower()
    for reader in discover(readers, Reader):
        if suffix in reader.suffixes:
            return reader
    raise Misuse("failure.no-reader", path=path, suffixes=" ".join(suffixes()))


def _join(book: Manuscript, chapter: Manuscript) -> Manuscript:
    """Append a file: in a book of many files, each file's title opens a chapter."""
    return Manuscript(
        _demoted(book.blocks) + _demoted(chapter.blocks),
        _merge(book.meta, replace(chapter.meta, title="")),
        book.encoding or chapter.encoding,
        book.edits + chapter.edits,
        book.drops + chapter.drops,
        book.assets + chapter.assets,
    )


def _demoted(blocks: Sequence[Block]) -> tuple[Block, ...]:
    if not any(isinstance(block, Title) for block in blocks):
        return tuple(blocks)
    return tuple(map(_demote, blocks))


def _demote(block: Block) -> Block:
    match block:
        case Title(children=children, anchor=anchor, span=span):
            return Heading(1, Kind.CHAPTER, children, anchor=anchor, span=span)
        case Heading(level=level, kind=Kind.CHAPTER):
            return replace(block, level=level + 1, kind=Kind.SECTION)
        case Heading(level=level):
            return replace(block, level=level + 1)
        case _:
            return block


def _overrule(manuscript: Manuscript, said: Metadata, name: str) -> Manuscript:
    """Let what a person said win; a title printed in the source gives way."""
    meta = _merge(said, manuscript.meta)
    meta = replace(meta, title=meta.title or name)
    titles = [block for block in manuscript.blocks if isinstance(block, Title)]
    if not said.title or said.title in [plain(title.children) for title in titles]:
        return replace(manuscript, meta=meta)
    drops = tuple(Drop(t.span, "replaced-title", plain(t.children)) for t in titles)
    blocks = tuple(b for b in manuscript.blocks if not isinstance(b, Title))
    drops += manuscript.drops
    return replace(manuscript, blocks=blocks, meta=meta, drops=drops)


def _with_cover(manuscript: Manuscript, work: Work, report: Report) -> Manuscript:
    """Hang the picture that a person named for the cover."""
    if not work.config.cover:
        return manuscript
    from pipeline.assets import Gallery  # heavy, and few sources name a cover

    gallery = Gallery(neighbours(work.settings), report)
    name = gallery.hang(work.config.cover, work.config.places["cover"])
    return replace(
        manuscript,
        meta=replace(manuscript.meta, cover=name),
        assets=manuscript.assets + gallery.assets,
    )


def _merge(first: Metadata, second: Metadata) -> Metadata:
    said = {f.name: v for f in fields(first) if (v := getattr(first, f.name))}
    return replace(second, **said)
