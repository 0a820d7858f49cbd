from __future__ import annotations

from pathlib import Path

import pytest
import weasyprint

from pipeline import fonts
from pipeline.checks.typography import check
from pipeline.diagnostics import Diagnostic

# A5 with 20 characters a line, and a grid of 17.5 pt.
CSS = """
@page { size: 148mm 210mm; margin: 20mm calc(148mm - 20mm - 200pt) 20mm 20mm }
html { font: 10pt/17.5pt "Keben Song"; text-align: justify }
body, p, h1 { margin: 0 } h1 { font-size: 10pt; text-align: center }
p { text-indent: 2em; orphans: 1; widows: 1 }
"""


@pytest.fixture(scope="session")
def stock():
    """Set a body of XHTML as WeasyPrint does by itself, with our faces."""
    known = {face.family: face.path.as_uri() for face in fonts.faces()}

    def set_body(body: str, css: str = "", *, tagged: bool = True) -> bytes:
        rules = [
            f'@font-face {{ font-family: "{name}"; src: url("{uri}") }}'
            for name, uri in known.items()
        ]
        for name, uri in known.items():
            css = css.replace(f"<{name}>", f'url("{uri}")')
        style = "".join(rules) + CSS + css
        html = f'<html lang="zh-Hans"><title>书</title><style>{style}</style>{body}'
        return weasyprint.HTML(string=html).write_pdf(pdf_tags=tagged)

    return set_body


@pytest.fixture
def findings(tmp_path: Path):
    """Return what the check finds in a PDF."""

    def find(data: bytes) -> list[Diagnostic]:
        path = tmp_path / "book.pdf"
        path.write_bytes(data)
        found: list[Diagnostic] = []
        check(path, found.append)
        return found

    return find
