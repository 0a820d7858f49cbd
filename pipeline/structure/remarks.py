"""Report what a person should look at: odd numbers, doubtful headings, lost hints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.reader import Hints
from pipeline.source import Source, Span
from pipeline.structure.contents import Contents
from pipeline.structure.families import Family, Sort
from pipeline.structure.headlines import Headline
from pipeline.structure.rows import Row

_DOUBTFUL = 0.65
_QUOTED = 30


def report_numbering(
    headlines: Sequence[Headline], source: Source, report: Report
) -> None:
    """Report gaps, repeats and misprints in the numbers of the headings."""
    last: dict[Family, int] = {}
    for headline in headlines:
        if headline.family.sort is Sort.NAMED or not headline.number:
            continue
        before = last.get(headline.family, 0)
        number = last[headline.family] = headline.number
        span, values = _place(headline, source), {"title": title(headline, source)}
        if headline.reason == "misnumbered":
            values["expected"] = str(number)
            report(Diagnostic(Code.MISNUMBERED_HEADING, span, values))
        elif before and number == before:
            report(Diagnostic(Code.REPEATED_NUMBER, span, values))
        elif before and number > before + 1:
            values["missing"] = _range(before + 1, number - 1)
            report(Diagnostic(Code.MISSING_NUMBERS, span, values))


def report_doubts(
    headlines: Iterable[Headline], source: Source, report: Report
) -> None:
    """Report headings that may be prose."""
    for headline in headlines:
        if headline.confidence < _DOUBTFUL:
            values = {"title": title(headline, source)}
            report(Diagnostic(Code.DOUBTFUL_HEADING, _place(headline, source), values))


def report_kept(rows: Iterable[Row], source: Source, report: Report) -> None:
    """Report rows that look like furniture and were kept all the same."""
    for row in rows:
        values = {"text": row.text[:_QUOTED]}
        span = source.span(row.start, row.end)
        report(Diagnostic(Code.DOUBTFUL_FURNITURE, span, values))


def report_unmatched(
    contents: Contents | None,
    headlines: Iterable[Headline],
    source: Source,
    report: Report,
) -> None:
    """Report headings that a contents list names and the text does not have."""
    found = {(headline.family, headline.number) for headline in headlines}
    for key, candidate in contents.headings.items() if contents else ():
        if key not in found:
            row = candidate.row
            values = {"title": row.text[:_QUOTED]}
            span = source.span(row.start, row.end)
            report(Diagnostic(Code.ABSENT_HEADING, span, values))


def report_hints(
    hints: Hints, rows: Sequence[Row], source: Source, report: Report
) -> None:
    """Report hints that name lines without text, or titles that are not there."""
    by_line = {row.number: row for row in rows}
    named = {hint.line for hint in hints.headings_add}
    for line in sorted(named | hints.headings_remove | hints.keep | hints.drop):
        if line not in by_line:
            span = Span(source.name, line, line)
            report(Diagnostic(Code.EMPTY_HINT, span, {"line": line}))
    for hint in hints.headings_add:
        row = by_line.get(hint.line)
        if row and hint.title and hint.title not in row.text:
            span = source.span(row.start, row.end)
            report(Diagnostic(Code.ABSENT_TITLE, span, {"title": hint.title}))


def title(headline: Headline, source: Source) -> str:
    """Return a heading's words, cut where they are many."""
    words = "".join(source.text[start:end] for start, end in headline.pieces)
    return words if len(words) <= _QUOTED else words[:_QUOTED] + "…"


def _place(headline: Headline, source: Source) -> Span:
    return source.span(headline.pieces[0][0], headline.pieces[-1][1])


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
