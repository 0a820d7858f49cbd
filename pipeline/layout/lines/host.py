"""The parts of WeasyPrint that the setting of lines builds on, and their proof.

This module alone imports WeasyPrint for the package. Its inner functions are
nobody's promise: each that is replaced or relied upon is known here by the
hash of its source, and ``differences`` names those that are not as proved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import weasyprint
from weasyprint import draw, logger
from weasyprint.css import computed_values, units
from weasyprint.draw import color
from weasyprint.draw import text as draw_text
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline, leader, percent, preferred
from weasyprint.layout import float as floats
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.pdf import stream
from weasyprint.text import ffi as foreign
from weasyprint.text import fonts, line_break

from pipeline.layout import proof
from pipeline.layout.proof import Function, Place

Box: TypeAlias = Any
"""A box of WeasyPrint, which has no types."""
Style: TypeAlias = Any
Context: TypeAlias = Any
Stream: TypeAlias = Any
PangoFont: TypeAlias = Any
PdfFont: TypeAlias = Any
Layout: TypeAlias = Any
GlyphItem: TypeAlias = Any

VERSION: Final = "70.0"

# What hooks.py replaces.
REPLACED: Final[Mapping[Place, str]] = {
    (inline, "iter_line_boxes"): "4a87f59876254ea7",
    (preferred, "inline_line_widths"): "de022e0b437267da",
    (line_break, "strut"): "f91a938dcd158f00",
    (line_break, "first_line_metrics"): "daa1af8fb0325d19",
}
# What this package calls, or whose work it does itself.
RELIED_UPON: Final[Mapping[Place, str]] = {
    (block, "_linebox_layout"): "82527507186f8276",
    (draw, "draw_inline_level"): "af9f9189a6482a2c",
    (draw_text, "draw_first_line"): "72feff16da203ec9",
    (draw_text, "draw_text"): "34d24f2cf3011267",
    (floats, "avoid_collisions"): "5fc7793c573af328",
    (fonts, "get_pango_font_key"): "74cbeff1fac3860c",
    (inline, "_adjust_line_height"): "1a840c2eef3a79c5",
    (inline, "atomic_box"): "d50aeee3eb597925",
    (inline, "first_letter_to_box"): "c1c93d824462e2f6",
    (inline, "get_next_linebox"): "01f5c81b1c82df24",
    (inline, "line_box_verticality"): "b6f52077b801dfc4",
    (inline, "split_inline_box"): "064b9e1186eb866b",
    (leader, "handle_leader"): "e4bf5941eb946d0b",
    (line_break, "Layout"): "d89d43ab2da919f8",
    (line_break, "_font_style_cache_key"): "98014583a3a20860",
    (line_break, "get_log_attrs"): "4df8c2fd5f7af828",
    (percent, "resolve_percentages"): "e9b0f14af371012d",
    (pdf_fonts, "Font"): "3e1360553a46b9b3",
    (stream, "Stream"): "624257224db6f66d",
}


def differences() -> tuple[str, ...]:
    """Return what in the installed WeasyPrint is not what was proved."""
    if weasyprint.__version__ != VERSION:
        return (f"weasyprint {weasyprint.__version__}",)
    return proof.differences({**REPLACED, **RELIED_UPON})


__all__ = [
    "RELIED_UPON",
    "REPLACED",
    "VERSION",
    "Box",
    "Context",
    "Function",
    "GlyphItem",
    "Layout",
    "PangoFont",
    "PdfFont",
    "Stream",
    "Style",
    "block",
    "boxes",
    "color",
    "computed_values",
    "differences",
    "draw",
    "draw_text",
    "floats",
    "fonts",
    "foreign",
    "inline",
    "leader",
    "line_break",
    "logger",
    "percent",
    "preferred",
    "units",
]
