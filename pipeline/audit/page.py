"""The proof as a page: each line of the source, its changes, and where it went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.audit.proving import Audit, differences
from pipeline.audit.statement import Statement
from pipeline.audit.strand import squeezed
from pipeline.diagnostics import Diagnostic
from pipeline.messages import Message
from pipeline.model import Drop, Edit, plain
from pipeline.render import render_alone
from pipeline.source import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; ``kind`` is empty, ``edit`` or ``drop``.

    ``after`` is what an edit put in its place; ``rule`` says why.
    """

    text: str
    kind: str = ""
    after: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the source, and where it stands in the editions."""

    number: int
    pieces: tuple[Piece, ...]
    places: tuple[str, ...]

    @property
    def changes(self) -> tuple[Piece, ...]:
        """Return what was changed in the line."""
        return tuple(piece for piece in self.pieces if piece.kind)


@dataclass(frozen=True, slots=True)
class File:
    """A source, line by line."""

    name: str
    rows: tuple[Row, ...]


def page(found: Audit) -> str:
    """Return one HTML document that needs nothing beside it."""
    meta = found.reading.manuscript.meta
    language = "en" if meta.language and not meta.language.startswith("zh") else "zh"
    say = _Words(language)
    return render_alone(
        "audit.html",
        {
            "title": plain(found.reading.book.title) or meta.title,
            "language": meta.language or "zh",
            "say": say,
            "found": found,
            "problems": [say.of(problem) for problem in differences(found)],
            "files": tuple(_files(found, say)),
        },
    )


class _Words:
    """The catalogue in one language, whatever the locale: bytes are the same."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __call__(self, key: str, **values: object) -> str:
        return Message(key, values).text(self._language)

    def of(self, problem: Diagnostic) -> str:
        return self(f"{problem.code.id}.message", **problem.values)


def _files(found: Audit, say: _Words) -> Iterator[File]:
    for source, statements in groupby(found.statements, lambda s: s.span.source):
        rows = _Rows(found, source, say).rows(list(statements))
        yield File(source, tuple(rows))


class _Rows:
    """Makes the rows of one source."""

    def __init__(self, found: Audit, source: str, say: _Words) -> None:
        self._found = found
        self._say = say
        manuscript = found.reading.manuscript
        self._records: defaultdict[int, list[Edit | Drop]] = defaultdict(list)
        records: tuple[Edit | Drop, ...] = (*manuscript.edits, *manuscript.drops)
        for record in records:
            if record.span.source == source:
                for line in range(record.span.first, record.span.last + 1):
                    self._records[line].append(record)

    def rows(self, statements: Iterable[Statement]) -> Iterator[Row]:
        """Yield a row for each line that says something."""
        for span, on_line in groupby(statements, lambda s: s.span.first):
            pieces: list[Piece] = []
            places: dict[str, None] = {}
            for statement in on_line:
                pieces += self._pieces(statement)
                places |= dict.fromkeys(self._places(statement.span))
            yield Row(span, tuple(pieces), tuple(places))

    def _pieces(self, statement: Statement) -> Iterator[Piece]:
        text, start = statement.text, statement.span.start
        records = self._records[statement.span.first]
        if start is None:
            yield from self._loosely(text, records)
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
            yield self._changed(record, text[first:last])
            done = last
        if done < len(text):
            yield Piece(text[done:])

    def _loosely(self, text: str, records: Iterable[Edit | Drop]) -> Iterator[Piece]:
        """Yield a text of which only the line is known, and then its changes."""
        said = squeezed(text)
        for record in records:
            if isinstance(record, Drop) and said and said in squeezed(record.text):
                yield self._changed(record, text)
                return
        yield Piece(text)

    def _changed(self, record: Edit | Drop, text: str) -> Piece:
        match record:
            case Edit(after=after, rule=rule):
                return Piece(text, "edit", after, rule)
            case Drop(reason=reason):
                return Piece(text, "drop", "", self._say(f"drop.{reason}"))

    def _places(self, span: Span) -> Iterator[str]:
        for name in ("body", "notes"):
            at = getattr(self._found.account, name).first(str(span))
            if at is None:
                continue
            said = []
            for edition in self._found.editions:
                place = getattr(edition, name).place(at)
                key = f"audit.in-{edition.name.lower()}"
                said.append(self._say(key, place=place) if place else "")
            yield " · ".join(filter(None, said))
