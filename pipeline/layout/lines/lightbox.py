"""Line and text boxes that weigh little.

A book has tens of thousands of them, and most of their attributes are the same
in all: those are the class's. Boxes of lines and texts are anonymous (CSS 2.2,
9.2.2.1), so that they have no margins, borders or paddings of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any, Final

from pipeline.layout.lines.host import Box, boxes

_SAME: Final[dict[str, Any]] = {
    "children": (),
    "first_letter_style": None,
    "first_line_style": None,
    "remove_decoration_sides": frozenset(),
    "min_width": 0,
    "min_height": 0,
    "max_width": inf,
    "max_height": inf,
    "text_indent": 0,
    **{f"margin_{side}": 0 for side in ("top", "right", "bottom", "left")},
    **{f"padding_{side}": 0 for side in ("top", "right", "bottom", "left")},
    **{f"border_{side}_width": 0 for side in ("top", "right", "bottom", "left")},
}
# What whoever copies a box gives it anew.
_OWN: Final = frozenset(
    (
        *("position_x", "position_y", "width", "height", "margin_top", "margin_bottom"),
        *("element", "element_tag", "style", "children", "remove_decoration_sides"),
        *("text", "pango_layout", "baseline", "resume_at"),
    )
)


class _Always:
    """An attribute of which WeasyPrint stores in every box what is never else."""

    __slots__ = ("_value",)

    def __init__(self, value: object) -> None:
        self._value = value

    def __get__(self, box: object, kind: type | None = None) -> object:
        return self._value

    def __set__(self, box: object, value: object) -> None:
        pass


_ALWAYS: Final = {
    "background": _Always(None),
    "border_top_left_radius": _Always((0, 0)),
    "border_top_right_radius": _Always((0, 0)),
    "border_bottom_left_radius": _Always((0, 0)),
    "border_bottom_right_radius": _Always((0, 0)),
}


class _Anonymous:
    """What boxes are not that no element stands for, and are asked very often."""

    def is_floated(self) -> bool:
        return False

    is_absolutely_positioned = is_running = is_footnote = is_note = is_floated
    is_form = is_input = is_floated

    def is_in_normal_flow(self) -> bool:
        return True


class TextBox(_Anonymous, boxes.TextBox):  # type: ignore[misc]  # WeasyPrint has no types
    """A part of a text, on one line."""


class LineBox(_Anonymous, boxes.LineBox):  # type: ignore[misc]
    """One line."""

    def copy_with_children(self, new_children: Sequence[Box]) -> Box:
        """Return a copy with other children; the line itself where all stay.

        Painting copies every line to take out what has a stacking context.
        """
        if len(new_children) == len(self.children) and all(
            new is old for new, old in zip(new_children, self.children, strict=True)
        ):
            return self
        return super().copy_with_children(new_children)


for _light in (TextBox, LineBox):
    for _name, _value in (_SAME | _ALWAYS).items():
        setattr(_light, _name, _value)


class Source:
    """A box of the paragraph, of which each line gets a part."""

    __slots__ = ("_box", "_light", "_rest")

    def __init__(self, box: Box) -> None:
        self._box = box
        self._light = TextBox if isinstance(box, boxes.TextBox) else LineBox
        self._rest = {
            name: value
            for name, value in vars(box).items()
            if name not in _OWN and not (name in _SAME and _SAME[name] == value)
        }

    def part(self) -> Box:
        """Return a light box like the source, without place, size and content."""
        box, light = self._box, self._light
        part: Box = light.__new__(light)
        part.element_tag = box.element_tag
        part.element = box.element
        part.style = box.style
        for name, value in self._rest.items():
            setattr(part, name, value)
        return part
