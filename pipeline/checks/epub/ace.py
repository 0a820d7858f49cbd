"""Run Ace by DAISY, the accessibility checker, where Node.js has it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline import scratch
from pipeline.checks import MissingTool
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.failures import Missing
from pipeline.source import Span

_PROGRAM = "ace-cli"
_INSTALL = "npm install --global @daisy/ace-cli"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# A browser that starts for the first time may be slow (milliseconds).
_PATIENCE = "60000"


def check(path: Path, report: Report) -> None:
    """Report every violation that Ace finds in the EPUB at ``path``.

    Raises MissingTool where Ace or a browser is not installed.
    """
    for failed in _assertions(path):
        where = failed["earl:testSubject"]["url"]
        for violation in failed["assertions"]:
            test, result = violation["earl:test"], violation["earl:result"]
            values = {
                "rule": test["dct:title"],
                "text": " ".join(result["dct:description"].split()),
            }
            report(Diagnostic(Code.ACE_VIOLATION, Span(where, 1, 1), values))


def _assertions(path: Path) -> Iterator[dict[str, Any]]:
    program, browser = _program(), _browser()
    settings = {
        "ACE_TIMEOUT_INITIAL": _PATIENCE,
        "PUPPETEER_EXECUTABLE_PATH": browser,
    }
    with scratch.folder() as folder:
        done = subprocess.run(  # noqa: S603 - a list of our own, no shell
            [program, "--silent", "--force", "--outdir", str(folder), str(path)],
            env={**os.environ, **settings},
            capture_output=True,
            check=False,
        )
        try:
            found = json.loads((folder / "report.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            reason = (done.stderr or done.stdout).decode(errors="replace").strip()
            raise Missing("failure.ace", reason=reason) from error
    yield from found["assertions"]


def _program() -> str:
    ours = Path(sys.prefix) / "node_modules" / ".bin"
    found = shutil.which(_PROGRAM, path=ours) or shutil.which(_PROGRAM)
    if found is None:
        raise MissingTool("failure.no-ace", _INSTALL)
    return found


def _browser() -> str:
    named = os.environ.get("PUPPETEER_EXECUTABLE_PATH", "")
    found = named or next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not found:
        raise MissingTool("failure.no-browser", "apt-get install chromium")
    return found
