"""What a rule is, what it looks at, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.checks.epub.navigation import ContentsList, Place
from pipeline.checks.epub.publication import Document, Publication, Target
from pipeline.diagnostics import Code
from pipeline.tree import Element


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule looks at. The first of ``lists`` is the navigation document's."""

    publication: Publication
    lists: tuple[ContentsList, ...]
    places: Mapping[Target, Place]

    @property
    def contents(self) -> ContentsList:
        """Return the list that reading systems show."""
        return self.lists[0]

    @property
    def documents(self) -> Iterator[Document]:
        """Yield the navigation document and the spine."""
        yield self.publication.nav
        yield from self.publication.spine

    def elements(self, *names: str) -> Iterator[tuple[Document, Element]]:
        """Yield the elements that have one of ``names``, by default all."""
        for document in self.documents:
            for element in document.elements(*names):
                yield document, element


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a file of the container that breaks a rule."""

    file: str
    line: int
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, and the specification or reading system that asks for it."""

    code: Code
    source: str
    find: Callable[[Subject], Iterator[Finding]]


def at(document: Document, element: Element, **values: object) -> Finding:
    """Return a finding at ``element``."""
    return Finding(document.name, element.line, values)
