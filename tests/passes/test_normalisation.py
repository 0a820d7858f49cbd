"""Good text: what each rule changes, what it leaves, and that nothing is lost."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline import structure
from pipeline.diagnostics import Code
from pipeline.model import (
    Cell,
    CodeBlock,
    Creator,
    Emphasis,
    Heading,
    Image,
    Kind,
    Link,
    Manuscript,
    Metadata,
    Note,
    Paragraph,
    Row,
    Ruby,
    Rule,
    Table,
    Text,
    Verse,
    walk,
)
from pipeline.model import Code as CodeText
from pipeline.passes.normalisation import RULES, normalise, stand
from pipeline.passes.record import reconstruct
from pipeline.reader import Hints
from pipeline.source import Source, Span

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


@given(
    st.text(
        alphabet="天地一ab1 \n,.:;?!()（）\"'“”‘’「」『』…。—-•，⼀\uf900\u200b\ue78d",
        max_size=40,
    )
)
@example("试问'淑女\"'求之不得',至于'反侧'")  # a mark tells more once its pair is right
@example("1\u200b\ue78d")  # what has no width is stray beside a mark of Chinese
def test_good_text_stays_as_it_is(value):
    good = normalise(manuscript(value), Hints(), lambda _d: None)
    again = normalise(replace(good, edits=()), Hints(), lambda _d: None)
    assert again.edits == ()


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_each_rule_can_be_turned_off(rule):
    sample = (
        "他说,\"好\"(真的)...'行':对;是?真!完. 用 A 船--⼀\uf900\ue78d\u200b"
        "约翰•史密斯︐完."
    )
    hints = Hints(rules_off=frozenset({rule}))
    on = stand(read(sample)[0], Hints())
    off = stand(read(sample, rules_off=hints.rules_off)[0], hints)
    assert rule in {edit.rule for edit in on.edits}
    assert rule not in {edit.rule for edit in off.edits}


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("zh-Hans", "他说：“船名‘好风’。”", "他说：『船名「好风」。』"),
        ("zh-Hant", "他說：“船名‘好風’。”", "他說：「船名『好風』。」"),
        ("zh-Hans", "“It’s fine,” he said.", "“It’s fine,” he said."),
        ("zh-Hans", "牌子 Levi’s 是“蓝”的", "牌子 Levi’s 是『蓝』的"),
    ],
)
def test_where_lines_run_down_quotation_marks_are_corners(language, before, after):
    given_text = replace(manuscript(before), meta=Metadata(language=language))
    result = stand(given_text, Hints())
    assert values(result.blocks) == after
    rebuilt = reconstruct(Source("a.txt", before), (), result.edits)
    assert rebuilt == after
    assert stand(given_text, Hints(normalise=False)) == given_text


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


# The record ---------------------------------------------------------------------


@given(st.text("天地，。1a ,.:\"'()…—-⼀\u200b\ue78d\x00\n　", max_size=80))
def test_plain_text_read_and_normalised_is_on_record(value):
    source = Source("a.txt", value)
    read_in = structure.discern(source, Hints(), lambda _d: None)
    result = normalise(read_in, Hints(), lambda _d: None)
    shown = "".join(
        block.marks if isinstance(block, Rule) else values([block])
        for block in result.blocks
    )
    proof = reconstruct(source, result.drops, result.edits)
    assert blank_free(shown) == blank_free(proof)


def blank_free(value):
    return re.sub(rf"[\s{structure.BLANKS}]+", "", value)


def test_edits_of_a_text_over_lines_know_their_line():
    source = Source("a.txt", "甲,\n乙,\n丙")
    paragraph = Paragraph((text(source, 0, 7),), span=source.span(0, 7))
    result = normalise(Manuscript((paragraph,)), Hints(), lambda _d: None)
    assert [(e.span.first, e.span.start) for e in result.edits] == [(1, 1), (2, 4)]
    assert result.blocks[0].children[0].span == source.span(0, 7)


def test_later_rules_count_in_the_source_too():
    result, _ = read("天\u200b地,好")
    assert [(e.before, e.span.start) for e in result.edits] == [("\u200b", 1), (",", 3)]


def test_texts_without_offsets_keep_their_lines():
    span = Span("a.docx", 3, 3)
    paragraph = Paragraph((Text("他说,好", span=span),), span=span)
    result = normalise(Manuscript((paragraph,)), Hints(), lambda _d: None)
    assert [edit.span for edit in result.edits] == [span]


# All nodes ----------------------------------------------------------------------


def test_illegal_characters_leave_every_node():
    span = Span("a.md", 1, 1)
    bad = "a\x01\ud800\uffff"
    nodes = (
        CodeText(bad, span=span),
        Ruby(bad, bad, span=span),
        Link(bad, (Text(bad, span=span),), span=span),
        Image(bad, bad, span=span),
    )
    blocks = (Paragraph(nodes, span=span), CodeBlock(bad, bad, span=span))
    meta = Metadata(title=bad, creators=(Creator(bad),))
    result = normalise(Manuscript(blocks, meta), Hints(), lambda _d: None)
    shown = f"{result.blocks}{result.meta}"
    assert shown.count("a\ufffd\ufffd\ufffd") == 11
    assert "\\x01" not in shown


def test_an_illegal_character_is_told_once():
    _, found = read("天\x00地\n玄\x00黄")
    assert [(d.code, d.values["count"], d.values["lines"]) for d in found] == [
        (Code.ILLEGAL_CHARACTER, 2, "1, 2")
    ]


def test_tables_keep_the_blanks_of_their_cells():
    source = Source("a.txt", "姓 名， 甲")
    cell = Paragraph((text(source, 0, 6),), span=source.span(0, 6))
    span = source.span(0, 6)
    table = Table((), (), (Row((Cell((cell,), span=span),), span=span),), span=span)
    result = normalise(Manuscript((table,)), Hints(), lambda _d: None)
    assert result.edits == ()


def test_a_run_in_heading_is_one_line_with_its_stop():
    source = Source("a.txt", "(一)总则.")
    heading = Heading(
        1,
        Kind.SECTION,
        (text(source, 0, 5),),
        run_in=True,
        stop=(text(source, 5, 6),),
        span=source.span(0, 6),
    )
    result = normalise(Manuscript((heading,)), Hints(), lambda _d: None)
    assert values(result.blocks) == "（一）总则。"


def test_a_quotation_ends_at_a_heading():
    source = Source("a.txt", '问："在吗\n第二章\n"在。"')
    heading = Heading(1, Kind.CHAPTER, (text(source, 6, 9),), span=source.span(6, 9))
    first = Paragraph((text(source, 0, 5),), span=source.span(0, 5))
    last = Paragraph((text(source, 10, 14),), span=source.span(10, 14))
    found = []
    blocks = (first, heading, last)
    result = normalise(Manuscript(blocks), Hints(), found.append)
    assert values(result.blocks) == "问：“在吗第二章“在。”"
    assert [d.span.first for d in found] == [1]


def test_good_text_is_not_copied():
    before = manuscript("他说：“好。”\n第二段……没有——什么要改。")
    after = normalise(before, Hints(), lambda _d: None)
    assert all(a is b for a, b in zip(after.blocks, before.blocks, strict=True))


def test_language_decides_on_corners():
    traditional = manuscript('「甲」說「乙」。\n他說"丙"。')
    said = replace(traditional, meta=Metadata(language="zh-Hans"))
    result = normalise(said, Hints(), lambda _d: None)
    assert values(result.blocks).endswith("他說“丙”。")
