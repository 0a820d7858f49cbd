"""Books, made once, and a desk with one browser for all tests.

``make readers`` installs what these tests need. Without it they fail: that no
reader was there to look is no proof that readers see what they should.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from reading_systems.desk import Desk, System, sitting
from reading_systems.shelf import MODULES

from pipeline.build import Order, build
from tests.reading_systems.books import COPIES, ROOT

SCREENS = ROOT / "build/screens"


@pytest.fixture(scope="session")
def desk() -> Desk:
    if not MODULES.is_dir():
        pytest.fail("the reading systems are not installed; run: make readers")
    with sitting() as found:
        yield found


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    """Return the EPUB of a name in ``COPIES``, made when it is first asked for."""
    made: dict[str, Path] = {}

    def find(name: str) -> Path:
        if name not in made:
            made[name] = _made(name, tmp_path_factory.mktemp(name))
        return made[name]

    return find


def _made(name: str, folder: Path) -> Path:
    copy = COPIES[name]
    order = Order(copy.outputs, copy.theme, proved=False)
    outcome = build(copy.source(folder), folder / "out", order, lambda _stage: None)
    assert outcome.editions, [d.message for d in outcome.diagnostics]
    return next(e.path for e in outcome.editions if e.path.suffix == ".epub")


@pytest.fixture(params=COPIES)
def book(request, library) -> Path:
    return library(request.param)


@pytest.fixture(params=System, ids=lambda system: system.value)
def system(request) -> System:
    return request.param


@pytest.fixture
def screenshot(request):
    """Return a function that keeps what is on the screen in ``build/screens``."""

    def keep(page, name: str = "") -> None:
        SCREENS.mkdir(parents=True, exist_ok=True)
        test = re.sub(r"[\W_]+", "-", f"{request.node.name} {name}").strip("-")
        page.screenshot(path=SCREENS / f"{test}.png")

    return keep
