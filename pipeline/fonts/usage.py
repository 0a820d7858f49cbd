"""Which families the style sheets of a design ask for, and for what of a book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.diagnostics import Code, Diagnostic
from pipeline.fonts.catalogue import Origin, named
from pipeline.fonts.families import FAMILIES, HEI, RESERVE, SONG, Family
from pipeline.messages import say
from pipeline.render import Credit
from pipeline.writer import Face, Stylesheet

_COMMENT = re.compile(r"/\*.*?\*/|url\(\"[^\"]*\"\)", re.DOTALL)
# A rule, innermost blocks alone: those in @page and @media too.
_RULE = re.compile(r"([^{};]*)\{([^{}]*)\}")
_FAMILY = re.compile(r"""["'](Keben [A-Za-z ]+)["']""")
_BOLD = re.compile(r"\bfont(?:-weight)?:[^;]*\b(?:bold|bolder|[6-9]00)\b")
_CONDITION = re.compile(r"\[[^]]*\]|:{1,2}[a-z-]+(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?")
_ELEMENT = re.compile(r"(?:^|[\s>+~])([a-z][a-z0-9]*)")
_BOLD_FROM = 600
_CLASS = re.compile(r"\.([\w-]+)")


@dataclass(frozen=True, slots=True)
class Usage:
    """The families that rules with something to apply to name; one may be bold."""

    families: frozenset[str]
    has_bold: bool


def families(sheets: Iterable[Stylesheet]) -> frozenset[str]:
    """Return every family that a rule of ``sheets`` names."""
    rules = (rule for sheet in sheets for rule in _rules(sheet))
    return frozenset(
        name for _selector, body in rules for name in _FAMILY.findall(body)
    )


def usage(sheets: Iterable[Stylesheet], xhtml: str) -> Usage:
    """Return what ``sheets`` ask for in ``xhtml``.

    Only the elements and classes of selectors are looked at, so that a rule may
    be taken to apply that does not, but not the other way round.
    """
    elements = frozenset(re.findall(r"<([a-z][a-z0-9]*)", xhtml))
    values = re.findall(r'class="([^"]*)"', xhtml)
    classes = frozenset(name for value in values for name in value.split())
    named, has_bold = set[str](), False
    for selector, body in (rule for sheet in sheets for rule in _rules(sheet)):
        if _may_apply(selector, elements, classes):
            named.update(_FAMILY.findall(body))
            has_bold = has_bold or bool(_BOLD.search(body))
    return Usage(frozenset(named), has_bold)


def credits_of(faces: Iterable[Face], asked: Usage) -> tuple[Credit, ...]:
    """Return the fonts that ``asked`` may embed, by licence, in order of first use.

    ``faces`` are those that the book needs, as ``glyphs.needed`` tells.
    """
    at_hand = tuple(faces)
    served = {face.family for face in at_hand}
    families = {_serving(name, served) for name in asked.families} | set(RESERVE)
    by_licence: dict[str, dict[str, None]] = {}
    for face in at_hand:
        if face.family in families:
            by_licence.setdefault(face.licence, {})[face.name] = None
    return tuple(Credit(tuple(names), licence) for licence, names in by_licence.items())


def substitutions(faces: Iterable[Face], asked: Usage) -> Iterator[Diagnostic]:
    """Tell what stands in for faces that ``asked`` names and nobody has installed."""
    heaviest: dict[str, int] = {}
    for face in faces:
        heaviest[face.family] = max(face.weight, heaviest.get(face.family, 0))
    for name in FAMILIES:
        family = FAMILIES[name]
        if name not in asked.families:
            continue
        if name not in heaviest and family.stand_in:
            yield _substitution(Code.SUBSTITUTED_FACE, family, family.stand_in)
        elif name == SONG and asked.has_bold and heaviest.get(name, 0) < _BOLD_FROM:
            yield _substitution(Code.SUBSTITUTED_BOLD, family, HEI)


def _substitution(code: Code, family: Family, used: str) -> Diagnostic:
    collection = next(
        c for c in named(family.role) if c.usual and c.origin is not Origin.KEBEN
    )
    values = {
        "wanted": say(f"family.{family.role}"),
        "used": say(f"family.{FAMILIES[used].role}"),
        "collection": collection.name,
    }
    return Diagnostic(code, values=values)


def _serving(name: str, served: set[str]) -> str:
    family = FAMILIES.get(name)
    if name in served or family is None or family.stand_in is None:
        return name
    return family.stand_in


def _rules(sheet: Stylesheet) -> Iterator[tuple[str, str]]:
    for match in _RULE.finditer(_COMMENT.sub("", sheet.css)):
        yield match[1].strip(), match[2]


def _may_apply(
    selectors: str, elements: frozenset[str], classes: frozenset[str]
) -> bool:
    if "@" in selectors:  # a page, or a margin of one
        return True
    return any(
        elements.issuperset(_ELEMENT.findall(selector))
        and classes.issuperset(_CLASS.findall(selector))
        for selector in _CONDITION.sub("", selectors).split(",")
    )
