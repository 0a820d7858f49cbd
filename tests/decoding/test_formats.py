"""Formats are known by their first bytes, whatever the file is called."""

import io
import zipfile

import pytest

from pipeline.decoding.formats import identify


def archive(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "application/epub+zip" if name == "mimetype" else "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (archive("mimetype", "OPS/package.opf"), "EPUB"),
        (archive("[Content_Types].xml", "word/document.xml"), "Word (.docx)"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "Excel (.xlsx)"),
        (archive("a.txt"), "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "Word 97–2003 (.doc)"),
        (rb"{\rtf1\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n\0", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"title".ljust(60, b"\0") + b"BOOKMOBI", "Kindle (.mobi)"),
        (b"Rar!\x1a\x07\0", "RAR"),
    ],
)
def test_known_formats(data, name):
    assert identify(data) == name


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"BM and other words",
        b"<html>",
        b"%P",
        "第一章".encode("gbk"),
        b"\xff\xfe",
    ],
)
def test_text(data):
    assert identify(data) is None
