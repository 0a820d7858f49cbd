"""Small files that would fill a machine: each is read, or refused, soon.

The processor is the only clock: a limit of seconds is far more than any needs.
"""

from __future__ import annotations

import resource
import struct
import subprocess
import sys
import time
import zlib
from base64 import b64encode
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from pipeline import limits, reading, works
from pipeline.checks.epub import publication
from pipeline.checks.epub.publication import Unreadable
from pipeline.diagnostics import Code, Severity
from pipeline.fonts import opentype
from pipeline.fonts.opentype import Unusable
from pipeline.fonts.own import wishes
from tests.readers.office import docx, p, zipped
from tests.readers.test_epub import epub
from tests.test_assets import PNG, Wall

SOON = 20  # seconds of the processor
ENTITIES = "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" if n else "<!ENTITY a0 '哈哈'>"
    for n in range(12)
)
BOMB = f"<!DOCTYPE x [{ENTITIES}]>"
EXTERNAL = '<!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>'
QUADRATIC = f"<!DOCTYPE x [<!ENTITY a11 '{'哈' * 50_000}'>]>"


@contextmanager
def soon():
    start = time.process_time()
    yield
    assert time.process_time() - start < SOON


def read(folder, name, data):
    """Return what was understood of a file, and what was found wrong with it."""
    (folder / name).write_bytes(data)
    found = []
    work = works.locate(folder / name, found.append)
    with soon():
        understood = reading.read(work)
    found += understood.diagnostics
    return understood, [diagnostic.code for diagnostic in found]


# XML ------------------------------------------------------------------------------


@pytest.mark.parametrize("declared", [BOMB, EXTERNAL, QUADRATIC])
@pytest.mark.parametrize("part", ["word/document.xml", "docProps/core.xml"])
def test_entities_of_a_word_file_do_not_grow(tmp_path, declared, part):
    data = _replaced(docx(p("正文。&a11;")), part, lambda xml: _declared(xml, declared))
    understood, _codes = read(tmp_path, "a.docx", data)
    _is_plain(understood)


@pytest.mark.parametrize("declared", [BOMB, EXTERNAL, QUADRATIC])
@pytest.mark.parametrize(
    "part", ["OEBPS/a.xhtml", "OEBPS/book.opf", "META-INF/container.xml"]
)
def test_entities_of_an_epub_do_not_grow(tmp_path, declared, part):
    data = epub({"a.xhtml": "<h1>一</h1><p>正文。&a11;&a11;</p>"})
    data = _replaced(data, part, lambda xml: _declared(xml, declared))
    understood, _codes = read(tmp_path, "a.epub", data)
    _is_plain(understood)


@pytest.mark.parametrize("declared", [BOMB, EXTERNAL, QUADRATIC])
def test_entities_of_a_drawing_are_refused(declared):
    svg = f'{declared}<svg xmlns="http://www.w3.org/2000/svg"><text>&a11;</text></svg>'
    wall = Wall({"a.svg": svg.encode()})
    with soon():
        wall.show("a.svg")
    assert wall.codes[0] in (Code.ACTIVE_PICTURE, Code.BROKEN_PICTURE)
    assert not wall.gallery.assets


@pytest.mark.parametrize("declared", [BOMB, EXTERNAL, QUADRATIC])
def test_entities_of_a_page_are_text(tmp_path, declared):
    page = f"{declared}<html><body><h1>一</h1><p>正文。&a11;&a11;</p></body></html>"
    understood, _codes = read(tmp_path, "a.html", page.encode())
    _is_plain(understood)


def test_aliases_of_yaml_do_not_grow(tmp_path):
    lines = ["a0: &a0 [哈, 哈]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    text = "\n".join(
        ("---", "title: 书", *lines, "author: *a11", "---", "", "# 一", "字。")
    )
    understood, _codes = read(tmp_path, "a.md", text.encode())
    assert understood.book.meta.creators == ()
    _is_plain(understood)


def test_front_matter_nested_without_end_is_refused(tmp_path):
    text = f"---\ntitle: {'[' * 100_000}\n---\n\n# 一\n\n字。\n"
    _understood, codes = read(tmp_path, "a.md", text.encode())
    assert Code.BROKEN_FRONT_MATTER in codes


def _declared(xml: str, declared: str) -> str:
    head, mark, rest = xml.rpartition("?>")
    return f"{head}{mark}{declared}{rest}"


def _replaced(data: bytes, part: str, change) -> bytes:
    with ZipFile(BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    return zipped({**parts, part: change(parts[part].decode())})


def _is_plain(understood) -> None:
    """Tell that nothing was put in place of an entity."""
    said = repr(understood.book) + repr(understood.manuscript)
    assert "哈哈" not in said
    assert "root:" not in said


# Packed files ---------------------------------------------------------------------


def _packed(*entries: tuple[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in entries:
            packed.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("name", ["a.docx", "a.epub"])
def test_a_zip_bomb_is_not_unpacked(tmp_path, name):
    data = _packed(("word/document.xml", bytes(100 * 1024 * 1024)))
    assert len(data) < 200_000
    _understood, codes = read(tmp_path, name, data)
    assert codes == [Code.OVERBLOWN_CONTAINER]


def test_nor_is_one_that_is_checked(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    data = _packed(("mimetype", b"application/epub+zip"), ("a", bytes(100 * 1024**2)))
    with soon(), pytest.raises(Unreadable, match="would unpack to 100 MB"):
        publication.read(data)


@pytest.mark.parametrize("name", ["a.docx", "a.epub"])
def test_a_part_that_lies_about_its_size_is_damaged(tmp_path, name):
    data = bytearray(_packed(("word/document.xml", bytes(30 * 1024 * 1024))))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(signature) + offset
        data[place : place + 4] = struct.pack("<I", 1000)
    _understood, codes = read(tmp_path, name, bytes(data))
    assert any(code.severity is Severity.ERROR for code in codes), codes


def test_parts_outside_of_a_packed_file_are_only_names(tmp_path):
    body = '<h1>一</h1><p>字。<img src="../../../out.png" alt=""/></p>'
    files = {"../../out.png": b"x", "/etc/keben-out": b"x", "C:\\out.txt": b"x"}
    understood, _codes = read(tmp_path, "a.epub", epub({"a.xhtml": body}, files=files))
    assert understood.book.assets == ()
    assert [path.name for path in tmp_path.iterdir()] == ["a.epub"]


def test_a_link_in_a_packed_file_is_a_file_of_its_path(tmp_path):
    file = BytesIO(epub({"a.xhtml": '<h1>一</h1><p>字。<img src="l.png" alt=""/></p>'}))
    with ZipFile(file, "a") as packed:
        link = ZipInfo("OEBPS/l.png")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    understood, _codes = read(tmp_path, "a.epub", file.getvalue())
    assert understood.book.assets == ()


# Pictures -------------------------------------------------------------------------


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        sum_of = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + sum_of

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", head),
            chunk(b"IDAT", zlib.compress(bytes(1_000_000), 9)),
            chunk(b"IEND", b""),
        )
    )


@pytest.mark.parametrize(
    "size", [(50_000, 50_000), (2**31 - 1, 2**31 - 1), (99_999, 2_000)]
)
def test_a_picture_of_billions_of_pixels_is_refused(size):
    wall = Wall({"a.png": _png(*size)})
    with soon():
        wall.show("a.png")
    assert wall.codes == [Code.HUGE_PICTURE]


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "WEBP", "JPEG"])
def test_so_is_one_that_only_its_head_claims(kind):
    from tests.test_assets import raster

    data = bytearray(raster(kind, size=(4, 3)))
    for width, height in (
        (struct.pack("<H", 4), struct.pack("<H", 3)),
        (b"\0\4", b"\0\3"),
    ):
        for pair in (width + height, height + width):
            place = data.find(pair)
            if place >= 0:
                data[place : place + 4] = b"\xc3\x50\xc3\x50"
    wall = Wall({"a": bytes(data)})
    with soon():
        wall.show("a")
    assert not wall.gallery.assets or len(wall.gallery.assets[0].data) < 10_000


# Markup ---------------------------------------------------------------------------

DEEP, MANY = 100_000, 10_000


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", f"<body><h1>一</h1>{'<div>' * DEEP}深{'</div>' * DEEP}<p>浅。</p>"),
        ("a.html", f"<body><h1>一</h1>{'<b>' * DEEP}深"),
        ("a.html", f"<body><h1>一</h1>{'<table><tr><td>' * (DEEP // 3)}深"),
        ("a.html", f"<body><h1>一</h1>{'<ul><li>' * (DEEP // 2)}深"),
        ("a.md", f"# 一\n\n{'> ' * DEEP}深\n"),
        ("a.md", f"# 一\n\n{'- ' * DEEP}深\n"),
        ("a.md", f"# 一\n\n{'*a **b ' * (MANY // 2)}深\n"),
        ("a.md", f"# 一\n\n{'[' * MANY}深{']' * MANY}\n"),
        ("a.md", f"# 一\n\n{'![' * MANY}深{'](x)' * 10}\n"),
        ("a.md", f"# 一\n\n{'<b>' * (DEEP // 50)}深\n"),
        ("a.md", f"# 一\n\n${'{' * DEEP}x{'}' * DEEP}$深\n"),
        ("a.md", f"# 一\n\n{'^[' * MANY}深{']' * MANY}\n"),
        ("a.md", f"# 一\n\n{'::: note' + chr(10)} " * (DEEP // 50) + "深\n"),
    ],
)
def test_what_is_nested_without_end_is_read_or_refused(tmp_path, name, text):
    understood, codes = read(tmp_path, name, text.encode())
    is_refused = any(code.severity is Severity.ERROR for code in codes)
    assert is_refused or "深" in f"{understood.book}{understood.manuscript.drops}"


@pytest.mark.parametrize("name", ["a.docx", "a.epub"])
def test_nested_xml_is_read_or_refused(tmp_path, name):
    deep = "<w:ins>" * DEEP + p("深") + "</w:ins>" * DEEP
    if name == "a.docx":
        data = docx(deep)
    else:
        data = epub({"a.xhtml": f"<h1>一</h1>{'<div>' * DEEP}深{'</div>' * DEEP}"})
    understood, codes = read(tmp_path, name, data)
    assert Code.BROKEN_PART in codes or "深" in repr(understood.book)


@pytest.mark.parametrize(
    ("name", "before", "line", "after"),
    [
        ("a.txt", "第一章\n\n", "山" * 1_000_001, "\n"),
        ("a.md", "# 一\n\n", "山" * 1_000_001, "\n"),
        ("a.md", "# 一\n\n", "![" * 1_000_001, "\n"),
        ("a.md", "# 一\n\n", "山" * 99 + "\n", None),
        ("a.html", "<body><h1>一</h1><p>", "山" * 1_000_001, "</p>"),
    ],
)
def test_a_paragraph_of_millions_of_characters_is_refused(
    tmp_path, name, before, line, after
):
    text = before + (line + after if after else line * 10_102)
    _understood, codes = read(tmp_path, name, text.encode())
    assert codes == [Code.OVERLONG_PARAGRAPH]


def test_a_picture_within_a_paragraph_is_none_of_its_characters(tmp_path):
    data = b64encode(PNG + bytes(3_000_000)).decode()
    text = f"# 一\n\n字。![图](data:image/png;base64,{data})字。\n"
    understood, codes = read(tmp_path, "a.md", text.encode())
    assert codes == []
    assert len(understood.book.assets) == 1


# Fonts ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no font",
        b"\x00\x01\x00\x00" + b"\xff" * 100,
        b"OTTO\xff\xff" + bytes(1_000),
        b"ttcf\x00\x01\x00\x00\xff\xff\xff\xff",
        b"wOFF\x00\x01\x00\x00" + struct.pack(">IH", 44, 0xFFFF) + bytes(2_000_000),
        b"wOFF\x00\x01\x00\x00" + struct.pack(">IH", 44, 1) + bytes(30),
    ],
)
def test_a_font_that_is_none_is_refused(tmp_path, data):
    (tmp_path / "x.ttf").write_bytes(data)
    found = []
    with soon():
        wishes({"song": {"": "x.ttf"}}, tmp_path, {}, found.append)
    assert [diagnostic.code for diagnostic in found] == [Code.BROKEN_FONT]


def test_a_web_font_that_would_fill_the_memory_is_refused():
    packed = zlib.compress(bytes(100_000_000), 9)
    count = 100
    head = b"wOFF\x00\x01\x00\x00" + struct.pack(">IH", 44, count) + bytes(30)
    entry = struct.pack(
        ">4sIIII", b"glyf", 44 + 20 * count, len(packed), 100_000_000, 0
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with soon(), pytest.raises(Unusable):
        opentype.unpacked(head + entry * count + packed)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000


# Lines ----------------------------------------------------------------------------

_MEASURED = """
import sys
from pipeline.cli import main
status = main(["build", sys.argv[1], "-o", "dist"])
with open("/proc/self/status") as told:
    peak = next(line.split()[1] for line in told if line.startswith("VmHWM"))
print(status, int(peak) // 1024)
"""


@pytest.mark.parametrize(
    ("name", "unit"), [("a.txt", "山"), ("a.md", "山"), ("a.html", "x")]
)
def test_a_line_of_a_hundred_megabytes_is_refused_without_reading_it(
    tmp_path, name, unit
):
    with (tmp_path / name).open("wb") as file:
        file.write(unit.encode())
        file.truncate(100 * 1024 * 1024)
    command = (sys.executable, "-c", _MEASURED, name)
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    status, megabytes = done.stdout.split()[-2:]
    assert (status, int(megabytes) < 150) == ("1", True)
    assert f"no more than {limits.TEXT_BYTES // 2**20} MB" in done.stderr
