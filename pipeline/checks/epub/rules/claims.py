"""What a publication says of itself, and whether that is so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.checks.epub.publication import Document
from pipeline.checks.epub.rules.rule import Finding, Rule, Subject, at
from pipeline.diagnostics import Code
from pipeline.tree import Element, text


def _untrue(subject: Subject) -> Iterator[Finding]:
    package = subject.publication.package
    for meta in package.elements("opf:meta"):
        claim = text(meta).strip()
        if meta.get("property") == "schema:accessibilityFeature":
            proof = _PROOFS.get(claim)
            if proof and not proof(subject):
                yield at(package, meta, claim=claim)


def _uncertified(subject: Subject) -> Iterator[Finding]:
    package = subject.publication.package
    said = {
        e.get("property") or e.get("rel"): e
        for e in package.elements("opf:meta", "opf:link")
    }
    if "dcterms:conformsTo" in said and "a11y:certifiedBy" not in said:
        yield at(package, said["dcterms:conformsTo"])


def _pages(subject: Subject) -> Iterator[Finding]:
    """Yield where marks of pages, the list of pages and the NCX disagree."""
    nav = subject.publication.nav
    marks = [
        (document.name, element.get("id"))
        for document in subject.publication.spine
        for element in document.elements()
        if "pagebreak" in element.words
    ]
    listed = [_place(nav, link.get("href")) for link in _page_links(subject)]
    ncx = subject.publication.ncx
    points = [_place(ncx, e.get("src")) for e in _targets(ncx)] if ncx else listed
    for name, found in ((nav.name, listed), (ncx.name if ncx else "", points)):
        if found != marks:
            yield Finding(name, 1, {"listed": len(found), "marked": len(marks)})


def _page_links(subject: Subject) -> Iterator[Element]:
    for table in subject.publication.nav.elements("nav"):
        if "page-list" in table.words:
            yield from (e for e in _below(table) if e.name == "a")


def _targets(ncx: Document) -> Iterator[Element]:
    for target in ncx.elements("ncx:pageTarget"):
        yield from (e for e in _below(target) if e.name == "ncx:content")


def _below(element: Element) -> Iterator[Element]:
    for child in element.elements:
        yield child
        yield from _below(child)


def _place(document: Document, href: str) -> tuple[str, str]:
    target = document.target(href)
    return (target.file, target.fragment) if target else (href, "")


def _has(*words: str) -> Callable[[Subject], bool]:
    """Return what tells whether an element has one of ``words`` for name or type."""
    wanted = frozenset(words)

    def found(subject: Subject) -> bool:
        return any(wanted & {e.name, *e.words} for _document, e in subject.elements())

    return found


def _described(subject: Subject) -> bool:
    return all(image.get("alt") for _document, image in subject.elements("img"))


_PROOFS: dict[str, Callable[[Subject], bool]] = {
    "MathML": _has("math"),
    "alternativeText": _described,
    "describedMath": _has("math"),
    "pageBreakMarkers": _has("pagebreak"),
    "pageNavigation": _has("page-list"),
    "rubyAnnotations": _has("ruby"),
    "tableOfContents": _has("toc"),
}

RULES = (
    Rule(Code.UNTRUE_CLAIM, "EPUB Accessibility 1.1, 2.2", _untrue),
    Rule(Code.UNPROVED_CLAIM, "EPUB Accessibility 1.1, 2.4", _uncertified),
    Rule(Code.PAGES_DISAGREE, "EPUB Accessibility 1.1, 4.1", _pages),
)
"""In the order of their codes."""
