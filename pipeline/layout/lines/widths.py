"""How narrow and how wide a paragraph can be, for tables and floats."""

from __future__ import annotations

from pipeline.layout.lines import iteration
from pipeline.layout.lines.host import Box, Context, preferred
from pipeline.layout.lines.paragraphs import Paragraph, read
from pipeline.typeset.classes import NEWLINE
from pipeline.typeset.options import Options


def of_lines(
    context: Context,
    line_box: Box,
    options: Options,
    skip_stack: iteration.SkipStack,
    *,
    minimum: bool,
) -> list[float] | None:
    """Return the widths of a paragraph's lines, in pixels.

    Each line is as short as can be for the ``minimum``, otherwise as long. None
    where stock layout sets the paragraph.
    """
    measured = preferred.min_content_width if minimum else preferred.max_content_width

    def place(box: Box) -> Box:
        return _Width(measured(context, box))

    paragraph = read(line_box, 0, options, place)
    if paragraph is None:
        return None
    start = paragraph.fit.start(iteration.position(paragraph.nodes, skip_stack))
    lines = _widths(paragraph, start, minimum=minimum)
    indent = line_box.style["text_indent"]
    if lines and getattr(indent, "unit", "%") != "%":
        lines[0] += indent.value
    return lines or [0.0]


class _Width:
    """Stands for a box of which only the width is known yet."""

    def __init__(self, width: float) -> None:
        self._width = width

    def margin_width(self) -> float:
        return self._width


def _widths(paragraph: Paragraph, start: int, *, minimum: bool) -> list[float]:
    spaced, fit, breaks = paragraph.spaced, paragraph.fit, paragraph.breaks
    found: list[float] = []
    for end in range(start + 1, paragraph.size + 1):
        is_end = end == paragraph.size or spaced.classes[end - 1] == NEWLINE
        if is_end or (minimum and breaks.may_end(end)):
            visible = fit.visible_end(start, end)
            width = spaced.width(start, visible) - spaced.start_trim(start)
            found.append(width - (spaced.end_trim(visible) if not is_end else 0.0))
            start = end
    return found
