"""Good text: what each rule changes, what it leaves, and that nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.diagnostics import Code
from pipeline.model import Code as CodeText
from pipeline.model import (
    Emphasis,
    Heading,
    Kind,
    Manuscript,
    Note,
    Paragraph,
    Text,
    Verse,
    walk,
)
from pipeline.passes.normalisation import RULES, normalise
from pipeline.passes.record import reconstruct
from pipeline.reader import Hints
from pipeline.source import Source

CASES = "normalisation"


def text(source, start, end):
    return Text(source.text[start:end], span=source.span(start, end))


def manuscript(value):
    """Return a paragraph a line."""
    source = Source("a.txt", value)
    return Manuscript(
        tuple(
            Paragraph(
                (text(source, line.start, line.end),),
                span=source.span(line.start, line.end),
            )
            for line in source.lines
            if line.text
        )
    )


def values(blocks):
    return "".join(n.value for b in blocks for n in walk(b) if isinstance(n, Text))


def read(value, **hints):
    found = []
    result = normalise(manuscript(value), Hints(**hints), found.append)
    return result, found


def test_case(case):
    result, found = read(case.input)
    lines = [values([block]) for block in result.blocks]
    edits = [
        f"{e.span.first}: {e.rule}: {e.before!r} -> {e.after!r}" for e in result.edits
    ]
    told = [f"{d.span.first}: {d.code.name}" for d in found]
    case.check("\n".join([*lines, "--", *edits, *told]) + "\n")


@given(
    st.text(
        alphabet="天地一ab1 \n,.:;?!()（）\"'“”‘’「」…。—-⼀\uf900\u200b\ue78d\x00",
        max_size=60,
    )
)
def test_source_and_edits_give_the_text(value):
    result, _ = read(value)
    for edit in result.edits:
        assert value[edit.span.start : edit.span.end] == edit.before
    rebuilt = reconstruct(Source("a.txt", value), result.drops, result.edits)
    assert values(result.blocks) == rebuilt.replace("\n", "")


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_each_rule_can_be_turned_off(rule):
    sample = (
        "他说,\"好\"(真的)...'行':对;是?真!完. 用 A 船--⼀\uf900\ue78d\u200b"
        "约翰•史密斯︐完."
    )
    on, _ = read(sample)
    off, _ = read(sample, rules_off=frozenset({rule}))
    assert rule in {edit.rule for edit in on.edits}
    assert rule not in {edit.rule for edit in off.edits}


def test_everything_can_be_turned_off_but_what_xml_forbids():
    result, _ = read("他说,\x01好(一)", normalise=False)
    assert values(result.blocks) == "他说,\ufffd好(一)"


def test_rules_see_through_the_borders_of_nodes():
    source = Source("a.txt", "他说,好(真)的")
    nodes = (
        text(source, 0, 3),
        Emphasis((text(source, 3, 6),), span=source.span(3, 6)),
        text(source, 6, 8),
    )
    paragraph = Paragraph(nodes, span=source.span(0, 8))
    result = normalise(Manuscript((paragraph,)), Hints(), lambda _d: None)
    assert values(result.blocks) == "他说，好（真）的"
    assert [edit.span.start for edit in result.edits] == [2, 4, 6]


def test_code_is_out_of_reach():
    source = Source("a.txt", "见,好")
    code = CodeText("f(一,二)", span=source.span(0, 1))
    paragraph = Paragraph(
        (text(source, 0, 1), code, text(source, 1, 3)), span=source.span(0, 3)
    )
    result = normalise(Manuscript((paragraph,)), Hints(), lambda _d: None)
    assert result.blocks[0].children[1] == code


def test_headings_and_verse_keep_their_blanks():
    source = Source("a.txt", "第一章 出海 A")
    line = (text(source, 0, 8),)
    span = source.span(0, 8)
    blocks = (Heading(1, Kind.CHAPTER, line, span=span), Verse((line,), span=span))
    result = normalise(Manuscript(blocks), Hints(), lambda _d: None)
    assert result.edits == ()


def test_notes_are_text_too():
    source = Source("a.txt", "注,好")
    span = source.span(0, 3)
    note = Note(((text(source, 0, 3),),), span=span)
    paragraph = Paragraph((note,), span=span)
    result = normalise(Manuscript((paragraph,)), Hints(), lambda _d: None)
    assert values(result.blocks) == "注，好"


def test_an_unknown_private_character_is_told():
    _, found = read("天\ue000地")
    assert [d.code for d in found] == [Code.PRIVATE_USE]
