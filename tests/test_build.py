"""A source is read once for both editions, by one set of templates."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from pipeline import build as module
from pipeline.assets import inks
from pipeline.build import Order, build
from pipeline.diagnostics import Code
from pipeline.model import Kind, Section, walk
from tests.press import profile

TEXT = "夜航\n\n第一章 出海\n\n　　船出了港。\n\n第二章 归来\n\n　　船回了港。\n"


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "night.txt"
    path.write_text(TEXT, "utf-8")
    return path


def make(source, **order):
    return build(source, source.parent / "dist", Order(**order), lambda _stage: None)


def test_a_source_is_read_once_for_both_editions(source, monkeypatch):
    reads = []
    real = Path.read_bytes

    def counted(self):
        reads.append(self)
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", counted)
    outcome = make(source, proved=False)
    assert reads.count(source) == 1
    assert [e.path.suffix for e in outcome.editions] == [".epub", ".pdf"]


def test_both_editions_are_rendered_from_the_same_book(source, monkeypatch):
    rendered = []
    real = module.render

    def noted(book, edition, identifier, starts, credit):
        result = real(book, edition, identifier, starts, credit)
        rendered.append((book, result))
        return result

    monkeypatch.setattr(module, "render", noted)
    make(source)
    (other, single), (one, split) = rendered
    assert one is other
    bodies = "".join(
        body(page.xhtml) for page in split.pages if page.matter == "bodymatter"
    )
    # The same templates make the same markup; only hrefs know of files.
    assert len(split.pages) > len(single.pages) == 1
    assert bodies in re.sub(r"\s*\n\s*", "", single.pages[0].xhtml)


def body(xhtml):
    inside = re.search(r"<body[^>]*>(.*)</body>", xhtml, re.DOTALL)
    without_marks = re.sub(r'<span id="page-[^>]*></span>', "", inside[1])
    return re.sub(r"\s*\n\s*", "", without_marks)


def test_the_settings_beside_a_source_win(source):
    source.with_suffix(".toml").write_text('title = "另名"\nto = "epub"\n', "utf-8")
    outcome = make(source)
    assert outcome.reading.manuscript.meta.title == "另名"
    assert [edition.path.suffix for edition in outcome.editions] == [".epub"]
    assert "夜航" in [drop.text for drop in outcome.reading.manuscript.drops]


def test_a_folder_of_files_becomes_one_book(tmp_path):
    folder = tmp_path / "夜航集"
    folder.mkdir()
    (folder / "a.txt").write_text("序\n\n　　写在前面。\n", "utf-8")
    (folder / "b.txt").write_text(TEXT, "utf-8")
    (folder / "book.toml").write_text(
        'title = "夜航集"\nsources = ["a.txt", "b.txt"]\nto = "epub"\n', "utf-8"
    )
    outcome = build(folder, tmp_path / "dist", Order(), lambda _stage: None)
    assert [edition.path.name for edition in outcome.editions] == ["夜航集.epub"]
    book = outcome.reading.book
    chapters = [
        node
        for section in book.sections
        for node in walk(section)
        if isinstance(node, Section) and node.kind is Kind.CHAPTER
    ]
    assert {node.span.source for node in chapters} >= {"b.txt"}


def test_the_date_of_a_book_comes_from_the_epoch_or_from_the_source(monkeypatch):
    from pipeline.model import Metadata

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert module._modified(Metadata(date="2024-12-27T09:17:17")).isoformat() == (
        "2024-12-27T09:17:17+00:00"
    )
    assert module._modified(Metadata(date="2024")).year == 2024
    assert module._modified(Metadata(date="某年")).year == 2000
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert module._modified(Metadata(date="2024")).year == 1970
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9" * 30)
    assert module._modified(Metadata()).year == 9999


def test_a_profile_is_named_from_the_folder_of_its_book(source, monkeypatch):
    folder = source.parent / "icc"
    folder.mkdir()
    (folder / "press.icc").write_bytes(profile())
    source.with_suffix(".toml").write_text(
        "[set]\nprint = 'press'\nprofile = 'icc/press.icc'\n", "utf-8"
    )
    monkeypatch.chdir(folder)
    outcome = make(source, outputs=("pdf",), recorded=True)
    (edition,) = outcome.editions
    assert edition.profile is not None
    assert edition.profile.path == folder / "press.icc"
    assert not outcome.diagnostics
    said = json.loads((source.parent / "dist/night.provenance.json").read_bytes())
    (told,) = said["to_be_equal"]["profiles"]
    assert told["name"] == "FOGRA39 of the tests"
    assert told["sha256"] == hashlib.sha256(profile()).hexdigest()


def test_a_profile_that_nobody_named_is_told(source, monkeypatch):
    (source.parent / "default_cmyk.icc").write_bytes(profile("Any press"))
    monkeypatch.setattr(inks, "_FOLDERS", (source.parent,))
    outcome = make(source, outputs=("pdf",), settings={"print": "press"})
    (found,) = outcome.diagnostics
    assert found.code is Code.USUAL_PROFILE
    assert "Any press" in found.message
