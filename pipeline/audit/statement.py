"""What a source says by itself, before a reader has made anything of it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.source import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """Characters of a source. With offsets, the span covers exactly them."""

    text: str
    span: Span


def unheard(_diagnostic: object) -> None:
    """Pass over what is wrong with a source: that is for its reader to tell."""
