"""What the engine remarks, as diagnostics."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.messages import say

_LOGGER = logging.getLogger("weasyprint")


@contextmanager
def listening(report: Report) -> Iterator[None]:
    """Report what the engine logs inside the ``with``, instead of whoever listened."""
    listener = _Listener(report)
    propagated = _LOGGER.propagate
    before, _LOGGER.handlers = _LOGGER.handlers, [listener]
    _LOGGER.propagate = False
    try:
        yield
    finally:
        _LOGGER.propagate = propagated
        _LOGGER.handlers = before


def _unshown(url: str, reason: object) -> Diagnostic:
    name = unquote(urlsplit(url).path).removeprefix("/")
    values = {"name": name, "reason": reason}
    return Diagnostic(Code.UNREADABLE_PICTURE, values=values)


class _Listener(logging.Handler):
    """Turns the engine's warnings into diagnostics."""

    def __init__(self, report: Report) -> None:
        super().__init__(logging.WARNING)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        """Report ``record``, unless it says nothing that matters."""
        match record.msg, record.args:
            case "Failed to load image at %r: %s", (str(url), reason):
                self._report(_unshown(url, reason))
            case "Failed to render SVG image %s", (str(url),):
                self._report(_unshown(url, say("math.undrawable")))
            case 'Image "%s" has no required alt description', _:
                pass  # an empty description marks a decoration (HTML, 4.8.4.4.8)
            case _:
                values = {"remark": record.getMessage()}
                self._report(Diagnostic(Code.LAYOUT_REMARK, values=values))
