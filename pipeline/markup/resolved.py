"""What the pictures, notes and links of a document came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model import Inline
from pipeline.source import Span
from pipeline.tree import Element


@dataclass(frozen=True, slots=True)
class Resolved:
    """All that the conversion of a document needs beside its elements.

    ``replaced`` holds what stands in place of an element: an image, a note, or
    nothing. ``targets`` holds where each ``a`` leads: a URL or ``#anchor``; a
    link without a target keeps its text only. ``anchors`` holds the names by
    which links call headings. ``source`` is what spans call the document.
    """

    source: str
    replaced: Mapping[Element, tuple[Inline, ...]] = field(default_factory=dict)
    targets: Mapping[Element, str] = field(default_factory=dict)
    anchors: Mapping[Element, str] = field(default_factory=dict)

    def span(self, line: int) -> Span:
        """Return the span of one line of the document."""
        return Span(self.source, line, line)
