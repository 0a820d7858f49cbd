"""Block tokens of markdown-it to elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token
from markdown_it.utils import EnvType

from pipeline.markdown.element import Element
from pipeline.markdown.grammar.inlines import Inlines
from pipeline.markdown.grammar.stack import Stack
from pipeline.markdown.passage import Passage
from pipeline.source import Source, Span


@dataclass(slots=True)
class _Row:
    """How much of a table's row has been read."""

    column: int = 0

    def pass_over(self, line: str, cell: str) -> None:
        # In the source, a bar within a cell is written with a backslash.
        for written in (cell, cell.replace("|", r"\|")):
            found = line.find(written, self.column)
            if found >= 0:
                self.column = found + len(written)
                return


class Blocks:
    """Makes elements of tokens; knows the source and the row it is in."""

    def __init__(self, source: Source, environment: EnvType) -> None:
        self._source = source
        self._environment = environment
        self._inlines = Inlines(environment)
        self._row: _Row | None = None

    def elements(self, tokens: Sequence[Token]) -> tuple[Element, ...]:
        """Return the tree that a document's tokens stand for."""
        stack = Stack()
        spans = [Span(self._source.name, 1, 1)]
        titled = False
        for token in tokens:
            titled = token.type == "alert_title_open" or titled
            if titled:  # the parser's own word for an alert, in English
                titled = token.type != "alert_title_close"
            elif token.type == "inline":
                stack.add(*self._inline(token))
            elif token.nesting == 1:
                self._row = _Row() if token.type == "tr_open" else self._row
                spans.append(self._span(token, spans[-1]))
                stack.open(_element(token, spans[-1]))
            elif token.nesting == -1:
                if token.type == "tr_close":
                    stack.add(*self._surplus(spans[-1].last))
                stack.close(spans.pop().last)
            else:
                stack.add(_element(token, self._span(token, spans[-1])))
        return stack.elements

    def link_definitions(self) -> Iterator[Element]:
        """Yield the lines such as ``[name]: address``, which have no token."""
        found = [*self._environment.get("references", {}).values()]
        for definition in (*found, *self._environment.get("duplicate_refs", ())):
            yield Element("reference", self._lines(*definition["map"]))

    def _inline(self, token: Token) -> tuple[Element, ...]:
        first, last = token.map or (0, 0)
        lines = self._source.lines[first : max(last, first + 1)]
        row = self._row
        column = row.column if row else None
        passage = Passage(self._source, token.content, lines, column)
        if row and token.content:
            row.pass_over(lines[0].text, token.content)
        return self._inlines.elements(token.children or (), passage)

    def _surplus(self, line: int) -> tuple[Element, ...]:
        """Return the cells that the parser drops, because the head has fewer."""
        row, self._row = self._row, None
        if row is None:
            return ()
        rest = self._source.lines[line - 1].text[row.column :].strip(" \t|")
        span = Span(self._source.name, line, line)
        return (Element("surplus", span, rest),) if rest else ()

    def _span(self, token: Token, around: Span) -> Span:
        return self._lines(*token.map) if token.map else around

    def _lines(self, first: int, last: int) -> Span:
        lines = self._source.lines
        first = min(first, len(lines) - 1)
        last = min(max(last, first + 1), len(lines))
        while last > first + 1 and not lines[last - 1].text.strip():
            last -= 1
        return Span(self._source.name, first + 1, last)


def _element(token: Token, span: Span) -> Element:
    attributes = {name: str(value) for name, value in token.attrs.items()}
    meta = {name: str(value) for name, value in token.meta.items()}
    kind = token.type.removesuffix("_open")
    # Of a heading, its level.
    info = token.tag[1:] if kind == "heading" else token.info.strip()
    return Element(kind, span, token.content, info, attributes | meta)
