"""Compare all editions of a work with its sources, and tell what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline import reading
from pipeline.audit import witnesses
from pipeline.audit.account import Account, drawn_up
from pipeline.audit.editions import epub, pdf
from pipeline.audit.editions.edition import Edition
from pipeline.audit.proof import Proof, prove
from pipeline.audit.statement import Statement
from pipeline.checks.epub.publication import Unreadable
from pipeline.diagnostics import Code, Diagnostic
from pipeline.failures import Misuse
from pipeline.model import Drop, Edit, Heading, plain
from pipeline.pdfium import UnreadablePdf
from pipeline.reading import Reading
from pipeline.source import Span
from pipeline.works import Work

_EXCERPT = 40


@dataclass(frozen=True, slots=True)
class Audit:
    """What a work must say, what its editions say, and how they differ."""

    statements: tuple[Statement, ...]
    account: Account
    reading: Reading
    editions: tuple[Edition, ...]
    proofs: tuple[Proof, ...]

    @property
    def characters(self) -> int:
        """Return how many characters each edition was proved to have."""
        return len(self.account.body.text) + len(self.account.notes.text)

    @property
    def is_proved(self) -> bool:
        """Tell whether no difference was found."""
        return not self.account.unfounded and all(p.holds for p in self.proofs)

    @property
    def edits(self) -> Counter[str]:
        """Count the edits by rule."""
        return self.reading.edits

    @property
    def drops(self) -> Counter[str]:
        """Count the characters dropped by reason."""
        counts: Counter[str] = Counter()
        for drop in self.reading.manuscript.drops:
            counts[drop.reason] += len("".join(drop.text.split()))
        return counts


def audit(
    work: Work,
    understood: Reading,
    files: Mapping[str, Path | bytes],
    encoding: str | None = None,
) -> Audit:
    """Compare ``files``, by name, with the sources of ``work``.

    Raises Unreadable and UnreadablePdf for files that can't be read, and
    Misuse for those that are no edition.
    """
    statements = tuple(_statements(work, understood, encoding))
    account = drawn_up(statements, understood.manuscript)
    editions = tuple(_edition(name, file) for name, file in files.items())
    proofs = tuple(prove(account, edition) for edition in editions)
    return Audit(statements, account, understood, editions, proofs)


def differences(found: Audit) -> Iterator[Diagnostic]:
    """Yield everything that keeps ``found`` from being a proof."""
    for record in found.account.unfounded:
        values = {"text": _record(record)}
        yield Diagnostic(Code.UNFOUNDED_RECORD, record.span, values)
    for edition, proof in zip(found.editions, found.proofs, strict=True):
        yield from _differences(edition.name, proof)


def unreadable(error: Unreadable | UnreadablePdf) -> Diagnostic:
    """Return what is wrong with an edition that can't be read."""
    match error:
        case Unreadable(file=file, line=line, reason=reason):
            span = Span(file, line, line)
            return Diagnostic(Code.UNREADABLE_EPUB, span, {"reason": reason})
        case _:
            return Diagnostic(Code.UNREADABLE_PDF, values={"reason": str(error)})


def _statements(
    work: Work, understood: Reading, encoding: str | None
) -> Iterator[Statement]:
    said = encoding or work.config.hints.encoding
    blocks = understood.manuscript.blocks
    titles = {
        text.span
        for block in blocks
        if isinstance(block, Heading)
        for text in block.children
    }
    for file in work.sources:
        for heading in file.above:
            yield Statement(plain(heading.children), heading.span)
        if file.listed in titles:  # the contents call it so, and it does not
            yield Statement(file.title, file.listed)
        reader = reading.reader_of(file.path).name
        yield from witnesses.statements(file, reader, said)


def _edition(name: str, file: Path | bytes) -> Edition:
    match Path(name).suffix.lower():
        case ".epub":
            return epub.read_edition(file)
        case ".pdf":
            return pdf.read_edition(file)
        case _:
            raise Misuse("failure.no-edition", path=name)


def _record(record: object) -> str:
    match record:
        case Edit(before=text) | Drop(text=text):
            return text
        case _:
            return str(getattr(record, "value", ""))


def _differences(name: str, proof: Proof) -> Iterator[Diagnostic]:
    for one in proof.differences:
        values = {
            "edition": name,
            "place": one.edition,
            "missing": _excerpt(one.missing),
            "extra": _excerpt(one.extra),
        }
        span = _span(one.source)
        if one.missing and one.extra:
            yield Diagnostic(Code.TEXT_ALTERED, span, values)
        elif one.missing:
            yield Diagnostic(Code.TEXT_LOST, span, values)
        else:
            yield Diagnostic(Code.TEXT_ADDED, span, values)
    for number, place in proof.pictures:
        values = {"edition": name, "number": str(number), "place": place}
        yield Diagnostic(Code.PICTURE_ALTERED, values=values)


def _span(place: str) -> Span | None:
    name, _, line = place.rpartition(":")
    return Span(name, int(line), int(line)) if line.isdigit() else None


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
