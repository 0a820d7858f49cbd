"""``keben audit``: prove that finished editions say what their source says."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from pipeline import build
from pipeline.audit import Audit, as_json
from pipeline.build import Order
from pipeline.cli import console
from pipeline.diagnostics import Diagnostic, as_values
from pipeline.failures import Misuse, Status
from pipeline.messages import say


def run(options: argparse.Namespace) -> Status:
    """Audit the files against the source."""
    for path in options.files:
        if not path.is_file():
            raise Misuse("failure.no-source", path=path)
    order = Order(
        theme=options.theme,
        encoding=options.encoding,
        settings=dict(options.settings),
    )
    files = {str(path): path for path in options.files}
    found, diagnostics = build.prove(options.source, files, order)
    if options.json:
        console.as_json(_json(found, diagnostics))
    else:
        _print(found, diagnostics)
    return Status.GOOD if found and found.is_proved else Status.CONTENT


def _print(found: Audit | None, diagnostics: Sequence[Diagnostic]) -> None:
    console.diagnostics(diagnostics)
    if found:
        key = "audit.proved" if found.is_proved else "audit.unproved"
        style = "green" if found.is_proved else "bold red"
        console.line(say(key, count=found.characters), style)


def _json(found: Audit | None, diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    told = as_values(diagnostics)
    if found is None:
        return {"proved": False, "diagnostics": told}
    return {**as_json(found), "diagnostics": told}
