"""Which boxes are set by us, and which are left to stock layout."""

from __future__ import annotations

from pipeline.layout.lines.host import Box, Style, boxes

_KEEPS_SPACES = frozenset({"pre-wrap", "break-spaces"})
_KEEPS_NEWLINES = frozenset({"pre", "pre-line"}) | _KEEPS_SPACES


def is_traditional(language: str) -> bool:
    """Tell whether a language is written in traditional characters."""
    parts = frozenset(language.lower().split("-"))
    return not parts.isdisjoint({"hant", "tw", "hk", "mo"})


def is_plain(line_box: Box) -> bool:
    """Tell whether our lines can take the place of a block's."""
    style = line_box.style
    return (
        type(line_box) is boxes.LineBox
        and style["direction"] == "ltr"
        and style["font_size"] > 0
        and style["line_height"] != "normal"
    )


def is_program(style: Style) -> bool:
    """Tell whether a text has spaces and tabs to keep, as that of a program has."""
    return style["white_space"] in _KEEPS_SPACES


def is_settable(style: Style, text: str) -> bool:
    """Tell whether a text box can be set by us."""
    return (
        ("\n" not in text or style["white_space"] in _KEEPS_NEWLINES)
        and style["direction"] == "ltr"
        and style["line_height"] != "normal"
    )


def is_raised(style: Style) -> bool:
    """Tell whether an inline box stands above or below the baseline."""
    align = style["vertical_align"]
    return align in ("super", "sub") or (isinstance(align, int | float) and align != 0)
