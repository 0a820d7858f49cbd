"""Setting one piece of a book: layout, painting and structure of its pages."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import weasyprint
from weasyprint import DEFAULT_OPTIONS, document, layout
from weasyprint.formatting_structure.build import build_formatting_structure

from pipeline import cache
from pipeline.diagnostics import Diagnostic
from pipeline.layout import Copy, press, typecase
from pipeline.layout.chapters import keeping
from pipeline.layout.chapters.cutting import Opening, Piece
from pipeline.layout.chapters.keeping import Keys
from pipeline.layout.chapters.page import SetPiece
from pipeline.layout.chapters.painting import TOLD, Painter
from pipeline.layout.proof import replaced
from pipeline.layout.remarks import listening
from pipeline.layout.sources import BASE, Files

# WeasyPrint has no types.
Box: TypeAlias = Any
Context: TypeAlias = Any

_MOST_PAGES = 150  # that one process keeps in memory
_FORCED = frozenset({"page", "left", "right", "recto", "verso"})
_SIDES = {"recto": "right", "verso": "left", "right": "right", "left": "left"}

# Margins are set when it is known which page of the book a page is.
_WITHOUT_MARGINS = ((layout, "make_margin_boxes", lambda *_arguments: ()),)


class Setter:
    """Sets the pieces of one book, with its style sheets and faces at hand."""

    def __init__(self, copy: Copy) -> None:
        sheets = [typecase.sheet(style.css) for style in copy.styles]
        self.fonts = typecase.fonts(copy.faces)
        self.counters = typecase.counters(sheets)
        self._files = Files(copy)
        self.intent = press.COLOUR_SPACE if copy.inks else None
        self._keys = Keys(copy)
        self._pages = 0
        self._sheets = [sheet.css for sheet in sheets]

    def openings(self, xhtml: str) -> Sequence[Opening]:
        """Tell how each section of a document begins."""
        html = self.html(xhtml)
        style_for = self.context(html).style_for
        return [
            _opening(style_for(element))
            for element in html.etree_element.iter("section")
        ]

    def key(self, told: str) -> str:
        """Return by what something is kept that is set from what is ``told``."""
        return self._keys.key(told)

    def kept(self, piece: Piece) -> SetPiece | None:
        """Return a piece that was set before, if it is kept."""
        return keeping.piece(cache.get(self.key(piece.xhtml)))

    def keep(self, piece: Piece) -> SetPiece:
        """Set a piece, and keep it. Raises Uncut."""
        made = self.set(piece)
        cache.put(self.key(piece.xhtml), keeping.written(made))
        self._pages += len(made.pages)
        if self._pages > _MOST_PAGES:
            gc.collect()
            self._pages = 0
        return made

    def set(self, piece: Piece) -> SetPiece:
        """Return the pages of a piece. Raises Uncut."""
        remarks: list[Diagnostic] = []
        with listening(remarks.append), replaced((*TOLD, *_WITHOUT_MARGINS)):
            html = self.html(piece.xhtml)
            context = self.context(html)
            pages = self._laid_out(html, context)
            language = html.etree_element.get("lang", "")
            made = Painter(self.intent, language).piece(pages, context.string_set)
        return replace(made, remarks=tuple(remarks))

    def context(self, html: weasyprint.HTML) -> Context:
        """Return what WeasyPrint knows of a document before it is laid out."""
        options = {
            **DEFAULT_OPTIONS,
            "stylesheets": self._sheets,
            "presentational_hints": True,
        }
        return document.Document._build_layout_context(  # noqa: SLF001
            html, self.fonts, self.counters, {}, options
        )

    def html(self, xhtml: str) -> weasyprint.HTML:
        """Return a document of the book, parsed."""
        return weasyprint.HTML(string=xhtml, base_url=BASE, url_fetcher=self._files)

    def _laid_out(self, html: weasyprint.HTML, context: Context) -> list[Box]:
        root = build_formatting_structure(
            html.etree_element,
            context.style_for,
            context.get_image_from_uri,
            html.base_url,
            context.target_collector,
            self.counters,
            context.footnotes,
        )
        return list(document.layout_document(html, root, context))


def _opening(style: Any) -> Opening:  # noqa: ANN401
    side = style["break_before"]
    resets = style["counter_reset"]
    names = {name for name, _ in resets} if resets != "auto" else set()
    return Opening(side in _FORCED, _SIDES.get(side, ""), "footnote" in names)
