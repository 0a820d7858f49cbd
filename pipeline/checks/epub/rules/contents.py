"""Contents: every list says the same, and each entry lands on its heading."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, zip_longest

from pipeline.checks.epub.navigation import Entry, Place
from pipeline.checks.epub.publication import HEADINGS, Target
from pipeline.checks.epub.rules.rule import Finding, Rule, Subject, at
from pipeline.checks.epub.text import visible
from pipeline.diagnostics import Code
from pipeline.tree import Element, find

_KOBO_DEPTH = 3


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
                    yield at(document, heading, title=title)


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


def _on(subject: Subject, entry: Entry, **values: object) -> Finding:
    name = subject.contents.document.name
    return Finding(name, entry.line, {"title": _quoted(entry.title), **values})


def _quoted(title: str) -> str:
    return " ".join(title.split())


RULES = (
    Rule(Code.CONTENTS_DISAGREE, "Kindle, E999", _agreement),
    Rule(Code.ENTRY_WITHOUT_TARGET, "EPUB 3.3, 7.2", _target),
    Rule(Code.ENTRY_OFF_HEADING, "EPUB 3.3, 7.4.2", _off_heading),
    Rule(Code.ENTRIES_OUT_OF_ORDER, "Kindle, E999; EPUB 3.3, 7.4.2", _order),
    Rule(Code.ENTRY_TOO_DEEP, "Kobo", _depth),
    Rule(Code.HEADING_UNLISTED, "Standard Ebooks Manual of Style", _unlisted),
)
"""In the order of their codes."""
