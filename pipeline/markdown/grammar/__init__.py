"""Parse Markdown: the only room that knows markdown-it."""

from __future__ import annotations

from collections.abc import Mapping

from markdown_it.utils import EnvType

from pipeline.markdown.element import Element
from pipeline.markdown.grammar.blocks import Blocks
from pipeline.markdown.grammar.dialect import parser
from pipeline.source import Source


def parse(source: Source, changed: Mapping[int, str]) -> tuple[Element, ...]:
    """Return the blocks of ``source``, and behind them its link definitions.

    ``changed`` holds the lines, by their numbers from 1, that are to be read
    as something else than they are.
    """
    lines = (changed.get(line.number, line.text) for line in source.lines)
    # A line of full-width blanks is as blank as any.
    text = "\n".join(line if line.strip() else "" for line in lines)
    environment: EnvType = {}
    tokens = parser().parse(text, environment)
    blocks = Blocks(source, environment)
    return (*blocks.elements(tokens), *blocks.link_definitions())
