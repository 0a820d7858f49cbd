"""``keben audit``: prove that finished editions say what their source says."""

from __future__ import annotations

import argparse
from typing import Any

from pipeline import reading, works
from pipeline.audit import Audit, as_json, audit, differences, unreadable
from pipeline.checks.epub.publication import Unreadable
from pipeline.cli import console
from pipeline.cli.inspecting import diagnostics_json
from pipeline.diagnostics import Diagnostic
from pipeline.failures import Misuse, Status
from pipeline.messages import say
from pipeline.pdfium import UnreadablePdf


def run(options: argparse.Namespace) -> Status:
    """Audit the files against the source."""
    for path in options.files:
        if not path.is_file():
            raise Misuse("failure.no-source", path=path)
    diagnostics: list[Diagnostic] = []
    found = _audit(options, diagnostics)
    if options.json:
        console.as_json(_json(found, diagnostics))
    else:
        _print(found, diagnostics)
    return Status.GOOD if found and found.is_proved else Status.CONTENT


def _audit(options: argparse.Namespace, diagnostics: list[Diagnostic]) -> Audit | None:
    work = works.locate(options.source, diagnostics.append)
    if work is None:
        return None
    understood = reading.read(work, options.encoding)
    if reading.failed(understood.diagnostics):
        diagnostics += understood.diagnostics
        return None
    files = {str(path): path for path in options.files}
    try:
        found = audit(work, understood, files, options.encoding)
    except (Unreadable, UnreadablePdf) as error:
        diagnostics.append(unreadable(error))
        return None
    diagnostics += differences(found)
    return found


def _print(found: Audit | None, diagnostics: list[Diagnostic]) -> None:
    console.diagnostics(diagnostics)
    if found:
        key = "audit.proved" if found.is_proved else "audit.unproved"
        style = "green" if found.is_proved else "bold red"
        console.line(say(key, count=found.characters), style)


def _json(found: Audit | None, diagnostics: list[Diagnostic]) -> dict[str, Any]:
    told = diagnostics_json(diagnostics)
    if found is None:
        return {"proved": False, "diagnostics": told}
    return {**as_json(found), "diagnostics": told}
