"""TeX to MathML, and MathML to outlines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import math
from pipeline.fonts import families
from pipeline.math import Drawing, Misread, displayed, draw, inline
from pipeline.tree import Element, parse_xml

NAMESPACE = "http://www.w3.org/1998/Math/MathML"


def body(mathml):
    return mathml[mathml.index(">") + 1 : -len("</math>")]


def test_a_formula_carries_what_was_written_for_those_who_hear_it():
    mathml = inline(r"a < b")
    assert mathml.startswith("<math ")
    assert 'xmlns="http://www.w3.org/1998/Math/MathML"' in mathml
    assert 'alttext="a &lt; b"' in mathml


def test_only_a_displayed_formula_is_a_block():
    assert 'display="block"' in displayed("x")
    assert 'display="block"' not in inline("x")


@pytest.mark.parametrize(
    ("tex", "mathml"),
    [
        ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        (r"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"\text{速度}", "<mtext>速度</mtext>"),
    ],
)
def test_tex_becomes_mathml(tex, mathml):
    assert body(inline(tex)) == mathml


def test_formulas_are_numbered_only_where_a_tag_says_so():
    assert "(1)" not in displayed(r"\begin{align}a&=b\\c&=d\end{align}")
    assert "(7)" in displayed(r"E=mc^2 \tag{7}")


def test_cells_are_aligned_for_readers_old_and_new():
    mathml = displayed(r"\begin{aligned}a&=b\end{aligned}")
    assert 'columnalign="right"' in mathml
    assert "text-align: right" in mathml


@pytest.mark.parametrize(
    ("tex", "offset", "problem"),
    [
        (r"x+\badmacro", 2, r'Unknown command "\badmacro".'),
        (r"\frac{1}{", 9, 'Expected closing token "}", but reached end of input.'),
        ("", 0, "it is empty"),
        (r"\sqrt{" * 60 + "x" + "}" * 60, 0, "it is nested too deeply"),
        ("\x01", 0, "it holds a character that no formula can have"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tex, offset, problem, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en")
    assert displayed(tex) == Misread(offset, problem)


def test_a_drawing_is_measured_in_em_from_the_baseline():
    line, fraction = draw(inline("x")), draw(displayed(r"\frac12"))
    assert 0.4 < line.height < 0.6
    assert fraction.height > 2 * line.height
    assert fraction.depth > 0.4
    assert fraction.url.startswith("data:image/svg+xml;base64,")


def test_limits_stand_beside_a_sum_of_the_line_and_below_a_displayed_one():
    tex = r"\sum_{i=1}^n i"
    assert draw(inline(tex)).height < draw(displayed(tex)).height * 0.7
    assert draw(inline(tex)).width > draw(inline(r"\sum i")).width


@pytest.mark.parametrize("tex", [r"\int_0^1 x", r"\oint_C", r"\sum_{i=1}^n i^2"])
def test_integrals_and_sums_of_the_line_are_no_higher_than_the_line(tex):
    drawing = draw(inline(tex))
    assert drawing.height < 1.45
    assert draw(displayed(tex)).height > 1.5 * drawing.height


def test_levels_are_said_in_mathml_3():
    assert "<mstyle displaystyle=" in inline(r"\dfrac12")
    assert "scriptlevel" not in inline(r"\begin{matrix}a\end{matrix}")


def test_chinese_is_set_in_the_face_of_the_page():
    svg = draw(inline(r"\text{速度}")).svg
    assert f'font-family="{families.SONG}"' in svg
    assert "速</text>" in svg


def test_a_drawing_does_not_change_from_call_to_call():
    mathml = displayed(r"\sum_{i=1}^n i")
    first = draw(mathml)
    draw.cache_clear()
    assert draw(mathml) == first


TEX = st.lists(
    st.sampled_from([*"x1中 {}^_&'\"<>%#~|\\\n\x01", r"\frac", r"\sqrt", r"\text{"])
    | st.sampled_from(
        [r"\begin{align}", r"\end{align}", r"\left(", r"\hat", r"\cancel"]
    )
).map("".join)


@given(TEX)
def test_no_tex_raises_and_what_is_read_can_be_drawn(tex):
    for read in (inline, displayed):
        match read(tex):
            case Misread(offset=offset):
                assert 0 <= offset <= len(tex)
            case mathml:
                assert isinstance(draw(mathml), Drawing)


def test_the_name_of_the_face_is_that_of_the_page():
    assert math.HAN_FACE == families.SONG


def mathml(content):
    root = parse_xml(f'<math xmlns="{NAMESPACE}">{content}</math>'.encode())
    assert isinstance(root, Element)
    return root


def test_what_a_document_has_in_mathml_is_drawn_as_it_stands():
    markup = math.written(
        mathml(
            "<semantics><mrow><msup><mi onclick='x()'>x</mi><mn>2</mn></msup>"
            "<mo stretchy='false'>+</mo><mtext>常数</mtext></mrow>"
            "<annotation encoding='text/plain'>别读</annotation></semantics>"
        ),
        displaystyle=True,
    )
    assert 'display="block"' in markup
    assert 'alttext="x2+常数"' in markup
    assert '<mo stretchy="false">' in markup
    assert "onclick" not in markup
    assert "别读" not in markup
    assert draw(markup).width > 1


@pytest.mark.parametrize(
    "content",
    ["", "<script>x()</script>", "<mrow>" * 60 + "<mi>x</mi>" + "</mrow>" * 60],
)
def test_mathml_that_can_not_be_drawn_is_told(content):
    assert isinstance(math.written(mathml(content), displaystyle=False), math.Misread)


@pytest.mark.parametrize(
    "tex", ["{" * 100_000 + "x", r"\sqrt" * 20_000 + " x", "x+" * 10_000]
)
def test_a_formula_longer_than_a_page_is_not_set(tex, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    assert math.inline(tex) == math.Misread(0, "it is longer than a page")
    assert math.displayed(tex) == math.Misread(0, "it is longer than a page")


@pytest.mark.parametrize("tex", ["{" * 3_000, r"\sqrt" * 600, "x^{" * 1_000])
def test_one_that_is_nested_as_deep_as_it_is_long_is_misread(tex):
    assert isinstance(math.inline(tex), math.Misread)
