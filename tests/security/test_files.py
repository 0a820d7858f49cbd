"""No file outside the folder of a book is read, by whatever way it is named."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline import reading, works
from pipeline.build import Order, build
from pipeline.cli import main
from pipeline.reading import failed
from tests.readers.office import docx, p
from tests.readers.test_epub import epub
from tests.test_assets import PNG

SECRET = "外面的秘密"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Return the folder of a book, beside a secret text and a secret picture."""
    monkeypatch.setenv("LC_ALL", "C")
    (tmp_path / "secret.txt").write_text(f"第一章\n\n{SECRET}。\n", "utf-8")
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "secret.toml").write_text(f'title = "{SECRET}"\n', "utf-8")
    (tmp_path / "SUMMARY.md").write_text("- [密](secret.txt)\n", "utf-8")
    folder = tmp_path / "书"
    folder.mkdir()
    return folder


@pytest.fixture
def read(monkeypatch, desk):
    """Return the files beside the book's folder that were opened."""
    opened = []
    outside = str(desk.parent)

    def watch(event, arguments):
        if event == "open" and watching and isinstance(arguments[0], str):
            path = str(Path(arguments[0]).resolve())
            if path.startswith(f"{outside}/secret") or path == f"{outside}/SUMMARY.md":
                opened.append(path)

    watching = [True]
    sys.addaudithook(watch)  # can't be taken away again: it is told to look away
    yield opened
    watching.clear()


def test_what_is_read_would_be_seen(desk, read):
    (desk / "../secret.txt").read_bytes()
    assert read == [str(desk.parent / "secret.txt")]


PICTURES = [
    "../secret.png",
    "..%2fsecret.png",
    "%2e%2e/secret.png",
    "a/../../secret.png",
    "..\\secret.png",
    "{parent}/secret.png",
    "file://{parent}/secret.png",
    "file:../secret.png",
    "link.png",
    "linked/secret.png",
]


@pytest.mark.parametrize("address", PICTURES)
@pytest.mark.parametrize("form", ["markdown", "html", "docx", "epub"])
def test_no_picture_outside_is_shown(desk, read, address, form):
    (desk / "link.png").symlink_to("../secret.png")
    (desk / "linked").symlink_to("..")
    address = address.replace("{parent}", str(desk.parent))
    name, data = _showing(address, form)
    (desk / name).write_bytes(data)
    understood = reading.read(works.locate(desk / name, lambda _diagnostic: None))
    assert read == []
    assert understood.book.assets == ()


def _showing(address: str, form: str) -> tuple[str, bytes]:
    match form:
        case "markdown":
            return "a.md", f"# 一\n\n字。\n\n![图](<{address}>)\n".encode()
        case "html":
            page = (
                f"<html><body><h1>一</h1><p>字。<img src='{address}'></p></body></html>"
            )
            return "a.html", page.encode()
        case "epub":
            body = f'<h1>一</h1><p>字。<img src="{address}" alt=""/></p>'
            return "a.epub", epub({"a.xhtml": body})
        case _:
            picture = (
                "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData>"
                '<a:blip r:link="x"/>'
                "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
            )
            return "a.docx", docx(p("字。") + p(picture), links={"x": address})


@pytest.mark.parametrize("name", ["../secret.txt", "{parent}/secret.txt", "link.txt"])
def test_no_source_outside_is_read(desk, read, capsys, name):
    (desk / "link.txt").symlink_to("../secret.txt")
    name = name.replace("{parent}", str(desk.parent))
    (desk / "book.toml").write_text(f'sources = ["{name}"]\n', "utf-8")
    assert main(["build", str(desk), "-o", str(desk / "dist")]) == 2
    assert "outside" in capsys.readouterr().err
    assert read == []


def test_no_settings_outside_are_read(desk, read, capsys):
    (desk / "book.toml").symlink_to("../secret.toml")
    (desk / "a.txt").write_text("第一章\n\n字。\n", "utf-8")
    (desk / "a.toml").symlink_to("../secret.toml")
    for source in (desk, desk / "a.txt"):
        assert main(["build", str(source), "-o", str(desk / "dist")]) == 2
        assert "leads out of the folder" in capsys.readouterr().err
    assert read == []


@pytest.mark.parametrize("said", ['src = ".."', 'src = "{parent}"', 'src = "linked"'])
def test_no_contents_outside_are_read(desk, read, capsys, said):
    (desk / "linked").symlink_to("..")
    said = said.replace("{parent}", str(desk.parent))
    (desk / "book.toml").write_text(f"[book]\n{said}\n", "utf-8")
    assert main(["build", str(desk), "-o", str(desk / "dist")]) == 2
    assert read == []
    assert "Traceback" not in capsys.readouterr().err


def test_contents_name_no_file_outside(desk, read, capsys):
    (desk / "SUMMARY.md").write_text("- [密](../secret.txt)\n", "utf-8")
    assert main(["build", str(desk), "-o", str(desk / "dist")]) == 2
    assert read == []
    assert "outside" in capsys.readouterr().err


def test_no_cover_outside_is_shown(desk, read):
    (desk / "book.toml").write_text(
        'sources = ["a.txt"]\ncover = "../secret.png"\n', "utf-8"
    )
    (desk / "a.txt").write_text("第一章\n\n字。\n", "utf-8")
    outcome = build(desk, desk / "dist", Order(("epub",)), lambda _stage: None)
    assert failed(outcome.diagnostics)
    assert read == []


@pytest.mark.parametrize("path", ["/dev/zero", "secret.txt"])
def test_a_font_is_one_or_is_not_read_on(desk, capsys, path):
    """A whole path may name a font; nothing else of that file goes anywhere."""
    name = path if path.startswith("/") else str(desk.parent / path)
    (desk / "a.txt").write_text("第一章\n\n字。\n", "utf-8")
    (desk / "a.toml").write_text(f'[fonts]\nsong = "{name}"\n', "utf-8")
    assert main(["build", str(desk / "a.txt"), "-o", str(desk / "dist")]) == 1
    message = capsys.readouterr().err
    assert SECRET not in message
    assert "K504" in message or "K505" in message
    assert not (desk / "dist").exists()


@pytest.mark.parametrize("path", ["/dev/zero", "secret.txt"])
def test_so_is_a_profile(desk, capsys, path):
    name = path if path.startswith("/") else str(desk.parent / path)
    (desk / "a.txt").write_text("第一章\n\n字。\n", "utf-8")
    said = ("--set", "print=press", "--set", f"profile={name}", "--to", "pdf")
    out = ("-o", str(desk / "dist"))
    assert main(["build", str(desk / "a.txt"), *said, *out]) == 2
    assert SECRET not in capsys.readouterr().err
