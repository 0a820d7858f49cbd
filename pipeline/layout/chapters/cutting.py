"""Cutting a book where new pages begin, into documents that are set apart.

Each document has the sections around its own as they are in the book, and of those
before them empty ones that are not shown, so that the same style rules apply.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_TAG = re.compile(r"<(?P<end>/?)section\b[^>]*>")
_BODY = re.compile(r"<body\b[^>]*>")
_BODY_END = "</body>"
_NAMED = re.compile(r'\sid="([^"]*)"')
_TITLED = re.compile(r'(\saria-label(?:ledby)?=)"[^"]*"')
_CALLED = re.compile(r'\shref="#([^"]*)"')
_CLASS = re.compile(r'\sclass="([^"]*)"')
_ELEMENT = re.compile(r"<[^>]*>")
_SHOWN = re.compile(r"<(?:img|math|hr)\b")
_FRONT = frozenset({"cover", "halftitle", "titlepage", "contents", "colophon"})
_CONTENTS = "contents"
_NOTE = '<span class="note"'


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a book that begins on a new page, as a document of its own.

    ``depth`` is how many sections around it began in an earlier piece, ``side``
    on which side it begins: ``right``, ``left`` or, on either, nothing.
    """

    xhtml: str
    depth: int = 0
    side: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A book in pieces. ``front`` is what stands before the text, or nothing."""

    front: Piece | None
    text: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """How a section begins, by the style sheets of the book.

    ``side`` is ``right``, ``left``, or nothing where it may begin on either;
    ``numbers_notes`` tells that its notes are numbered from 1.
    """

    breaks: bool
    side: str = ""
    numbers_notes: bool = False


def cut(xhtml: str, openings: Callable[[str], Sequence[Opening]]) -> Cut | None:
    """Return the pieces of a book; None where it must be set as a whole.

    ``openings`` tells how each section of a document begins, in order.
    """
    body = _BODY.search(xhtml)
    if body is None or not _is_resolved(xhtml):
        return None
    book = _Book(xhtml, body.end(), xhtml.rindex(_BODY_END))
    if not book.sections or book.has_text_outside():
        return None
    return book.cut(openings(skeleton(xhtml)))


def skeleton(xhtml: str) -> str:
    """Return a book with nothing in it but sections."""
    body = _BODY.search(xhtml)
    start = body.end() if body else 0
    tags = "".join(tag[0] for tag in _TAG.finditer(xhtml, start))
    return f"{xhtml[:start]}{tags}{xhtml[xhtml.rindex(_BODY_END) :]}"


def _is_resolved(xhtml: str) -> bool:
    """Tell whether each link within the book leads to something in it."""
    return set(_CALLED.findall(xhtml)) <= set(_NAMED.findall(xhtml))


@dataclass(eq=False, slots=True)
class _Section:
    """A section: where its tags are, those around it, and kinds of those before."""

    tag: str
    start: int
    inside: int
    above: tuple[_Section, ...]
    before: tuple[str, ...]
    opening: Opening = Opening(breaks=False)
    end: int = 0
    kinds_inside: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Return the tag without what no style rule asks for: names and titles."""
        return _TITLED.sub(r'\1""', _NAMED.sub("", self.tag))

    @property
    def classes(self) -> frozenset[str]:
        found = _CLASS.search(self.tag)
        return frozenset(found[1].split()) if found else frozenset()


class _Book:
    """The markup of a book, and its sections in the order in which they begin."""

    def __init__(self, xhtml: str, start: int, end: int) -> None:
        self._xhtml = xhtml
        self._start = start
        self._end = end
        self.sections: list[_Section] = []
        root = _Section("", start, start, (), (), end=end)
        around = [root]
        for tag in _TAG.finditer(xhtml, start, end):
            if tag["end"]:
                around.pop().end = tag.end()
                continue
            kinds = around[-1].kinds_inside
            made = _Section(
                tag[0], tag.start(), tag.end(), tuple(around[1:]), tuple(kinds)
            )
            # What no rule can tell apart is there once; the last is the neighbour.
            kinds[:] = [*dict.fromkeys(kinds), made.kind]
            self.sections.append(made)
            around.append(made)

    def has_text_outside(self) -> bool:
        top = [section for section in self.sections if not section.above]
        edges = [self._start, *(e for s in top for e in (s.start, s.end)), self._end]
        pieces = zip(edges[::2], edges[1::2], strict=True)
        return any(self._is_shown(first, last) for first, last in pieces)

    def cut(self, openings: Sequence[Opening]) -> Cut | None:
        for section, opening in zip(self.sections, openings, strict=True):
            section.opening = opening
        text = self._after_front()
        starts = self._starts(text)
        if not starts or starts[0] is not text[0]:
            return None
        if any(_CONTENTS in section.classes for section in text):
            return None
        ends = [*(start.start for start in starts[1:]), self._end]
        still_open = [*(len(start.above) for start in starts[1:]), 0]
        pieces = []
        for section, end, depth in zip(starts, ends, still_open, strict=True):
            first = self._opened_with(section)
            content = self._xhtml[section.start : end]
            if _NOTE in content and not any(s.opening.numbers_notes for s in first):
                return None  # its notes go on with the numbers before
            side = next((s.opening.side for s in first if s.opening.side), "")
            xhtml = self._document(self._around(section), content, depth)
            pieces.append(Piece(xhtml, len(section.above), side))
        return Cut(self._front(starts[0]), tuple(pieces))

    def _after_front(self) -> list[_Section]:
        for number, section in enumerate(self.sections):
            if not section.above and section.classes.isdisjoint(_FRONT):
                return self.sections[number:]
        return []

    def _starts(self, text: Sequence[_Section]) -> list[_Section]:
        """Return where new pages begin, once where nothing stands between."""
        found: dict[_Section, None] = {}
        for section in text:
            if section.opening.breaks and all(
                above in found for above in section.above
            ):
                found[section] = None
        return [
            section
            for section in found
            if not section.above
            or self._is_shown(section.above[-1].inside, section.start)
        ]

    def _front(self, first: _Section) -> Piece | None:
        shown = self._xhtml[self._start : first.start]
        return Piece(self._document("", shown, 0)) if shown.strip() else None

    def _opened_with(self, section: _Section) -> list[_Section]:
        """Return a section, and those at whose start it stands."""
        found = [section]
        at = self.sections.index(section)
        for below in self.sections[at + 1 :]:
            last = found[-1]
            if below.above[-1:] != (last,) or self._is_shown(last.inside, below.start):
                break
            found.append(below)
        return found

    def _around(self, section: _Section) -> str:
        """Return the tags around a section, and empty ones for those before it."""
        made: list[str] = []
        for around in (*section.above, section):
            made += (
                f'{kind[:-1]} style="display:none"></section>' for kind in around.before
            )
            made += [around.kind] if around is not section else []
        return "".join(made)

    def _document(self, around: str, content: str, still_open: int) -> str:
        head, tail = self._xhtml[: self._start], self._xhtml[self._end :]
        return f"{head}{around}{content}{'</section>' * still_open}{tail}"

    def _is_shown(self, start: int, end: int) -> bool:
        markup = self._xhtml[start:end]
        return bool(_SHOWN.search(markup) or _ELEMENT.sub("", markup).strip())
