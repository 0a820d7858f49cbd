"""Check an EPUB: by rules of our own, and by EPUBCheck."""

from __future__ import annotations

from pathlib import Path

from pipeline.checks.epub.epubcheck import validate
from pipeline.checks.epub.publication import Unreadable, read
from pipeline.checks.epub.rules import judge
from pipeline.checks.epub.text import body_text, note_text, page_texts
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.source import Span

__all__ = ["body_text", "check", "note_text", "page_texts"]


def check(path: Path, report: Report) -> None:
    """Report everything that is wrong with the EPUB at ``path``.

    Spans name files inside it. Raises MissingTool, after our own findings,
    where EPUBCheck or a Java runtime is not installed.
    """
    try:
        judge(read(path), report)
    except Unreadable as error:
        span = Span(error.file, error.line, error.line)
        report(Diagnostic(Code.UNREADABLE_EPUB, span, {"reason": error.reason}))
    validate(path, report)
