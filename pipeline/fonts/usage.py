"""Which families the style sheets of a design ask for, and for what of a book."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pipeline import stylesheets
from pipeline.diagnostics import Code, Diagnostic
from pipeline.fonts.catalogue import Origin, named
from pipeline.fonts.coverage import shown
from pipeline.fonts.families import FAMILIES, HEI, SONG, Family
from pipeline.messages import say
from pipeline.render import Credit
from pipeline.stylesheets import Declaration, Rule, Texts
from pipeline.writer import Face, Stylesheet

_FAMILY = re.compile(r"""["'](Keben [A-Za-z ]+)["']""")
_BOLD = re.compile(r"\b(?:bold|bolder|[6-9]00)\b")
_BOLD_FROM = 600
# What style sheets make up: numbers of pages and items, leaders, bullets, notes.
_BULLETED = re.compile(r".*\bul\b[^,]*::marker")
_GENERATED = frozenset("0123456789ivxlcdm·、")
_BULLETS = frozenset("•◦")
_WITHOUT_INK = frozenset(" \t\n\u00a0\u200b\u2060\u3000")
_PREFIXES = {"epub": "http://www.idpf.org/2007/ops"}


@dataclass(frozen=True, slots=True)
class Demand:
    """Characters that rules ask for in ``families``, in the order of these."""

    families: tuple[str, ...]
    characters: frozenset[str]
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Usage:
    """What the rules ask for that have something to apply to."""

    demands: tuple[Demand, ...]

    @property
    def families(self) -> frozenset[str]:
        """Return every family that is named."""
        return frozenset(name for each in self.demands for name in each.families)

    @property
    def has_bold(self) -> bool:
        """Tell whether anything is bold."""
        return any(demand.is_bold for demand in self.demands)


def families(sheets: Iterable[Stylesheet]) -> frozenset[str]:
    """Return every family that a rule of ``sheets`` names."""
    return frozenset(name for demand in _named(sheets) for name in demand.families)


def wanted(faces: Iterable[Face], sheets: Iterable[Stylesheet]) -> frozenset[Face]:
    """Return those of ``faces`` that rules of ``sheets`` ask for, or that stand in."""
    demands = tuple(_named(sheets))
    named = {name for demand in demands for name in demand.families}
    named |= {SONG, HEI}
    has_bold = any(demand.is_bold for demand in demands)
    return frozenset(
        face
        for face in faces
        if face.family in named and (has_bold or face.weight < _BOLD_FROM)
    )


def _named(sheets: Iterable[Stylesheet]) -> Iterator[Demand]:
    for sheet in map(stylesheets.parse, (sheet.css for sheet in sheets)):
        for rule in (*sheet.rules, *sheet.pages):
            if demand := _demand(rule.declarations, frozenset()):
                yield demand


def usage(sheets: Iterable[Stylesheet], xhtml: str) -> Usage:
    """Return what ``sheets`` ask for in ``xhtml``: a document, or what is in one.

    What an element holds is counted as its own, so that a rule may be taken to
    apply to more than it does, but not to less.
    """
    texts = Texts(_document(xhtml))
    found: list[Demand] = []
    for sheet in map(stylesheets.parse, (sheet.css for sheet in sheets)):
        found += (d for rule in sheet.rules for d in _demands(rule, texts))
        for rule in sheet.pages:
            if demand := _demand(rule.declarations, texts.everything | _GENERATED):
                found.append(demand)
    return Usage(tuple(found))


def _document(xhtml: str) -> str:
    if xhtml.startswith(("<?xml", "<html")):
        return xhtml
    names = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _PREFIXES.items())
    return f"<html{names}><body>{xhtml}</body></html>"


def _demands(rule: Rule, texts: Texts) -> Iterator[Demand]:
    if _demand(rule.declarations, frozenset()) is None:
        return
    for selector in rule.selectors:
        characters = texts.characters(selector)
        if characters is None:
            continue
        if "::" in selector:
            characters = _BULLETS if _BULLETED.match(selector) else _GENERATED
        if demand := _demand(rule.declarations, characters):
            yield demand


def _demand(
    declarations: Iterable[Declaration], characters: frozenset[str]
) -> Demand | None:
    """Return what is asked for ``characters``; None where no face is named."""
    named = tuple(_families(declarations))
    is_bold = any(
        declaration.name in ("font", "font-weight") and _BOLD.search(declaration.value)
        for declaration in declarations
    )
    return Demand(named, characters, is_bold) if named or is_bold else None


def _families(declarations: Iterable[Declaration]) -> Iterator[str]:
    for declaration in declarations:
        if declaration.name in ("font", "font-family"):
            yield from _FAMILY.findall(declaration.value)


def credits_of(faces: Iterable[Face], asked: Usage) -> tuple[Credit, ...]:
    """Return the fonts that ``asked`` embeds, by licence, in order of first use.

    ``faces`` are those that the book needs, as ``glyphs.needed`` tells.
    """
    at_hand = tuple(faces)
    used = set(_used(at_hand, asked))
    by_licence: dict[str, dict[str, None]] = {}
    for face in at_hand:
        if face.family in used:
            by_licence.setdefault(face.licence, {})[face.name] = None
    return tuple(Credit(tuple(names), licence) for licence, names in by_licence.items())


def _used(faces: tuple[Face, ...], asked: Usage) -> Iterator[str]:
    """Yield the families that have what is asked for, the first named ones first.

    One face tells what its family has: all weights have the same characters.
    """
    first = {face.family: face for face in reversed(faces)}
    for demand in asked.demands:
        missing = demand.characters - _WITHOUT_INK
        served = [_serving(name, first) for name in demand.families]
        for family in filter(first.get, (*served, *FAMILIES[SONG].last)):
            if missing and (found := missing & shown(first[family])):
                yield family
                missing -= found
    heaviest = max((face.weight for face in faces if face.family == SONG), default=0)
    if asked.has_bold and heaviest < _BOLD_FROM:
        yield HEI


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


def _serving(name: str, served: Collection[str]) -> str:
    family = FAMILIES.get(name)
    if name in served or family is None or family.stand_in is None:
        return name
    return family.stand_in
