"""The setting of Chinese lines, put into WeasyPrint.

What is replaced, and by what, stands in ``_replacements``. Before, host.py proves
that WeasyPrint is as it was when this was written; where it is not, nothing is
replaced, a diagnostic says so, and its own layout sets the book.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from pipeline.diagnostics import Code, Diagnostic, Report
from pipeline.layout.lines import drawing, host, iteration, widths
from pipeline.layout.lines.glyphs import ASCENT
from pipeline.layout.lines.host import Box, Context, Function, Stream, Style
from pipeline.layout.lines.iteration import SkipStack
from pipeline.layout.lines.making import SetText
from pipeline.layout.proof import Replacement, replaced
from pipeline.typeset.options import DEFAULTS, Options

_EXCERPT = 20


@contextmanager
def installed(report: Report, options: Options = DEFAULTS) -> Iterator[bool]:
    """Set Chinese lines by our rules inside the ``with``; say whether that is so."""
    if differences := host.differences():
        names = ", ".join(differences)
        report(Diagnostic(Code.STOCK_LINES, values={"names": names}))
        yield False
        return
    with replaced(_replacements(options, report)):
        yield True


def _replacements(options: Options, report: Report) -> Iterator[Replacement]:
    yield host.block, "iter_line_boxes", _iter_line_boxes(options, report)
    yield host.preferred, "inline_line_widths", _inline_line_widths(options)
    yield host.line_break, "first_line_metrics", _first_line_metrics()
    yield host.draw, "draw_text", _draw_text()
    strut = _strut()
    for module in (host.line_break, host.inline, host.units, host.computed_values):
        yield module, "strut", strut


def _iter_line_boxes(options: Options, report: Report) -> Function:
    """Make the lines of paragraphs from their glyphs."""
    stock = host.inline.iter_line_boxes
    reported: set[str] = set()

    def tell(box: Box) -> None:
        """Say once that a paragraph is left to stock layout, if it has a grid."""
        if box.style["line_height"] == "normal":
            return
        text = "".join(getattr(part, "text", "") for part in box.descendants())
        if text.strip() and text not in reported:
            reported.add(text)
            shown = text.strip()[:_EXCERPT]
            report(Diagnostic(Code.STOCK_PARAGRAPH, values={"text": shown}))

    def iter_line_boxes(*arguments: Box) -> Iterator[tuple[Box, SkipStack]]:
        context, box, top, bottom, skip_stack, block, *others, letter, line = arguments
        if line:  # a style for the first line alone
            tell(box)
            return cast("Iterator[tuple[Box, SkipStack]]", stock(*arguments))
        if letter and skip_stack is None:
            skip_stack = host.inline.first_letter_to_box(box, skip_stack, letter)
        paragraph = iteration.paragraph_of(context, box, block, options)
        if paragraph:
            return iteration.iterate(context, box, top, skip_stack, block, paragraph)
        tell(box)
        stocked = stock(
            context, box, top, bottom, skip_stack, block, *others, None, None
        )
        return cast("Iterator[tuple[Box, SkipStack]]", stocked)

    return iter_line_boxes


def _inline_line_widths(options: Options) -> Function:
    """Measure paragraphs as they will be set, for tables and floats."""
    stock = host.preferred.inline_line_widths

    def inline_line_widths(
        context: Context, box: Box, *arguments: Box, **named: Box
    ) -> Iterator[float]:
        found = None
        if isinstance(box, host.boxes.LineBox):
            skip_stack = named.get("skip_stack")
            minimum = named["minimum"]
            found = widths.of_lines(context, box, options, skip_stack, minimum=minimum)
        if found is not None:
            return iter(found)
        return cast("Iterator[float]", stock(context, box, *arguments, **named))

    return inline_line_widths


def _strut() -> Function:
    """Let lines of any font have their baseline at one place."""
    stock = host.line_break.strut

    def strut(style: Style) -> tuple[float, float]:
        line_height, baseline = stock(style)
        if style["line_height"] != "normal":
            square = style["font_size"]
            baseline = ASCENT * square + (line_height - square) / 2
        return line_height, baseline

    return strut


def _first_line_metrics() -> Function:
    """Give the same height and baseline to text that stock layout sets."""
    stock = host.line_break.first_line_metrics

    def first_line_metrics(*arguments: Box, **named: Box) -> tuple[Box, ...]:
        *metrics, height, baseline = stock(*arguments, **named)
        style = named["style"] if "style" in named else arguments[5]
        if style["line_height"] != "normal":
            height, baseline = style["font_size"], ASCENT * style["font_size"]
        return (*metrics, height, baseline)

    return first_line_metrics


def _draw_text() -> Function:
    """Paint our text boxes from their glyphs."""
    stock = host.draw.draw_text

    def draw_text(
        stream: Stream,
        textbox: Box,
        offset_x: float,
        text_overflow: str,
        block_ellipsis: object = "none",
    ) -> None:
        if type(textbox.pango_layout) is SetText:
            made = textbox.pango_layout
            fits = text_overflow != "ellipsis" or made.max_width is None
            if fits and block_ellipsis == "none":
                drawing.paint(stream, textbox, offset_x)
                return
            textbox.pango_layout = drawing.layout_of(textbox)
        stock(stream, textbox, offset_x, text_overflow, block_ellipsis)

    return draw_text
