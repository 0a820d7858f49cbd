"""What other programs need for the same novel, as far as they are installed.

Each makes what it can, by its own usual means, in the face that Keben uses: A5, with
numbers of pages and a table of contents. None finds the chapters of a Chinese text:
all but calibre are given Markdown or HTML in which they are marked.
"""

from __future__ import annotations

import html
import importlib.util
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.cases import NOVEL, written
from benchmarks.runs import Case, command, ourselves
from benchmarks.texts import novel
from pipeline import theme
from pipeline.fonts.families import SONG

_CHAPTER = re.compile(r"^(第.+)$", re.MULTILINE)
_STYLE = """
@font-face { font-family: Song; src: url(%s) }
@page { size: 148mm 210mm; margin: 20mm; @bottom-center { content: counter(page) } }
body { font: 10.5pt/1.7 Song, serif; text-align: justify }
p { margin: 0; text-indent: 2em }
h1 { break-before: page; font-size: 16pt }
"""
_TYPST = """
#set page(width: 148mm, height: 210mm, margin: 20mm, numbering: "1")
#set text(font: "Noto Serif SC", size: 10.5pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true))
#outline()
"""


def cases(folder: Path) -> Iterator[Case]:
    """Yield a case for each peer that is here."""
    text = novel(NOVEL)
    source = written(folder, "peers", text)
    for name, peer in PEERS.items():
        if peer.is_here():
            run = partial(ourselves, "--peer", name, str(source), str(folder))
            yield Case(name, len(text), run)
    if calibre := shutil.which("ebook-convert"):
        words = [calibre, str(source), str(folder / "calibre.epub")]
        yield Case("calibre, EPUB", len(text), partial(command, words))


def absent() -> list[str]:
    """Return the names of the peers that are not here."""
    missing = [name for name, peer in PEERS.items() if not peer.is_here()]
    return missing if shutil.which("ebook-convert") else [*missing, "calibre"]


def pandoc_and_typst(source: Path, folder: Path) -> None:
    """Make an EPUB by pandoc and a PDF by pandoc and typst."""
    import pypandoc
    import typst

    marked = folder / "peers.md"
    text = source.read_text("utf-8").replace("　　", "").replace("\n", "\n\n")
    marked.write_text(_CHAPTER.sub(r"# \1", text), "utf-8")
    title = ["--metadata=title:长夜", "--metadata=lang:zh-CN"]
    pypandoc.convert_file(
        str(marked), "epub", outputfile=str(folder / "pandoc.epub"), extra_args=title
    )
    body = pypandoc.convert_file(str(marked), "typst")
    paged = folder / "peers.typ"
    paged.write_text(_TYPST + body, "utf-8")
    typst.compile(
        str(paged), output=str(folder / "pandoc.pdf"), font_paths=[str(_face().parent)]
    )


def plutoprint(source: Path, folder: Path) -> None:
    """Make a PDF by PlutoBook."""
    import plutoprint as pluto

    book = pluto.Book(pluto.PAGE_SIZE_A5)
    book.load_html(_html(source))
    book.write_to_pdf(str(folder / "plutoprint.pdf"))


def _html(source: Path) -> str:
    """Return the novel as HTML, its chapters marked, its face at hand."""
    lines = filter(None, source.read_text("utf-8").splitlines())
    body = "".join(
        f"<h1>{html.escape(line)}</h1>"
        if _CHAPTER.match(line)
        else f"<p>{html.escape(line.strip())}</p>"
        for line in lines
    )
    return f"<html lang=zh><style>{_STYLE % _face().as_uri()}</style>{body}</html>"


def _face() -> Path:
    """Return the face of the text that Keben uses."""
    return next(face.path for face in theme.load().faces if face.family == SONG)


@dataclass(frozen=True)
class Peer:
    """Makes editions of a source in a folder, by modules that it needs."""

    make: Callable[[Path, Path], None]
    needs: tuple[str, ...]

    def is_here(self) -> bool:
        return all(importlib.util.find_spec(module) for module in self.needs)


PEERS = {
    "pandoc and typst, both editions": Peer(pandoc_and_typst, ("pypandoc", "typst")),
    "plutoprint, PDF": Peer(plutoprint, ("plutoprint",)),
}
