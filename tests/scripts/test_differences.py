"""What differs between two files is said, down to the part and the line."""

from __future__ import annotations

import io
from zipfile import ZipFile, ZipInfo

import pikepdf
import pytest
from differences import differences


def epub(**parts: str) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(ZipInfo(f"{name}.xhtml", (2000, 1, 1, 0, 0, 0)), text)
    return made.getvalue()


def pdf(text: bytes) -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.Root.Story = document.make_stream(text)
        document.save(made, deterministic_id=True)
    return made.getvalue()


@pytest.mark.parametrize("name", ["a.epub", "a.pdf", "a.json"])
def test_equal_files_differ_in_nothing(name):
    assert differences(name, b"\xff", b"\xff") == []


def test_a_part_of_an_epub_is_named_with_its_line():
    found = differences("a.epub", epub(one="a\nb", two="x"), epub(one="a\nc", two="x"))
    assert found == [
        "one.xhtml: @@ -2 +2 @@",
        "one.xhtml: -b",
        "one.xhtml: +c",
    ]


def test_a_part_that_is_missing_is_named():
    found = differences("a.epub", epub(one="a", two="x"), epub(one="a"))
    assert "list of parts: -two.xhtml" in found


def test_a_date_in_an_epub_is_named():
    first, second = epub(one="a"), epub(one="a").replace(b"\x21\x28", b"\x22\x28")
    assert any("date is (2000" in line for line in differences("a.epub", first, second))


def test_an_object_of_a_pdf_is_named_with_its_line():
    found = differences("a.pdf", pdf(b"one\ntwo"), pdf(b"one\nthree"))
    assert any(line.endswith(": -two") for line in found)
    assert any(line.endswith(": +three") for line in found)


def test_other_bytes_are_told_by_their_place():
    found = differences("a.bin", b"\xff\x00\x01", b"\xff\x00\x02\x03")
    assert found == ["a.bin: 3 and 4 bytes, different from byte 2"]
