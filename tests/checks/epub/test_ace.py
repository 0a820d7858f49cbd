"""Ace by DAISY: what it finds is told, and why it can't run where it can't."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.checks import MissingTool
from pipeline.checks.epub import ace
from pipeline.diagnostics import Code
from pipeline.failures import Missing

# As Ace 1.4 writes it: https://daisy.github.io/ace/
REPORT = {
    "assertions": [
        {
            "earl:testSubject": {"url": "text/chapter-001.xhtml"},
            "assertions": [
                {
                    "earl:test": {"dct:title": "image-alt"},
                    "earl:result": {"dct:description": "Images must\n have alt"},
                }
            ],
        }
    ]
}


@pytest.fixture
def programs(monkeypatch):
    """Pretend that the machine has these programs, and say what Ace reports."""

    def have(*names: str, report: object = None, words: bytes = b""):
        def run(command, **_rest):
            if report is not None:
                folder = Path(command[command.index("--outdir") + 1])
                (folder / "report.json").write_text(json.dumps(report), "utf-8")
            return subprocess.CompletedProcess(command, 0, b"", words)

        def which(name, path=None):
            return f"/programs/{name}" if name in names and path is None else None

        monkeypatch.delenv("PUPPETEER_EXECUTABLE_PATH", raising=False)
        monkeypatch.setattr(shutil, "which", which)
        monkeypatch.setattr(subprocess, "run", run)

    return have


def test_every_violation_is_told_with_its_file(programs):
    programs("ace-cli", "chromium", report=REPORT)
    found = []
    ace.check(Path("book.epub"), found.append)
    (finding,) = found
    assert (finding.code, finding.span.source) == (
        Code.ACE_VIOLATION,
        "text/chapter-001.xhtml",
    )
    assert "image-alt" in finding.message
    assert "Images must have alt" in finding.message


def test_nothing_is_told_of_a_book_that_passes(programs):
    programs("ace-cli", "chromium", report={"assertions": []})
    ace.check(Path("book.epub"), pytest.fail)


@pytest.mark.parametrize(
    ("there", "command"),
    [(("chromium",), "@daisy/ace"), (("ace-cli",), "chromium")],
)
def test_what_is_missing_is_named_with_the_command_that_helps(programs, there, command):
    programs(*there)
    with pytest.raises(MissingTool, match=command):
        ace.check(Path("book.epub"), pytest.fail)


def test_an_ace_that_fails_is_told_with_its_words(programs):
    programs("ace-cli", "chromium", words=b"no display")
    with pytest.raises(Missing, match="no display"):
        ace.check(Path("book.epub"), pytest.fail)
