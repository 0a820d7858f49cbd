"""Program text, and the formulas that stand by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import math
from pipeline.diagnostics import Code
from pipeline.markdown.desk import Desk
from pipeline.markdown.element import Element
from pipeline.model import CodeBlock, MathBlock
from pipeline.source import Span

_LANGUAGE = re.compile(r"[\s{.]*([A-Za-z0-9_+#\-]*)")


def block(element: Element, desk: Desk) -> Iterator[CodeBlock | MathBlock]:
    """Yield a fence, an indented block or ``$$...$$``, unless it is empty."""
    language, rest = _language(element.info)
    desk.drop(element.span, "attributes", rest)
    if not element.content.strip():
        return
    if element.kind in {"math_block", "amsmath"}:
        yield _formula(element, element.span.first, desk)
    elif language == "math":
        yield _formula(element, element.span.first + 1, desk)
    else:
        yield CodeBlock(element.content, language, span=element.span)


def _language(info: str) -> tuple[str, str]:
    """Return the language that a fence names, and what else stands there."""
    match = _LANGUAGE.match(info)
    return (match[1].lower(), info[match.end() :].strip(" }")) if match else ("", info)


def _formula(element: Element, line: int, desk: Desk) -> CodeBlock | MathBlock:
    """Return a formula whose text begins in ``line``."""
    tex = element.content
    match math.displayed(tex):
        case math.Misread(offset=offset, problem=problem):
            line += tex.count("\n", 0, offset)
            span = Span(element.span.source, line, line)
            desk.say(Code.UNREADABLE_FORMULA, span, problem=problem)
            return CodeBlock(tex.strip("\n") + "\n", "latex", span=element.span)
        case mathml:
            return MathBlock(tex.strip(), mathml, span=element.span)
