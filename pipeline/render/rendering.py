"""Making the markup of a book: every node goes through its template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from pipeline.highlighting import highlight
from pipeline.model import (
    RENDERED,
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
from pipeline.render.editions import (
    Credit,
    Credits,
    Edition,
    Entry,
    Notes,
    Page,
    PageMark,
    Rendered,
)
from pipeline.render.environment import Markup, Template, environment, filled
from pipeline.render.labels import circled, labels, language_tag
from pipeline.render.navigation import page_marks, play_order
from pipeline.render.pages import PageStart, mark
from pipeline.render.parts import Part, around, headed, homes, titled_chapter
from pipeline.render.splitting import cut, documents, is_long
from pipeline.render.titles import lines
from pipeline.typeset.upright import Pose, stretches

if TYPE_CHECKING:
    from pipeline.math import Drawing

# What is around the paragraph of a note, in bytes of markup.
_NOTE = 200

_BLOCKS = (*get_args(Flow), Section)
_NAMED = (Section, Note, Placed)


def no_credits(_markup: str) -> tuple[Credit, ...]:
    """Name no fonts."""
    return ()


class Renderer:
    """Holds the template of every node type, loaded before the first use."""

    def __init__(
        self,
        book: Book,
        edition: Edition,
        identifier: str,
        credit: Credits = no_credits,
    ) -> None:
        titled = titled_chapter(book)
        book = headed(book) if titled and "head" in edition.front else book
        self._book = book
        self._credit = credit
        self._edition = edition
        self._words = labels(book.meta.language)
        self._homes: Mapping[str, str] = {}
        self._contents: tuple[Entry, ...] = ()
        self._env = environment()
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
            self._homes = homes(self._parts)
        self._contents = tuple(self._entries(book.sections))
        self._env.globals["contents"] = self._contents

    def rendered(self, starts: Sequence[PageStart]) -> Rendered:
        """Return the whole book, marked where printed pages start."""
        pages = tuple(self._pages())
        marked = mark([page.xhtml for page in pages], starts, self._mark)
        pages = tuple(map(_with_markup, pages, marked.documents))
        marks = tuple(page_marks(marked, pages))
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
        order = play_order(pages, self._contents, marks)
        return replace(
            whole,
            nav=self._navigation("nav.xhtml", marks, order),
            ncx=self._navigation("toc.ncx", marks, order),
        )

    def cover(self) -> Page:
        """Return the cover alone."""
        cover = around("cover", self._words)
        return self._document(cover, (cover,))

    def _all_parts(self) -> Iterator[Part]:
        for name in self._edition.front:
            yield around(name, self._words)
        text = [
            part
            for number, section in enumerate(documents(self._book.sections), start=1)
            for part in self._text_parts(section, number)
        ]
        yield from text[:-1]
        yield from (replace(part, is_last=True) for part in text[-1:])
        at_end = self._edition.paged and self._edition.notes is Notes.BOOK_ENDNOTE
        if at_end and any(_notes(self._book.sections)):
            yield around("notes", self._words)
        for name in self._edition.back:
            yield around(name, self._words)

    def _text_parts(self, section: Section, number: int) -> Iterator[Part]:
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
            yield Part(name, title, matter, landmark, content, named, piece > 1)

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
            whole = Part("book", self._book.meta.title, "", "")
            yield self._document(whole, self._parts)

    def _document(self, document: Part, parts: tuple[Part, ...]) -> Page:
        made: dict[int, Markup] = {}
        # The colophon tells what all the others ask for, wherever it stands.
        for at in sorted(range(len(parts)), key=lambda at: _is_colophon(parts[at])):
            made[at] = self._body(parts[at], tuple(made.values()))
        bodies = Markup("\n").join(made[at] for at in sorted(made))
        xhtml = self._page.render(document=document, bodies=bodies)
        return Page(
            document.file, document.title, document.matter, document.landmark, xhtml
        )

    def _body(self, part: Part, others: Sequence[Markup]) -> Markup:
        template = self._template(
            "parts/text" if part.content else f"parts/{part.name}"
        )
        below = part.named if self._has_notes_below() else ()
        notes = [node for node in below if isinstance(node, Note)]
        credits_ = self._credit("".join(others)) if _is_colophon(part) else ()
        values = {"part": part, "notes": notes, "credits": credits_}
        return filled(template, values).strip()

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
            return filled(self._nodes[type(nodes)], {"node": nodes})
        parts = nodes if self._edition.paged else bound(tuple(nodes))
        return Markup().join(map(self._line, parts))

    def _line(self, part: Node | Called) -> Markup:
        if isinstance(part, Called):
            parts = map(self._render, part.nodes)
            return filled(self._called, {"parts": parts})
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


def _notes(sections: Iterable[Section]) -> Iterator[Note]:
    return (n for top in sections for n in walk(top) if isinstance(n, Note))


def _with_markup(page: Page, xhtml: str) -> Page:
    return replace(page, xhtml=xhtml)


def _draw(mathml: str) -> Drawing:
    # What draws formulas takes long to load, and most books have none.
    from pipeline.math import draw

    return draw(mathml)


def _is_colophon(part: Part) -> bool:
    return part.name == "colophon"
