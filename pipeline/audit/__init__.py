"""Prove that finished editions say what their source says.

The editions are read as files, without the model: an EPUB as a zip file with
XHTML, a PDF through PDFium. The source speaks for itself, as its witness hears
it. Between them stands the record alone: source − drops + edits = editions.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from pipeline.audit.page import page
from pipeline.audit.proving import Audit, audit, differences, unreadable
from pipeline.audit.record import as_json
from pipeline.diagnostics import Diagnostic

__all__ = ["Audit", "as_json", "audit", "differences", "documents", "unreadable"]


def documents(
    found: Audit, diagnostics: Sequence[Diagnostic], stem: str
) -> dict[str, bytes]:
    """Return the proof as files by name: JSON for programs, a page for people."""
    values = json.dumps(as_json(found), ensure_ascii=False, indent=1) + "\n"
    return {
        f"{stem}.audit.json": values.encode(),
        f"{stem}.audit.html": page(found, diagnostics).encode(),
    }
