"""Style sheets: their rules one by one, and which of them a book needs.

See CSS Syntax 3 and Selectors 4.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any, TypeAlias
from xml.etree import ElementTree

import cssselect2
import tinycss2

# Nodes of tinycss2 have no types.
_Node: TypeAlias = Any

_NAMESPACES = {
    None: "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
}
_SHEETS = 64
_OPENING = re.compile(r"<([a-zA-Z][\w:-]*)")
_CLASS = re.compile(r"\sclass=\"([^\"]*)\"")
# What tells documents apart, but no selector of ours asks for.
_OWN = re.compile(r"(?<=>)[^<]+|\s(?:alt|aria-\w+|href|id|src|title)=\"[^\"]*\"")
# An element of no more than empty ones, and its like twice or more behind it.
_ALIKE = re.compile(
    r"(<(?P<outer>[\w:-]+)[^<>]*(?:/>|>"
    r"(?:<(?P<inner>[\w:-]+)[^<>]*(?:/>|></(?P=inner)>))*"
    r"</(?P=outer)>))\1{2,}"
)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A property and its value; ``line`` counts from 1."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A style rule, and the conditions of the at-rules around it."""

    selectors: tuple[str, ...]
    declarations: tuple[Declaration, ...]
    line: int
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet as it was parsed.

    ``pages`` are the rules of pages and of their margins, without selectors.
    ``at_rules`` are keywords with lines, ``faces`` the families that @font-face
    brings; ``errors`` are what is no CSS.
    """

    rules: tuple[Rule, ...]
    pages: tuple[Rule, ...]
    at_rules: tuple[tuple[str, int], ...]
    faces: frozenset[str]
    errors: tuple[tuple[str, int], ...]


@lru_cache(maxsize=_SHEETS)
def parse(css: str) -> Sheet:
    """Return the rules of a style sheet, also those inside of @supports or @media."""
    found = _Found()
    for node in _rules(css):
        found.add(node)
    return Sheet(
        tuple(found.rules),
        tuple(found.pages),
        tuple(found.at_rules),
        frozenset(found.faces),
        tuple(found.errors),
    )


def pruned(css: str, used: Usage) -> str:
    """Return ``css`` without comments, and without what ``used`` has no use for.

    At-rules stay, except those that get empty.
    """
    lines = (block.kept(used) for block in _blocks(css))
    return "".join(f"{line}\n" for line in lines if line)


class Usage:
    """What some documents, in XHTML, are made of, as far as selectors can ask."""

    def __init__(self, documents: Iterable[str]) -> None:
        whole = tuple(documents)
        self._names = {name for text in whole for name in _OPENING.findall(text)}
        self._classes = {
            word
            for text in whole
            for value in _CLASS.findall(text)
            for word in value.split()
        }
        self._shapes = dict.fromkeys(map(_shape, whole))
        self._trees: list[Sequence[cssselect2.ElementWrapper]] | None = None

    def has(self, selector: str) -> bool:
        """Tell whether there is an element that ``selector`` matches."""
        asked = _asked(selector)
        if not (asked.names <= self._names and asked.classes <= self._classes):
            return False
        if asked.is_one_name:
            return True
        return any(asked.compiled.test(element) for element in self._elements())

    def _elements(self) -> Iterator[cssselect2.ElementWrapper]:
        if self._trees is None:
            roots = map(ElementTree.fromstring, self._shapes)
            self._trees = [
                tuple(cssselect2.ElementWrapper.from_xml_root(root).iter_subtree())
                for root in roots
            ]
        for tree in self._trees:
            yield from tree


class Texts:
    """What the elements of a document in XHTML say, for those who ask by selectors."""

    def __init__(self, document: str) -> None:
        root = ElementTree.fromstring(document)  # noqa: S314 - of our templates
        whole = cssselect2.ElementWrapper.from_xml_root(root)
        self._elements = tuple(whole.iter_subtree())
        self._by_name: defaultdict[str, list[cssselect2.ElementWrapper]]
        self._by_name = defaultdict(list)
        for element in self._elements:
            self._by_name[element.local_name].append(element)

    @property
    def everything(self) -> frozenset[str]:
        """Return all characters of the document."""
        return self.characters(":root") or frozenset()

    def characters(self, selector: str) -> frozenset[str] | None:
        """Return the characters of all elements that match; None where none does.

        A pseudo-element is taken for its element.
        """
        (compiled,) = _compiled(selector)
        name = compiled.local_name
        elements = self._by_name[name] if name else self._elements
        texts = [
            "".join(element.etree_element.itertext())
            for element in elements
            if compiled.test(element)
        ]
        return frozenset().union(*texts) if texts else None


@lru_cache(maxsize=1024)
def _compiled(selector: str) -> _Node:
    return cssselect2.compile_selector_list(selector, {"epub": _NAMESPACES["epub"]})


@dataclass(frozen=True, slots=True)
class _Selector:
    """A selector: the elements and classes that it names, and what tests elements."""

    names: frozenset[str]
    classes: frozenset[str]
    is_one_name: bool
    compiled: Any


@lru_cache(maxsize=1024)
def _asked(selector: str) -> _Selector:
    tokens = tinycss2.parse_component_value_list(selector)
    named: dict[str, set[str]] = {"": set(), ".": set(), ":": set()}
    before = ""
    for token in tokens:
        if token.type == "ident":
            named.get(before, named[""]).add(token.value)
        before = token.value if token.type == "literal" else ""
    (compiled,) = cssselect2.compile_selector_list(tokens, _NAMESPACES)
    is_one_name = [t.type for t in tokens] in (["ident"], ["literal", "ident"])
    return _Selector(frozenset(named[""]), frozenset(named["."]), is_one_name, compiled)


@dataclass(frozen=True, slots=True)
class _Block:
    """A rule as it is written: ``below`` are those inside of an at-rule."""

    head: str
    selectors: tuple[str, ...] = ()
    body: str = ""
    below: tuple[_Block, ...] = ()

    def kept(self, used: Usage) -> str:
        """Return what of the rule ``used`` has a use for."""
        if self.selectors:
            kept = ", ".join(filter(used.has, self.selectors))
            return f"{kept} {{ {self.body} }}" if kept else ""
        if not self.below:
            return self.head
        inside = [line for rule in self.below if (line := rule.kept(used))]
        return "\n".join([f"{self.head} {{", *inside, "}"]) if inside else ""


@dataclass(frozen=True, slots=True)
class _Found:
    rules: list[Rule] = field(default_factory=list)
    pages: list[Rule] = field(default_factory=list)
    at_rules: list[tuple[str, int]] = field(default_factory=list)
    faces: set[str] = field(default_factory=set)
    errors: list[tuple[str, int]] = field(default_factory=list)

    def add(self, node: _Node, conditions: tuple[str, ...] = ()) -> None:
        match node.type:
            case "qualified-rule":
                self.rules.append(self._rule(node, conditions))
            case "at-rule":
                self.at_rules.append((node.lower_at_keyword, node.source_line))
                self.faces.update(_families(node))
                inside = (*conditions, _head(node))
                if node.lower_at_keyword == "page":
                    self._add_page(node, inside)
                    return
                for below in _content(node):
                    self.add(below, inside)
            case "error":
                self.errors.append((node.message, node.source_line))

    def _add_page(self, node: _Node, conditions: tuple[str, ...]) -> None:
        """Add what a page or a margin of one declares, then the margins within."""
        found = _parts(node)
        rule = Rule((), _declarations(found), node.source_line, conditions)
        self.pages.append(rule)
        for part in found:
            if part.type == "at-rule":
                self._add_page(part, (*conditions, _head(part)))

    def _rule(self, node: _Node, conditions: tuple[str, ...]) -> Rule:
        found = _parts(node)
        for part in found:
            if part.type != "declaration":
                message = getattr(part, "message", part.type)
                self.errors.append((message, part.source_line))
        selectors = tuple(_selectors(node))
        return Rule(selectors, _declarations(found), node.source_line, conditions)


def _head(node: _Node) -> str:
    return f"@{node.lower_at_keyword} {_text(node.prelude)}".rstrip()


def _parts(node: _Node) -> list[_Node]:
    """Return what stands in the block of a rule: declarations, and rules again."""
    found: list[_Node] = tinycss2.parse_blocks_contents(
        node.content or (), skip_comments=True, skip_whitespace=True
    )
    return found


def _declarations(parts: Iterable[_Node]) -> tuple[Declaration, ...]:
    return tuple(
        Declaration(part.lower_name, _text(part.value), part.source_line)
        for part in parts
        if part.type == "declaration"
    )


def _shape(document: str) -> str:
    """Return the elements of a document alone; of many alike two stand for all."""
    return _ALIKE.sub(r"\1\1", _OWN.sub("", document))


def _families(node: _Node) -> Iterator[str]:
    if node.lower_at_keyword == "font-face":
        content = node.content or ()  # without a block, there is none
        for part in tinycss2.parse_blocks_contents(content, skip_whitespace=True):
            if part.type == "declaration" and part.lower_name == "font-family":
                yield _text(part.value).strip("\"'")


def _rules(css: str) -> list[_Node]:
    found: list[_Node] = tinycss2.parse_stylesheet(
        css, skip_comments=True, skip_whitespace=True
    )
    return found


def _content(node: _Node) -> list[_Node]:
    if node.content is None or node.lower_at_keyword == "font-face":
        return []
    found: list[_Node] = tinycss2.parse_rule_list(
        node.content, skip_comments=True, skip_whitespace=True
    )
    return found


@lru_cache(maxsize=8)
def _blocks(css: str) -> tuple[_Block, ...]:
    return tuple(map(_block, _rules(css)))


def _block(node: _Node) -> _Block:
    if node.type == "qualified-rule":
        return _Block("", tuple(_selectors(node)), _text(node.content))
    below = _content(node) if node.type == "at-rule" else []
    if not below:
        return _Block(str(node.serialize()))
    head = f"@{node.at_keyword} {_text(node.prelude)}"
    return _Block(head, below=tuple(map(_block, below)))


def _selectors(node: _Node) -> Iterator[str]:
    """Yield the selectors of a rule; what has commas in brackets is one."""
    for is_comma, part in groupby(node.prelude, lambda found: found == ","):
        if not is_comma:
            yield _text(list(part))


def _text(nodes: Sequence[_Node]) -> str:
    spoken = [node for node in nodes if node.type != "comment"]
    return str(tinycss2.serialize(spoken)).strip()
