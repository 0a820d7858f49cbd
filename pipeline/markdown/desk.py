"""What the conversion of one document shares: reports, drops, pictures, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.assets import Gallery
from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.markdown import html
from pipeline.markdown.element import Element
from pipeline.model import Drop
from pipeline.source import Source, Span


@dataclass(slots=True)
class Desk:
    """The open record of a document while it is converted.

    ``notes`` are the definitions of notes by their labels; ``called`` are the
    labels that the text uses.
    """

    source: Source
    report: Report
    gallery: Gallery
    notes: Mapping[str, Element]
    drops: list[Drop] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    _tags: dict[str, list[Span]] = field(default_factory=dict)

    def say(self, code: Code, span: Span, **values: object) -> None:
        """Report a finding."""
        self.report(Diagnostic(code, span, values))

    def drop(self, span: Span, reason: str, text: str) -> None:
        """Record text that does not reach the body."""
        if text.strip():
            self.drops.append(Drop(span, reason, text))

    def drop_lines(self, span: Span, reason: str) -> None:
        """Record whole lines that do not reach the body."""
        lines = self.source.lines[span.first - 1 : span.last]
        whole = self.source.span(lines[0].start, lines[-1].end)
        self.drop(whole, reason, self.source.text[whole.start : whole.end])

    def refuse(self, tag: Element, name: str) -> None:
        """Record a tag of HTML; those without a meaning are reported at the end."""
        self.drop(tag.span, "html", tag.content)
        if name in html.MEANINGFUL:
            self.say(Code.UNPAIRED_TAG, tag.span, name=name)
        elif name:
            self._tags.setdefault(name, []).append(tag.span)

    def check_note(self, definition: Element) -> None:
        """Report a note whose label another one has already."""
        label = definition.attributes["label"]
        if self.notes[label] is not definition:
            self.say(Code.REPEATED_NOTE, definition.span, label=label)
            self.drop_lines(definition.span, "repeated-note")

    def close(self) -> None:
        """Report what only the whole document shows."""
        for name, spans in self._tags.items():
            lines = sorted({span.first for span in spans})
            shown = ", ".join(map(str, lines[:5])) + (" …" if len(lines) > 5 else "")
            self.say(Code.UNKNOWN_HTML, spans[0], name=name, lines=shown)
        for label, note in self.notes.items():
            if label not in self.called:
                self.say(Code.UNCALLED_NOTE, note.span, label=label)
                self.drop_lines(note.span, "uncalled-note")
