"""``keben check``: validators on finished files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.checks import Check, MissingTool
from pipeline.cli import console
from pipeline.diagnostics import Diagnostic, as_values
from pipeline.failures import Failure, Misuse, Status
from pipeline.messages import say
from pipeline.reading import failed


def run(options: argparse.Namespace) -> Status:
    """Check each file; every finding counts, warnings and usage notes too."""
    checks = {path: _check_for(path) for path in options.files}
    found: dict[Path, list[Diagnostic]] = {path: [] for path in checks}
    omitted: dict[Path, list[str]] = {path: [] for path in checks}
    for path, check in checks.items():
        try:
            check(path, found[path].append)
            omitted[path] += _accessibility(path, found[path])
        except Failure:  # what was found before is worth knowing all the same
            console.diagnostics(found[path])
            raise
        if not options.json:
            _print(path, found[path], omitted[path])
    if options.json:
        console.as_json([_json(path, found[path], omitted[path]) for path in checks])
    flawed = any(failed(findings) for findings in found.values())
    return Status.CONTENT if flawed else Status.GOOD


def _check_for(path: Path) -> Check:
    if not path.is_file():
        raise Misuse("failure.no-source", path=path)
    match path.suffix.lower():
        case ".epub":
            from pipeline.checks import epub

            return epub.check
        case ".pdf":
            from pipeline.checks import pdf

            return pdf.check
        case _:
            raise Misuse("failure.no-check", path=path)


def _accessibility(path: Path, findings: list[Diagnostic]) -> Iterator[str]:
    """Have Ace check an EPUB; yield why it could not, if it is not installed."""
    if path.suffix.lower() == ".epub":
        from pipeline.checks.epub import ace

        try:
            ace.check(path, findings.append)
        except MissingTool as lacking:
            yield say("check.without-ace", reason=lacking)


def _print(path: Path, findings: list[Diagnostic], omitted: list[str]) -> None:
    console.diagnostics(findings)
    for reason in omitted:
        console.line(reason, "dim")
    verdict = "check.flawed" if failed(findings) else "check.sound"
    style = "bold red" if failed(findings) else "green"
    console.line(say(verdict, path=path, count=len(findings)), style)


def _json(path: Path, findings: list[Diagnostic], omitted: list[str]) -> dict[str, Any]:
    return {
        "file": str(path),
        "sound": not failed(findings),
        "omitted": omitted,
        "diagnostics": as_values(findings),
    }
