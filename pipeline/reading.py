"""From the files of a work to a book: everything before an edition is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from pipeline import limits, readers
from pipeline.decoding import formats
from pipeline.diagnostics import Code, Diagnostic, Report, Severity, summarised
from pipeline.failures import Misuse
from pipeline.model import (
    Book,
    CodeBlock,
    Drop,
    Heading,
    Manuscript,
    Metadata,
    Paragraph,
    Text,
    Title,
    Verse,
    merged,
    plain,
    walk,
)
from pipeline.passes import (
    anchors,
    descriptions,
    joining,
    levels,
    nesting,
    normalisation,
    notes,
)
from pipeline.passes.joining import Chapter
from pipeline.reader import Hints, Input, Reader
from pipeline.registry import discover
from pipeline.source import Span
from pipeline.works import SourceFile, Work, contents, neighbours


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
    _check_rules(hints, work, found.append)
    files = [_chapter(work, file, encoding, found.append) for file in work.sources]
    # A file alone is the work; one that contents list is its only chapter.
    alone = len(files) == 1 and not work.sources[0].listed
    manuscript = files[0].manuscript if alone else joining.join(files)
    manuscript = _overrule(manuscript, hints.meta, work.title or work.name)
    manuscript = _with_cover(manuscript, work, found.append)
    if said := hints.headings_level:
        place = work.config.places["headings.level"]
        manuscript = levels.overrule(manuscript, said, place, found.append)
    book = nesting.nest(manuscript, found.append)
    return Reading(manuscript, book, summarised(found))


def stand(reading: Reading, hints: Hints) -> Reading:
    """Return ``reading`` in the marks of lines that run down."""
    manuscript = normalisation.stand(reading.manuscript, hints)
    book = nesting.nest(manuscript, lambda _known_already: None)
    return replace(reading, manuscript=manuscript, book=book)


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


def _chapter(
    work: Work, file: SourceFile, encoding: str | None, report: Report
) -> Chapter:
    hints = work.config.hints_for(file.name)
    hints = replace(hints, encoding=encoding or hints.encoding)
    return Chapter(
        file.name,
        _manuscript(work, file, hints, report),
        file.depth,
        file.title,
        file.listed,
        file.kind,
        file.above,
    )


def _manuscript(
    work: Work, file: SourceFile, hints: Hints, report: Report
) -> Manuscript:
    found: list[Diagnostic] = []
    beside = neighbours(work.folder, file.name)
    reader = reader_of(file.path)
    source = Input(file.name, contents(file.path, reader.most), beside)
    manuscript = reader.read(source, hints, found.append)
    found += _overlong(manuscript)
    for diagnostic in found:
        report(diagnostic)
    if failed(found):
        return Manuscript((), encoding=manuscript.encoding)
    manuscript = normalisation.normalise(manuscript, hints, report)
    return descriptions.complete(manuscript, report)


def _overlong(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Yield what is wrong with paragraphs that no page and no reader can hold."""
    for block in manuscript.blocks:
        for node in walk(block):
            if isinstance(node, Paragraph | Verse | Heading | Title | CodeBlock):
                texts = (n.value for n in walk(node) if isinstance(n, Text | CodeBlock))
                count = sum(map(len, texts))
                if count > limits.PARAGRAPH_CHARACTERS:
                    values = {"count": count, "limit": limits.PARAGRAPH_CHARACTERS}
                    yield Diagnostic(Code.OVERLONG_PARAGRAPH, node.span, values)


def reader_of(path: Path) -> Reader:
    """Return the reader of a file, chosen by its suffix. Raises Misuse."""
    suffix = path.suffix.lower()
    for reader in discover(readers, Reader):
        if suffix in reader.suffixes:
            return reader
    known = " ".join(suffixes())
    if found := formats.identify(contents(path)):
        raise Misuse("failure.no-format", path=path, format=found, suffixes=known)
    raise Misuse("failure.no-reader", path=path, suffixes=known)


def _overrule(manuscript: Manuscript, said: Metadata, name: str) -> Manuscript:
    """Let what a person said win; a title printed in the source gives way."""
    meta = merged(said, manuscript.meta)
    meta = replace(meta, title=meta.title or name)
    titles = [block for block in manuscript.blocks if isinstance(block, Title)]
    if not said.title or said.title in [plain(title.children) for title in titles]:
        return replace(manuscript, meta=meta)
    drops = tuple(Drop(t.span, "replaced-title", plain(t.children)) for t in titles)
    blocks = tuple(b for b in manuscript.blocks if not isinstance(b, Title))
    drops += manuscript.drops
    return replace(manuscript, blocks=blocks, meta=meta, drops=drops)


def _with_cover(manuscript: Manuscript, work: Work, report: Report) -> Manuscript:
    """Hang the picture that a person named for the cover, or put into the folder."""
    if not work.config.cover:
        return manuscript
    from pipeline.assets import Gallery  # heavy, and few sources name a cover

    gallery = Gallery(neighbours(work.folder), report)
    where = work.config.places.get("cover", Span(work.name, 1, 1))
    name = gallery.hang(quote(work.config.cover), where)
    assets = {asset.name: asset for asset in (*manuscript.assets, *gallery.assets)}
    return replace(
        manuscript,
        meta=replace(manuscript.meta, cover=name),
        assets=tuple(assets.values()),
    )
