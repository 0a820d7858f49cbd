"""Case files: an input, a line ``.``, the expected outcome; renew with --accept."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import settings

# A busy machine is no fault of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@dataclass(frozen=True)
class Case:
    """One case file of a test module's folder."""

    path: Path
    accept: bool

    @property
    def input(self) -> str:
        return self.path.read_text("utf-8").partition("\n.\n")[0] + "\n"

    def check(self, actual: str) -> None:
        if self.accept:
            self.path.write_text(f"{self.input}.\n{actual}", "utf-8")
        assert actual == self.path.read_text("utf-8").partition("\n.\n")[2]


def pytest_configure(config):
    """Hide what this user has installed: the tests see what comes with Keben."""
    folder = tempfile.TemporaryDirectory(prefix="keben-tests-")
    config.add_cleanup(folder.cleanup)
    os.environ["XDG_CACHE_HOME"] = folder.name
    os.environ["KEBEN_CACHE"] = ""  # what another test made proves nothing


def pytest_addoption(parser):
    parser.addoption("--accept", action="store_true", help="rewrite expected outcomes")


def pytest_generate_tests(metafunc):
    """Give every test with a ``case`` argument the files of its ``CASES`` folder."""
    if "case" not in metafunc.fixturenames:
        return
    folder = Path(__file__).parent / "cases" / metafunc.module.CASES
    accept = metafunc.config.getoption("--accept")
    cases = [Case(path, accept) for path in sorted(folder.iterdir())]
    metafunc.parametrize("case", cases, ids=lambda case: case.path.stem)
