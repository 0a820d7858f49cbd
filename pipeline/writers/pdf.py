"""The PDF: the book on pages, tagged, with its outline."""

from __future__ import annotations

from dataclasses import replace

from pipeline import glyphs
from pipeline.assets import inks, size
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.fonts.usage import substitutions, usage
from pipeline.layout import Copy, Imprint, PageLabels, paginate
from pipeline.model import Asset, Book, Section, plain, walk
from pipeline.render import Edition, Writing
from pipeline.render.labels import labels
from pipeline.render.official import imprint_lines
from pipeline.structure import markers
from pipeline.writer import Job, Print, Product, Stylesheet, Writer

_NOTHING = Product(b"")
# Where the pages before the text begin, by their part.
_ANCHORS = {
    "half-title": "half-title",
    "title": "book-title",
    "contents": "contents",
}

_OVERLEAF = ".imprint { break-before: left; page: imprint }\n"
_ALONE = "@page imprint { @bottom-center { content: none } }\n"


def write(job: Job, report: Report) -> Product:
    """Set the book on the pages of its design.

    While a character has no glyph nothing is set: an empty box in its place
    would falsify the text. Raises EngineMissing, and what ``inks.find`` raises.
    """
    found: list[Diagnostic] = []
    glyphs.report_missing(job.book, job.design.faces, found.append)
    for diagnostic in found:
        report(diagnostic)
    if any(diagnostic.code is Code.MISSING_GLYPH for diagnostic in found):
        return _NOTHING
    copy = _copy(job)
    for diagnostic in substitutions(copy.faces, usage(copy.styles, copy.xhtml)):
        report(diagnostic)
    product = _paginated(job, copy, report)
    if copy.inks is None:
        return product
    profile = copy.inks.named
    if not job.design.profile:
        report(Diagnostic(Code.USUAL_PROFILE, values={"name": profile.name}))
    return replace(product, profile=profile)


WRITER = Writer("pdf", ".pdf", Edition(paged=True, split=False), write)


def _copy(job: Job) -> Copy:
    (page,) = job.rendered.pages
    design = job.design
    assets = job.rendered.assets
    numbers = () if _is_numbered(job.book) else design.numbers
    heights = _picture_heights(assets, design.writing)
    styles = (*design.paged, *numbers, heights)
    xhtml = glyphs.without_lost(page.xhtml)
    faces = glyphs.needed(job.book, design)
    press = inks.find(design.profile) if design.print is Print.PRESS else None
    lines, writing = design.lines, design.writing
    return Copy(xhtml, styles, faces, assets, lines, press, writing)


def _paginated(job: Job, copy: Copy, report: Report) -> Product:
    """Set ``copy``: once more, where 版记 came to stand on the front of a sheet."""
    said: list[Diagnostic] = []
    product = paginate(copy, _imprint(job), said.append)
    if overleaf := _overleaf(job, product):
        said.clear()
        copy = replace(copy, styles=(*copy.styles, overleaf))
        product = paginate(copy, _imprint(job), said.append)
    for diagnostic in said:
        report(diagnostic)
    return product


def _overleaf(job: Job, product: Product) -> Stylesheet | None:
    """Return what moves 版记 to the back of the last sheet, if it is not there.

    Only when all pages are set is it known which one is the last. Where a blank
    page has to stand before it, neither has a number (GB/T 9704-2012, 7.5).
    """
    official = job.book.meta.official
    if "tail" not in job.design.back or not official or not imprint_lines(official):
        return None
    last = product.starts[-1]
    if int(last.label) % 2 == 0:
        return None
    is_alone = (last.anchor, last.offset) == ("imprint", 0)
    return Stylesheet("css/overleaf.css", _OVERLEAF + (_ALONE if is_alone else ""))


def _is_numbered(book: Book) -> bool:
    """Tell whether a heading of ``book`` brings its own number."""
    return any(
        isinstance(node, Section) and markers.read(plain(node.title))
        for section in book.sections
        for node in walk(section)
    )


def _picture_heights(assets: tuple[Asset, ...], writing: Writing) -> Stylesheet:
    """Make pictures whole lines high, so that the text below keeps the grid."""
    sizes = ((asset.name, size(asset)) for asset in assets)
    rule = _upright if writing is Writing.VERTICAL else _picture_height
    rules = (rule(name, *known) for name, known in sizes if known)
    return Stylesheet("css/pictures.css", "\n".join(rules))


def _picture_height(name: str, width: float, height: float) -> str:
    # What the source says of the width stands in the style of the picture.
    wide = f"min(var(--measure), var(--shown, {width}px))"
    shown = f"{wide} * {height / width:.6f}"
    rule = f"height: round(up, calc({shown}), var(--line))"
    return f'figure > img[src="{name}"] {{ {rule} }}'


def _upright(name: str, width: float, height: float) -> str:
    """Let a picture stand where lines run down: its box lies, as its page does.

    Its box is as high as the picture is wide, in whole lines, and turns about its
    middle, where the picture is.
    """
    narrow = f"var(--measure) * {width / height:.6f}"
    wide = f"min(var(--depth), var(--shown, {width}px), {narrow})"
    rule = (
        f"width: {wide}; height: round(up, {wide}, 1.75rem); object-fit: contain; "
        "max-height: none; max-width: none; transform: rotate(-90deg)"
    )
    return f'figure > img[src="{name}"] {{ {rule} }}'


def _imprint(job: Job) -> Imprint:
    meta = job.book.meta
    return Imprint(
        meta.title,
        tuple(creator.name for creator in meta.creators),
        meta.description,
        meta.publisher,
        meta.rights,
        meta.language,
        meta.subjects,
        job.identifier,
        job.modified,
        _page_labels(job),
        job.design.print,
        job.design.direction,
    )


def _page_labels(job: Job) -> tuple[PageLabels, ...]:
    """Return numbers from 1 for the text, and Roman ones for what is before it."""
    front = job.design.front
    found = []
    if "cover" in front:
        found.append(PageLabels("", prefix=labels(job.book.meta.language)["cover"]))
    roman = [_ANCHORS[part] for part in front if part in _ANCHORS]
    if roman:
        found.append(PageLabels(roman[0] if found else "", "r"))
    if "head" in front:
        found.append(PageLabels("head", "D"))
    else:
        found += [PageLabels(s.id, "D") for s in job.book.sections[:1]]
    return tuple(found)
