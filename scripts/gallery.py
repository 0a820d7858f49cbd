"""Write docs/gallery.md: every theme and its sizes, on the sources that are here.

Usage: .venv/bin/python scripts/gallery.py   (make gallery)

The pages are built by the command that people type, and drawn from the PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from pipeline import theme
from pipeline.build import Order, build
from pipeline.messages import Message
from pipeline.pdfium import Drawing, Page, drawn, opened
from pipeline.render import Writing

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/gallery.md"
PICTURES = ROOT / "docs/pictures"
EXAMPLES = ROOT / "docs/examples"
NOVEL = EXAMPLES / "novel/夜航.txt"
BOOK = EXAMPLES / "markdown/刻本小史.md"
# Pixels: how wide a page is beside others, and how many of a millimetre of paper.
WIDTH, OF_A_MILLIMETRE = 300, 1.6
GAP, MARGIN, GROUND = 24, 20, (222, 222, 222)
QUALITY = 55
INTRODUCTION = """\
# The themes, page by page

`make gallery` writes this page: each picture shows pages of a PDF that `keben build`
made, with the fonts that come with Keben. `keben themes` shows more of the like, by
the fonts of your own machine."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Pages that stand beside each other, by number from 0, and what they are."""

    name: str
    pages: tuple[int, ...]


def main() -> None:
    """Build all, draw all, write the page."""
    with TemporaryDirectory() as folder:
        parts = [INTRODUCTION, *(chapter(n, Path(folder)) for n in theme.names())]
    PAGE.write_text("\n\n".join(parts) + "\n", "utf-8")
    print(PAGE.relative_to(ROOT))


def chapter(name: str, folder: Path) -> str:
    """Return what the page says of one theme, once its pictures are written."""
    english, chinese = (Message(f"purpose.{name}").text(tag) for tag in ("en", "zh"))
    sizes = theme.settings_of(name)[0].choices
    lines = [f"## `{name}`", f"{english[0].upper()}{english[1:]}. {chinese}。"]
    for title, label, source in sources():
        pdf = made(source, name, sizes[0], folder)
        shown = chosen(pages_of(pdf))
        picture = saved(sheet(pdf, shown, name), f"gallery-{name}-{label}")
        said = ", ".join(one.name for one in shown)
        lines += [
            f"### {title}",
            f"![{title} in {name}: {said}]({picture})",
            said_of(said),
        ]
    if sizes[1:]:
        pdfs = [made(BOOK, name, size, folder) for size in sizes]
        picture = saved(scaled(pdfs), f"gallery-{name}-sizes")
        said = ", ".join(f"`{size}`" for size in sizes)
        lines += ["### Sizes", f"![{name} in its sizes]({picture})"]
        lines += [f"`--set size=` {said}, to one scale."]
    return "\n\n".join(lines)


def sources() -> Iterator[tuple[str, str, Path]]:
    """Yield what each source is called, in words and in files."""
    seeds = sorted(path for path in (ROOT / "seeds").iterdir() if path.suffix == ".txt")
    for path in seeds[:1]:
        yield "A speech", "speech", path
    yield "A novel", "novel", NOVEL
    yield "A book in Markdown", "markdown", BOOK


def said_of(names: str) -> str:
    return f"{names[0].upper()}{names[1:]}."


def made(source: Path, name: str, size: str, folder: Path) -> bytes:
    """Return the PDF of ``source`` as a theme has it in one of its sizes."""
    settings = {"size": size, "fonts": "standard"}
    order = Order(("pdf",), name, settings=settings, proved=False)
    outcome = build(source, folder / name / size, order, lambda _stage: None)
    if not outcome.editions:
        raise SystemExit("\n".join(map(str, outcome.diagnostics)))
    return outcome.editions[0].path.read_bytes()


# Which pages ------------------------------------------------------------------------


def pages_of(pdf: bytes) -> tuple[Page, ...]:
    with opened(pdf) as document:
        return tuple(document.pages())


def chosen(pages: Sequence[Page]) -> tuple[Shown, ...]:
    """Return the pages of a book that show most of how it looks, in their order."""
    text = next((n for n, page in enumerate(pages) if page.label == "1"), 0)
    # A colophon has no folio.
    body = [n for n in range(text, len(pages)) if pages[n].furniture.strip()]
    found = [*front(pages[:text]), Shown("an opening", (text,)), *spread(pages, body)]
    for name, type_ in (
        ("a table", "Table"),
        ("a figure", "Figure"),
        ("notes", "Note"),
    ):
        known = set(chain.from_iterable(one.pages for one in found))
        holding = [n for n in body if type_ in types(pages[n])]
        if holding and known.isdisjoint(holding):
            found.append(Shown(f"a page with {name}", (holding[0],)))
    return tuple(sorted(found, key=lambda one: one.pages))


def front(pages: Sequence[Page]) -> Iterator[Shown]:
    """Yield cover, title page and contents, where they are."""
    covers = [n for n, page in enumerate(pages) if not page.label.isascii()]
    titled = [n for n, page in enumerate(pages) if "H1" in types(page)]
    listed = [n for n, page in enumerate(pages) if "TOC" in types(page)]
    yield from (Shown("cover", (n,)) for n in covers[:1])
    yield from (Shown("title page", (n,)) for n in titled[:1] if n not in listed)
    yield from (Shown("contents", (n,)) for n in listed[:1])


def spread(pages: Sequence[Page], body: Sequence[int]) -> Iterator[Shown]:
    """Yield the fullest pair of pages that face each other, if any do."""
    facing = [pair for pair in pairwise(body) if int(pages[pair[0]].label) % 2 == 0]
    for pair in sorted(facing, key=lambda pair: full(pages, pair))[-1:]:
        yield Shown("a spread", pair)


def types(page: Page) -> set[str]:
    return set(chain.from_iterable(run.types for run in page.runs))


def full(pages: Sequence[Page], numbers: Sequence[int]) -> int:
    return min(len("".join(run.text for run in pages[n].runs)) for n in numbers)


# Pictures ---------------------------------------------------------------------------


def sheet(pdf: bytes, shown: Sequence[Shown], name: str) -> Image.Image:
    """Draw pages beside each other; those of a spread touch."""
    vertical = theme.load(name).writing is Writing.VERTICAL
    groups = [[image(d) for d in drawn(pdf, one.pages, WIDTH)] for one in shown]
    if vertical:
        groups = [group[::-1] for group in groups[::-1]]
    return beside(groups)


def scaled(pdfs: Sequence[bytes]) -> Image.Image:
    """Draw the fullest page of books of several sizes, to one scale."""
    return beside([[fullest(pdf)] for pdf in pdfs])


def fullest(pdf: bytes) -> Image.Image:
    """Draw the page that has most text, by how large it is on paper."""
    pages = pages_of(pdf)
    number = max(range(len(pages)), key=lambda n: full(pages, (n,)))
    width = round(pages[number].width / 72 * 25.4 * OF_A_MILLIMETRE)
    (drawing,) = drawn(pdf, (number,), width)
    return image(drawing)


def image(drawing: Drawing) -> Image.Image:
    return Image.frombytes("RGB", (drawing.width, drawing.height), drawing.pixels)


def beside(groups: Sequence[Sequence[Image.Image]]) -> Image.Image:
    """Lay groups of pages on a ground; the pages of a group touch."""
    every = [page for group in groups for page in group]
    width = sum(page.width for page in every) + GAP * (len(groups) - 1) + 2 * MARGIN
    height = max(page.height for page in every) + 2 * MARGIN
    ground = Image.new("RGB", (width, height), GROUND)
    left = MARGIN
    for group in groups:
        for page in group:
            ground.paste(page, (left, height - MARGIN - page.height))
            left += page.width
        left += GAP
    return ground


def saved(picture: Image.Image, name: str) -> str:
    """Write a picture; return where it is, as docs/gallery.md sees it."""
    path = PICTURES / f"{name}.webp"
    picture.save(path, quality=QUALITY, method=6)
    print(path.relative_to(ROOT), f"{path.stat().st_size / 1024:.0f} KB")
    return f"pictures/{path.name}"


if __name__ == "__main__":
    main()
