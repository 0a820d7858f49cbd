"""A desk to read at: a browser, a shelf of books, and a reader's wishes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from reading_systems.browser import browsing
from reading_systems.shelf import Shelf, serving

_PATIENCE = 60_000  # milliseconds


class System(Enum):
    """A reading system."""

    FOLIATE = "foliate"
    EPUBJS = "epubjs"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a person likes to read.

    ``paper`` is the colour of the page, ``style`` the CSS that the system lays
    over a book; ``flow`` is paginated or scrolled.
    """

    paper: str = "white"
    style: str = ""
    flow: str = "paginated"


@dataclass(frozen=True, slots=True)
class Screen:
    """The screen of a device, in CSS pixels, and how many dots each has."""

    width: int = 600
    height: int = 800
    density: float = 1


DARK = Wishes(
    paper="#111111",
    style="html { color: #dddddd !important; background: #111111 !important; "
    "font-size: 200% !important } a:link { color: #88ccff }",
)
"""White on black, in type of twice the size."""
PHONE = Screen(360, 640)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where books are opened."""

    browser: Any
    shelf: Shelf

    @contextmanager
    def reading(
        self,
        book: Path,
        system: System,
        wishes: Wishes | None = None,
        screen: Screen | None = None,
    ) -> Iterator[Any]:
        """Give a page of the browser that shows ``book``, its ``system`` ready.

        Raises RuntimeError with the words of a system that can't open it.
        """
        screen = screen or Screen()
        asked = {"book": self.shelf.put(book), **asdict(wishes or Wishes())}
        with self.browser.new_page(
            viewport={"width": screen.width, "height": screen.height},
            device_scale_factor=screen.density,
        ) as page:
            address = self.shelf.address(f"/pages/{system.value}.html")
            page.goto(f"{address}?{urlencode(asked)}")
            page.wait_for_function("window.system || window.failure", timeout=_PATIENCE)
            if failure := page.evaluate("window.failure"):
                raise RuntimeError(f"{system.value} can't open {book.name}: {failure}")
            yield page


@contextmanager
def sitting() -> Iterator[Desk]:
    """Give a desk until the context ends. Raises what ``browsing`` raises."""
    with serving() as shelf, browsing() as browser:
        yield Desk(browser, shelf)
