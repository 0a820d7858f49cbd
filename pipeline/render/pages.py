"""The pages of the printed edition, marked in the documents of another.

Both editions are rendered from one book by one set of templates, so a place is
told by counting: so many characters after an element that has an id.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What a picture or a formula counts as: one character."""

OPENING = 12
"""How many characters of a page prove that its place was found."""

# What the flow of the printed edition has not: notes stand at the foot there.
_TOKEN = re.compile(
    r"<(?P<skipped>aside|head|rt)\b.*?</(?P=skipped)>"
    r"|<ol class=\"duokan-footnote-content\">.*?</ol>"
    r"|<sup class=\"noteref\">.*?</sup>"
    r"|(?P<object><math\b.*?</math>|<img\b[^>]*>)"
    r"|<[^>]*?(?:\sid=\"(?P<id>[^\"]*)\"[^>]*)?>"
    r"|\s+|(?P<entity>&[^;]*;)|(?P<run>[^<&\s]+)",
    re.DOTALL,
)
# A mark stands before what its character opens, where phrases may stand.
_OPENED = re.compile(
    r"(?:<(?:a|code|del|em|figure|h[1-6]|ruby|span|strong|sub|sup)(?:\s[^<>]*)?>)+\Z"
)
# Parts that no other edition has.
_PRINTED_ONLY = frozenset({"half-title"})
_FURTHEST_BACK = 400
# How far a place may be from where counting led, in characters.
_NEAR = 400


@dataclass(frozen=True, slots=True)
class PageStart:
    """The first character of a printed page.

    It is the ``offset``-th, from 0 and spaces not counted, after the start of
    the element whose id is ``anchor``; ``opening`` is what is read there.
    """

    label: str
    anchor: str
    offset: int
    opening: str

    @property
    def id(self) -> str:
        """Return the id of the mark. 封面 is no label that a link could hold."""
        return f"page-{self.label if self.label.isascii() else self.anchor}"


@dataclass(frozen=True, slots=True)
class Marked:
    """Documents with the marks of pages in them, and what could not be found.

    ``files`` has the number of its document for each mark that was set. A page
    whose part these documents lack, or have at another place, has no mark: the
    list of pages would not be in reading order.
    """

    documents: tuple[str, ...]
    files: dict[PageStart, int]
    lost: tuple[PageStart, ...]


def mark(
    documents: Sequence[str],
    starts: Iterable[PageStart],
    tag: Callable[[PageStart], str],
) -> Marked:
    """Return ``documents`` with what ``tag`` makes for each page that starts there.

    ``documents`` and ``starts`` are in reading order.
    """
    starts = tuple(starts)
    text = _read(documents if starts else ())
    found = {
        start: text.find(start) for start in starts if start.anchor not in _PRINTED_ONLY
    }
    places = dict(reversed([*_in_order(text, found)]))
    marked = list(documents)
    for start, (file, at) in sorted(places.items(), key=lambda item: item[1])[::-1]:
        marked[file] = f"{marked[file][:at]}{tag(start)}{marked[file][at:]}"
    files = {start: file for start, (file, _at) in places.items()}
    return Marked(tuple(marked), files, tuple(s for s in found if found[s] is None))


def _in_order(
    text: _Text, found: Mapping[PageStart, int | None]
) -> Iterator[tuple[PageStart, tuple[int, int]]]:
    """Yield the places of the pages that are in order, from the last one back."""
    after = len(text.characters) + 1
    for start, at in reversed([*found.items()]):
        if at is not None and at < after:
            after = at
            yield start, text.place(at)


@dataclass(slots=True)
class _Text:
    """The characters of documents, and where each run of them stands."""

    documents: Sequence[str]
    anchors: dict[str, int] = field(default_factory=dict)
    firsts: list[int] = field(default_factory=list)
    runs: list[tuple[int, int]] = field(default_factory=list)
    characters: str = ""

    def find(self, start: PageStart) -> int | None:
        """Return which character a page starts with, if it is there."""
        if start.anchor not in self.anchors:
            return None
        at = self.anchors[start.anchor] + start.offset
        opening, near = start.opening, self.characters
        if start.offset == 0 or near.startswith(opening, at):
            return at if at < len(near) else None
        after = near.find(opening, at, at + _NEAR)
        before = near.rfind(opening, max(at - _NEAR, 0), at + len(opening))
        return min(
            (place for place in (before, after) if place >= 0),
            key=lambda place: abs(place - at),
            default=None,
        )

    def place(self, character: int) -> tuple[int, int]:
        """Return the document and the offset where a mark before it stands."""
        run = bisect_right(self.firsts, character) - 1
        file, at = self.runs[run]
        at += character - self.firsts[run]
        before = self.documents[file][max(at - _FURTHEST_BACK, 0) : at]
        opened = _OPENED.search(before)
        return file, at - len(opened[0]) if opened else at


def _read(documents: Sequence[str]) -> _Text:
    text = _Text(documents)
    parts: list[str] = []
    count = 0
    for file, document in enumerate(documents):
        for token in _TOKEN.finditer(document):
            kind = token.lastgroup
            if kind in {None, "skipped"}:
                continue
            if kind == "id":
                text.anchors.setdefault(token["id"], count)
                continue
            part = OBJECT if kind == "object" else unescape(token[0])
            text.firsts.append(count)
            text.runs.append((file, token.start()))
            parts.append(part)
            count += len(part)
    text.characters = "".join(parts)
    return text
