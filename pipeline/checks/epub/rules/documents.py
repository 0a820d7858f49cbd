"""Documents: what Kindle and old readers stumble over, and what nobody sees."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.epub.publication import Document
from pipeline.checks.epub.rules.rule import Finding, Rule, Subject, at
from pipeline.diagnostics import Code
from pipeline.tree import Element, descendants, text

# What says nothing without content (Standard Ebooks Manual of Style).
_SPEAKING = frozenset(
    {
        *("b", "blockquote", "cite", "dd", "div", "dt", "em", "figcaption", "h1"),
        *("h2", "h3", "h4", "h5", "h6", "i", "li", "ol", "p", "section", "span"),
        *("strong", "sub", "sup", "u", "ul"),
    }
)
_CONTENT = frozenset({"br", "hr", "img", "math", "svg", "video", "audio"})


def _language(subject: Subject) -> Iterator[Finding]:
    for document in (subject.publication.package, *subject.documents):
        if not document.root.get("xml:lang"):
            yield at(document, document.root)


def _declaration(subject: Subject) -> Iterator[Finding]:
    for document in subject.documents:
        if not document.data.startswith(b"<?xml "):
            yield Finding(document.name, 1)


def _body_link(subject: Subject) -> Iterator[Finding]:
    for document, link in subject.elements("a"):
        target = document.target(link.get("href"))
        place = subject.places.get(target) if target else None
        if place and place.element.name == "body":
            yield at(document, link, target=link.get("href"))


def _digit_id(subject: Subject) -> Iterator[Finding]:
    for document, element in subject.elements():
        if element.get("id")[:1].isdigit():
            yield at(document, element, id=element.get("id"))


def _picture(subject: Subject) -> Iterator[Finding]:
    names = {entry.filename for entry in subject.publication.entries}
    for document, image in subject.elements("img"):
        source = image.get("src")
        target = document.target(source)
        if not source or not target or target.file not in names:
            yield at(document, image, source=source)


def _description(subject: Subject) -> Iterator[Finding]:
    for document, image in subject.elements("img"):
        if not image.get("alt"):
            yield at(document, image, source=image.get("src"))


def _script(subject: Subject) -> Iterator[Finding]:
    for document, element in subject.elements():
        handles = any(name.startswith("on") for name in element.attributes)
        if handles or element.name == "script":
            yield at(document, element)


def _note(subject: Subject) -> Iterator[Finding]:
    for document, reference in subject.elements("a"):
        if "noteref" in reference.words and not _answered(document, reference):
            yield at(document, reference, id=reference.get("id"))


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


def _empty(subject: Subject) -> Iterator[Finding]:
    for document, element in subject.elements(*_SPEAKING):
        if not ("pagebreak" in element.words or _says_something(element)):
            yield at(document, element, name=element.name)


def _says_something(element: Element) -> bool:
    if any(below.name in _CONTENT for below in descendants(element)):
        return True
    # A space parts words, and so does an element of spaces only.
    return bool(text(element).strip("\n\r\t"))


def _inline_style(subject: Subject) -> Iterator[Finding]:
    for document in subject.documents:
        for element in _outside_formulas(document.root):
            if element.get("style") or element.name == "style":
                yield at(document, element)


def _outside_formulas(element: Element) -> Iterator[Element]:
    """Yield elements: MathML Core aligns its tables by the style attribute alone."""
    if element.name != "math":
        yield element
        for below in element.elements:
            yield from _outside_formulas(below)


RULES = (
    Rule(Code.NO_LANGUAGE, "Kindle, E999; WCAG 2.2, 3.1.1", _language),
    Rule(Code.NO_XML_DECLARATION, "Kindle, E999", _declaration),
    Rule(Code.LINK_TO_BODY, "Kindle, E999", _body_link),
    Rule(Code.ID_STARTS_WITH_DIGIT, "XML 1.0, Name; CSS 2.2, 4.1.3", _digit_id),
    Rule(Code.PICTURE_MISSING, "Kindle, E999; EPUB 3.3, 5.6", _picture),
    Rule(Code.PICTURE_UNDESCRIBED, "EPUB Accessibility 1.1; WCAG 1.1.1", _description),
    Rule(Code.SCRIPTED, "EPUB 3.3, 6.3", _script),
    Rule(Code.NOTE_ASTRAY, "Apple Books, Kindle, Kobo: pop-up notes", _note),
    Rule(Code.EMPTY_ELEMENT, "Standard Ebooks Manual of Style", _empty),
    Rule(Code.INLINE_STYLE, "Standard Ebooks Manual of Style", _inline_style),
)
"""In the order of their codes."""
