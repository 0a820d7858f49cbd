"""What the package document says of a work, and that it claims only the truth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Asset, Book, Creator, Image, Metadata, Note, Ruby
from pipeline.writers.epub.metadata import describe
from tests.specimen import META, PICTURE, SPAN, chapter, job, paragraph, text


def said(book: Book) -> dict[str, list[str]]:
    """Return the values of each statement, in order."""
    found: dict[str, list[str]] = {}
    for statement in describe(job(book)):
        name = statement.attributes.get("property", statement.name)
        found.setdefault(name, []).append(statement.value)
    return found


def book(*inlines, meta=META, assets=(PICTURE,)) -> Book:
    whole = replace(chapter("茶", paragraph((text("水"), *inlines))), id="c1")
    return Book(meta, (text("茶"),), (), (whole,), assets)


def picture(alt: str) -> Image:
    return Image("seal.png", alt, span=SPAN)


def test_everything_known_is_said():
    found = said(book())
    assert found["title"] == ["山居笔记", "附种茶手册"]
    assert found["title-type"] == ["main", "subtitle"]
    assert found["language"] == ["zh-CN"]
    assert found["publisher"] == ["松间书屋"]
    assert found["date"] == ["2024-12-27"]
    assert found["source"] == ["https://example.org/notes?id=1&page=2"]
    assert found["rights"] == ["作者保留一切权利。"]
    assert found["description"] == ["一个人在山里住了一年，记下了四季。"]


def test_a_series_is_told_as_epub_3_and_as_calibre_do():
    found = said(book())
    assert found["belongs-to-collection"] == ["山居丛书"]
    assert found["collection-type"] == ["series"]
    assert found["group-position"] == ["2"]
    named = {
        s.attributes["name"]: s.attributes["content"]
        for s in describe(job(book()))
        if "name" in s.attributes
    }
    assert named == {"calibre:series": "山居丛书", "calibre:series_index": "2"}


def test_subjects_and_isbn_are_told():
    found = said(book())
    assert found["subject"] == ["散文", "茶"]
    assert found["identifier"] == ["urn:isbn:9787020002207"]


def test_an_isbn_that_names_the_publication_is_not_told_twice():
    made = replace(job(book()), identifier="urn:isbn:9787020002207")
    assert "identifier" not in {statement.name for statement in describe(made)}


def test_nothing_unknown_is_said():
    found = said(book(meta=Metadata(title="茶", language="zh-Hant")))
    assert found["title"] == ["茶"]
    assert found["language"] == ["zh-TW"]
    assert {"creator", "publisher", "date", "source", "rights", "subject"}.isdisjoint(
        found
    )
    assert {"belongs-to-collection", "identifier"}.isdisjoint(found)


def test_only_authors_are_creators():
    found = said(book())
    assert found["creator"] == ["林望舒"]
    assert found["contributor"] == ["周牧"]
    assert found["role"] == ["aut", "trl"]
    assert found["file-as"] == ["Lin, Wangshu"]


def test_an_editor_without_an_author_is_a_creator():
    found = said(book(meta=Metadata(title="茶", creators=(Creator("周牧", "edt"),))))
    assert found["creator"] == ["周牧"]


def test_refinements_point_to_what_they_refine():
    statements = list(describe(job(book())))
    names = {s.attributes["id"] for s in statements if "id" in s.attributes}
    refined = {s.attributes["refines"] for s in statements if "refines" in s.attributes}
    assert refined == {f"#{name}" for name in names}


def test_text_alone_is_no_picture_book():
    found = said(book(assets=()))
    assert found["schema:accessMode"] == ["textual"]
    assert found["schema:accessModeSufficient"] == ["textual"]
    assert "alternativeText" not in found["schema:accessibilityFeature"]


def test_described_pictures_can_be_heard():
    found = said(book(picture("印章")))
    assert found["schema:accessMode"] == ["textual", "visual"]
    assert found["schema:accessModeSufficient"] == ["textual", "textual,visual"]
    assert "alternativeText" in found["schema:accessibilityFeature"]
    assert "图片都有文字说明" in found["schema:accessibilitySummary"][0]


def test_one_picture_without_words_is_enough_to_say_so():
    found = said(book(picture("印章"), picture("")))
    assert found["schema:accessModeSufficient"] == ["textual,visual"]
    assert "alternativeText" not in found["schema:accessibilityFeature"]
    assert "部分图片没有文字说明" in found["schema:accessibilitySummary"][0]


def test_a_picture_in_a_note_counts():
    found = said(book(Note(((picture(""),),), "n1", 1, span=SPAN)))
    assert found["schema:accessMode"] == ["textual", "visual"]


@pytest.mark.parametrize(
    ("inlines", "expected"), [((), False), ((Ruby("垭", "yā", span=SPAN),), True)]
)
def test_readings_are_claimed_where_there_are_some(inlines, expected):
    features = said(book(*inlines))["schema:accessibilityFeature"]
    assert ("rubyAnnotations" in features) is expected


def test_a_moving_picture_may_flash():
    moving = Asset("wave.gif", "image/gif", b"GIF89a")
    assert said(book())["schema:accessibilityHazard"] == ["none"]
    assert said(book(assets=(moving,)))["schema:accessibilityHazard"] == ["unknown"]


def test_the_summary_is_in_the_language_of_the_book():
    traditional = said(book(meta=replace(META, language="zh-Hant")))
    assert "本書" in traditional["schema:accessibilitySummary"][0]
