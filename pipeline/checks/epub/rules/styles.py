"""Style sheets: what old engines drop, and what takes a choice from the reader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.checks.epub.publication import Document, StyleFile
from pipeline.checks.epub.rules.rule import Finding, Rule, Subject, at
from pipeline.diagnostics import Code
from pipeline.stylesheets import Declaration, Usage, parse

# Adobe's engine of before 2012 drops a whole file for one of these.
_TOO_NEW = re.compile(r"\b(calc|clamp|env|max|min|var)\(")
_NEW_AT_RULES = frozenset({"layer", "media", "supports", "container"})
_COLOURS = frozenset({"background", "background-color", "color"})
_NO_COLOURS = frozenset({"currentcolor", "inherit", "none", "transparent"})
_ABSOLUTE = re.compile(r"[0-9](px|pt|pc|cm|mm|in)\b")
_GENERIC = frozenset(
    {"cursive", "fantasy", "inherit", "monospace", "sans-serif", "serif", "system-ui"}
)


def _too_new(subject: Subject) -> Iterator[Finding]:
    first = {_first_sheet(document) for document in subject.publication.spine}
    for file in subject.publication.styles:
        if file.name in first:
            sheet = parse(file.css)
            for keyword, line in sheet.at_rules:
                if keyword in _NEW_AT_RULES:
                    yield Finding(file.name, line, {"what": f"@{keyword}"})
            for declaration in _declarations(file):
                if match := _TOO_NEW.search(declaration.value):
                    yield Finding(file.name, declaration.line, {"what": f"{match[0]})"})


def _first_sheet(document: Document) -> str:
    links = (e for e in document.elements("link") if e.get("rel") == "stylesheet")
    target = next((document.target(link.get("href")) for link in links), None)
    return target.file if target else ""


def _fixed_colour(subject: Subject) -> Iterator[Finding]:
    for file, declaration in _all(subject):
        is_colour = declaration.name in _COLOURS
        if is_colour and declaration.value.lower() not in _NO_COLOURS:
            yield _found(file, declaration)


def _fixed_size(subject: Subject) -> Iterator[Finding]:
    for file, declaration in _all(subject):
        is_size = declaration.name in {"font", "font-size", "line-height"}
        if is_size and _ABSOLUTE.search(declaration.value):
            yield _found(file, declaration)


def _absent_face(subject: Subject) -> Iterator[Finding]:
    brought = {
        name for file in subject.publication.styles for name in parse(file.css).faces
    }
    for file, declaration in _all(subject):
        if declaration.name == "font-family":
            names = {n.strip().strip("\"'") for n in declaration.value.split(",")}
            absent = names - brought - _GENERIC
            if absent and not names & brought:
                yield _found(file, declaration)


def _unused(subject: Subject) -> Iterator[Finding]:
    used = Usage(document.data.decode() for document in subject.documents)
    for file in subject.publication.styles:
        for rule in parse(file.css).rules:
            for selector in rule.selectors:
                if not used.has(selector):
                    yield Finding(file.name, rule.line, {"selector": selector})


def _twice(subject: Subject) -> Iterator[Finding]:
    for file in subject.publication.styles:
        seen: Counter[tuple[object, ...]] = Counter()
        for rule in parse(file.css).rules:
            for selector in rule.selectors:
                for declaration in rule.declarations:
                    key = (rule.conditions, selector, declaration.name)
                    seen[key] += 1
                    if seen[key] == 2 and declaration.name not in _same(
                        rule.declarations
                    ):
                        values = {"selector": selector, "property": declaration.name}
                        yield Finding(file.name, declaration.line, values)


def _same(declarations: tuple[Declaration, ...]) -> set[str]:
    """Return properties that one rule has twice: the second is for newer engines."""
    counts = Counter(declaration.name for declaration in declarations)
    return {name for name, count in counts.items() if count > 1}


def _direction(subject: Subject) -> Iterator[Finding]:
    package = subject.publication.package
    spine = next(package.elements("opf:spine"), package.root)
    goes_left = spine.get("page-progression-direction") == "rtl"
    is_vertical = any(
        d.name == "writing-mode" and d.value == "vertical-rl"
        for _file, d in _all(subject)
    )
    if is_vertical and not goes_left:
        yield at(package, spine)


def _all(subject: Subject) -> Iterator[tuple[StyleFile, Declaration]]:
    for file in subject.publication.styles:
        for declaration in _declarations(file):
            yield file, declaration


def _declarations(file: StyleFile) -> Iterator[Declaration]:
    for rule in parse(file.css).rules:
        yield from rule.declarations


def _found(file: StyleFile, declaration: Declaration) -> Finding:
    said = f"{declaration.name}: {declaration.value}"
    return Finding(file.name, declaration.line, {"declaration": said})


RULES = (
    Rule(Code.STYLE_TOO_NEW, "Adobe Digital Editions; Kobo, EPUB", _too_new),
    Rule(Code.FIXED_COLOUR, "WCAG 2.2, 1.4.3; dark mode", _fixed_colour),
    Rule(Code.FIXED_SIZE, "WCAG 2.2, 1.4.4", _fixed_size),
    Rule(Code.ABSENT_FACE, "Apple Books Asset Guide; Kindle, 10.4", _absent_face),
    Rule(Code.UNUSED_SELECTOR, "Standard Ebooks Manual of Style", _unused),
    Rule(Code.REPEATED_PROPERTY, "Standard Ebooks Manual of Style", _twice),
    Rule(Code.SPINE_DIRECTION, "EPUB 3.3, 5.7.1", _direction),
)
"""In the order of their codes."""
