"""Nest flat headings into sections."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.model import (
    Book,
    Flow,
    Heading,
    Kind,
    Manuscript,
    Paragraph,
    Section,
    Text,
    Title,
)
from pipeline.source import Span

DIVIDES_A_BOOK = frozenset({Kind.PART, Kind.VOLUME, Kind.CHAPTER})


def nest(manuscript: Manuscript, report: Report) -> Book:
    """Return the manuscript as a book: title, opening text, nested sections.

    Levels become depths, so that none is skipped. The ids of the sections are
    left empty: see the anchors pass.
    """
    title: tuple[Title, ...] = ()
    root = _Branch(None)
    open_branches = [root]
    for block in manuscript.blocks:
        match block:
            case Title():
                title = title or (block,)
            case Heading(level=level):
                while (over := open_branches[-1].heading) and over.level >= level:
                    open_branches.pop()
                branch = _Branch(block)
                open_branches[-1].branches.append(branch)
                open_branches.append(branch)
            case _:
                open_branches[-1].flow.append(block)
    _report_empty(root, report)
    return Book(
        manuscript.meta,
        title[0].children if title else _title(manuscript),
        tuple(root.flow),
        tuple(branch.section(1) for branch in root.branches),
        manuscript.assets,
        title[0].anchor if title else "",
    )


def divide(book: Book) -> Book:
    """Make every section at the top a chapter, or something that holds chapters.

    A speech or a report has sections such as 一、 but no chapters: all of it
    becomes one chapter under its own title. In a book that has chapters, text
    before the first becomes an untitled section of its own.
    """
    if any(section.kind in DIVIDES_A_BOOK for section in book.sections):
        return replace(book, opening=(), sections=_opening(book) + book.sections)
    if not (book.opening or book.sections):
        return book
    whole = Section(
        "",
        1,
        Kind.CHAPTER,
        book.title,
        flow=book.opening,
        sections=tuple(map(_lower, book.sections)),
        anchor=book.anchor,
        span=(*book.opening, *book.sections)[0].span,
    )
    return replace(book, opening=(), sections=(whole,))


@dataclass(slots=True)
class _Branch:
    """A heading while its text and its sections are still coming in."""

    heading: Heading | None
    flow: list[Flow] = field(default_factory=list)
    branches: list[_Branch] = field(default_factory=list)

    def section(self, level: int) -> Section:
        heading = self.heading
        assert heading is not None
        return Section(
            "",
            level,
            heading.kind,
            heading.children,
            heading.stop,
            tuple(self.flow),
            tuple(branch.section(level + 1) for branch in self.branches),
            run_in=heading.run_in and self._opens_with_text(),
            anchor=heading.anchor,
            confidence=heading.confidence,
            reason=heading.reason,
            span=heading.span,
        )

    def _opens_with_text(self) -> bool:
        return bool(self.flow) and isinstance(self.flow[0], Paragraph)


def _report_empty(branch: _Branch, report: Report) -> None:
    for below in branch.branches:
        if below.heading and not below.flow and not below.branches:
            report(Diagnostic(Code.EMPTY_SECTION, below.heading.span))
        _report_empty(below, report)


def _title(manuscript: Manuscript) -> tuple[Text, ...]:
    name = manuscript.blocks[0].span.source if manuscript.blocks else ""
    return (Text(manuscript.meta.title, span=Span(name, 1, 1)),)


def _opening(book: Book) -> tuple[Section, ...]:
    if not book.opening:
        return ()
    span = book.opening[0].span
    return (Section("", 1, Kind.FRONT, (), flow=book.opening, span=span),)


def _lower(section: Section) -> Section:
    below = tuple(map(_lower, section.sections))
    return replace(section, level=section.level + 1, sections=below)
