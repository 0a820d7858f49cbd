"""``keben batch``: make many books, and tell how far it has come."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import batch
from pipeline.batch import Batch, Makers, Progress, places
from pipeline.batch.task import Record
from pipeline.cli import console
from pipeline.cli.building import order_of, size
from pipeline.failures import Misuse, Status
from pipeline.messages import say

_MANIFEST = "manifest.jsonl"
# Of a thousand failed books the first few are told; the manifest has them all.
_TOLD = 10


def run(options: argparse.Namespace) -> Status:
    """Make all books; one that fails does not stop the others."""
    manifest = options.manifest or _manifest(options.out)
    asked = Batch(
        _sources(options), options.out, order_of(options), manifest, options.again
    )
    total = _Total(time.perf_counter())
    with console.bar(say("batch.books")) as step:
        for progress in batch.run(asked, _makers(options)):
            total.add(progress)
            step(total.made + total.kept, progress.total)
    if options.json:
        console.as_json(total.values(manifest))
    else:
        _print(total, manifest)
    return max(map(Status, total.statuses), default=Status.GOOD)


@dataclass(slots=True)
class _Total:
    """What became of the books so far."""

    start: float
    made: int = 0
    kept: int = 0
    bytes: int = 0
    pages: int = 0
    proved: int = 0
    statuses: Counter[Status] = field(default_factory=Counter)
    failed: list[Record] = field(default_factory=list)

    def add(self, progress: Progress) -> None:
        record = progress.record
        self.kept += progress.kept
        self.made += not progress.kept
        self.bytes += sum(file.size for file in record.files)
        self.pages += sum(file.pages or 0 for file in record.files)
        self.proved += record.proved or 0
        self.statuses[record.status] += 1
        if record.status is not Status.GOOD and len(self.failed) < _TOLD:
            self.failed.append(record)

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.start

    def values(self, manifest: Path) -> dict[str, Any]:
        return {
            "manifest": str(manifest),
            "books": self.statuses.total(),
            "made": self.made,
            "kept": self.kept,
            "failed": self.statuses.total() - self.statuses[Status.GOOD],
            "bytes": self.bytes,
            "pages": self.pages,
            "proved": self.proved,
            "seconds": round(self.seconds, 3),
        }


def _sources(options: argparse.Namespace) -> tuple[str, ...]:
    listed = _lines(options.list) if options.list else ()
    sources = (*options.sources, *listed)
    if not sources:
        raise Misuse("failure.nothing-to-make")
    return sources


def _lines(path: Path) -> Iterable[str]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Misuse("failure.no-list", path=path, reason=error) from error
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _manifest(out: str) -> Path:
    """Return where the manifest stands: in a folder of this machine, always."""
    folder = places.place(out)
    return Path(folder.path if places.is_local(folder) else "") / _MANIFEST


def _makers(options: argparse.Namespace) -> Makers:
    if options.scheduler:
        from pipeline.batch.cluster import Cluster

        return Cluster(options.scheduler)
    from pipeline.batch.pool import Pool

    return Pool(options.workers or os.cpu_count() or 1)


def _print(total: _Total, manifest: Path) -> None:
    for record in total.failed:
        console.line(f"{record.source}", "bold red")
        console.line(f"    {_reason(record)}")
    good = total.statuses[Status.GOOD]
    bad = total.statuses.total() - good
    if more := bad - len(total.failed):
        console.line(say("batch.more", count=more), "dim")
    console.field(say("batch.books"), say("batch.counts", good=good, bad=bad))
    if total.kept:
        console.field(say("batch.kept"), str(total.kept))
    console.field(
        say("batch.size"), f"{size(total.bytes)}  {_pages(total.pages)}".rstrip()
    )
    if total.proved:
        proved = say("audit.short", count=total.proved)
        console.field(say("audit.field"), proved)
    rate = say("batch.rate", rate=f"{total.made / total.seconds:.2g}")
    seconds = say("build.seconds", seconds=f"{total.seconds:.1f}")
    console.field(say("build.time"), f"{seconds}  {rate}")
    console.field(say("batch.manifest"), str(manifest))


def _pages(count: int) -> str:
    return say("build.pages", pages=count) if count else ""


def _reason(record: Record) -> str:
    if record.failure:
        return record.failure
    first = record.errors[0]
    line = f":{first['line']}" if first["line"] else ""
    return f"{Path(record.source).name}{line} {first['code']} {first['message']}"
