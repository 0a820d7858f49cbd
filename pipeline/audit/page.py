"""The proof as a page: each line of the source, its changes, and where it went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.audit.proving import Audit, differences
from pipeline.audit.statement import Statement
from pipeline.audit.strand import squeezed
from pipeline.messages import LANGUAGES, Message, knows
from pipeline.model import Drop, Edit, plain
from pipeline.render import render_alone
from pipeline.source import Span

# So many lines are laid out together, once they come into view.
_GROUP = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line. ``why`` is the id of its reason; empty where it stayed.

    ``after`` is what an edit put in its place.
    """

    text: str
    why: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the source, and where it stands in the editions.

    ``places`` holds, for each, the title above it in the EPUB and the page of the
    PDF; either may be empty.
    """

    number: int
    pieces: tuple[Piece, ...]
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class File:
    """A source, line by line, in groups."""

    name: str
    groups: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was changed, in both languages, and how often or how much."""

    id: str
    name: Saying
    count: int


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence in every language of ours: whoever reads the page chooses one."""

    texts: tuple[tuple[str, str], ...]


def page(found: Audit) -> str:
    """Return one HTML document that needs nothing beside it.

    It is the same whatever the locale: all that it says, it says in each language.
    """
    meta = found.reading.manuscript.meta
    is_english = bool(meta.language) and not meta.language.startswith("zh")
    return render_alone(
        "audit.html",
        {
            "title": plain(found.reading.book.title) or meta.title,
            "language": meta.language or "zh",
            "spoken": "en" if is_english else "zh",
            "say": _said,
            "found": found,
            "problems": [
                _said(f"{problem.code.id}.message", **problem.values)
                for problem in differences(found)
            ],
            "edits": tuple(_reasons("edit", found.edits.most_common())),
            "drops": tuple(_reasons("drop", found.drops.most_common())),
            "files": tuple(_files(found)),
        },
    )


def _said(key: str, **values: object) -> Saying:
    message = Message(key, values)
    return Saying(tuple((language, message.text(language)) for language in LANGUAGES))


def _reasons(kind: str, counts: Iterable[tuple[str, int]]) -> Iterator[Reason]:
    for name, count in counts:
        key = f"{kind}.{name}"
        known = _said(key) if knows(key) else Saying((("", name),))
        yield Reason(f"{kind}-{name}", known, count)


def _files(found: Audit) -> Iterator[File]:
    for source, statements in groupby(found.statements, lambda s: s.span.source):
        rows = tuple(_Rows(found, source).rows(statements))
        starts = range(0, len(rows), _GROUP)
        yield File(source, tuple(rows[start : start + _GROUP] for start in starts))


class _Rows:
    """Makes the rows of one source."""

    def __init__(self, found: Audit, source: str) -> None:
        self._found = found
        manuscript = found.reading.manuscript
        self._records: defaultdict[int, list[Edit | Drop]] = defaultdict(list)
        records: tuple[Edit | Drop, ...] = (*manuscript.edits, *manuscript.drops)
        for record in records:
            if record.span.source == source:
                for line in range(record.span.first, record.span.last + 1):
                    self._records[line].append(record)

    def rows(self, statements: Iterable[Statement]) -> Iterator[Row]:
        """Yield a row for each line that says something."""
        for line, on_line in groupby(statements, lambda s: s.span.first):
            pieces: list[Piece] = []
            places: dict[tuple[str, str], None] = {}
            for statement in on_line:
                pieces += self._pieces(statement)
                places |= dict.fromkeys(self._places(statement.span))
            pieces += self._placeless(line)
            yield Row(line, tuple(pieces), tuple(places))

    def _pieces(self, statement: Statement) -> Iterator[Piece]:
        text, start = statement.text, statement.span.start
        records = self._records.get(statement.span.first, ())
        if start is None:
            yield self._loosely(text, records)
            return
        done = 0
        for record in sorted(records, key=lambda one: one.span.start or 0):
            if record.span.start is None or record.span.end is None:
                continue
            first = max(record.span.start - start, done)
            last = min(record.span.end - start, len(text))
            if last < first or first > len(text):
                continue
            if first > done:
                yield Piece(text[done:first])
            yield _changed(record, text[first:last])
            done = last
        if done < len(text):
            yield Piece(text[done:])

    def _loosely(self, text: str, records: Sequence[Edit | Drop]) -> Piece:
        """Return a text of which only the line is known."""
        said = squeezed(text)
        for record in records:
            if isinstance(record, Drop) and said and said in squeezed(record.text):
                return _changed(record, text)
        return Piece(text)

    def _placeless(self, line: int) -> Iterator[Piece]:
        """Yield the edits of which only the line is known: they follow it."""
        for record in self._records.get(line, ()):
            if isinstance(record, Edit) and record.span.start is None:
                yield _changed(record, record.before)

    def _places(self, span: Span) -> Iterator[tuple[str, str]]:
        for name in ("body", "notes"):
            at = getattr(self._found.account, name).first(str(span))
            if at is None:
                continue
            said = {
                edition.name: getattr(edition, name).place(at)
                for edition in self._found.editions
            }
            yield said.get("EPUB", ""), said.get("PDF", "")


def _changed(record: Edit | Drop, text: str) -> Piece:
    match record:
        case Edit(after=after, rule=rule):
            return Piece(text, f"edit-{rule}", after)
        case Drop(reason=reason):
            return Piece(text, f"drop-{reason}")
