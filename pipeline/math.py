"""Formulas: from TeX to MathML, and from MathML to outlines for the page."""

from __future__ import annotations

import re
import warnings
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree as ET

import math_core
from ziafont.config import config
from ziafont.fonttypes import BBox
from ziafont.glyph import SimpleGlyph

with warnings.catch_warnings():
    # Its import calls importlib.resources.path, which Python deprecates.
    warnings.simplefilter("ignore", DeprecationWarning)
    from ziamath import zmath
    from ziamath.mathfont import MathFont
    from ziamath.styles import MathVariant

from pipeline import limits
from pipeline.messages import say
from pipeline.tree import Element

HAN_FACE = "Keben Song"
"""The face of the page in which a formula's Chinese characters are set."""

_NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_TAG = re.compile(r"\\tag\*?(?![a-zA-Z])")
_SPLIT = re.compile(r"\\(begin|end)\{split\}")
_MACROS = {"substack": r"\begin{matrix}#1\end{matrix}"}
# Each formula would start from (1) again: only \tag numbers one.
_NUMBERED = re.compile(r"\\(begin|end)\{(equation|align|gather|multline)\}")
# Unicode selects the style of script letters by them; no font here has any.
_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f]")
_CELL_ALIGNMENT = re.compile("text-align: (left|right)")
_ANNOTATIONS = frozenset({"annotation", "annotation-xml"})
_UNSEEN = _ANNOTATIONS | {"script", "style"}
_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_PRESENTED = _TOKENS | {
    *("mrow", "mspace", "mfrac", "msqrt", "mroot", "mstyle", "mpadded", "mphantom"),
    *("mfenced", "menclose", "msub", "msup", "msubsup", "munder", "mover"),
    *("munderover", "mmultiscripts", "mprescripts", "none", "mtable", "mtr", "mtd"),
}
_KEPT = frozenset(
    {
        *("mathvariant", "displaystyle", "scriptlevel", "open", "close", "separators"),
        *("stretchy", "fence", "form", "linethickness", "columnalign", "rowspacing"),
        *("columnspacing", "accent", "accentunder", "movablelimits", "largeop"),
        *("width", "height", "depth", "lspace", "rspace", "notation"),
    }
)
_LEVELS = ("displaystyle", "scriptlevel")
_ROW_SPACING = "0.5em"
_BESIDE = {"munderover": "msubsup", "munder": "msub", "mover": "msup"}
_LARGE_OPERATORS = frozenset("∏∐∑⋀⋁⋂⋃⨀⨁⨂⨃⨄⨅⨆")
_STEADY = _LARGE_OPERATORS | frozenset("∫∬∭⨌∮∯∰∱∲∳")
_UNITS_PER_EM = 100


@dataclass(frozen=True, slots=True)
class Misread:
    """Why TeX can't be set, and where: an offset of a character."""

    offset: int
    problem: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula in outlines. Lengths are in em; ``depth`` is below the baseline."""

    svg: str
    width: float
    height: float
    depth: float

    @property
    def url(self) -> str:
        """Return the picture itself as a data URL."""
        return "data:image/svg+xml;base64," + b64encode(self.svg.encode()).decode()


def inline(tex: str) -> str | Misread:
    """Return a formula of the line as one MathML element."""
    return _mathml(tex, tex, displaystyle=False)


def displayed(tex: str) -> str | Misread:
    """Return a formula that stands by itself as one MathML element."""
    prepared = _NUMBERED.sub(r"\\\1{\2*}", _SPLIT.sub(r"\\\1{aligned}", tex))
    if _TAG.search(tex) and r"\begin" not in tex:
        prepared = rf"\begin{{equation*}}{tex}\end{{equation*}}"
    return _mathml(prepared, tex, displaystyle=True)


def written(formula: Element, *, displaystyle: bool) -> str | Misread:
    """Return MathML that a document has as one sound MathML element.

    Only elements and attributes of MathML 3 that can be drawn pass; its
    characters are its alternative text.
    """
    root = ET.Element("math", {"xmlns": _NAMESPACE})
    root.set("display", "block" if displaystyle else "inline")
    root.extend(_presented(formula))
    if unfit := _unfit(root):
        return unfit
    root.set("alttext", characters(formula))
    return _drawable(ET.tostring(root, encoding="unicode"))


def characters(formula: Element) -> str:
    """Return the characters that a formula in MathML shows."""
    return " ".join("".join(_shown(formula)).split())


def _shown(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.name not in _UNSEEN:
            yield from _shown(child)


def _presented(element: Element) -> Iterator[ET.Element]:
    """Yield what of an element's children is presentation."""
    for child in element.elements:
        if child.name in _PRESENTED:
            kept = {n: v for n, v in child.attributes.items() if n in _KEPT}
            found = ET.Element(child.name, kept)
            if child.name in _TOKENS:
                found.text = "".join(_shown(child)).strip()
            else:
                found.extend(_presented(child))
            yield found
        elif child.name not in _ANNOTATIONS:
            yield from _presented(child)


@cache
def draw(mathml: str) -> Drawing:
    """Draw what ``inline`` or ``displayed`` returned."""
    # As a string, its entities would be taken for markup.
    root = ET.fromstring(mathml)  # noqa: S314 - our own output
    _move_limits(root)
    _keep_size(root)
    formula = zmath.Math(root, _UNITS_PER_EM, _font(), margin=0)
    box = formula.node.bbox
    return Drawing(
        formula.svg(),
        (box.xmax - box.xmin) / _UNITS_PER_EM,
        (box.ymax - box.ymin) / _UNITS_PER_EM,
        -box.ymin / _UNITS_PER_EM,
    )


def _mathml(prepared: str, tex: str, *, displaystyle: bool) -> str | Misread:
    if len(prepared) > limits.FORMULA_CHARACTERS:
        return Misread(0, say("math.long"))
    converter = math_core.LatexToMathML(
        macros=_MACROS,
        xml_namespace=True,
        fancy_error=False,
        allow_unreliable_rendering=True,
    )
    try:
        markup = converter.convert_with_local_state(prepared, displaystyle=displaystyle)
    except math_core.LatexError as error:
        offset, _, problem = str(error).partition(": ")
        return Misread(min(int(offset), len(tex)), problem)
    try:
        root = _cleaned(markup)
    except ET.ParseError:
        return Misread(0, say("math.damaged"))
    if unfit := _unfit(root):
        return unfit
    root.set("alttext", tex.strip())
    return _drawable(ET.tostring(root, encoding="unicode"))


def _unfit(root: ET.Element) -> Misread | None:
    if not len(root):
        return Misread(0, say("math.empty"))
    if _depth(root) > limits.FORMULA_DEPTH:
        return Misread(0, say("math.deep"))
    if sum(1 for _ in root.iter()) > limits.FORMULA_CHARACTERS:
        return Misread(0, say("math.long"))
    return None


def _drawable(mathml: str) -> str | Misread:
    # Both editions show the same, so what can't be drawn is not MathML either.
    try:
        drawing = draw(mathml)
    except Exception:  # the library raises whatever its own slips cause
        return Misread(0, say("math.undrawable"))
    return (
        mathml if drawing.width > 0 < drawing.height else Misread(0, say("math.empty"))
    )


def _cleaned(markup: str) -> ET.Element:
    # An entity of HTML that XML does not know.
    markup = markup.replace("&ApplyFunction;", "\u2061")
    markup = _VARIATION_SELECTORS.sub("", markup)
    markup = markup.replace(f' xmlns="{_NAMESPACE}"', "", 1)
    root = ET.fromstring(markup)  # noqa: S314 - the converter's own output
    root.set("xmlns", _NAMESPACE)
    root.set("display", root.get("display", "inline"))
    _downgrade(root)
    return root


def _downgrade(root: ET.Element) -> None:
    """Say in MathML 3, which EPUB 3.3 asks for, what MathML Core says otherwise."""
    for element in list(root.iter()):
        for place, child in enumerate(element):
            levels = {n: child.attrib.pop(n) for n in _LEVELS if n in child.attrib}
            if levels and child.tag == "mtable":
                child.set("displaystyle", levels["displaystyle"])
                child.set("rowspacing", _ROW_SPACING)
            elif levels:
                element[place] = ET.Element("mstyle", levels)
                element[place].append(child)
            # MathML Core aligns by CSS.
            if alignment := _CELL_ALIGNMENT.search(child.get("style", "")):
                child.set("columnalign", alignment[1])


def _move_limits(formula: ET.Element) -> None:
    """Set limits beside the sums of a line (MathML 3, 3.4.4): ziamath does not."""
    if formula.get("display") != "inline":
        return
    for element in formula.iter():
        name = element.tag.rpartition("}")[2]
        if name not in _BESIDE or not len(element):
            continue
        base = element[0]
        moves = base.get("movablelimits") != "false"
        if moves and base.tag.endswith("}mo") and base.text in _LARGE_OPERATORS:
            element.tag = element.tag.replace(name, _BESIDE[name])


def _keep_size(formula: ET.Element) -> None:
    """Keep sums and integrals as large as they are, whatever stands beside them.

    They are no fences (MathML Core, B.1), as the library takes them for.
    """
    for element in formula.iter():
        if element.text in _STEADY and "stretchy" not in element.attrib:
            element.set("stretchy", "false")


def _depth(element: ET.Element) -> int:
    deepest, rows = 0, [element]
    while rows:
        deepest += 1
        rows = [child for row in rows for child in row]
    return deepest


class _HanGlyph(SimpleGlyph):
    """A character that the mathematical font lacks, set in a face of the page."""

    def __init__(self, character: str, font: MathFont) -> None:
        self._em: int = font.info.layout.unitsperem
        box = BBox(0, self._em, round(-0.12 * self._em), round(0.88 * self._em))
        super().__init__(0, (), box, font)
        self._character = character

    def advance(self, nextchr: SimpleGlyph | None = None) -> int:  # noqa: ARG002 - overrides
        return self._em

    def svgpath(
        self, x0: float = 0, y0: float = 0, scale_factor: float = 1
    ) -> ET.Element:
        size = self.funits_to_points(self._em, scale_factor)
        place = {"x": f"{x0:g}", "y": f"{y0:g}", "font-size": f"{size:g}"}
        text = ET.Element("text", place | {"font-family": HAN_FACE})
        text.text = self._character
        return text


class _Font(MathFont):
    """STIX Two Math, which comes with ziamath, and Chinese characters."""

    def findglyph(self, char: str, variant: MathVariant) -> SimpleGlyph:
        if self.glyphindex(char) or not char.strip():
            return super().findglyph(char, variant)
        return _HanGlyph(char, self)


def _font() -> str:
    """Return the name under which ziamath finds our font."""
    fonts = zmath.loadedfonts
    if "keben" not in fonts:
        config.svg2 = False
        fonts["keben"] = _Font(zmath.fontname, _UNITS_PER_EM)
    return "keben"
