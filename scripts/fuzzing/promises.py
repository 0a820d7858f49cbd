"""What holds of everything that is read, whatever bytes it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import NoReturn
from zipfile import ZipFile

from fuzzing.journal import Broken
from pipeline import audit, reading, theme
from pipeline.diagnostics import Diagnostic
from pipeline.model import Manuscript, Section, walk
from pipeline.reading import Reading
from pipeline.render import Rendered, render
from pipeline.works import Work
from pipeline.writers.epub import WRITER

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf"/></rootfiles></container>'
)
_DESIGN = theme.load()
_EDITION = WRITER.edition_in(_DESIGN)


def tellable(found: Iterable[Diagnostic]) -> None:
    """Promise that every diagnostic can be told."""
    for diagnostic in found:
        if not str(diagnostic):
            _break("a diagnostic says nothing", diagnostic.code)


def placed(manuscript: Manuscript, lines: Mapping[str, int]) -> None:
    """Promise that nodes lie on lines that their source has, by ``lines``, if known."""
    for block in manuscript.blocks:
        for node in walk(block):
            span = node.span
            if not 1 <= span.first <= span.last:
                _break("a span is no range", span)
            if span.last > lines.get(span.source, span.last):
                _break("a span ends behind the source", span)


def nested(sections: Iterable[Section], level: int = 1) -> None:
    """Promise that no level of headings is skipped."""
    for section in sections:
        if section.level != level:
            _break("a level is skipped", section.level)
        nested(section.sections, level + 1)


def complete(work: Work, understood: Reading) -> None:
    """Promise that source − drops + edits is what an edition says."""
    book = reading.finish(understood.book, lambda _known_already: None)
    rendered = render(book, _EDITION, "urn:fuzzing")
    found = audit.audit(work, understood, {"made.epub": packed(rendered)})
    for difference in audit.differences(found):
        _break(f"the proof fails: {difference.code.name}", difference)


def packed(rendered: Rendered) -> bytes:
    """Return an EPUB of no more than what is read: its writer takes far longer."""
    files = {f"text/{page.name}": page.xhtml for page in rendered.pages}
    items = "".join(f'<item id="i{n}" href="{f}"/>' for n, f in enumerate(files))
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(files)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
        f'<item id="nav" properties="nav" href="nav.xhtml"/>{items}'
        f"</manifest><spine>{spine}</spine></package>"
    )
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("META-INF/container.xml", _CONTAINER)
        archive.writestr("EPUB/package.opf", package)
        archive.writestr("EPUB/nav.xhtml", rendered.nav)
        for name, xhtml in files.items():
            archive.writestr(f"EPUB/{name}", xhtml)
        for asset in {asset.name: asset for asset in rendered.assets}.values():
            archive.writestr(f"EPUB/images/{asset.name}", asset.data)
    return made.getvalue()


def _break(promise: str, witness: object) -> NoReturn:
    raise Broken(promise, witness)
