"""Find what stands on the lines of a source."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from pipeline.source import Span


class Lines:
    """The places in a sequence of what stands on given lines."""

    def __init__(self, spans: Iterable[Span]) -> None:
        found: dict[str, list[tuple[int, int]]] = {}
        for index, span in enumerate(spans):
            found.setdefault(span.source, []).append((span.first, index))
        self._by_source = {name: sorted(places) for name, places in found.items()}

    def of(self, span: Span) -> list[int]:
        """Return the places of what begins on the lines of ``span``, in order."""
        places = self._by_source.get(span.source, [])
        first = bisect_left(places, (span.first, 0))
        last = bisect_left(places, (span.last + 1, 0))
        return sorted(index for _, index in places[first:last])
