"""A Markdown document as the parser sees it, free of the parser's own types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.source import Span


@dataclass(frozen=True, slots=True)
class Element:
    """A block or an inline of Markdown.

    ``kind`` is the name that markdown-it gives it, such as ``bullet_list`` or
    ``em``; ``content`` is its text, ``info`` what names it (the language of a
    fence, the label of a note). The span of a text has offsets where the
    source has exactly its characters.
    """

    kind: str
    span: Span
    content: str = ""
    info: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Element, ...] = ()


def descendants(element: Element) -> Iterator[Element]:
    """Yield ``element`` and all below it, in reading order."""
    yield element
    for child in element.children:
        yield from descendants(child)


def text(elements: tuple[Element, ...]) -> str:
    """Return the characters of ``elements``, without those that are markup."""
    return "".join(_text(element) for element in elements)


def _text(element: Element) -> str:
    match element.kind:
        case "text" | "code_inline" | "math_inline" | "softbreak" | "ruby":
            return element.content
        case "hardbreak":
            return "\n"
        case "html_inline":
            return ""
        case _:
            return text(element.children)
