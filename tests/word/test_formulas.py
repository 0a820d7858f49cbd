from __future__ import annotations

import pytest

from pipeline.model import Math, Text
from pipeline.source import Span
from pipeline.tree import Element, parse_xml
from pipeline.word.formulas import displayed, formula

SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def r(value):
    return f"<m:r><m:t>{value}</m:t></m:r>"


def read(content):
    root = parse_xml(f'<m:oMath xmlns:m="{SPACE}">{content}</m:oMath>'.encode())
    assert isinstance(root, Element)
    return formula(root, Span("书.docx", 1, 1))


def test_the_number_of_a_formula_stands_behind_it():
    found, number = read(f"<m:eqArr><m:e>{r('a=b#(1)')}</m:e></m:eqArr>")
    assert found.tex == "a=b"
    assert number.value == "(1)"
    block = displayed((found, number), found.span)
    assert block.tex == r"a=b\tag{1}"


def nary(sign, below, above):
    return (
        f'<m:nary><m:naryPr><m:chr m:val="{sign}"/></m:naryPr><m:sub>{r(below)}</m:sub>'
        f"<m:sup>{r(above)}</m:sup><m:e>{r('i')}</m:e></m:nary>"
    )


@pytest.mark.parametrize(
    ("content", "tex"),
    [
        (r("a+b"), "a+b"),
        (r("50%"), r"50\%"),
        (
            f"<m:eqArr><m:e>{r('a&amp;=b')}</m:e><m:e>{r('c&amp;=d')}</m:e></m:eqArr>",
            r"\begin{aligned}a&=b \\ c&=d\end{aligned}",
        ),
        (
            f"<m:func><m:fName>{r('sin')}</m:fName><m:e>{r('x')}</m:e></m:func>",
            r"\sin {x}",
        ),
        (
            f"<m:sPre><m:sub>{r(1)}</m:sub><m:sup>{r(2)}</m:sup><m:e>{r('X')}</m:e>"
            "</m:sPre>",
            "{}_{1}^{2}{X}",
        ),
        (f"<m:groupChr><m:e>{r('x')}</m:e></m:groupChr>", r"\underbrace{x}"),
        (f"<m:f><m:num>{r(1)}</m:num><m:den>{r(2)}</m:den></m:f>", r"\frac{1}{2}"),
        (f"<m:sSub><m:e>{r('x')}</m:e><m:sub>{r(1)}</m:sub></m:sSub>", "{x}_{1}"),
        (
            f"<m:sSubSup><m:e>{r('x')}</m:e><m:sub>{r(1)}</m:sub><m:sup>{r(2)}</m:sup>"
            "</m:sSubSup>",
            "{x}_{1}^{2}",
        ),
        (f"<m:rad><m:deg/><m:e>{r(2)}</m:e></m:rad>", r"\sqrt{2}"),
        (f"<m:rad><m:deg>{r(3)}</m:deg><m:e>{r(2)}</m:e></m:rad>", r"\sqrt[3]{2}"),
        (nary("∑", "i=1", "n"), r"\sum_{i=1}^{n}{i}"),
        (f"<m:d><m:e>{r('x')}</m:e></m:d>", r"\left( x \right)"),
        (
            '<m:d><m:dPr><m:begChr m:val="{"/><m:endChr m:val=""/></m:dPr>'
            f"<m:e>{r('x')}</m:e></m:d>",
            r"\left\{ x \right.",
        ),
        (
            '<m:acc><m:accPr><m:chr m:val="\u20d7"/></m:accPr>'
            f"<m:e>{r('v')}</m:e></m:acc>",
            r"\vec{v}",
        ),
        (f"<m:bar><m:e>{r('x')}</m:e></m:bar>", r"\overline{x}"),
        (
            f"<m:limLow><m:e>{r('m')}</m:e><m:lim>{r('n')}</m:lim></m:limLow>",
            "{m}_{n}",
        ),
        (
            f"<m:m><m:mr><m:e>{r(1)}</m:e><m:e>{r(0)}</m:e></m:mr>"
            f"<m:mr><m:e>{r(0)}</m:e><m:e>{r(1)}</m:e></m:mr></m:m>",
            r"\begin{matrix}1 & 0 \\ 0 & 1\end{matrix}",
        ),
    ],
)
def test_a_formula_becomes_tex(content, tex):
    (found,) = read(content)
    assert isinstance(found, Math)
    assert found.tex == tex


def test_what_can_not_be_set_stays_as_characters():
    (found,) = read("<m:rad><m:e>" * 45 + r("深") + "</m:e></m:rad>" * 45)
    assert isinstance(found, Text)
    assert found.value == "深"


def test_an_empty_formula_is_nothing():
    assert read("") == ()
