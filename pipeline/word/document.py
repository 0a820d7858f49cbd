"""A Word file as a whole: its text, notes, comments, running heads, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.markup.illustrations import Illustrations
from pipeline.markup.languages import language
from pipeline.markup.notes import as_lines
from pipeline.model import (
    Asset,
    Block,
    Creator,
    Drop,
    Edit,
    Metadata,
    Note,
    Text,
    walk,
)
from pipeline.source import Span
from pipeline.tree import Element, descendants, text
from pipeline.word.body import Body, Places
from pipeline.word.numbering import Numbering
from pipeline.word.package import Package
from pipeline.word.runs import Runs
from pipeline.word.styles import Styles

# Notes that only draw the line above notes: ST_FtnEdn.
_LINES = frozenset({"separator", "continuationSeparator", "continuationNotice"})
# What Word fills in where nobody says who wrote.
_NOBODY = re.compile(
    r"(?:windows|microsoft|微软|office|lenovo|dell|hp|asus|admin(?:istrator)?|user|pc|my)"
    r"[\s\d]*(?:用户|使用者|user|office)?|用户|使用者|作者|author|unknown|python-docx",
    re.IGNORECASE,
)


# Blocks enough to tell the language by.
_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class Document:
    """What a Word file holds. Bookmarks are places of paragraphs, by name."""

    blocks: tuple[Block, ...]
    meta: Metadata
    drops: tuple[Drop, ...]
    edits: tuple[Edit, ...]
    assets: tuple[Asset, ...]
    bookmarks: Mapping[str, int]


def read(package: Package, main: str, root: Element, report: Report) -> Document:
    """Return the document whose main part is ``root``, at the path ``main``."""
    return _Reading(package, main, report).document(root)


class _Reading:
    """One file while it is read."""

    def __init__(self, package: Package, main: str, report: Report) -> None:
        self._package = package
        self._main = main
        self._report = report
        self._name = package.archive.name
        self._styles = Styles(self._part("styles"))
        self._shown = Illustrations(package.archive.read, report)
        self._notes = {
            kind: self._by_id(kind + "s") for kind in ("footnote", "endnote")
        }
        self._comments = self._by_id("comments")
        self._drops: list[Drop] = []

    def document(self, root: Element) -> Document:
        places = Places(self._name)
        runs = Runs(self._package, self._main, self._styles, self._shown, self._note)
        body = Body(self._styles, Numbering(self._part("numbering")), runs, places)
        blocks = body.blocks(root)
        self._finish(runs)
        self._drops += (*self._uncalled(), *self._heads(places))
        drops = (*body.drops, *self._drops, *self._shown.drops)
        return Document(
            blocks,
            self._meta(blocks, body.subtitle),
            drops,
            (*body.edits, *runs.margin.edits),
            self._shown.assets,
            body.bookmarks,
        )

    def _part(self, kind: str) -> Element | None:
        for path in self._package.related(self._main, kind):
            return self._package.part(path)
        return None

    def _by_id(self, kind: str) -> dict[str, Element]:
        root = self._part(kind)
        return {e.get("w:id"): e for e in root.elements} if root else {}

    def _note(self, reference: Element, span: Span) -> Note | None:
        kind = reference.name.removeprefix("w:").removesuffix("Reference")
        # Word calls a note once; one called a thousand times would be a bomb.
        element = self._notes[kind].pop(reference.get("w:id"), None)
        if element is None or element.get("w:type") in _LINES:
            return None
        (path,) = self._package.related(self._main, f"{kind}s")[:1]
        paragraphs = tuple(as_lines(self._aside(element, path, span)))
        return Note(paragraphs, span=span) if paragraphs else None

    def _aside(self, element: Element, path: str, span: Span) -> tuple[Block, ...]:
        """Return what stands outside the text, placed where it belongs."""
        runs = Runs(self._package, path, self._styles, self._shown, _no_note)
        places = Places(self._name)
        places.last = span.first - 1
        body = Body(self._styles, Numbering(None), runs, places)
        blocks = body.blocks(element)
        self._drops += (*body.drops, *runs.margin.drops)
        return blocks

    def _finish(self, runs: Runs) -> None:
        self._drops += runs.margin.drops
        where = Span(self._name, 1, 1)
        for span, name in runs.margin.comments:
            if comment := self._comments.get(name):
                said = " ".join(text(comment).split())
                self._drops.append(Drop(span, "comment", said))
        if runs.margin.tracked:
            self._report(Diagnostic(Code.TRACKED_CHANGES, where))
        for span, kind in runs.margin.objects:
            self._report(Diagnostic(Code.EMBEDDED_OBJECT, span, {"kind": kind}))

    def _uncalled(self) -> Iterator[Drop]:
        """Yield the notes that are left: their calls were deleted."""
        where = Span(self._name, 1, 1)
        for note in (note for notes in self._notes.values() for note in notes.values()):
            if said := " ".join(text(note).split()):
                yield Drop(where, "uncalled-note", said)

    def _heads(self, places: Places) -> Iterator[Drop]:
        for kind in ("header", "footer"):
            for path in self._package.related(self._main, kind):
                root = self._package.part(path)
                shown = descendants(root) if root else ()
                words = (text(e) for e in shown if e.name == "w:t")
                if said := " ".join("".join(words).split()):
                    last = max(1, places.last)
                    yield Drop(Span(self._name, last, last), "header-footer", said)

    def _meta(self, blocks: tuple[Block, ...], subtitle: str) -> Metadata:
        said: dict[str, str] = {}
        for path in self._package.related("", "core-properties"):
            root = self._package.part(path)
            for element in root.elements if root else ():
                said[element.name] = " ".join(text(element).split())
        nodes = (node for block in blocks[:_SAMPLE] for node in walk(block))
        body = "".join(node.value for node in nodes if isinstance(node, Text))
        author = said.get("dc:creator", "")
        nobody = not author or _NOBODY.fullmatch(author)
        return Metadata(
            title=said.get("dc:title", ""),
            subtitle=subtitle,
            creators=() if nobody else (Creator(author),),
            date=said.get("dcterms:created", "")[:10],
            language=language(said.get("dc:language", ""), body),
            description=said.get("dc:description", ""),
            identifier=said.get("dc:identifier", ""),
        )


def _no_note(_reference: Element, _span: Span) -> Note | None:
    return None  # Word allows no note inside a note
