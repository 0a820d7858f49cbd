"""The PDF: the book on pages, tagged, with its outline."""

from __future__ import annotations

from pipeline import glyphs
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.layout import Copy, Imprint, PageLabels, paginate
from pipeline.render import Edition
from pipeline.render.labels import labels
from pipeline.writer import Job, Product, Writer

_NOTHING = Product(b"")


def write(job: Job, report: Report) -> Product:
    """Set the book on the pages of its design.

    While a character has no glyph nothing is set: an empty box in its place
    would falsify the text. Raises EngineMissing.
    """
    found: list[Diagnostic] = []
    glyphs.report_missing(job.book, job.design.faces, found.append)
    for diagnostic in found:
        report(diagnostic)
    if any(diagnostic.code is Code.MISSING_GLYPH for diagnostic in found):
        return _NOTHING
    return paginate(_copy(job), _imprint(job), report)


WRITER = Writer("pdf", ".pdf", Edition(paged=True, split=False), write)


def _copy(job: Job) -> Copy:
    (page,) = job.rendered.pages
    design = job.design
    xhtml = glyphs.without_lost(page.xhtml)
    return Copy(xhtml, design.paged, design.faces, job.rendered.assets)


def _imprint(job: Job) -> Imprint:
    meta = job.book.meta
    return Imprint(
        meta.title,
        tuple(creator.name for creator in meta.creators),
        meta.description,
        job.identifier,
        job.modified,
        _page_labels(job),
    )


def _page_labels(job: Job) -> tuple[PageLabels, ...]:
    cover = PageLabels("", prefix=labels(job.book.meta.language)["cover"])
    body = (PageLabels(s.id, "D") for s in job.book.sections[:1])
    return (cover, PageLabels("book-title", "r"), *body)
