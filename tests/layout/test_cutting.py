"""Where books are cut."""

from __future__ import annotations

import re

from pipeline.layout.chapters.cutting import Cut, Opening, cut, skeleton

HIDDEN = ' style="display:none"></section>'
COVER = f'<section class="cover"{HIDDEN}'


def of(body: str) -> str:
    return f"<html><head></head><body>{body}</body></html>"


def openings(xhtml: str) -> list[Opening]:
    """Let parts and chapters open pages, parts those on the right."""
    kinds = re.findall(r'<section class="(\w+)"', xhtml)
    sides = {"part": "right"}
    return [
        Opening(kind in {"part", "chapter"}, sides.get(kind, ""), kind == "chapter")
        for kind in kinds
    ]


def pieces(body: str) -> Cut | None:
    return cut(of(body), openings)


def test_each_chapter_is_a_piece_behind_what_stood_before_it():
    found = pieces(
        '<section class="cover">甲</section><section class="chapter">乙</section>'
        '<section class="chapter">丙</section>'
    )
    assert found
    assert found.front
    assert found.front.xhtml == of('<section class="cover">甲</section>')
    assert [piece.xhtml for piece in found.text] == [
        of(f'{COVER}<section class="chapter">乙</section>'),
        of(
            f'{COVER}<section class="chapter"{HIDDEN}'
            '<section class="chapter">丙</section>'
        ),
    ]


def test_what_is_around_a_chapter_stays_around_it():
    found = pieces(
        '<section class="part" id="p"><h1>甲</h1><section class="chapter">乙</section>'
        '<section class="chapter">丙</section></section>'
    )
    assert found
    part, first, second = found.text
    assert (part.side, part.depth) == ("right", 0)
    assert part.xhtml == of('<section class="part" id="p"><h1>甲</h1></section>')
    assert (first.side, first.depth) == ("", 1)
    assert first.xhtml == of(
        '<section class="part"><section class="chapter">乙</section></section>'
    )
    assert second.xhtml == of(
        f'<section class="part"><section class="chapter"{HIDDEN}'
        '<section class="chapter">丙</section></section>'
    )


def test_a_part_without_a_title_begins_with_its_first_chapter():
    found = pieces(
        '<section class="part"> <section class="chapter">甲</section>'
        '<section class="chapter">乙</section></section>'
    )
    assert found
    assert [(piece.side, piece.depth) for piece in found.text] == [
        ("right", 0),
        ("", 1),
    ]


def test_what_opens_no_page_stays_with_what_is_before_it():
    found = pieces(
        '<section class="chapter">甲</section><section class="endnotes">乙</section>'
    )
    assert found
    assert len(found.text) == 1


def test_sections_that_rules_can_t_tell_apart_are_there_once():
    chapter = '<section class="chapter" aria-labelledby="c{0}">甲</section>'
    found = pieces("".join(map(chapter.format, range(9))))
    assert found
    assert found.text[-1].xhtml.count("<section") == 3


def test_books_that_must_be_set_as_a_whole():
    chapter = '<section class="chapter">甲</section>'
    assert pieces(chapter)
    assert pieces("") is None
    assert pieces('<section class="section">甲</section>' + chapter) is None
    assert pieces("甲" + chapter) is None
    assert pieces(chapter + '<section class="contents">甲</section>') is None
    assert pieces(chapter.replace("甲", '<a href="#nowhere">甲</a>')) is None
    note = '<section class="part">甲<span class="note">乙</span></section>'
    assert pieces(note) is None


def test_a_skeleton_has_sections_alone():
    assert skeleton(of('<section class="part">甲<p>乙</p></section>')) == of(
        '<section class="part"></section>'
    )
