"""``keben build``: make the editions and tell what became of each source."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NoReturn

from pipeline import build
from pipeline.build import Order, Outcome
from pipeline.cli import console
from pipeline.cli.fonts import face_json
from pipeline.cli.inspecting import counted, sections_json
from pipeline.diagnostics import Severity, as_values
from pipeline.failures import Failure, Status
from pipeline.messages import say
from pipeline.model import Book, Section, plain
from pipeline.reading import failed

# A novel's contents would push everything else off the screen.
_SHOWN = 12


def run(options: argparse.Namespace) -> Status:
    """Build each source; one that fails does not stop the others."""
    order = order_of(options)
    if options.watch:
        _watch(order, options)
    return max(map(_status, _attempts(options.sources, order, options).values()))


def _attempts(
    sources: Iterable[Path], order: Order, options: argparse.Namespace
) -> dict[Path, Outcome | Failure]:
    results = {source: _attempt(source, order, options) for source in sources}
    if options.json:
        console.as_json([_json(source, result) for source, result in results.items()])
    return results


def _watch(order: Order, options: argparse.Namespace) -> NoReturn:
    """Build, and build again what is saved, until a person stops it."""
    from pipeline import watching

    saved = watching.saved(options.sources, options.out)
    next(saved)
    results = _attempts(options.sources, order, options)
    if not options.json:
        console.line(say("build.watching"), "dim")
    for sources in saved:
        quiet = argparse.Namespace(**{**vars(options), "quiet": True})
        again = _attempts(sorted(sources), order, quiet)
        if not options.json:
            for source, result in again.items():
                _print_again(source, results[source], result)
        results |= {s: new for s, new in again.items() if _status(new) is Status.GOOD}
    raise KeyboardInterrupt


def _print_again(
    source: Path, earlier: Outcome | Failure, result: Outcome | Failure
) -> None:
    """Tell which chapters have changed, and how long the new editions took."""
    if isinstance(result, Failure) or not result.editions:
        console.line(say("build.failed", source=source.name), "bold red")
        return
    before = earlier.reading if isinstance(earlier, Outcome) else None
    assert result.reading is not None
    changed = list(_changed(before.book if before else None, result.reading.book))
    seconds = say("build.seconds", seconds=f"{result.seconds:.2f}")
    console.line(f"{time.strftime('%H:%M:%S')}  {source.name}  {seconds}", "bold")
    for title in changed[:_SHOWN]:
        console.line(f"{'':10}{title}")
    if len(changed) > _SHOWN:
        console.line(f"{'':10}{say('build.more', count=len(changed) - _SHOWN)}", "dim")


def _changed(before: Book | None, after: Book) -> Iterator[str]:
    """Yield the titles of sections that are new, other or gone, with a sign."""
    old = (
        {plain(section.title): section for section in before.sections} if before else {}
    )
    new = {plain(section.title): section for section in after.sections}
    for title, section in new.items():
        if title not in old:
            yield f"+ {title}"
        elif section != old[title]:
            yield f"~ {title}"
    yield from (f"− {title}" for title in old.keys() - new.keys())


def order_of(options: argparse.Namespace) -> Order:
    """Return what the options of a call ask for."""
    return Order(
        options.to,
        options.theme,
        options.encoding,
        dict(options.settings),
        proved=options.proved,
        recorded=options.recorded,
        cached=options.cached,
    )


def _attempt(
    source: Path, order: Order, options: argparse.Namespace
) -> Outcome | Failure:
    quiet = options.quiet or options.json
    try:
        with nullcontext() if quiet else console.progress(source.name) as spinner:

            def progress(key: str) -> None:
                if spinner:
                    spinner.update(f"{source.name}  {say(key)}")

            outcome = build.build(source, options.out, order, progress)
    except Failure as failure:
        if not options.json:
            console.failure(failure)
        return failure
    if not options.json:
        _print(outcome, options)
    return outcome


def _status(result: Outcome | Failure) -> Status:
    if isinstance(result, Failure):
        return result.status
    return Status.CONTENT if failed(result.diagnostics) else Status.GOOD


def _print(outcome: Outcome, options: argparse.Namespace) -> None:
    console.diagnostics(
        found
        for found in outcome.diagnostics
        if not options.quiet or found.code.severity is Severity.ERROR
    )
    if options.quiet:
        return
    if failed(outcome.diagnostics):
        console.line(say("build.failed", source=outcome.source.name), "bold red")
        return
    _print_reading(outcome)
    for edition in outcome.editions:
        pages = say("build.pages", pages=edition.pages) if edition.pages else ""
        console.field(
            edition.path.suffix[1:],
            f"{edition.path}  {size(edition.size)}  {pages}".rstrip(),
        )
    used = dict.fromkeys(face.name for e in outcome.editions for face in e.faces)
    if used:
        console.field(say("build.fonts"), ", ".join(used))
    for profile in (e.profile for e in outcome.editions if e.profile):
        console.field(say("build.inks"), f"{profile.name}  {profile.path}")
    if outcome.audit:
        proved = say("audit.short", count=outcome.audit.characters)
        console.field(say("audit.field"), proved)
    console.field(
        say("build.time"), say("build.seconds", seconds=f"{outcome.seconds:.1f}")
    )


def _print_reading(outcome: Outcome) -> None:
    reading = outcome.reading
    assert reading is not None
    console.line(f"{outcome.source.name} → {plain(reading.book.title)}", "bold")
    entries = list(_entries(reading.book.sections))
    console.field(say("build.contents"), say("build.sections", count=len(entries)))
    for entry in entries[:_SHOWN]:
        console.line(f"{'':12}{entry}")
    if len(entries) > _SHOWN:
        console.line(f"{'':12}{say('build.more', count=len(entries) - _SHOWN)}", "dim")
    console.field(say("build.edits"), counted(reading.edits, "rule"))
    console.field(say("build.drops"), counted(reading.drops, "drop"))


def _entries(sections: tuple[Section, ...], indent: str = "") -> Iterator[str]:
    for section in sections:
        yield f"{indent}{plain(section.title)}"
        yield from _entries(section.sections, indent + "  ")


def size(count: int) -> str:
    """Return a number of bytes as people say it."""
    kilo = count / 1024
    return f"{kilo:,.0f} KB" if kilo < 1024 else f"{kilo / 1024:,.1f} MB"


def _json(source: Path, result: Outcome | Failure) -> dict[str, Any]:
    if isinstance(result, Failure):
        return {
            "source": str(source),
            "status": int(result.status),
            "failure": str(result),
            "editions": [],
        }
    reading = result.reading
    return {
        "source": str(source),
        "status": int(_status(result)),
        "title": plain(reading.book.title) if reading else None,
        "sections": sections_json(reading.book.sections) if reading else [],
        "edits": dict(reading.edits) if reading else {},
        "drops": dict(reading.drops) if reading else {},
        "editions": [
            {
                "path": str(e.path),
                "bytes": e.size,
                "pages": e.pages,
                "fonts": list(map(face_json, e.faces)),
                "profile": str(e.profile.path) if e.profile else None,
            }
            for e in result.editions
        ],
        "proved": result.audit.characters if result.audit else None,
        "diagnostics": as_values(result.diagnostics),
        "seconds": round(result.seconds, 3),
    }
