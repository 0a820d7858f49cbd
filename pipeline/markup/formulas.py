"""MathML of a document to formulas of the model."""

from __future__ import annotations

import re

from pipeline.model import Inline, Math, MathBlock, Text
from pipeline.source import Span
from pipeline.tree import Element, descendants, text

_WORDS = re.compile("[A-Za-z]{3}")
_SIGNS = re.compile(r"[\\^_{}=+<>|]")


def formula(element: Element, span: Span) -> tuple[Inline, ...]:
    """Return a formula of the line; what can't be drawn keeps its characters."""
    from pipeline import math

    tex = _tex(element)
    mathml = math.inline(tex) if tex else None
    if isinstance(mathml, str):
        return (Math(tex, mathml, span=span),)
    said = math.characters(element)
    mathml = math.written(element, displaystyle=False)
    if isinstance(mathml, str) and said:
        return (Math(said, mathml, span=span),)
    return (Text(said, span=span),) if said else ()


def displayed(element: Element, span: Span) -> MathBlock | tuple[Inline, ...]:
    """Return a formula that stands by itself, or else only its characters."""
    from pipeline import math

    tex = _tex(element)
    mathml = math.displayed(tex) if tex else None
    if isinstance(mathml, str):
        return MathBlock(tex, mathml, span=span)
    said = math.characters(element)
    mathml = math.written(element, displaystyle=True)
    if isinstance(mathml, str) and said:
        return MathBlock(said, mathml, span=span)
    return (Text(said, span=span),) if said else ()


def _tex(element: Element) -> str:
    for below in descendants(element):
        if below.name == "annotation" and "tex" in below.get("encoding").lower():
            return text(below).strip()
    # The alternative text is TeX in some documents and a sentence in others.
    alternative = element.get("alttext").strip()
    spoken = _WORDS.search(alternative) and not _SIGNS.search(alternative)
    return "" if spoken else alternative
