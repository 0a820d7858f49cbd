"""The PDF: the book on pages, tagged, with its outline."""

from __future__ import annotations

from pipeline import glyphs
from pipeline.diagnostics import Diagnostic, Report
from pipeline.layout import Copy, Imprint, PageLabels, paginate
from pipeline.render import Edition
from pipeline.render.labels import labels
from pipeline.writer import Job, Product, Writer

_NOTHING = Product(b"")


def write(job: Job, report: Report) -> Product:
    """Set the book on the pages of its design.

    Without a glyph for every character nothing is set: an empty box in place
    of a character falsifies the text. Raises EngineMissing.
    """
    missing: list[Diagnostic] = []
    glyphs.report_missing(job.book, job.design.faces, missing.append)
    for diagnostic in missing:
        report(diagnostic)
    return _NOTHING if missing else paginate(_copy(job), _imprint(job), report)


WRITER = Writer("pdf", ".pdf", Edition(paged=True, split=False), write)


def _copy(job: Job) -> Copy:
    (page,) = job.rendered.pages
    design = job.design
    return Copy(page.xhtml, design.paged, design.faces, job.rendered.assets)


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
