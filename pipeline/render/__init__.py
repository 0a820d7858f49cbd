"""The only step that makes markup: nodes go through Jinja2 templates.

One template set serves both editions. A paged edition is one document of all
parts; a split one has a document a part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from importlib.resources import files
from types import CodeType
from typing import TYPE_CHECKING, TypeAlias, get_args

from jinja2 import (
    BytecodeCache,
    Environment,
    FunctionLoader,
    StrictUndefined,
    Template,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from pipeline.highlighting import highlight
from pipeline.model import (
    RENDERED,
    Asset,
    Book,
    Flow,
    Kind,
    Node,
    Note,
    Placed,
    Section,
    plain,
    walk,
)
from pipeline.render import official
from pipeline.render.calls import Called, bound
from pipeline.render.labels import circled, labels
from pipeline.render.pages import Marked, PageStart, mark
from pipeline.render.splitting import Content, cut, documents, is_long
from pipeline.render.titles import lines
from pipeline.typeset.upright import Digits, Pose, stretches

if TYPE_CHECKING:
    from pipeline.math import Drawing

# What is around the paragraph of a note, in bytes of markup.
_NOTE = 200

_BLOCKS = (*get_args(Flow), Section)
_NAMED = (Section, Note, Placed)

_ID = re.compile(r'\sid="([^"]*)"')

_TAGS = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "zh-Hant-HK": "zh-HK"}


class Notes(Enum):
    """Where notes stand.

    On paper: at the foot of their page, or at the end of their chapter or of the
    book. DUOKAN marks calls in an EPUB as the readers of 多看 want them; on paper
    it is FOOTNOTE.
    """

    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    BOOK_ENDNOTE = "book-endnote"
    DUOKAN = "duokan"


class Writing(Enum):
    """Which way lines run: to the right, or down and from right to left."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


@dataclass(frozen=True, slots=True)
class Edition:
    """The facts about an output that templates may know.

    ``styles`` are the hrefs of the style sheets, seen from a part;
    ``assets`` is the folder of the pictures, seen from there; ``cover`` is the
    picture that the cover shows, empty where the cover is set in type.
    ``front`` and ``back`` name the parts before and behind the text, in order.
    ``deepest_entry`` is the level at which a split edition nests contents no
    further: deeper entries join it. 0 means any depth. ``digits`` is how numbers
    stand in lines that run down.
    """

    paged: bool
    split: bool
    styles: tuple[str, ...] = ()
    assets: str = ""
    cover: str = ""
    front: tuple[str, ...] = ("cover", "title", "contents")
    back: tuple[str, ...] = ("colophon",)
    notes: Notes = Notes.FOOTNOTE
    writing: Writing = Writing.HORIZONTAL
    deepest_entry: int = 3
    digits: Digits = Digits.UPRIGHT

    @property
    def marks_upright(self) -> bool:
        """Tell whether markup says what stands upright: no layout of ours does."""
        return self.split and self.writing is Writing.VERTICAL


@dataclass(frozen=True, slots=True)
class Credit:
    """Fonts that an edition may embed, by one licence (SPDX), which may be unknown."""

    names: tuple[str, ...]
    licence: str = ""


Credits: TypeAlias = Callable[[str], tuple[Credit, ...]]
"""Tells the fonts of an edition from the markup of all that stands before."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents. ``href`` is relative to the parts' folder.

    The articles of a law are no entries: they have numbers, not titles.
    """

    title: str
    href: str
    kind: Kind
    children: tuple[Entry, ...] = ()

    @property
    def anchor(self) -> str:
        """Return the id of the heading that it leads to."""
        return self.href.partition("#")[2]


@dataclass(frozen=True, slots=True)
class Page:
    """One finished XHTML document.

    ``matter`` is ``frontmatter``, ``bodymatter`` or ``backmatter``;
    ``landmark`` is its epub:type as a landmark, if it is one.
    """

    name: str
    title: str
    matter: str
    landmark: str
    xhtml: str


@dataclass(frozen=True, slots=True)
class PageMark:
    """A printed page of another edition, and where it starts in this one.

    ``href`` is relative to the parts' folder.
    """

    label: str
    href: str

    @property
    def number(self) -> int:
        """Return the number of a page of the text, else 0."""
        return int(self.label) if self.label.isdecimal() else 0

    @property
    def type(self) -> str:
        """Return the type of the page in an NCX (OPF 2.0.1, 2.4.1)."""
        if self.number:
            return "normal"
        return "front" if self.label.isascii() else "special"


@dataclass(frozen=True, slots=True)
class Rendered:
    """All that a writer gets to see of the markup.

    ``language`` is the tag that reading systems know, such as ``zh-CN``;
    ``nav`` and ``ncx`` are empty in an edition that is not split. ``marks``
    stand where printed pages start; ``unmarked`` are labels of pages whose
    start was not found.
    """

    language: str
    pages: tuple[Page, ...]
    contents: tuple[Entry, ...]
    assets: tuple[Asset, ...]
    nav: str = ""
    ncx: str = ""
    marks: tuple[PageMark, ...] = ()
    unmarked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the book that opens on a page of its own.

    ``named`` is what has an id in its content; ``is_continued`` tells that the
    chapter of its content began in the one before, ``is_last`` that the text ends
    with it.
    """

    name: str
    title: str
    matter: str
    landmark: str
    content: Content = ()
    named: tuple[Section | Note | Placed, ...] = ()
    is_continued: bool = False
    is_last: bool = False

    @property
    def file(self) -> str:
        return f"{self.name}.xhtml"


def _no_credits(_markup: str) -> tuple[Credit, ...]:
    return ()


def render(
    book: Book,
    edition: Edition,
    identifier: str,
    starts: Sequence[PageStart] = (),
    credit: Credits = _no_credits,
) -> Rendered:
    """Render ``book`` with the shared templates.

    An edition that is split gets marks where the pages of a printed one start.
    The colophon names the fonts that ``credit`` tells.
    """
    return _Renderer(book, edition, identifier, credit).rendered(starts)


def render_cover(book: Book, edition: Edition) -> Page:
    """Render the cover alone, as a document of its own."""
    return _Renderer(book, edition, "").cover()


def render_alone(name: str, values: Mapping[str, object]) -> str:
    """Render a template that is no part of a book, such as a report."""
    return _environment().get_template(f"{name}.j2").render(values)


def language_tag(language: str) -> str:
    """Return the tag by which reading systems choose fonts: zh-CN, not zh-Hans.

    A book must say its language; ``und`` says that nobody knows it.
    """
    return _TAGS.get(language, language) or "und"


class _Compiled(BytecodeCache):
    """Keeps compiled templates in memory: each renderer needs the same ones."""

    def __init__(self) -> None:
        self._kept: dict[str, CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill ``bucket``, if its template was compiled before."""
        bucket.code = self._kept.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what ``bucket`` holds."""
        self._kept[bucket.key] = bucket.code


@cache
def _source(name: str) -> tuple[str, str, None] | None:
    """Return a template and where it stands; None where there is none."""
    path = files("pipeline.render") / "templates" / name
    return (path.read_text("utf-8"), str(path), None) if path.is_file() else None


# Each renderer has an environment of its own, in which the same code is at home.
_COMPILED = _Compiled()
_SOURCES = FunctionLoader(_source)


def _environment() -> Environment:
    return Environment(
        loader=_SOURCES,
        bytecode_cache=_COMPILED,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _Renderer:
    """Holds the template of every node type, loaded before the first use."""

    def __init__(
        self,
        book: Book,
        edition: Edition,
        identifier: str,
        credit: Credits = _no_credits,
    ) -> None:
        titled = _titled(book)
        book = _headed(book) if titled and "head" in edition.front else book
        self._book = book
        self._credit = credit
        self._edition = edition
        self._words = labels(book.meta.language)
        self._homes: Mapping[str, str] = {}
        self._contents: tuple[Entry, ...] = ()
        self._env = _environment()
        self._env.filters |= {
            "render": self._render,
            "plain": plain,
            "lines": lines,
            "draw": _draw,
            "highlight": highlight,
            "dated": official.dated,
            "letterhead": official.letterhead,
            "signers_width": official.signers_width,
            "right_of_signature": official.right_of_signature,
            "seals_in_a_row": official.seals_in_a_row,
            "imprint_lines": official.imprint_lines,
            "rank": self._rank,
            "notes": lambda section: tuple(_notes((section,))),
            "circled": circled,
            "posed": self._posed,
        }
        self._env.globals |= {
            "book": book,
            "titled": titled,
            "edition": edition,
            "labels": self._words,
            "language": language_tag(book.meta.language),
            "identifier": identifier,
            "href": self._href,
        }
        self._nodes = {
            kind: self._template(f"nodes/{kind.__name__}") for kind in RENDERED
        }
        self._page = self._template("page")
        self._called = self._template("called")
        self._parts = tuple(self._all_parts())
        if edition.split:
            self._homes = _homes(self._parts)
        self._contents = tuple(self._entries(book.sections))
        self._env.globals["contents"] = self._contents

    def rendered(self, starts: Sequence[PageStart]) -> Rendered:
        pages = tuple(self._pages())
        marked = mark([page.xhtml for page in pages], starts, self._mark)
        pages = tuple(map(_with_markup, pages, marked.documents))
        marks = tuple(_marks(marked, pages))
        whole = Rendered(
            language_tag(self._book.meta.language),
            pages,
            self._contents,
            self._book.assets,
            marks=marks,
            unmarked=tuple(start.label for start in marked.lost),
        )
        if not self._edition.split:
            return whole
        order = _play_order(pages, self._contents, marks)
        return replace(
            whole,
            nav=self._navigation("nav.xhtml", marks, order),
            ncx=self._navigation("toc.ncx", marks, order),
        )

    def cover(self) -> Page:
        cover = _part("cover", self._words)
        return self._document(cover, (cover,))

    def _all_parts(self) -> Iterator[_Part]:
        for name in self._edition.front:
            yield _part(name, self._words)
        text = [
            part
            for number, section in enumerate(documents(self._book.sections), start=1)
            for part in self._text_parts(section, number)
        ]
        yield from text[:-1]
        yield from (replace(part, is_last=True) for part in text[-1:])
        at_end = self._edition.paged and self._edition.notes is Notes.BOOK_ENDNOTE
        if at_end and any(_notes(self._book.sections)):
            yield _part("notes", self._words)
        for name in self._edition.back:
            yield _part(name, self._words)

    def _text_parts(self, section: Section, number: int) -> Iterator[_Part]:
        title = plain(section.title) or self._book.meta.title
        matter = "backmatter" if section.kind is Kind.BACK else "bodymatter"
        nodes = tuple(walk(section))
        is_cut = self._edition.split and is_long(nodes)
        contents = cut(section, self._size) if is_cut else [(section,)]
        for piece, content in enumerate(contents, start=1):
            below = (n for top in content for n in walk(top)) if is_cut else nodes
            named = tuple(n for n in below if isinstance(n, _NAMED) and n.id)
            name = f"chapter-{number:03}" + (f"-{piece}" if piece > 1 else "")
            landmark = "bodymatter" if number == piece == 1 else ""
            yield _Part(name, title, matter, landmark, content, named, piece > 1)

    def _posed(self, text: str) -> Iterator[tuple[str, Pose | None]]:
        """Yield a text, part by part, with how it stands in lines that run down."""
        done = 0
        for first, last, pose in stretches(text, self._edition.digits):
            yield text[done:first], None
            yield text[first:last], pose
            done = last
        yield text[done:], None

    def _size(self, node: Node) -> int:
        """Return how many bytes of markup a node makes, its notes included."""
        notes = (
            self._render(line)
            for n in walk(node)
            if isinstance(n, Note)
            for line in n.paragraphs
        )
        return sum(len(markup.encode()) + _NOTE for markup in notes) + len(
            self._render(node).encode()
        )

    def _pages(self) -> Iterator[Page]:
        if self._edition.split:
            for part in self._parts:
                yield self._document(part, (part,))
        else:
            whole = _Part("book", self._book.meta.title, "", "")
            yield self._document(whole, self._parts)

    def _document(self, document: _Part, parts: tuple[_Part, ...]) -> Page:
        made: list[Markup] = []
        for part in parts:
            made.append(self._body(part, made))
        bodies = Markup("\n").join(made)
        xhtml = self._page.render(document=document, bodies=bodies)
        return Page(
            document.file, document.title, document.matter, document.landmark, xhtml
        )

    def _body(self, part: _Part, before: Sequence[Markup]) -> Markup:
        template = self._template(
            "parts/text" if part.content else f"parts/{part.name}"
        )
        below = part.named if self._has_notes_below() else ()
        notes = [node for node in below if isinstance(node, Note)]
        credits_ = self._credit("".join(before)) if part.name == "colophon" else ()
        values = {"part": part, "notes": notes, "credits": credits_}
        return Markup(template.render(values).strip())  # noqa: S704 - a template's own output

    def _has_notes_below(self) -> bool:
        """Tell whether the notes of a part stand at its end."""
        return not self._edition.paged or self._edition.notes is Notes.ENDNOTE

    def _mark(self, start: PageStart) -> str:
        return self._template("pagebreak").render(start=start)

    def _navigation(
        self, name: str, marks: tuple[PageMark, ...], order: Mapping[str, int]
    ) -> str:
        template = self._env.get_template(f"{name}.j2")
        return template.render(parts=self._parts, marks=marks, order=order)

    def _template(self, name: str) -> Template:
        template = self._env.get_template(f"{name}.xhtml.j2")
        # Each rendering copies the globals: a plain dict takes a third of the time.
        template.globals = self._env.globals
        return template

    def _render(self, nodes: Node | Iterable[Node]) -> Markup:
        if isinstance(nodes, Node):
            return Markup(self._nodes[type(nodes)].render(node=nodes))  # noqa: S704 - a template's own output
        parts = nodes if self._edition.paged else bound(tuple(nodes))
        return Markup().join(map(self._line, parts))

    def _line(self, part: Node | Called) -> Markup:
        if isinstance(part, Called):
            parts = map(self._render, part.nodes)
            return Markup(self._called.render(parts=parts))  # noqa: S704 - a template's own output
        # Between inlines, a newline would show as a space; a block has its own line.
        return self._render(part) + ("\n" if isinstance(part, _BLOCKS) else "")

    def _rank(self, section: Section) -> int:
        """Return the level of a section in an official document, from 1."""
        above = sum(not section.title for section in self._book.sections)
        return official.rank(plain(section.title), section.level - above)

    def _entries(self, sections: tuple[Section, ...], rank: int = 1) -> Iterator[Entry]:
        for section in sections:
            below = tuple(self._entries(section.sections, rank + 1))
            if not section.title or section.kind is Kind.ARTICLE:
                yield from below
            elif self._edition.split and 0 < self._edition.deepest_entry <= rank:
                yield self._entry(section, ())
                yield from below
            else:
                yield self._entry(section, below)

    def _entry(self, section: Section, children: tuple[Entry, ...]) -> Entry:
        href = self._href(f"#{section.id}")
        return Entry(plain(section.title), href, section.kind, children)

    def _href(self, target: str) -> str:
        if not target.startswith("#"):
            return target
        return self._homes.get(target[1:], "") + target


# Each part around the text: its matter, and what it is as a landmark.
_AROUND = {
    "cover": ("frontmatter", "cover"),
    "half-title": ("frontmatter", "halftitlepage"),
    "title": ("frontmatter", "titlepage"),
    "contents": ("frontmatter", "toc"),
    "head": ("bodymatter", ""),
    "tail": ("bodymatter", ""),
    "notes": ("backmatter", "endnotes"),
    "colophon": ("backmatter", "colophon"),
}


def _part(name: str, words: dict[str, str]) -> _Part:
    return _Part(name, words[name], *_AROUND[name])


def _titled(book: Book) -> str:
    """Return the id of the only chapter, where its title is that of ``book``."""
    match book.sections:
        case (Section(id=id_, title=title),) if plain(title) == plain(book.title):
            return id_
        case _:
            return ""


def _headed(book: Book) -> Book:
    """Return ``book`` for a head that shows the title of its only chapter."""
    (only,) = book.sections
    text = replace(only, id="", title=())
    return replace(book, title=only.title, sections=(text,))


def _homes(parts: Iterable[_Part]) -> dict[str, str]:
    return {node.id: part.file for part in parts for node in part.named}


def _notes(sections: Iterable[Section]) -> Iterator[Note]:
    return (n for top in sections for n in walk(top) if isinstance(n, Note))


def _with_markup(page: Page, xhtml: str) -> Page:
    return replace(page, xhtml=xhtml)


def _marks(marked: Marked, pages: Sequence[Page]) -> Iterator[PageMark]:
    for start, file in marked.files.items():
        yield PageMark(start.label, f"{pages[file].name}#{start.id}")


def _play_order(
    pages: Iterable[Page], contents: Iterable[Entry], marks: Iterable[PageMark]
) -> dict[str, int]:
    """Return a number for each target of the NCX, in reading order (OPF 2.0.1)."""
    targets = {*_hrefs(contents), *(mark.href for mark in marks)}
    places = (
        f"{page.name}#{name}" for page in pages for name in _ID.findall(page.xhtml)
    )
    found = dict.fromkeys(place for place in places if place in targets)
    return {href: number for number, href in enumerate(found, start=1)}


def _hrefs(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        yield entry.href
        yield from _hrefs(entry.children)


def _draw(mathml: str) -> Drawing:
    # What draws formulas takes long to load, and most books have none.
    from pipeline.math import draw

    return draw(mathml)
