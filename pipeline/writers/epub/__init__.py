"""EPUB 3.3, through EbookLib.

EbookLib packs, and never sees markup: documents, navigation and NCX go in as
plain items, because its own classes for them drop attributes and put newlines
between inline elements, which show as spaces in Chinese.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC
from importlib.resources import files
from pathlib import PurePosixPath

from ebooklib import epub

from pipeline.assets import reduced
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.model import Asset
from pipeline.render import Edition, Notes, Page, Writing, render_cover
from pipeline.render.labels import labels
from pipeline.stylesheets import Usage, pruned
from pipeline.writer import Embedding, Job, Product, Writer
from pipeline.writers.epub import fonts
from pipeline.writers.epub.container import normalise
from pipeline.writers.epub.cover import draw
from pipeline.writers.epub.metadata import describe

_XHTML = "application/xhtml+xml"
_COVER = "images/cover.jpg"
_IBOOKS = "http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"
_NCX = "application/x-dtbncx+xml"

# EPUB 3.3, 3.2 Core media types: what every reading system shows.
_PICTURES = frozenset(
    {"image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/webp"}
)

# A landmark, and what the guide of EPUB 2, which Kindle reads, calls it.
_GUIDE = {"cover": "cover", "toc": "toc", "bodymatter": "text"}


def write(job: Job, report: Report) -> Product:
    """Pack the book. Equal jobs give equal bytes, wherever they run."""
    package = epub.EpubBook()
    package.FOLDER_NAME = "EPUB"
    package.IDENTIFIER_ID = "pub-id"
    package.metadata = {}
    package.set_identifier(job.identifier)
    for said in describe(job):
        package.add_metadata(said.vocabulary, said.name, said.value, said.attributes)
    _add_navigation(package, job)
    for label in job.rendered.unmarked:
        report(Diagnostic(Code.PAGE_UNMARKED, values={"label": label}))
    if job.design.writing is Writing.VERTICAL:
        package.set_direction("rtl")
    pages = _with_cover(package, job, report)
    _add_styles(package, job, pages)
    _add_pictures(package, _shown((*job.rendered.assets, *_signs(job)), pages), report)
    _add_documents(package, pages)
    return Product(
        normalise(_packed(package, job), job.rendered.language, job.modified)
    )


def _add_navigation(package: epub.EpubBook, job: Job) -> None:
    nav = _add(package, "nav", "nav.xhtml", _XHTML, job.rendered.nav)
    nav.properties = ["nav"]
    # EbookLib names the item "ncx" in the spine, whatever its id.
    _add(package, "ncx", "toc.ncx", _NCX, job.rendered.ncx)
    text = labels(job.book.meta.language)["text"]
    package.guide = [
        {
            "type": _GUIDE[page.landmark],
            "title": text if page.landmark == "bodymatter" else page.title,
            "href": _href(page),
        }
        for page in job.rendered.pages
        if page.landmark in _GUIDE
    ]


def _add_styles(package: epub.EpubBook, job: Job, pages: tuple[Page, ...]) -> None:
    documents = [page.xhtml for page in pages]
    faces = tuple(_fonts(job, documents))
    for font in faces:
        stem = PurePosixPath(font.path).stem
        _add(package, f"font-{stem}", font.path, font.font.media_type, font.font.data)
    if faces:
        _announce_fonts(package)
    used = Usage(documents)
    for sheet in job.design.reflowable:
        stem = PurePosixPath(sheet.name).stem
        css = pruned(sheet.css, used)
        if faces and sheet is job.design.reflowable[0]:
            css += fonts.style(faces).css
        _add(package, f"css-{stem}", sheet.name, "text/css", css)


def _fonts(job: Job, documents: list[str]) -> Iterator[fonts.Embedded]:
    if job.design.embedding is Embedding.SUBSET:
        yield from fonts.embedded(job.design.faces, documents)


def _announce_fonts(package: epub.EpubBook) -> None:
    """Say that the fonts are to be used: in Apple's older way and in the newer."""
    options = epub.EpubItem(
        "display-options",
        "META-INF/com.apple.ibooks.display-options.xml",
        "application/xml",
        fonts.DISPLAY_OPTIONS.encode(),
        manifest=False,
    )
    package.add_item(options)
    package.add_prefix("ibooks", _IBOOKS)
    package.add_metadata("OPF", "meta", "true", {"property": "ibooks:specified-fonts"})


def _signs(job: Job) -> Iterator[Asset]:
    """Yield the sign that calls a note, where readers want a picture for it."""
    if job.design.notes is Notes.DUOKAN:
        sign = files("pipeline.writers.epub") / "note.png"
        yield Asset(sign.name, "image/png", sign.read_bytes())


def _shown(assets: tuple[Asset, ...], pages: tuple[Page, ...]) -> Iterator[Asset]:
    """Yield each picture that a page shows once, light enough for a reader."""
    different = {asset.name: asset for asset in assets}
    for asset in different.values():
        if any(asset.name in page.xhtml for page in pages):
            yield reduced(asset)


def _add_pictures(
    package: epub.EpubBook, assets: Iterable[Asset], report: Report
) -> None:
    for number, asset in enumerate(assets, start=1):
        if asset.media_type not in _PICTURES:
            values = {"name": asset.name, "type": asset.media_type}
            report(Diagnostic(Code.FOREIGN_PICTURE, None, values))
        name = f"images/{asset.name}"
        _add(package, f"image-{number:03}", name, asset.media_type, asset.data)


def _with_cover(package: epub.EpubBook, job: Job, report: Report) -> tuple[Page, ...]:
    """Add the picture of the cover; without one, set the cover page in type."""
    if picture := draw(job, report):
        item = _add(package, "cover", _COVER, "image/jpeg", picture)
        item.properties = ["cover-image"]
        # How EPUB 2 said it; Kindle and library shelves still look for it.
        package.add_metadata("OPF", "meta", "", {"name": "cover", "content": "cover"})
        if not job.book.meta.cover:
            # Whoever makes another book of this one shall draw a cover of its own.
            drawn = {"name": "keben:cover", "content": "drawn"}
            package.add_metadata("OPF", "meta", "", drawn)
        return job.rendered.pages
    edition = replace(WRITER.edition_in(job.design), cover="")
    typeset = render_cover(job.book, edition)
    return (typeset, *job.rendered.pages[1:])


def _add_documents(package: epub.EpubBook, pages: tuple[Page, ...]) -> None:
    for page in pages:
        stem = PurePosixPath(page.name).stem
        item = _add(package, f"doc-{stem}", _href(page), _XHTML, page.xhtml)
        item.properties = ["mathml"] if "<math" in page.xhtml else []
        package.spine.append(item)


def _href(page: Page) -> str:
    return f"text/{page.name}"


def _add(
    package: epub.EpubBook, name: str, path: str, media_type: str, content: str | bytes
) -> epub.EpubItem:
    data = content.encode() if isinstance(content, str) else content
    return package.add_item(epub.EpubItem(name, path, media_type, data))


def _packed(package: epub.EpubBook, job: Job) -> bytes:
    packed = io.BytesIO()
    options = {
        "compresslevel": 0,
        "epub3_pages": False,
        "mtime": job.modified.astimezone(UTC),
        "raise_exceptions": True,
    }
    epub.write_epub(packed, package, options)
    return packed.getvalue()


WRITER = Writer(
    "epub",
    ".epub",
    Edition(
        paged=False,
        split=True,
        styles=("../css/book.css", "../css/more.css"),
        assets="../images/",
        cover=f"../{_COVER}",
    ),
    write,
)
