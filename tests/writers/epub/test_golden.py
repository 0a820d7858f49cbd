"""Every text file of the specimen's EPUB, as it shall be; renew with --accept."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.specimen import packed, specimen

GOLDEN = Path(__file__).parents[2] / "cases" / "epub"
OWN_TESTS = (".css", ".jpg", ".png")


def test_the_unpacked_book(request):
    with zipfile.ZipFile(io.BytesIO(packed(specimen()))) as archive:
        actual = {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if not name.endswith(OWN_TESTS)
        }
    if request.config.getoption("--accept"):
        _write(actual)
    assert actual == {
        path.relative_to(GOLDEN).as_posix(): path.read_bytes().decode()
        for path in GOLDEN.rglob("*")
        if path.is_file()
    }


def _write(files: dict[str, str]) -> None:
    for path in GOLDEN.rglob("*"):
        if path.is_file():
            path.unlink()
    for name, content in files.items():
        path = GOLDEN / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
