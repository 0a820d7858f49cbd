"""What of Keben is measured."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import texts
from benchmarks.runs import Case, Cost, keben, reported
from benchmarks.texts import novel

ROOT = Path(__file__).parents[2]
LENGTHS = (10_000, 100_000, 600_000, 2_000_000, 5_000_000)
NOVEL = 600_000
LONG = 1_000_000
TINY = 100
BOTH = "both editions, proved"
OURS, ALONE = "our lines", "WeasyPrint alone"


def cases(folder: Path) -> Iterator[Case]:
    """Yield every measurement; texts and editions lie in ``folder``."""
    yield from starting(folder)
    yield from inspecting(folder)
    yield from building(folder)
    yield from editing(folder)
    yield from many(folder)
    yield from setting(folder)


def starting(folder: Path) -> Iterator[Case]:
    """Yield what a person waits for first."""
    yield Case("--help", 0, partial(keben, "--help"))
    if source := first_source():
        yield of(source, "inspect, the first source", "inspect")
        name = f"build, the first source, {BOTH}, no cache"
        yield uncached(of(source, name, "build", *out(folder)), folder)
        name = "build to PDF, the first source, no cache"
        yield uncached(of(source, name, "build", *out(folder), "--to=pdf"), folder)


def inspecting(folder: Path) -> Iterator[Case]:
    """Yield the reading of texts of all lengths."""
    for length in LENGTHS:
        source = written(folder, "novel", novel(length))
        yield of(source, "inspect, a novel", "inspect", "--json")
    lines = written(folder, "headings", texts.headings(100_000))
    yield of(lines, "inspect, 100,000 lines like headings", "inspect", "--json")


def building(folder: Path) -> Iterator[Case]:
    """Yield whole builds of texts of all lengths, nothing kept from earlier ones."""
    for length in LENGTHS:
        source = written(folder, "novel", novel(length))
        name = f"build, a novel, {BOTH}, no cache"
        yield uncached(of(source, name, "build", *out(folder)), folder)
    source = written(folder, "novel", novel(NOVEL))
    name = "build, a novel, both editions, not proved, no cache"
    alike = of(source, name, "build", *out(folder), "--no-audit")
    yield uncached(alike, folder)
    yield of(source, "build to EPUB, a novel", "build", *out(folder), "--to=epub")


def editing(folder: Path) -> Iterator[Case]:
    """Yield the build after one paragraph was edited in one of 120 chapters."""
    text = novel(NOVEL)
    source = written(folder, "edited", text)
    home = tempfile.mkdtemp(dir=folder)
    keben("build", *out(folder), str(source), XDG_CACHE_HOME=home)
    edits = iter(range(len(text)))

    def edit() -> None:
        place = text.index("。\n", len(text) // 2 + 997 * next(edits))
        source.write_text(f"{text[:place]}，改了一句{text[place:]}", "utf-8")

    def run() -> Cost:
        return keben("build", *out(folder), str(source), XDG_CACHE_HOME=home)

    yield Case(f"build after one edit, {BOTH}", len(text), run, edit)


def many(folder: Path) -> Iterator[Case]:
    """Yield the making of many small books."""
    books = [
        written(folder, f"tiny-{n}", f"小书{n}\n\n第一章\n\n　　船出了港。\n")
        for n in range(TINY)
    ]
    names = map(str, books)
    run = partial(keben, "build", *out(folder), "--to=epub", *names)
    yield Case(f"build to EPUB, {TINY} tiny books", 20 * TINY, run)


def setting(folder: Path) -> Iterator[Case]:
    """Yield single editions after reading, by our lines and by WeasyPrint alone."""
    source = written(folder, "long", novel(LONG, LONG // 120))
    run = partial(reported, "--edition", "epub", str(source))
    yield Case("EPUB in 120 chapters, after reading", LONG, run)
    for length in (100_000, NOVEL):
        source = written(folder, "novel", novel(length))
        for kind, setter in (("pdf", OURS), ("alone", ALONE)):
            run = partial(reported, "--edition", kind, str(source))
            case = Case(f"PDF, after reading, by {setter}", length, run)
            yield uncached(case, folder)


def first_source() -> Path | None:
    """Return the first source there is."""
    return next(iter(sorted((ROOT / "seeds").glob("*.txt"))), None)


def written(folder: Path, name: str, text: str) -> Path:
    """Return a file of ``text``, written once."""
    path = folder / f"{name}-{len(text)}.txt"
    if not path.exists():
        path.write_text(text, "utf-8")
    return path


def of(source: Path, name: str, verb: str, *options: str) -> Case:
    """Return a command of Keben on a file."""
    length = len(source.read_text("utf-8", errors="replace"))
    return Case(name, length, partial(keben, verb, *options, str(source)))


def uncached(case: Case, folder: Path) -> Case:
    """Return a case each run of which has a cache of its own, empty at first."""
    run: Callable[..., Cost] = case.run

    def alone() -> Cost:
        return run(XDG_CACHE_HOME=tempfile.mkdtemp(dir=folder))

    return Case(case.name, case.characters, alone)


def out(folder: Path) -> tuple[str, ...]:
    return ("-q", "-o", str(folder / "dist"))
