"""Inline tokens of markdown-it to elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token
from markdown_it.utils import EnvType

from pipeline import limits
from pipeline.markdown import line_ends
from pipeline.markdown.element import Element
from pipeline.markdown.grammar.stack import Stack
from pipeline.markdown.passage import Passage
from pipeline.source import Span

_INDENT = "\u3000"
# As many tokens as one looks at for the words beside a line end.
_REACH = 12
_VISIBLE = frozenset({"text", "text_special", "code_inline", "math_inline", "ruby"})


@dataclass(frozen=True, slots=True)
class _Run:
    """Tokens whose places are counted from ``origin`` in the passage."""

    tokens: Sequence[Token]
    passage: Passage
    origin: int

    def opens_line(self, index: int) -> bool:
        return index > 0 and self.tokens[index - 1].type == "softbreak"

    def before(self, index: int) -> str:
        tokens = reversed(self.tokens[max(0, index - _REACH) : index])
        return "".join(reversed([_visible(token) for token in tokens]))

    def after(self, index: int) -> str:
        return "".join(map(_visible, self.tokens[index + 1 : index + 1 + _REACH]))


class Inlines:
    """Makes elements of the tokens within a block."""

    def __init__(self, environment: EnvType) -> None:
        """Take what the parser set aside: notes ``^[...]``, places of tokens."""
        self._notes = environment.get("footnotes", {}).get("list", {})
        self._places = environment.get("places", {})

    def elements(
        self, tokens: Sequence[Token], passage: Passage, origin: int = 0
    ) -> tuple[Element, ...]:
        """Return the tree that the tokens of a passage stand for."""
        run = _Run(tokens, passage, origin)
        stack = Stack()
        flattened = 0
        for index, token in enumerate(tokens):
            span = self._span(run, token)
            if token.nesting == 1 and stack.depth < limits.EMPHASIS_DEPTH:
                stack.open(_element(token, span))
            elif token.nesting == 1:
                flattened += 1
            elif token.nesting == -1 and flattened:
                flattened -= 1
            elif token.nesting == -1:
                stack.close(span.last)
            else:
                stack.add(*self._leaf(run, index, span))
        return stack.elements

    def _leaf(self, run: _Run, index: int, span: Span) -> Iterator[Element]:
        token = run.tokens[index]
        match token.type:
            case "text" | "text_special":
                yield from _text(token.content, span, opens_line=run.opens_line(index))
            case "softbreak":
                yield _line_end(run, index, span)
            case "image":
                alt = self.elements(
                    token.children or (),
                    run.passage,
                    self._place(run, token) + len("!["),
                )
                yield replace(_element(token, span), children=alt)
            case "footnote_ref" if "label" not in token.meta:
                note = self._notes[token.meta["id"]]["tokens"]
                inside = self.elements(
                    note, run.passage, self._place(run, token) + len("^[")
                )
                yield Element("footnote_inline", span, children=inside)
            case _:
                yield _element(token, span)

    def _span(self, run: _Run, token: Token) -> Span:
        start = self._place(run, token)
        literal = token.type.startswith("text") and token.info != "entity"
        exact = token.content if literal and token.content else None
        return run.passage.span(start, start + len(token.content), exact)

    def _place(self, run: _Run, token: Token) -> int:
        return run.origin + int(self._places.get(id(token), 0))


def _element(token: Token, span: Span) -> Element:
    attributes = {name: str(value) for name, value in token.attrs.items()}
    kind = token.type.removesuffix("_open")
    info = str(token.meta.get("label", "")) or token.info
    return Element(kind, span, token.content, info, attributes)


def _text(content: str, span: Span, *, opens_line: bool) -> Iterator[Element]:
    indent = len(content) - len(content.lstrip(_INDENT)) if opens_line else 0
    if indent and span.start is not None:
        span = replace(span, start=span.start + indent)
    if content[indent:]:
        yield Element("text", span, content[indent:])


def _line_end(run: _Run, index: int, span: Span) -> Element:
    after = run.after(index)
    if after.startswith(_INDENT):
        return Element("indent", span)
    return Element("softbreak", span, line_ends.between(run.before(index), after))


def _visible(token: Token) -> str:
    return token.content if token.type in _VISIBLE else ""
