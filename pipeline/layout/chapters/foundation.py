"""What of WeasyPrint's inside the setting of pieces rests on, proved by hash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from weasyprint import anchors, document, draw, layout, pdf
from weasyprint.formatting_structure import build
from weasyprint.layout import background, page
from weasyprint.pdf import anchors as links
from weasyprint.pdf import fonts, stream
from weasyprint.text import fonts as text_fonts

from pipeline.layout import adjustments, proof
from pipeline.layout.proof import Place

RESTS_ON: Final[Mapping[Place, str]] = {
    (document, "Page"): "c7eeda05dc4af413",
    (document, "Document"): "54092421bd31096c",
    (layout, "layout_document"): "5ba5f8a026fd21f1",
    (layout, "LayoutContext"): "211f859ff4e2d663",
    (page, "make_margin_boxes"): "7e0566be0be9cbea",
    (page, "make_page"): "ce4de922cbb720bc",
    (page, "remake_page"): "b2c9affc1966f023",
    (page, "set_page_type_computed_styles"): "34e2c143e688478e",
    (page, "page_width"): "302c8f0c708d71d8",
    (page, "page_height"): "3a7deadcacf548b6",
    (background, "layout_box_backgrounds"): "875d94b862b620c0",
    (build, "update_counters"): "2b687da7fd5b761b",
    (build, "build_formatting_structure"): "0d9d12d8258904e0",
    (draw, "draw_page"): "832e6ce468820707",
    (draw, "draw_stacking_context"): "e11e46be9dfa462a",
    (pdf, "generate_pdf"): "626343ef25c396e8",
    (fonts, "Font"): "3e1360553a46b9b3",
    (fonts, "build_fonts_dictionary"): "bdf4852e66be09fa",
    (stream, "Stream"): "624257224db6f66d",
    (anchors, "gather_anchors"): "a447f1300728564f",
    (anchors, "make_page_bookmark_tree"): "269c0c4e1b2d5c20",
    (links, "add_links"): "da6b939534ebd89e",
    (links, "resolve_links"): "f95937bb4e4f1007",
    (text_fonts, "get_pango_font_key"): "74cbeff1fac3860c",
}


def is_proved() -> bool:
    """Tell whether WeasyPrint, with all our adjustments, is as it was proved."""
    differ = [proof.differences(RESTS_ON), *(a.differences() for a in adjustments.ALL)]
    return not any(differ)
