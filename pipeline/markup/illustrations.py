"""The pictures of a document that somebody else made.

Its reader can't repair them: what can't be shown is left out with a warning.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from pipeline import pictures
from pipeline.assets import Gallery
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.model import Asset, Drop, Image, Inline
from pipeline.pictures import is_tracker
from pipeline.source import Span
from pipeline.tree import Element, descendants

# Where pages keep the address until the picture comes into view.
_ADDRESSES = (
    *("data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-url"),
    *("src", "xlink:href", "href"),
)
_ON_WEB = re.compile(r"(?!data:)[A-Za-z][A-Za-z0-9+.-]*:|/")
_STYLED = re.compile(r"(?:^|;)\s*width\s*:\s*([^;]*)")
_TINY = re.compile(r"0*[0-2](?:px)?")


class Illustrations:
    """The pictures that a document shows, and the record of what it loses."""

    def __init__(self, fetch: Callable[[str], bytes | None], report: Report) -> None:
        self._problems: list[Diagnostic] = []
        self._gallery = Gallery(fetch, self._problems.append)
        self._report = report
        self._drops: list[Drop] = []
        self._remote: list[Span] = []

    @property
    def assets(self) -> tuple[Asset, ...]:
        """Return the pictures that are shown."""
        return tuple(a for a in self._gallery.assets if not is_tracker(a))

    @property
    def drops(self) -> tuple[Drop, ...]:
        """Return the descriptions of the pictures that are not."""
        return tuple(self._drops)

    def show(self, addresses: Iterable[str], alt: str, span: Span) -> Image | None:
        """Return the first picture among ``addresses`` that can be shown."""
        self._problems.clear()
        remote = False
        for address in addresses:
            remote = bool(_ON_WEB.match(address))
            name = "" if remote else self._gallery.hang(address, span)
            if name and name in {asset.name for asset in self.assets}:
                return Image(name, " ".join(alt.split()), span=span)
        if remote and not self._problems:
            self._remote.append(span)
        for problem in self._problems[:1]:
            values = {"reason": problem.message}
            self._report(Diagnostic(Code.PICTURE_LEFT_OUT, span, values))
        if alt.strip():
            self._drops.append(Drop(span, "picture", alt.strip()))
        return None

    def report_remote(self) -> None:
        """Report once how many pictures stayed on the web."""
        if self._remote:
            values = {"count": len(self._remote)}
            self._report(Diagnostic(Code.PICTURES_ON_WEB, self._remote[0], values))


def images(
    root: Element, shown: Illustrations, source: str, folder: str = ""
) -> Mapping[Element, tuple[Inline, ...]]:
    """Return what stands in place of each ``img`` below ``root``.

    ``folder`` is the one to which its addresses are relative.
    """
    found: dict[Element, tuple[Inline, ...]] = {}
    for element in descendants(root):
        if element.name in {"img", "image"}:
            span = Span(source, element.line, element.line)
            addresses = () if _is_tiny(element) else _addresses(element, folder)
            image = shown.show(addresses, element.get("alt"), span)
            known = (replace(image, width=width(element)),) if image else ()
            found[element] = known
    return found


def width(element: Element) -> str:
    """Return the width that an ``img`` says, by its style or its attribute."""
    styled = _STYLED.search(element.get("style").lower())
    return pictures.width(styled[1] if styled else element.get("width"))


def _is_tiny(element: Element) -> bool:
    return any(_TINY.fullmatch(element.get(side)) for side in ("width", "height"))


def _addresses(element: Element, folder: str) -> Iterable[str]:
    """Return where the picture may be, what was saved with the page first."""
    found = [address for name in _ADDRESSES if (address := element.get(name).strip())]
    found += [c.split()[0] for c in element.get("srcset").split(",") if c.strip()]
    beside = [a for a in found if not _ON_WEB.match(a)]
    local = [a if a.startswith("data:") else posixpath.join(folder, a) for a in beside]
    return dict.fromkeys((*local, *filter(_ON_WEB.match, found)))
