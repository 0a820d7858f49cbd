"""What a paragraph of Word holds, run by run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from urllib.parse import quote

from pipeline.markup.illustrations import Illustrations
from pipeline.markup.links import outside
from pipeline.model import (
    Break,
    Code,
    Deleted,
    Drop,
    Edit,
    Emphasis,
    Image,
    Inline,
    Link,
    Note,
    Ruby,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from pipeline.pictures import width
from pipeline.source import Span
from pipeline.tree import Element, descendants, text
from pipeline.word.formulas import formula
from pipeline.word.package import Package
from pipeline.word.styles import Styles, child, is_on

_TRANSPARENT = frozenset(
    {
        *("w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdt", "w:sdtContent"),
        *("w:dir", "w:bdo", "w:fldSimple", "m:oMathPara", "w:subDoc"),
    }
)
_EMU_PER_MM = 36_000
_VML_WIDTH = re.compile(r"(?:^|;)\s*width\s*:\s*([^;]*)")
_REMOVED = frozenset({"w:del", "w:moveFrom"})
_HYPERLINK = re.compile(r'HYPERLINK\s+(?:"([^"]*)")?(?:.*?\\l\s+"([^"]*)")?')
# ECMA-376, part 1, 17.16.5.40 and 17.16.5.47: a bookmark's text, and its page.
_REFERENCE = re.compile(r'(?:PAGE)?REF\s+"?([^\s"\\]+)')
# What Wingdings draws for these characters, and Word in a box to tick: marks that
# books use, for few fonts have ☑.
_SYMBOLS = {
    **dict.fromkeys(("f0fe", "f052", "f0fd", "☑", "☒"), "■"),
    **dict.fromkeys(("f0a8", "f06f", "☐"), "□"),
    "f0fc": "✓",
}


@dataclass(frozen=True, slots=True)
class _Format:
    """How a run is set, where that means something."""

    strong: bool = False
    emphasis: bool = False
    deleted: bool = False
    position: str = ""
    code: bool = False
    target: str = ""


_PLAIN = _Format()


@dataclass(slots=True)
class _Field:
    """A field whose end has not come: its instruction, then its result."""

    instruction: str = ""
    shows: bool = False


@dataclass(slots=True)
class Margin:
    """What paragraphs hold beside their text; collected as they are read.

    ``comments`` holds their ids, ``objects`` the kinds of what is embedded.
    """

    drops: list[Drop] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    comments: list[tuple[Span, str]] = field(default_factory=list)
    objects: list[tuple[Span, str]] = field(default_factory=list)
    tracked: bool = False


class Runs:
    """Reads the runs of one part; fields may go on from paragraph to paragraph."""

    def __init__(
        self,
        package: Package,
        part: str,
        styles: Styles,
        shown: Illustrations,
        note: Callable[[Element, Span], Note | None],
    ) -> None:
        self.margin = Margin()
        self._relations = package.relations(part)
        self._styles = styles
        self._shown = shown
        self._note = note
        self._fields: list[_Field] = []

    @property
    def in_contents(self) -> bool:
        """Tell whether the field that makes the contents has not ended."""
        return any(f.instruction.startswith("TOC") for f in self._fields)

    def inlines(self, nodes: Iterable[Element], span: Span) -> tuple[Inline, ...]:
        """Return the content of a paragraph, its white space as it stands."""
        pieces = self._content(nodes, span, "")
        return tuple(
            node for form, group in groupby(pieces, _form) for node in _set(form, group)
        )

    def _content(
        self, nodes: Iterable[Element], span: Span, target: str
    ) -> Iterator[tuple[_Format, Inline]]:
        for element in nodes:
            if element.name == "w:r":
                yield from self._run(element, span, target)
            elif element.name in _REMOVED:
                self._remove(element, span)
            elif element.name == "w:hyperlink":
                inside = self._hyperlink(element)
                yield from self._content(element.elements, span, inside)
            elif element.name in _TRANSPARENT:
                self.margin.tracked |= element.name in {"w:ins", "w:moveTo"}
                inside = _field_target(element.get("w:instr")) or target
                yield from self._content(element.elements, span, inside)
            elif element.name == "m:oMath":
                yield from ((_PLAIN, node) for node in formula(element, span))
            elif element.name == "mc:AlternateContent":
                yield from self._content(chosen(element), span, target)

    def _hyperlink(self, element: Element) -> str:
        relation = self._relations.get(element.get("r:id"))
        if relation and relation.external:
            return outside(relation.target)
        anchor = element.get("w:anchor")
        return f"#{anchor}" if anchor else ""

    def _remove(self, element: Element, span: Span) -> None:
        self.margin.tracked = True
        removed = (e for e in descendants(element) if e.name in {"w:delText", "w:t"})
        if said := "".join(map(text, removed)).strip():
            self.margin.drops.append(Drop(span, "deleted", said))

    def _run(
        self, run: Element, span: Span, target: str
    ) -> Iterator[tuple[_Format, Inline]]:
        form = self._format(run)
        if form is None:
            self._hide(run, span)
            return
        for element in run.elements:
            if element.name in {"w:fldChar", "w:instrText"}:
                self._follow(element)
                continue
            if element.name == "w:t":
                self._leave_broken_fields()
            if all(field.shows for field in self._fields):
                for node in self._node(element, span):
                    bare = isinstance(node, Image | Note)
                    known = replace(
                        _PLAIN if bare else form, target=self._target(target)
                    )
                    yield known, node

    def _hide(self, run: Element, span: Span) -> None:
        said = "".join(text(e) for e in run.elements if e.name == "w:t").strip()
        if said:
            self.margin.drops.append(Drop(span, "hidden", said))

    def _leave_broken_fields(self) -> None:
        """Show text that stands where a field has its instruction: it has no end."""
        while self._fields and not self._fields[-1].shows:
            self._fields.pop()

    def _follow(self, element: Element) -> None:
        kind = element.get("w:fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and element.name == "w:instrText":
            self._fields[-1].instruction += text(element).lstrip()
        elif self._fields and kind == "separate":
            self._fields[-1].shows = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _target(self, target: str) -> str:
        inner = (_field_target(f.instruction) for f in reversed(self._fields))
        return next(filter(None, inner), target)

    def _format(self, run: Element) -> _Format | None:
        """Return how a run is set; None for hidden text."""
        found: dict[str, Element] = {}
        for properties in self._styles.run_properties(run):
            for element in properties.elements:
                found.setdefault(element.name, element)
        on = {name for name, element in found.items() if is_on(element)}
        if "w:vanish" in on:
            return None
        position = found["w:vertAlign"].get("w:val") if "w:vertAlign" in found else ""
        return _Format(
            "w:b" in on,
            bool({"w:i", "w:em"} & on),
            bool({"w:strike", "w:dstrike"} & on),
            position if position in _POSITIONS else "",
            self._styles.is_code(run),
        )

    def _node(self, element: Element, span: Span) -> Iterator[Inline]:
        match element.name:
            case "w:t":
                said = text(element)
                if mark := _SYMBOLS.get(said):
                    self.margin.edits.append(Edit(span, said, mark, "box"))
                yield Text(mark or said, span=span)
            case "w:br" | "w:cr":
                yield Break(span=span)  # a page break, too, ends a line
            case "w:tab" | "w:ptab" | "w:noBreakHyphen" | "w:sym":
                if said := _character(element):
                    yield Text(said, span=span)
            case "w:ruby":
                yield from _ruby(element, span)
            case _:
                yield from self._object(element, span)

    def _object(self, element: Element, span: Span) -> Iterator[Inline]:
        match element.name:
            case "w:footnoteReference" | "w:endnoteReference":
                if note := self._note(element, span):
                    yield note
            case "w:commentReference":
                self.margin.comments.append((span, element.get("w:id")))
            case "w:drawing" | "w:pict" | "w:object":
                yield from self._pictures(element, span)
            case "mc:AlternateContent":
                for below in chosen(element):
                    yield from self._node(below, span)

    def _pictures(self, element: Element, span: Span) -> Iterator[Inline]:
        boxes = tuple(_boxes(element))
        self.margin.boxes += boxes
        alt = next((a for e in descendants(element) if (a := _description(e))), "")
        references = [
            e.get("r:embed") or e.get("r:link") if e.name == "a:blip" else e.get("r:id")
            for e in descendants(element)
            if e.name in {"a:blip", "v:imagedata"}
        ]
        for reference in dict.fromkeys(references):
            relation = self._relations.get(reference)
            if relation:
                address = (
                    relation.target if relation.external else quote(relation.target)
                )
                if image := self._shown.show((address,), alt, span):
                    alone = len(dict.fromkeys(references)) == 1
                    yield replace(image, width=_width(element) if alone else "")
        if not (boxes or references):
            self.margin.objects.append((span, _kind(element)))


def _form(piece: tuple[_Format, Inline]) -> _Format:
    return piece[0]


_POSITIONS: dict[str, type[Superscript | Subscript]] = {
    "superscript": Superscript,
    "subscript": Subscript,
}


def _set(form: _Format, pieces: Iterable[tuple[_Format, Inline]]) -> tuple[Inline, ...]:
    nodes: tuple[Inline, ...] = tuple(node for _, node in pieces)
    span = nodes[0].span
    if form.code:
        nodes = tuple(
            Code(node.value, span=span) if isinstance(node, Text) else node
            for node in nodes
        )
    if form.position:
        nodes = (_POSITIONS[form.position](nodes, span=span),)
    if form.deleted:
        nodes = (Deleted(nodes, span=span),)
    if form.emphasis:
        nodes = (Emphasis(nodes, span=span),)
    if form.strong:
        nodes = (Strong(nodes, span=span),)
    return (Link(form.target, nodes, span=span),) if form.target else nodes


def _field_target(instruction: str) -> str:
    if match := _REFERENCE.match(instruction.lstrip()):
        return f"#{match[1]}"
    if not (match := _HYPERLINK.match(instruction)):
        return ""
    url, anchor = match[1] or "", match[2] or ""
    return outside(f"{url}#{anchor}" if url and anchor else url) or (
        f"#{anchor}" if anchor else ""
    )


def chosen(alternatives: Element) -> tuple[Element, ...]:
    """Return what this reader understands of content with alternatives.

    The first choice is for the newest Word; a picture or a text box in it is as
    good as the fallback, anything else is better there.
    """
    choice = child(alternatives, "mc:Choice")
    fallback = child(alternatives, "mc:Fallback")
    known = {"w:txbxContent", "a:blip"}
    if choice and (not fallback or any(e.name in known for e in descendants(choice))):
        return choice.elements
    return fallback.elements if fallback else ()


def _character(element: Element) -> str:
    match element.name:
        case "w:noBreakHyphen":
            return "\u2011"
        case "w:sym":
            code = element.get("w:char").lower()
            known = re.fullmatch("[0-9a-f]{1,5}", code)
            return _SYMBOLS.get(code, chr(int(code, 16)) if known else "")
        case _:
            return " "


def _ruby(element: Element, span: Span) -> Iterator[Inline]:
    base, reading = _words(element, "w:rubyBase"), _words(element, "w:rt")
    if base and reading:
        yield Ruby(base, reading, span=span)
    elif base or reading:
        yield Text(base or reading, span=span)


def _boxes(element: Element) -> Iterator[Element]:
    """Yield the text boxes in a drawing, not those inside them."""
    for below in element.elements:
        if below.name == "w:txbxContent":
            yield below
        else:
            yield from _boxes(below)


def _words(element: Element, name: str) -> str:
    part = child(element, name)
    below = descendants(part) if part else ()
    return "".join(text(e) for e in below if e.name == "w:t")


def _description(element: Element) -> str:
    match element.name:
        case "wp:docPr":
            return element.get("descr") or element.get("title")
        case "v:shape":
            return element.get("alt")
        case "v:imagedata":
            return element.get("o:title")
        case _:
            return ""


def _width(drawing: Element) -> str:
    """Return how wide a picture is: in EMU (ECMA-376, part 1, 20.1.2.1)."""
    for below in descendants(drawing):
        if below.name == "wp:extent" and re.fullmatch("[0-9]{1,9}", below.get("cx")):
            return width(f"{int(below.get('cx')) / _EMU_PER_MM:.1f}mm")
        if below.name == "v:shape":
            said = _VML_WIDTH.search(below.get("style").lower())
            return width(said[1]) if said else ""
    return ""


def _kind(element: Element) -> str:
    for below in descendants(element):
        if below.name == "o:OLEObject":
            return below.get("ProgID") or "OLE"
        if below.name == "a:graphicData":
            return below.get("uri").rpartition("/")[2] or "graphic"
    return "drawing"
