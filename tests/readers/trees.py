"""A manuscript as text that a person can read and compare."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import (
    Admonition,
    Align,
    Break,
    Cell,
    Code,
    CodeBlock,
    Definition,
    Emphasis,
    Figure,
    Heading,
    Image,
    Item,
    Link,
    List,
    Math,
    MathBlock,
    Note,
    Paragraph,
    Placed,
    Quote,
    Role,
    Row,
    Ruby,
    Rule,
    Table,
    Text,
    Title,
    Verse,
)


def manuscript(found) -> str:
    lines = [*(line for block in found.blocks for line in tree(block))]
    lines += [f"drop {d.span.first} {d.reason}: {_short(d.text)}" for d in found.drops]
    return "".join(f"{line}\n" for line in lines)


def tree(node, depth: int = 0) -> Iterator[str]:
    """Yield a line for ``node`` and each block below it, with its lines."""
    span = node.span
    lines = f"{span.first}" if span.first == span.last else f"{span.first}-{span.last}"
    label, below = _block(node)
    name = f" #{node.anchor}" if isinstance(node, Placed) and node.anchor else ""
    yield f"{'  ' * depth}{lines} {type(node).__name__}{name}{label}"
    for child in below:
        yield from tree(child, depth + 1)


def inlines(nodes) -> str:
    return "".join(map(_inline, nodes))


def _block(node):  # noqa: C901, PLR0911, PLR0912 - an arm for each node
    match node:
        case Heading(level=level, kind=kind, children=children, anchor=anchor):
            return f" {level} {kind.value} #{anchor}: {inlines(children)}", ()
        case Title(children=children):
            return f": {inlines(children)}", ()
        case Paragraph(children=children, role=role):
            name = "" if role is Role.BODY else f" {role.value}"
            return f"{name}: {inlines(children)}", ()
        case Verse(lines=lines):
            return ": " + " / ".join(map(inlines, lines)), ()
        case List(items=items, start=start):
            return "" if start is None else f" from {start}", items
        case Item(blocks=blocks, checked=checked):
            return {None: "", True: " [x]", False: " [ ]"}[checked], blocks
        case Definition(term=term, blocks=blocks):
            return f": {inlines(term)}", blocks
        case Table(caption=caption, head=head, body=body):
            return f": {inlines(caption)}" if caption else "", (*head, *body)
        case Row(cells=cells):
            return ": " + " | ".join(map(_cell, cells)), ()
        case Figure(image=image, caption=caption):
            return f" {_inline(image)}: {inlines(caption)}", ()
        case CodeBlock(value=value, language=language):
            return f" {language}: {value!r}", ()
        case MathBlock(tex=tex):
            return f": {tex!r}", ()
        case Admonition(kind=kind, title=title, blocks=blocks):
            return f" {kind}: {inlines(title)}", blocks
        case Quote(blocks=blocks):
            return "", blocks
        case Rule(marks=marks):
            return marks, ()
        case _:
            return "", node.definitions


def _cell(cell: Cell) -> str:
    mark = {Align.START: "", Align.CENTER: " (center)", Align.END: " (end)"}[cell.align]
    text = "".join(map(_in_cell, cell.blocks))
    return f"{'# ' * cell.header}{text}{mark}"


def _in_cell(block) -> str:
    if isinstance(block, Paragraph):
        return inlines(block.children)
    return "{" + "; ".join(line.strip() for line in tree(block)) + "}"


def _inline(node) -> str:  # noqa: PLR0911 - an arm for each node
    name = type(node).__name__
    match node:
        case Text(value=value):
            return value
        case Break():
            return "⏎"
        case Ruby(base=base, reading=reading):
            return f"Ruby({base} {reading})"
        case Code(value=value) | Math(tex=value):
            return f"{name}({value})"
        case Link(target=target, children=children):
            return f"Link({target} {inlines(children)})"
        case Image(alt=alt):
            return f"Image({alt})"
        case Note(paragraphs=paragraphs):
            return f"Note({' / '.join(map(inlines, paragraphs))})"
        case Emphasis() | _:
            return f"{name}({inlines(node.children)})"


def _short(text: str) -> str:
    return repr(text if len(text) < 60 else f"{text[:60]}…")
