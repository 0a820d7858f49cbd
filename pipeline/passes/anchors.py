"""Name the places that links lead to, and lead the links there."""

from __future__ import annotations

from dataclasses import replace

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.model import Book, Link, Node, Section, rewrite, walk


def name(book: Book) -> Book:
    """Give every section an id by its place: ``c3`` or ``c3-1``.

    Ids stay the same from build to build, and start with a letter, as XML
    demands.
    """
    return replace(book, sections=_named(book.sections, "c"))


def resolve(book: Book, report: Report) -> Book:
    """Point every ``#anchor`` link to the id of its section.

    A link to nowhere is reported and keeps its text only.
    """
    ids = {
        section.anchor: section.id
        for top in book.sections
        for section in walk(top)
        if isinstance(section, Section) and section.anchor
    }

    def change(node: Node) -> Node:
        if not isinstance(node, Link) or not node.target.startswith("#"):
            return node
        anchor = node.target[1:]
        if anchor in ids:
            return replace(node, target=f"#{ids[anchor]}")
        report(Diagnostic(Code.UNRESOLVED_LINK, node.span, {"anchor": anchor}))
        return replace(node, target="")

    return replace(
        book, sections=tuple(rewrite(section, change) for section in book.sections)
    )


def _named(sections: tuple[Section, ...], prefix: str) -> tuple[Section, ...]:
    return tuple(
        replace(
            section,
            id=f"{prefix}{number}",
            sections=_named(section.sections, f"{prefix}{number}-"),
        )
        for number, section in enumerate(sections, start=1)
    )
