"""Notes: their definitions, and the paragraphs in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.markdown.element import Element, descendants

_TEXTS = frozenset({"paragraph", "heading", "dt", "th", "td"})
_FENCES = frozenset({"fence", "code_block"})


def definitions(elements: Sequence[Element]) -> dict[str, Element]:
    """Return the notes that a document defines, by label; the first one wins."""
    found: dict[str, Element] = {}
    for element in elements:
        for below in descendants(element):
            if below.kind == "footnote_reference":
                found.setdefault(below.attributes["label"], below)
    return found


def paragraphs(note: Element) -> Iterator[tuple[Element, ...]]:
    """Yield the inlines of each paragraph: a note holds no other blocks."""
    for element in note.children:
        if element.kind in _TEXTS:
            yield element.children
        elif element.kind in _FENCES:
            for line in element.content.split("\n"):
                yield (Element("code_inline", element.span, line),) if line else ()
        elif element.kind == "math_block":
            yield (Element("math_inline", element.span, element.content.strip()),)
        elif element.kind == "html_block":
            yield (Element("html_inline", element.span, element.content),)
        else:
            yield from paragraphs(element)
