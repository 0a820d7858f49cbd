"""Read the structure of a plain Chinese text: lines in, a manuscript out.

Every character of the source is in a block or in a ``Drop``, except blanks
that only set the text out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.diagnostics import Report
from pipeline.messages import Message
from pipeline.model import (
    Block,
    Break,
    Drop,
    Heading,
    Inline,
    Manuscript,
    Metadata,
    Text,
    Title,
)
from pipeline.reader import Hints
from pipeline.source import Source
from pipeline.structure import (
    asked,
    frontmatter,
    furniture,
    headings,
    layout,
    nesting,
    paragraphs,
    remarks,
    rows,
    script,
)
from pipeline.structure.findings import Findings
from pipeline.structure.frontmatter import FrontMatter
from pipeline.structure.headlines import Headline
from pipeline.structure.paragraphs import Strip
from pipeline.structure.rows import BLANKS, Row

__all__ = ["BLANKS", "discern"]


def discern(source: Source, hints: Hints, report: Report) -> Manuscript:
    """Return the manuscript that the lines of ``source`` stand for.

    Other formats use it too, with a paragraph on each line. What a person said
    in ``hints`` wins over every guess.
    """
    found = rows.split(source)
    if not found:
        return Manuscript((), hints.meta, source.encoding)
    return _Reading(source, found, hints).manuscript(report)


class _Reading:
    """One text while it is read: what each of its rows turned out to be."""

    def __init__(self, source: Source, found: Sequence[Row], hints: Hints) -> None:
        self.source = source
        self.rows = found
        self.layout = layout.observe(found)
        self.furniture, self.doubtful = _furniture(source, found, hints)
        self.findings: Findings = headings.find(
            found, self.layout, set(self.furniture), hints
        )
        self.headlines = nesting.with_chapters(
            nesting.nest(self.findings.in_order()), sum(row.columns for row in found)
        )
        passed = {*self.furniture, *self.findings.drops}
        passed |= {row.index for row in found if row.number in hints.keep}
        self.front: FrontMatter = frontmatter.read(
            found, self.layout, set(self.findings.headlines), passed
        )
        self.hints = hints

    def manuscript(self, report: Report) -> Manuscript:
        remarks.report_hints(self.hints, self.rows, self.source, report)
        remarks.report_numbering(self.headlines, self.source, report)
        remarks.report_doubts(self.headlines, self.source, report)
        remarks.report_kept(self.doubtful, self.source, report)
        remarks.report_unmatched(
            self.findings.contents, self.headlines, self.source, report
        )
        blocks = tuple(self._blocks())
        return Manuscript(
            blocks, self._meta(), self.source.encoding, (), tuple(self._drops())
        )

    def _meta(self) -> Metadata:
        apart = [row for row in self.rows if row.index in self.furniture]
        notice = (row.text for row in apart if self.furniture[row.index] == "copyright")
        found = frontmatter.named_by_notice(self.front.meta, notice)
        found = frontmatter.named_by_file(found, self.source.name)
        address = furniture.address(row.text for row in apart)
        return replace(
            found,
            language=script.language(self.source.text),
            source_url=address,
        )

    def _drops(self) -> Iterator[Drop]:
        whole = self.furniture | self.findings.drops
        pieces = [
            (row.start, row.end, whole[row.index])
            for row in self.rows
            if row.index in whole
        ]
        pieces += self.front.drops
        for headline in self.headlines:
            pieces += _trimmings(headline, self.headlines_on(headline.row))
        for start, end, reason in sorted(pieces):
            text = self.source.text[start:end]
            if text.strip(BLANKS):
                yield Drop(self.source.span(start, end), reason, text)

    def headlines_on(self, row: Row) -> Sequence[Headline]:
        return self.findings.headlines[row.index]

    # Blocks -------------------------------------------------------------------

    def _blocks(self) -> Iterator[Block]:
        by_row: dict[int, list[Headline]] = {}
        for headline in self.headlines:
            by_row.setdefault(headline.row.index, []).append(headline)
        gone = {*self.furniture, *self.findings.drops, *self.front.rows}
        gone |= {
            headline.row.index + below
            for headline in self.headlines
            for below in range(1, headline.rows)
        }
        strips: list[Strip] = []
        for row in self.rows:
            if self._begins_title(row):
                yield from self._flow(strips)
                yield self._title()
            if row.index in by_row:
                yield from self._flow(strips)
                yield from map(self._heading, by_row[row.index])
                rest = by_row[row.index][-1].rest
                if rest is not None:
                    strips.append(Strip(row, rest))
            elif row.index not in gone:
                strips.append(Strip(row, row.start))
        yield from self._flow(strips)

    def _flow(self, strips: list[Strip]) -> Iterator[Block]:
        yield from paragraphs.build(strips, self.source, self.layout)
        strips.clear()

    def _begins_title(self, row: Row) -> bool:
        title = self.front.title
        return bool(title) and row.start <= title[0][0] < row.end

    def _title(self) -> Title:
        pieces = self.front.title
        span = self.source.span(pieces[0][0], pieces[-1][1])
        return Title(tuple(self._text(*piece) for piece in pieces), span=span)

    def _heading(self, headline: Headline) -> Heading:
        return Heading(
            headline.level or 1,
            headline.kind,
            tuple(self._heading_text(headline)),
            headline.run_in,
            (self._text(*headline.stop),) if headline.stop else (),
            confidence=headline.confidence,
            reason=Message(f"reason.{headline.reason}"),
            span=self.source.span(headline.pieces[0][0], headline.pieces[-1][1]),
        )

    def _heading_text(self, headline: Headline) -> Iterator[Inline]:
        """Yield the title; a label and the title below it keep their lines."""
        for place, (start, end) in enumerate(headline.pieces):
            if place:
                yield Break(span=self.source.span(start, start))
            yield self._text(start, end)

    def _text(self, start: int, end: int) -> Text:
        return Text(self.source.text[start:end], span=self.source.span(start, end))


def _furniture(
    source: Source, found: Sequence[Row], hints: Hints
) -> tuple[dict[int, str], list[Row]]:
    reasons, doubtful = furniture.find(found, source.text)
    kept = {row.index for row in found if row.number in hints.keep}
    kept |= {headline.row.index for headline in asked.headlines(found, hints)}
    unwanted = {row.index: "asked" for row in found if row.number in hints.drop}
    certain = {i: reason for i, reason in reasons.items() if i not in kept}
    return certain | unwanted, [
        row for row in doubtful if row.index not in kept | unwanted.keys()
    ]


def _trimmings(
    headline: Headline, beside: Sequence[Headline]
) -> Iterator[tuple[int, int, str]]:
    """Yield what a heading's row holds besides titles and text."""
    row = headline.row
    if headline is not beside[0] and len(beside) > 1:
        return
    used = sorted(
        piece for h in beside for piece in (*h.pieces, *((h.stop,) if h.stop else ()))
    )
    rest = beside[-1].rest
    if rest is not None:
        used.append((rest, row.end))
    offset = row.start
    for start, end in used:
        if not row.start <= start < row.end:
            continue
        if offset < start:
            yield offset, start, "heading-prefix"
        offset = max(offset, end)
    if offset < row.end:
        yield offset, row.end, "ornament"
