"""Zip files from unknown hands."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from pipeline.archive import unpack
from pipeline.diagnostics import Code


def zipped(*parts):
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return packed.getvalue()


def opened(data):
    found = []
    return unpack(data, "书.epub", "EPUB", found.append), found


def test_parts_are_read_by_their_paths():
    archive, found = opened(zipped(("a/b.txt", "字"), ("/c.txt", "x")))
    assert archive is not None
    assert found == []
    assert archive.paths == ("a/b.txt", "c.txt")
    assert archive.read("a/b.txt") == "字".encode()
    assert archive.read("none") is None
    assert "c.txt" in archive


def test_a_damaged_part_is_reported_when_it_is_read():
    data = zipped(("a.txt", b"0123456789"), ("b.txt", b"sound"))
    archive, found = opened(data.replace(b"0123456789", b"0123x56789"))
    assert archive is not None
    assert archive.read("a.txt") is None
    assert archive.read("b.txt") == b"sound"
    assert [diagnostic.code for diagnostic in found] == [Code.BROKEN_CONTAINER]


def test_a_part_with_a_password_is_not_read():
    data = bytearray(zipped(("a.txt", b"x")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    archive, found = opened(bytes(data))
    assert archive is None
    assert [diagnostic.code for diagnostic in found] == [Code.ENCRYPTED_FILE]


def test_more_parts_than_any_book_has_are_refused():
    archive, found = opened(zipped(*((f"{n}.txt", b"") for n in range(20_001))))
    assert archive is None
    assert [diagnostic.code for diagnostic in found] == [Code.OVERBLOWN_CONTAINER]
