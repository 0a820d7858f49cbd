"""Formulas of Word (ECMA-376, part 1, 22.1) as TeX."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.model import Edit, Flow, Inline, Math, MathBlock, Text, plain
from pipeline.source import Span
from pipeline.tree import Element, text
from pipeline.word.styles import child

_SPECIAL = re.compile(r"[\\{}$%&#_^~]")
# Chinese books number their formulas in full-width brackets, or in half-width ones.
_NUMBER = re.compile(r"\s*(?:[(（]\s*([\w.\-–·]{1,12})\s*[)）])?\s*")
_ESCAPES = {"\\": r"\backslash ", "^": r"\hat{}", "~": r"\sim "}
_LARGE = {"∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∬": r"\iint", "∮": r"\oint"}
_ACCENTS = {
    "\u0302": r"\hat",
    "\u0303": r"\tilde",
    "\u0304": r"\bar",
    "\u20d7": r"\vec",
    "\u0307": r"\dot",
}
_GROUPS = {"⏟": r"\underbrace", "⏞": r"\overbrace"}
_FUNCTIONS = frozenset(
    {
        *("sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan"),
        *("sinh", "cosh", "tanh", "log", "ln", "lg", "exp", "lim", "max", "min"),
        *("sup", "inf", "det", "dim", "gcd", "ker", "arg", "deg"),
    }
)
_FENCES = {
    "{": r"\{",
    "}": r"\}",
    "": ".",
    "‖": r"\|",
    "⟨": r"\langle",
    "⟩": r"\rangle",
}


def formula(element: Element, span: Span) -> tuple[Inline, ...]:
    """Return a formula of the line; what can't be set stays as characters."""
    from pipeline import math

    tex, _, number = _tex(element).strip().partition(r"\tag")
    mathml = math.inline(tex) if tex else None
    if isinstance(mathml, str):
        label = (Text(f"({number[1:-1]})", span=span),) if number else ()
        return (Math(tex, mathml, span=span), *label)
    characters = "".join(text(element).split())
    return (Text(characters, span=span),) if characters else ()


def displayed(content: tuple[Inline, ...], span: Span) -> MathBlock | None:
    """Return a paragraph that is a formula, and perhaps its number, as a block."""
    from pipeline import math

    content = tuple(
        n for n in content if not (isinstance(n, Text) and not n.value.strip())
    )
    formulas = [node for node in content if isinstance(node, Math)]
    number = _NUMBER.fullmatch(plain(n for n in content if not isinstance(n, Math)))
    if len(formulas) != 1 or number is None or not isinstance(content[0], Math):
        return None
    tex = formulas[0].tex + (rf"\tag{{{number[1]}}}" if number[1] else "")
    mathml = math.displayed(tex)
    return MathBlock(tex, mathml, span=span) if isinstance(mathml, str) else None


def renumbered(content: tuple[Inline, ...], block: Flow) -> tuple[Edit, ...]:
    """Return how the number of a formula is written now, if it has one."""
    said = "".join(node.value for node in content if isinstance(node, Text)).strip()
    if not (isinstance(block, MathBlock) and said):
        return ()
    tag = block.tex[block.tex.rindex(r"\tag") :]
    return (Edit(block.span, said, tag, "formula-number"),)


def _tex(element: Element | None) -> str:
    return "".join(map(_node, element.elements)) if element else ""


def _node(element: Element) -> str:
    if element.name.endswith("Pr"):
        return ""
    return _CONVERTERS.get(element.name, _tex)(element)


def _run(element: Element) -> str:
    return _SPECIAL.sub(_escaped, _characters(element))


def _characters(run: Element) -> str:
    return "".join(text(e) for e in run.elements if e.name == "m:t")


def _fraction(element: Element) -> str:
    return rf"\frac{_argument(element, 'm:num')}{_argument(element, 'm:den')}"


def _root(element: Element) -> str:
    degree = _tex(child(element, "m:deg"))
    return rf"\sqrt{f'[{degree}]' if degree else ''}{_argument(element, 'm:e')}"


def _large(element: Element) -> str:
    sign = _LARGE.get(_property(element, "m:chr", "∫"), r"\int")
    return f"{sign}{_scripts(element)}{_argument(element, 'm:e')}"


def _accented(element: Element) -> str:
    accent = _ACCENTS.get(_property(element, "m:chr", "\u0302"), r"\hat")
    return f"{accent}{_argument(element, 'm:e')}"


def _matrix(element: Element) -> str:
    rows = (e for e in element.elements if e.name == "m:mr")
    cells = r" \\ ".join(" & ".join(map(_tex, row.elements)) for row in rows)
    return rf"\begin{{matrix}}{cells}\end{{matrix}}"


def _equations(element: Element) -> str:
    """Return lines of equations; Word writes the number of one behind ``#``."""
    lines = (_tex(e) for e in element.elements if e.name == "m:e")
    parts = [line.replace(r"\&", "&").partition(r"\#") for line in lines]
    numbers = [number.strip(" ()（）") for _, _, number in parts]
    tag = "".join(rf"\tag{{{number}}}" for number in numbers if number)
    rows = [equation for equation, _, _ in parts]
    if len(rows) == 1:
        return rows[0].replace("&", "") + tag
    together = r" \\ ".join(rows)
    return rf"\begin{{aligned}}{together}\end{{aligned}}{tag}"


def _function(element: Element) -> str:
    name = _tex(child(element, "m:fName"))
    known = f"\\{name} " if name in _FUNCTIONS else name
    return f"{known}{_argument(element, 'm:e')}"


def _before(element: Element) -> str:
    scripts = "{}" + _scripts(element)
    return scripts + _argument(element, "m:e")


def _grouped(element: Element) -> str:
    sign = _property(element, "m:chr", "⏟")
    return f"{_GROUPS.get(sign, '')}{_argument(element, 'm:e')}"


def _escaped(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0], f"\\{match[0]}")


def _argument(element: Element, name: str) -> str:
    return f"{{{_tex(child(element, name))}}}"


def _with_scripts(element: Element) -> str:
    return _argument(element, "m:e") + _scripts(element)


def _scripts(element: Element) -> str:
    limit = _tex(child(element, "m:lim"))
    below, above = _tex(child(element, "m:sub")), _tex(child(element, "m:sup"))
    below = limit if element.name == "m:limLow" else below
    above = limit if element.name == "m:limUpp" else above
    return (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")


def _fenced(element: Element) -> str:
    left = _property(element, "m:begChr", "(")
    right = _property(element, "m:endChr", ")")
    between = _property(element, "m:sepChr", "|")
    parts = between.join(_tex(e) for e in element.elements if e.name == "m:e")
    opening, closing = _FENCES.get(left, left), _FENCES.get(right, right)
    return rf"\left{opening} {parts} \right{closing}"


def _property(element: Element, name: str, default: str) -> str:
    for below in element.elements:
        found = child(below, name) if below.name.endswith("Pr") else None
        if found:
            return found.get("m:val")
    return default


_CONVERTERS: dict[str, Callable[[Element], str]] = {
    "m:r": _run,
    "m:f": _fraction,
    **dict.fromkeys(
        ("m:sSup", "m:sSub", "m:sSubSup", "m:limLow", "m:limUpp"), _with_scripts
    ),
    "m:rad": _root,
    "m:nary": _large,
    "m:d": _fenced,
    "m:acc": _accented,
    "m:bar": lambda element: rf"\overline{_argument(element, 'm:e')}",
    "m:m": _matrix,
    "m:eqArr": _equations,
    "m:func": _function,
    "m:sPre": _before,
    "m:groupChr": _grouped,
}
