from __future__ import annotations

import contextlib

import pytest

from pipeline import fonts
from pipeline.diagnostics import Diagnostic
from pipeline.layout import Copy, Imprint, paginate
from pipeline.writer import Stylesheet

# A5 with 20 characters a line, and a grid of 17.5 pt.
CSS = """
@page { size: 148mm 210mm; margin: 20mm calc(148mm - 20mm - 200pt) 20mm 20mm }
html { font: 10pt/17.5pt "Keben Song"; text-align: justify }
body, p, h1 { margin: 0 } h1 { font-size: 10pt; text-align: center }
p { text-indent: 2em; orphans: 1; widows: 1 }
"""


@pytest.fixture
def pdf(monkeypatch):
    """Set a body of XHTML, by our lines or by stock ones."""

    def set_body(body: str, css: str = "", lines: str = "ours") -> bytes:
        if lines == "stock":
            from pipeline.layout import engine

            monkeypatch.setattr(
                engine, "installed", lambda report, options: contextlib.nullcontext()
            )
        copy = Copy(
            f'<html lang="zh-Hans"><title>书</title><body>{body}</body></html>',
            (Stylesheet("book.css", CSS + css),),
            fonts.faces(),
        )
        found: list[Diagnostic] = []
        product = paginate(copy, Imprint("书"), found.append)
        monkeypatch.undo()
        assert not found
        return product.data

    return set_body
