"""Count the ten defects of a page in three books, in every theme.

Usage: .venv/bin/python scripts/defects.py [NOVEL]

The books are the first source, the Markdown example and, where its path is given,
a novel. Each is built by the command that people type; then our checker judges the
finished PDF, which is all that it sees.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.runs import Cost, keben

from pipeline import theme
from pipeline.checks.typography import check_pages
from pipeline.diagnostics import Code, Diagnostic
from pipeline.pdfium import opened

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/defects.md"
NOVEL = "## A novel"
# As INTRODUCTION numbers them.
TEN = {
    "ragged": (Code.RAGGED_LINE,),
    "prohibited": (Code.PROHIBITED_START, Code.PROHIBITED_END),
    "half-width": (Code.HALF_WIDTH_MARK,),
    "fallback": (Code.FALLBACK_FACE, Code.NO_INK),
    "uncompressed": (Code.UNCOMPRESSED_PAIR,),
    "lone": (Code.LONE_CHARACTER,),
    "off grid": (Code.OFF_GRID,),
    "loose": (Code.LOOSE_LINE,),
    "Latin": (Code.LATIN_QUOTES, Code.NO_HAN_LATIN_SPACE),
    "notes": (Code.NOTE_ON_OTHER_PAGE,),
}
INTRODUCTION = """\
# Ten defects, counted in every theme

`make defects` writes this page. Each book is built by `keben build --to pdf`, and our
checker (`pipeline/checks/typography/`) judges the finished PDF; it reads the pages
alone, and knows nothing of what set them. The defects are those that a Chinese book
designer sees first:

1. ragged: the line misses the right edge;
2. prohibited: a mark stands where no line may start or end;
3. half-width: a mark of Western width beside Han;
4. fallback: another face than the one around it, or no ink;
5. uncompressed: marks beside each other keep their blank halves;
6. lone: one character alone on the last line of a paragraph;
7. off grid: the line is not beside its neighbours on the facing page;
8. loose: the pitch of its characters is off by more than .08 em;
9. Latin: Latin quotes, or no space between Han and Latin;
10. notes: a note on another page than its call.

Seconds are those of the processor, of all processes of a command, which takes as many
as the machine has room for; megabytes are the peak of the largest."""


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF, and what it took to make it."""

    theme: str
    pdf: Path
    cost: Cost


def main() -> None:
    """Build every book in every theme, and write the page."""
    sections = [INTRODUCTION]
    for title, source in books():
        sections.append(f"## {title}\n\n{table(source)}")
    if sys.argv[1:]:
        novel = Path(sys.argv[1])
        sections.append(f"{NOVEL}\n\n{size(novel)}\n\n{table(novel)}")
    elif PAGE.is_file():
        # What a text that is not here gave stays as it was counted.
        _, found, rest = PAGE.read_text("utf-8").partition(NOVEL)
        sections += [found + rest.rstrip("\n")] if found else []
    PAGE.write_text("\n\n".join(sections) + "\n", "utf-8")
    print(PAGE.relative_to(ROOT))


def books() -> Iterator[tuple[str, Path]]:
    """Yield the books that are here, with what they are called."""
    seeds = (path for path in sorted((ROOT / "seeds").iterdir()) if path.suffix)
    for path in [path for path in seeds if path.suffix != ".toml"][:1]:
        yield "The first source: a speech", path
    yield "A book in Markdown", ROOT / "docs/examples/markdown/刻本小史.md"


def size(novel: Path) -> str:
    """Tell how long a novel is that is not part of this repository."""
    length = sum(1 for character in novel.read_text("utf-8") if not character.isspace())
    return (
        f"`make defects NOVEL=…` counts a text that is not part of this repository: "
        f"{length:,} characters."
    )


def table(source: Path) -> str:
    """Return what is found in ``source``, a line a theme, as a table of Markdown."""
    head = [*TEN, "pages", "seconds", "MB"]
    rows = [f"| theme | {' | '.join(head)} |", "|---|" + "--:|" * len(head)]
    with tempfile.TemporaryDirectory() as folder:
        for name in theme.names():
            rows.append(row(make(source, name, Path(folder, name))))
            print(source.name, rows[-1], file=sys.stderr)
    return "\n".join(rows)


def row(made: Made) -> str:
    """Return the figures of one PDF as a line of a table."""
    found: list[Diagnostic] = []
    with opened(made.pdf) as document:
        pages = tuple(document.pages())
    check_pages(pages, found.append)
    counts = Counter(diagnostic.code for diagnostic in found)
    figures = [f"{sum(counts[code] for code in codes):,}" for codes in TEN.values()]
    spent = [f"{made.cost.processor:.1f}", f"{made.cost.megabytes:.0f}"]
    cost = [f"{len(pages):,}", *spent]
    return f"| {made.theme} | {' | '.join(figures + cost)} |"


def make(source: Path, name: str, folder: Path) -> Made:
    """Build the PDF of ``source`` in one theme, in a process of its own."""
    options = ("--to", "pdf", "--theme", name, "--no-audit", "--set", "fonts=standard")
    cost = keben("build", "-q", str(source), *options, "-o", str(folder))
    (pdf,) = folder.glob("*.pdf")
    return Made(name, pdf, cost)


if __name__ == "__main__":
    main()
