"""What stands elsewhere in a book than in its source: its title, its notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pipeline.audit.ledger import Entry
from pipeline.audit.lines import Lines
from pipeline.audit.strand import OBJECT, squeezed
from pipeline.model import Code, Image, Math, Node, Ruby, Text, walk
from pipeline.source import Span

_SEVERAL = 2


class Moves:
    """What is left, while some of it is taken to another place."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = entries
        self._lines = Lines(entry.span for entry in entries)
        self._given: set[tuple[Span, str]] = set()
        self.unfounded: list[Text] = []

    def take(self, nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
        """Take the characters of ``nodes`` away, and yield them in their order."""
        for node in nodes:
            leaves = [
                (text, leaf)
                for leaf in walk(node)
                if (text := squeezed(_characters(leaf)))
            ]
            if not self._take_together(leaves):
                for text, leaf in leaves:
                    self._take(text, leaf)
            yield from ((text, str(leaf.span)) for text, leaf in leaves)

    def set_aside(self, text: str, span: Span) -> None:
        """Take ``text`` away, if the source has it there among the rest."""
        bare = squeezed(text)
        for index in self._lines.of(span):
            if bare and self._entries[index].give(bare):
                return

    def set_description_aside(self, text: str, span: Span) -> None:
        """Take the description of a picture away, if it stands behind its object.

        Where sources have their descriptions elsewhere, there is no object.
        """
        bare = squeezed(text)
        for index in self._lines.of(span):
            if self._entries[index].text == OBJECT:
                pieces = self._pieces(index + 1, bare)
                if bare and "".join(piece.text for piece in pieces) == bare:
                    for piece in pieces:
                        piece.taken.append((0, len(piece.text)))
                    return

    def _pieces(self, index: int, text: str) -> list[Entry]:
        """Return what begins at ``index`` and goes on as ``text`` does."""
        found: list[Entry] = []
        for entry in islice(self._entries, index, None):
            if not text or entry.taken or not text.startswith(entry.text):
                break
            found.append(entry)
            text = text.removeprefix(entry.text)
        return found

    def supply(self, text: str, span: Span) -> None:
        """Put ``text`` where the lines of ``span`` begin, if it is not there."""
        for index in self._lines.of(span)[:1]:
            if self._entries[index].text != text:
                self._entries[index].supplied += text

    def rest(self) -> Iterator[tuple[str, str]]:
        """Yield what nobody took, with its place."""
        for entry in self._entries:
            done = 0
            yield entry.supplied, str(entry.span)
            for start, end in sorted(entry.taken):
                yield entry.text[done:start], str(entry.span)
                done = end
            yield entry.text[done:], str(entry.span)

    def _take_together(self, leaves: Sequence[tuple[str, Node]]) -> bool:
        """Take what stands together in the source as it does here, if it does.

        A single word of a note may stand in the text that calls it, too.
        """
        wanted = "".join(text for text, _ in leaves)
        near = dict.fromkeys(i for _, leaf in leaves for i in self._lines.of(leaf.span))
        entries = [self._entries[i] for i in sorted(near) if not self._entries[i].taken]
        start = "".join(entry.text for entry in entries).find(wanted)
        if len(leaves) < _SEVERAL or start < 0:
            return False
        end = start + len(wanted)
        at = 0
        for entry in entries:
            first, last = max(start - at, 0), min(end - at, len(entry.text))
            if first < last:
                entry.taken.append((first, last))
            at += len(entry.text)
        self._given |= {(leaf.span, text) for text, leaf in leaves}
        return True

    def _take(self, text: str, leaf: Node) -> None:
        on_lines = [self._entries[index] for index in self._lines.of(leaf.span)]
        key = (leaf.span, text)
        if any(entry.give(text) for entry in on_lines) or key in self._given:
            self._given.add(key)  # a note that is called again says so again
            return
        said = letters(text)
        whole = [e for e in on_lines if not e.taken and letters(e.text) in said]
        for entry in whole:
            entry.taken.append((0, len(entry.text)))
        if not whole and isinstance(leaf, Text):
            self.unfounded.append(leaf)


def letters(text: str) -> str:
    """Return what no rule of good text changes."""
    return "".join(filter(str.isalnum, text))


def _characters(leaf: Node) -> str:
    match leaf:
        case Text(value=value) | Code(value=value) | Ruby(base=value) | Math(tex=value):
            return value
        case Image():
            return OBJECT
        case _:
            return ""
