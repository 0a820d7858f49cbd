"""The picture of the cover: the theme's own, drawn as a page and photographed."""

from __future__ import annotations

from dataclasses import replace

from pipeline import glyphs
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.layout import Copy, EngineMissing, Imprint, paginate
from pipeline.model import Book
from pipeline.pdfium import first_page
from pipeline.render import Edition, render_cover
from pipeline.writer import Job, Stylesheet

# 1600 by 2400 dots: two to three, what shops and library shelves ask for.
_SHAPE = Stylesheet("css/cover.css", "@page { size: 4in 6in }")
_RESOLUTION = 400


def draw(job: Job, report: Report) -> bytes | None:
    """Return the cover of the book as a JPEG, or None once it is said why not."""
    bare = replace(job.book, opening=(), sections=(), assets=())
    lacking: list[Diagnostic] = []
    glyphs.report_missing(bare, job.design.faces, lacking.append)
    try:
        if not lacking:
            return first_page(_page(bare, job, report), _RESOLUTION)
        reason = lacking[0].message
    except EngineMissing as error:
        reason = str(error)
    report(Diagnostic(Code.COVER_NOT_DRAWN, None, {"reason": reason}))
    return None


def _page(bare: Book, job: Job, report: Report) -> bytes:
    xhtml = render_cover(bare, Edition(paged=True, split=False)).xhtml
    styles = (*job.design.paged, _SHAPE)
    design = job.design
    faces = glyphs.needed(bare, design)
    copy = Copy(xhtml, styles, faces, job.rendered.assets, design.lines)
    return paginate(copy, Imprint(modified=job.modified), report).data
