"""A machine of the test's own: its PATH, its user, what its programs were told."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Machine:
    """A folder of programs that only write down how they were called."""

    programs: Path
    log: Path

    def install(self, name: str, *, says: str = "", code: int = 0) -> None:
        program = self.programs / name
        lines = ("#!/bin/sh", f'echo "{name} $*" >> {self.log}', f"echo '{says}'")
        program.write_text("\n".join((*lines, f"exit {code}\n")), encoding="utf-8")
        program.chmod(0o755)

    @property
    def calls(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").split("\n")[:-1]


@pytest.fixture
def machine(tmp_path, monkeypatch) -> Machine:
    """An ordinary user's machine without any program, speaking English."""
    made = Machine(tmp_path / "programs", tmp_path / "calls.log")
    made.programs.mkdir()
    made.log.touch()
    monkeypatch.setenv("PATH", str(made.programs))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return made
