"""The project's own rules: what EPUBCheck lets pass and reading systems don't.

A rule is a function that yields what breaks it; the table says which code it
has, whose sentence stands in the catalogue, and where the rule comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from zipfile import ZIP_STORED

from pipeline.checks.epub.navigation import (
    ContentsList,
    Entry,
    Place,
    contents_lists,
    places,
)
from pipeline.checks.epub.publication import HEADINGS, Document, Publication, Target
from pipeline.checks.epub.text import visible
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.source import Span
from pipeline.tree import Element, descendants, find

_KOBO_DEPTH = 3


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


def judge(publication: Publication, report: Report) -> None:
    """Report everything in ``publication`` that breaks a rule."""
    subject = Subject(publication, contents_lists(publication), places(publication))
    for rule in RULES:
        for finding in rule.find(subject):
            span = Span(finding.file, finding.line, finding.line)
            report(Diagnostic(rule.code, span, finding.values))


# The container ----------------------------------------------------------------


def _mimetype(subject: Subject) -> Iterator[Finding]:
    first = subject.publication.entries[0]
    bare = first.compress_type == ZIP_STORED and not first.extra
    good = subject.publication.mimetype == b"application/epub+zip"
    if not (first.filename == "mimetype" and bare and good):
        yield Finding(first.filename, 1)


# Documents --------------------------------------------------------------------


def _language(subject: Subject) -> Iterator[Finding]:
    for document in (subject.publication.package, *subject.documents):
        if not document.root.get("xml:lang"):
            yield _at(document, document.root)


def _declaration(subject: Subject) -> Iterator[Finding]:
    for document in subject.documents:
        if not document.data.startswith(b"<?xml "):
            yield Finding(document.name, 1)


def _body_link(subject: Subject) -> Iterator[Finding]:
    for document, link in subject.elements("a"):
        target = document.target(link.get("href"))
        place = subject.places.get(target) if target else None
        if place and place.element.name == "body":
            yield _at(document, link, target=link.get("href"))


def _digit_id(subject: Subject) -> Iterator[Finding]:
    for document, element in subject.elements():
        if element.get("id")[:1].isdigit():
            yield _at(document, element, id=element.get("id"))


def _picture(subject: Subject) -> Iterator[Finding]:
    names = {entry.filename for entry in subject.publication.entries}
    for document, image in subject.elements("img"):
        source = image.get("src")
        target = document.target(source)
        if not source or not target or target.file not in names:
            yield _at(document, image, source=source)


def _description(subject: Subject) -> Iterator[Finding]:
    for document, image in subject.elements("img"):
        if not image.get("alt"):
            yield _at(document, image, source=image.get("src"))


def _script(subject: Subject) -> Iterator[Finding]:
    for document, element in subject.elements():
        handles = any(name.startswith("on") for name in element.attributes)
        if handles or element.name == "script":
            yield _at(document, element)


def _note(subject: Subject) -> Iterator[Finding]:
    for document, reference in subject.elements("a"):
        if "noteref" in reference.words and not _answered(document, reference):
            yield _at(document, reference, id=reference.get("id"))


def _answered(document: Document, reference: Element) -> bool:
    """Tell whether a note follows its reference in its file and links back."""
    target = document.target(reference.get("href"))
    if not target or target.file != document.name:
        return False
    back = f"#{reference.get('id')}"
    elements = document.elements()
    return any(element is reference for element in elements) and any(
        link.get("href") == back
        for note in elements
        if note.get("id") == target.fragment
        for link in descendants(note)
    )


# Contents ---------------------------------------------------------------------


def _agreement(subject: Subject) -> Iterator[Finding]:
    for other in subject.lists[1:]:
        for wanted, found in zip_longest(subject.contents.entries, other.entries):
            if not wanted or not found or _said(wanted) != _said(found):
                named = wanted or found
                at = found.line if found else 1
                yield Finding(other.document.name, at, {"title": _quoted(named.title)})
                break


def _said(entry: Entry) -> tuple[list[str], Target, int]:
    return (entry.title.split(), entry.target, entry.depth)


def _target(subject: Subject) -> Iterator[Finding]:
    for entry, place in _entries(subject):
        if not place:
            where = f"{entry.target.file}#{entry.target.fragment}"
            yield _on(subject, entry, target=where)


def _off_heading(subject: Subject) -> Iterator[Finding]:
    for entry, place in _entries(subject):
        if place and not _is_heading(place.element, entry.title):
            yield _on(subject, entry)


def _is_heading(element: Element, title: str) -> bool:
    """Tell whether ``element`` is a heading that says ``title``, or opens with one."""
    heading = find(element, *HEADINGS)
    said = visible(heading) if heading else ""
    return "".join(said.split()) == "".join(title.split())


def _order(subject: Subject) -> Iterator[Finding]:
    placed = [(entry, place) for entry, place in _entries(subject) if place]
    for (_, before), (entry, place) in pairwise(placed):
        if place.position < before.position:
            yield _on(subject, entry)


def _depth(subject: Subject) -> Iterator[Finding]:
    for entry in subject.contents.entries:
        if entry.depth > _KOBO_DEPTH:
            yield _on(subject, entry, depth=entry.depth)


def _unlisted(subject: Subject) -> Iterator[Finding]:
    listed = {place.element for _, place in _entries(subject) if place}
    files = {entry.target.file for entry in subject.contents.entries}
    for document in subject.publication.spine:
        if document.name in files:
            for heading in _headings(document.root):
                if heading not in listed:
                    title = _quoted(visible(heading))
                    yield _at(document, heading, title=title)


def _headings(element: Element) -> Iterator[Element]:
    """Yield all headings but those of articles, such as 第一条: they are numbers."""
    if element.name in HEADINGS:
        yield element
    if "article" not in element.words:
        for below in element.elements:
            yield from _headings(below)


def _entries(subject: Subject) -> Iterator[tuple[Entry, Place | None]]:
    for entry in subject.contents.entries:
        yield entry, subject.places.get(entry.target)


def _at(document: Document, element: Element, **values: object) -> Finding:
    return Finding(document.name, element.line, values)


def _on(subject: Subject, entry: Entry, **values: object) -> Finding:
    name = subject.contents.document.name
    return Finding(name, entry.line, {"title": _quoted(entry.title), **values})


def _quoted(title: str) -> str:
    return " ".join(title.split())


RULES = (
    Rule(Code.MIMETYPE_ENTRY, "EPUB 3.3, 4.3.3", _mimetype),
    Rule(Code.NO_LANGUAGE, "Kindle, E999; WCAG 2.2, 3.1.1", _language),
    Rule(Code.NO_XML_DECLARATION, "Kindle, E999", _declaration),
    Rule(Code.LINK_TO_BODY, "Kindle, E999", _body_link),
    Rule(Code.ID_STARTS_WITH_DIGIT, "XML 1.0, Name; CSS 2.2, 4.1.3", _digit_id),
    Rule(Code.PICTURE_MISSING, "Kindle, E999; EPUB 3.3, 5.6", _picture),
    Rule(Code.PICTURE_UNDESCRIBED, "EPUB Accessibility 1.1; WCAG 1.1.1", _description),
    Rule(Code.SCRIPTED, "EPUB 3.3, 6.3", _script),
    Rule(Code.NOTE_ASTRAY, "Apple Books, Kindle, Kobo: pop-up notes", _note),
    Rule(Code.CONTENTS_DISAGREE, "Kindle, E999", _agreement),
    Rule(Code.ENTRY_WITHOUT_TARGET, "EPUB 3.3, 7.2", _target),
    Rule(Code.ENTRY_OFF_HEADING, "EPUB 3.3, 7.4.2", _off_heading),
    Rule(Code.ENTRIES_OUT_OF_ORDER, "Kindle, E999; EPUB 3.3, 7.4.2", _order),
    Rule(Code.ENTRY_TOO_DEEP, "Kobo", _depth),
    Rule(Code.HEADING_UNLISTED, "Standard Ebooks Manual of Style", _unlisted),
)
"""Every rule, in the order of its code."""
