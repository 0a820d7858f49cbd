"""Prove that finished editions say what their source says.

The editions are read as files, without the model: an EPUB as a zip file with
XHTML, a PDF through PDFium. The source speaks for itself, as its witness hears
it. Between them stands the record alone: source − drops + edits = editions.
"""

from __future__ import annotations

import json

from pipeline.audit.page import page
from pipeline.audit.proving import Audit, audit, differences, unreadable
from pipeline.audit.record import as_json

__all__ = ["Audit", "as_json", "audit", "differences", "documents", "unreadable"]


def documents(found: Audit, stem: str) -> dict[str, bytes]:
    """Return the proof as files by name: JSON for programs, a page for people."""
    values = json.dumps(as_json(found), ensure_ascii=False, indent=1) + "\n"
    return {
        f"{stem}.audit.json": values.encode(),
        f"{stem}.audit.html": page(found).encode(),
    }
