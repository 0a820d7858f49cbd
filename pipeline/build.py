"""The order of everything: one reading, then each edition, then the files."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

from pipeline import audit, cache, glyphs, provenance, reading, theme, works, writers
from pipeline.audit import Audit, unreadable
from pipeline.checks.epub.publication import Unreadable
from pipeline.diagnostics import Code, Diagnostic
from pipeline.failures import Misuse
from pipeline.fonts.own import wishes
from pipeline.fonts.usage import credits_of, usage
from pipeline.model import Book, Metadata
from pipeline.pdfium import UnreadablePdf
from pipeline.provenance import Making
from pipeline.publishing import publish
from pipeline.reading import Reading, failed
from pipeline.registry import discover
from pipeline.render import Credit, Writing, render
from pipeline.render.pages import PageStart
from pipeline.theme import UnknownSetting, UnknownTheme
from pipeline.works import Work
from pipeline.writer import Design, Face, Job, Product, Profile, Writer

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:keben:work")
# The date of a work whose date nobody knows: any fixed one keeps builds equal.
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_LAST_SECOND = int(datetime.max.replace(microsecond=0, tzinfo=UTC).timestamp())

Progress: TypeAlias = Callable[[str], None]
"""Is told the catalogue's key of each stage when it begins."""


class UnknownEdition(Misuse):
    """No edition has that name."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asks for in a call. Empty and None mean: not said."""

    outputs: tuple[str, ...] = ()
    theme: str | None = None
    encoding: str | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    proved: bool = True
    """Whether the editions are proved against the source before they are kept."""
    recorded: bool = False
    """Whether it is written beside the editions where they come from."""
    cached: bool = True
    """Whether what was made before, of the same, is taken and kept."""

    def options(self) -> tuple[str, ...]:
        """Return the options of a call that asks for the same editions."""
        pairs = {
            "--to": ",".join(self.outputs),
            "--theme": self.theme,
            "--encoding": self.encoding,
        }
        said = [word for pair in pairs.items() if pair[1] for word in pair if word]
        for setting in sorted(self.settings.items()):
            said += ["--set", "=".join(setting)]
        return tuple(said)


@dataclass(frozen=True, slots=True)
class Edition:
    """A finished file. ``pages`` is None where there are no pages.

    ``faces`` are those that it embeds, ``profile`` is that of its inks.
    """

    path: Path
    size: int
    pages: int | None
    faces: tuple[Face, ...] = ()
    profile: Profile | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source. Without editions, nothing was written."""

    source: Path
    reading: Reading | None
    editions: tuple[Edition, ...]
    audit: Audit | None
    diagnostics: tuple[Diagnostic, ...]
    seconds: float


def build(source: Path, out: Path, order: Order, progress: Progress) -> Outcome:
    """Build the editions of ``source``, which is read once, into ``out``.

    Raises ``Failure`` for what is wrong with the call or the machine. What is
    wrong with the content is told in the outcome; earlier files stay.
    """
    start = time.perf_counter()
    call = _Call(order, progress, [])
    made = _Made()
    project = _understood(source, call)
    with nullcontext() if order.cached else cache.unused():
        if project:
            made = _editions(project, out, call)
    seconds = time.perf_counter() - start
    understood = project.reading if project else None
    found = tuple(call.found)
    return Outcome(source, understood, made.editions, made.audit, found, seconds)


def prove(
    source: Path, files: Mapping[str, Path | bytes], order: Order
) -> tuple[Audit | None, tuple[Diagnostic, ...]]:
    """Audit ``files``, finished editions by name, against ``source``.

    Returns no audit where the source or an edition can't be read. Raises
    ``Failure`` for what is wrong with the call or the machine.
    """
    call = _Call(order, lambda _stage: None, [])
    project = _understood(source, call)
    if project is None or failed(call.found):
        return None, tuple(call.found)
    try:
        found = _audited(project, files, call)
    except (Unreadable, UnreadablePdf) as error:
        return None, (unreadable(error),)
    return found, tuple(audit.differences(found))


@dataclass(frozen=True, slots=True)
class _Call:
    """What stays the same while the editions of one source are made."""

    order: Order
    progress: Progress
    found: list[Diagnostic]


@dataclass(frozen=True, slots=True)
class _Project:
    """A work as it was understood, and how it is to look."""

    work: Work
    reading: Reading
    design: Design


@dataclass(frozen=True, slots=True)
class _Made:
    """The editions that were kept, and their proof."""

    editions: tuple[Edition, ...] = ()
    audit: Audit | None = None


def _understood(source: Path, call: _Call) -> _Project | None:
    call.progress("stage.reading")
    work = works.locate(source, call.found.append)
    if work is None:
        return None
    understood = reading.read(work, call.order.encoding)
    call.found.extend(understood.diagnostics)
    try:
        design = _design(work, understood, call)
        _writers(call.order.outputs or work.config.outputs)
    except (UnknownTheme, UnknownSetting, UnknownEdition) as failure:
        _blame(failure, work, call)
        return None
    if design.writing is Writing.VERTICAL:
        understood = reading.stand(understood, work.config.hints)
    return _Project(work, understood, design)


def _editions(project: _Project, out: Path, call: _Call) -> _Made:
    work = project.work
    chosen = _writers(call.order.outputs or work.config.outputs)
    if failed(call.found):
        return _Made()
    book = reading.finish(project.reading.book, call.found.append)
    made = _written(book, project.design, chosen, call)
    if failed(call.found):
        return _Made()
    products = {out / f"{work.name}{w.suffix}": made[w.name] for w in chosen}
    files = {path: product.data for path, product in products.items()}
    proof = _proof(project, files, call) if call.order.proved else None
    if failed(call.found):
        return _Made()
    said = audit.documents(proof, work.name) if proof else {}
    if call.order.recorded:
        making = _making(project, book, products, call.order)
        said[f"{work.name}.provenance.json"] = provenance.document(making)
    publish({**files, **{out / name: data for name, data in said.items()}})
    editions = tuple(
        Edition(path, len(made.data), made.pages, made.faces, made.profile)
        for path, made in products.items()
    )
    return _Made(editions, proof)


def _written(
    book: Book, design: Design, chosen: tuple[Writer, ...], call: _Call
) -> dict[str, Product]:
    """Return each edition by name. Printed pages come first: others mark them."""
    made: dict[str, Product] = {}
    starts: tuple[PageStart, ...] = ()
    for writer in sorted(chosen, key=lambda writer: not writer.edition.paged):
        call.progress(f"stage.{writer.name}")
        job = _job(book, writer, design, starts)
        made[writer.name] = writer.write(job, call.found.append)
        starts = starts or made[writer.name].starts
    return made


def _making(
    project: _Project, book: Book, products: Mapping[Path, Product], order: Order
) -> Making:
    return Making(
        project.work,
        book.assets,
        tuple(face for product in products.values() for face in product.faces),
        tuple(made.profile for made in products.values() if made.profile),
        order.options(),
        {path.name: product.data for path, product in products.items()},
    )


def _proof(project: _Project, files: Mapping[Path, bytes], call: _Call) -> Audit:
    """Return the proof that nothing is lost; where there is none, report why."""
    call.progress("stage.audit")
    found = _audited(project, {path.name: data for path, data in files.items()}, call)
    call.found.extend(audit.differences(found))
    return found


def _audited(
    project: _Project, files: Mapping[str, Path | bytes], call: _Call
) -> Audit:
    return audit.audit(project.work, project.reading, files, call.order.encoding)


def _writers(names: tuple[str, ...]) -> tuple[Writer, ...]:
    known = {writer.name: writer for writer in discover(writers, Writer)}
    for name in names:
        if name not in known:
            raise UnknownEdition("failure.no-writer", name=name, names=", ".join(known))
    return tuple(known[name] for name in names or known)


def _design(work: Work, understood: Reading, call: _Call) -> Design:
    name = call.order.theme or work.config.theme or theme.DEFAULT
    config = work.config
    folder = work.settings.parent
    settings = {**_placed(config.settings, folder), **call.order.settings}
    said = wishes(config.fonts, folder, config.places, call.found.append)
    return theme.load(name, settings, understood.book.meta.language, said)


def _blame(failure: Misuse, work: Work, call: _Call) -> None:
    """Report what settings ask for in vain at its line; raise what a call asks for."""
    match failure:
        case UnknownTheme():
            key, said = "theme", bool(call.order.theme)
        case UnknownEdition():
            key, said = "to", bool(call.order.outputs)
        case _:
            name = str(failure.message.values["name"])
            key, said = f"set.{name}", name in call.order.settings
    if said or key not in work.config.places:
        raise failure
    values = {"reason": str(failure)}
    call.found.append(Diagnostic(Code.UNFIT_SETTING, work.config.places[key], values))


def _placed(settings: Mapping[str, str], folder: Path) -> Mapping[str, str]:
    """Return settings of a ``book.toml``, whose files are named from its folder."""
    if profile := settings.get("profile"):
        return {**settings, "profile": str(folder / profile)}
    return settings


def _job(
    book: Book, writer: Writer, design: Design, starts: tuple[PageStart, ...]
) -> Job:
    identifier = _identifier(book.meta)
    rendered = render(
        book,
        writer.edition_in(design),
        identifier,
        starts,
        partial(_credits, book, design, writer),
    )
    return Job(book, rendered, design, identifier, _modified(book.meta))


def _credits(
    book: Book, design: Design, writer: Writer, markup: str
) -> tuple[Credit, ...]:
    """Return the fonts that an edition may embed: those of its pages."""
    if not writer.edition.paged:
        return ()
    faces = glyphs.needed(book, design)
    return credits_of(faces, usage(design.paged, markup))


def _identifier(meta: Metadata) -> str:
    """Return a name of the work, not of its bytes: readers keep their notes."""
    if meta.identifier:
        return meta.identifier
    work = "\n".join((meta.title, meta.publisher, meta.date))
    return uuid.uuid5(_NAMESPACE, work).urn


def _modified(meta: Metadata) -> datetime:
    # https://reproducible-builds.org/specs/source-date-epoch/
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return datetime.fromtimestamp(min(int(epoch), _LAST_SECOND), UTC)
    day = meta.date + "2000-01-01"[len(meta.date) :]
    try:
        return datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError:
        return _UNDATED
