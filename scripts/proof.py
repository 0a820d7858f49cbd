"""Prove many texts, plant losses in a book, and write docs/proof.md.

Usage: .venv/bin/python scripts/proof.py [CORPUS]

Builds every seed and example, the inputs of the tests in all formats and all
themes, and the texts in the folder CORPUS, if there is one; of those the page
tells no more than a number. Then it plants losses in an EPUB and a PDF, one each
time. Exits with 1 if anything is not proved, or any loss not found.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
# The tests lend their inputs; the code that runs is the installed one.
sys.path.append(str(ROOT))

from fuzzing import seeds  # noqa: E402
from planting import book, epub, pdf  # noqa: E402

from pipeline import theme  # noqa: E402
from pipeline.audit import Audit  # noqa: E402
from pipeline.audit.strand import squeezed  # noqa: E402
from pipeline.build import Order, Outcome, build  # noqa: E402
from pipeline.failures import Failure  # noqa: E402

PAGE = ROOT / "docs" / "proof.md"
EXAMPLES = ("docs/examples/markdown/刻本小史.md", "docs/examples/novel/夜航.txt")
FORMATS: Mapping[str, Callable[[], Iterable[bytes]]] = {
    ".txt": seeds.texts,
    ".md": seeds.markdown,
    ".html": seeds.html,
    ".docx": seeds.docx,
    ".epub": seeds.epubs,
    "": seeds.folders,
}
LOSSES = {"epub": epub, "pdf": pdf}
PROCESSES = 4
NAMES = {"": "folder"}
# So many inputs of a format are enough, taken from all that there are.
INPUTS = 16
# How often each kind of loss is planted.
TIMES = {"epub": 20, "pdf": 10}
_ID = re.compile(r"[a-z]\d+")
_AUDIT = "K7"  # how the codes of all that the audit finds begin

TITLE = """# The proof, in figures

`make proof` writes this page (`make proof CORPUS=…`: with a folder of texts, of which
no more than a number is told). source − what was left out + edits = EPUB = PDF,
character by character; blanks are not counted. Edits may be longer or shorter than what
they change. A title that stands on a page of its own is proved, but not counted here; a
text without one opens with the name of its file, which is counted.

## Texts

| text | characters | left out | edits | in each edition | pages | differences |
|---|--:|--:|--:|--:|--:|--:|"""
FORMATS_TITLE = """
## Formats and themes

Inputs of the tests, each in every theme: how many were proved. Where some were
refused, there is nothing to read in them, and a sentence says so."""


@dataclass(frozen=True)
class Row:
    """A text: its characters, what became of them, and how the editions differ.

    Characters are those that can be seen. ``differences`` is -1 where there is no
    book at all.
    """

    name: str
    characters: int = 0
    dropped: int = 0
    edits: int = 0
    proved: int = 0
    pages: int = 0
    differences: int = -1


def main() -> int:
    """Prove, plant, write; 0 when all is proved and all is found."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else None
    with ProcessPoolExecutor(PROCESSES) as pool:
        made = pool.submit(texts, folder)
        formats = {name: pool.submit(proved, name) for name in FORMATS}
        planted = {name: pool.submit(plant, name) for name in LOSSES}
        result = Result(
            made.result(),
            {name: waiting.result() for name, waiting in formats.items()},
            {name: waiting.result() for name, waiting in planted.items()},
        )
    PAGE.write_text("\n".join(page(result)) + "\n", "utf-8")
    print(PAGE.relative_to(ROOT))
    print(*result.fails(), sep="\n")
    return 1 if any(result.fails()) else 0


@dataclass(frozen=True)
class Result:
    """What was found of texts, of formats by theme, and of losses by kind."""

    texts: Sequence[Row]
    formats: Mapping[str, Mapping[str, Counter[str]]]
    planted: Mapping[str, Mapping[str, tuple[int, int]]]

    def fails(self) -> Iterator[str]:
        """Yield what is not as it has to be."""
        yield from (one.name for one in self.texts if one.differences)
        for suffix, counts in self.formats.items():
            for name, count in counts.items():
                if count["unproved"]:
                    yield f"{suffix} {name}"
        for losses in self.planted.values():
            yield from (kind for kind, (found, all_) in losses.items() if found < all_)


# Texts -------------------------------------------------------------------------


def texts(folder: Path | None) -> list[Row]:
    """Return the rows of the sources that are here, and of those in ``folder``."""
    with TemporaryDirectory() as out:
        found = [row(path.name, path, Path(out)) for path in own()]
        return [*found, *(corpus(folder, Path(out)) if folder else ())]


def own() -> Iterator[Path]:
    """Yield the sources that are here."""
    seeded = (ROOT / "seeds").iterdir()
    yield from sorted(path for path in seeded if path.suffix != ".toml")
    yield from (ROOT / name for name in EXAMPLES)


def corpus(folder: Path, out: Path) -> Iterator[Row]:
    """Yield the rows of other people's texts, by numbers."""
    counts: Counter[str] = Counter()
    for path in sorted(folder.iterdir()):
        counts[path.name[0]] += 1
        known = _ID.match(path.name)
        name = known[0] if known else f"{path.name[0]}{counts[path.name[0]]:02}"
        print(name, flush=True)
        yield row(name, path, out)


def row(name: str, path: Path, out: Path) -> Row:
    made = outcome(path, out, Order())
    if made is None or made.audit is None:
        return Row(name)
    found = made.audit
    return Row(
        name,
        sum(len(squeezed(said.text)) for said in found.statements),
        sum(found.drops.values()),
        sum(found.edits.values()),
        found.characters,
        max((edition.pages or 0 for edition in made.editions), default=0),
        differences(found),
    )


def outcome(path: Path, out: Path, order: Order) -> Outcome | None:
    try:
        return build(path, out, order, lambda _stage: None)
    except Failure as refusal:
        print(path.name, refusal)
        return None


def differences(found: Audit) -> int:
    """Return how many things keep ``found`` from being a proof."""
    unlike = (len(p.differences) + len(p.pictures) for p in found.proofs)
    return len(found.account.unfounded) + sum(unlike)


# Formats and themes --------------------------------------------------------------


def proved(suffix: str) -> dict[str, Counter[str]]:
    """Return, by theme, how many inputs of a format are proved, refused or neither."""
    counts = {name: Counter[str]() for name in theme.names()}
    for name, count in counts.items():
        with TemporaryDirectory() as folder:
            for number, data in enumerate(some(list(FORMATS[suffix]()))):
                source = put(Path(folder), f"{number}{suffix}", data)
                kind = judged(outcome(source, Path(folder, "out"), Order(theme=name)))
                count[kind] += 1
                if kind == "unproved":
                    print(f"not proved: {name} {source.name}", flush=True)
        print(suffix or "folder", name, dict(count), flush=True)
    return counts


def judged(made: Outcome | None) -> str:
    if made is None:
        return "refused"
    if made.audit:
        return "proved" if made.audit.is_proved else "unproved"
    audited = any(one.code.id.startswith(_AUDIT) for one in made.diagnostics)
    return "unproved" if audited else "refused"


def some(inputs: list[bytes]) -> list[bytes]:
    return inputs[:: -(-len(inputs) // INPUTS)]


def put(folder: Path, name: str, data: bytes) -> Path:
    """Write an input, and the pictures that it may show, into ``folder``."""
    path = folder / name
    if not path.suffix:
        path.mkdir(parents=True)
        zipfile.ZipFile(BytesIO(data)).extractall(path)
        return path
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    for picture, content in seeds.PICTURES.items():
        (folder / picture).write_bytes(content)
    return path


# Losses ------------------------------------------------------------------------


def plant(name: str) -> dict[str, tuple[int, int]]:
    """Return, by kind of loss, how many were found and how many planted."""
    counts = {}
    with TemporaryDirectory() as folder:
        made = book.made(Path(folder))
        edition: bytes = getattr(made, name)
        for kind in LOSSES[name].LOSSES:
            losses = (
                LOSSES[name].planted(edition, kind, Random(f"{kind} {seed}"))
                for seed in range(TIMES[name])
            )
            found = [not made.proves(f"{book.STEM}.{name}", loss) for loss in losses]
            counts[kind] = (sum(found), len(found))
            print(name, kind, *counts[kind], flush=True)
    return counts


# The page ------------------------------------------------------------------------


def page(result: Result) -> Iterator[str]:
    yield TITLE
    for one in result.texts:
        yield (
            f"| {one.name} | {one.characters:,} | {one.dropped:,} | {one.edits:,}"
            f" | {one.proved:,} | {one.pages:,} | {_none_or(one.differences)} |"
        )
    yield FORMATS_TITLE
    names = theme.names()
    yield from ("", f"| format | {' | '.join(names)} |", f"|---|{'--:|' * len(names)}")
    for suffix, counts in result.formats.items():
        cells = " | ".join(map(_cell, (counts[name] for name in names)))
        yield f"| {NAMES.get(suffix, suffix)} | {cells} |"
    yield from ("", "## Planted losses", "")
    every = [pair for counts in result.planted.values() for pair in counts.values()]
    found, total = (sum(column) for column in zip(*every, strict=True))
    yield f"One at a time, at places of seeded chance: {found} of {total} were found."
    for name, kinds in result.planted.items():
        yield from ("", f"| planted in the {name.upper()} | found |", "|---|--:|")
        for kind, (hits, of) in kinds.items():
            yield f"| {kind} | {hits} of {of} |"


def _none_or(count: int) -> str:
    return {0: "none", -1: "no book"}.get(count, str(count))


def _cell(count: Counter[str]) -> str:
    read = count["proved"] + count["unproved"]
    refused = f", {count['refused']} refused" if count["refused"] else ""
    return f"{count['proved']} of {read}{refused}"


if __name__ == "__main__":
    sys.exit(main())
