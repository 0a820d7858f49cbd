"""The layout engine: shut in, quiet, and only a little changed."""

from __future__ import annotations

import gc
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import theme
from pipeline.diagnostics import Code, Diagnostic
from pipeline.failures import Status
from pipeline.layout import Copy, EngineMissing, Imprint, engine, paginate
from pipeline.model import Asset
from pipeline.writer import Stylesheet
from tests.paper import pages

ROOT = Path(__file__).parents[2]


def set_on_pages(
    body: str, css: str = "", assets: tuple[Asset, ...] = ()
) -> tuple[bytes, list[Diagnostic]]:
    found: list[Diagnostic] = []
    sheet = Stylesheet("css/test.css", f'html {{ font-family: "Keben Song" }} {css}')
    xhtml = f'<html lang="zh-CN"><body>{body}</body></html>'
    copy = Copy(xhtml, (sheet,), theme.load().faces, assets)
    return paginate(copy, Imprint(), found.append).data, found


def fonts(pdf: bytes) -> set[str]:
    return {font.name.partition("+")[2] for page in pages(pdf) for font in page.fonts}


# Fonts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "family", ["serif", "sans-serif", "monospace", "Noto Serif CJK SC", "DejaVu Sans"]
)
def test_no_font_of_the_system_is_ever_used(family):
    pdf, _found = set_on_pages("<p>山水 abc</p>", f"p {{ font-family: {family} }}")
    assert fonts(pdf) <= {"Keben-Song", "Keben-Hei"}


def test_the_environment_is_left_as_it_was(monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "/somewhere/fonts.conf")
    set_on_pages("<p>山</p>")
    assert os.environ["FONTCONFIG_FILE"] == "/somewhere/fonts.conf"
    monkeypatch.delenv("FONTCONFIG_FILE")
    set_on_pages("<p>山</p>")
    assert "FONTCONFIG_FILE" not in os.environ


def test_a_character_that_no_face_has_is_told_even_if_css_put_it_there():
    _pdf, found = set_on_pages("<p>山</p>", 'p::before { content: "한" }')
    assert [d.code for d in found] == [Code.LAYOUT_REMARK]
    assert "U+D55C" in found[0].values["remark"]


# What it may read ---------------------------------------------------------------

PICTURE = Asset(
    "图 1.svg",
    "image/svg+xml",
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
)


def test_assets_of_the_book_are_shown():
    _pdf, found = set_on_pages('<img src="图 1.svg" alt="图"/>', assets=(PICTURE,))
    assert found == []


@pytest.mark.parametrize(
    "source",
    ["图 2.svg", "https://example.org/x.png", "file:///etc/passwd", "../../x.png"],
)
def test_nothing_else_is(source, monkeypatch):
    def no_network(*_arguments: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", no_network)
    body = f'<img src="{source}" alt="图"/>'
    _pdf, found = set_on_pages(body, assets=(PICTURE,))
    assert [d.code for d in found] == [Code.UNREADABLE_PICTURE]


@pytest.mark.parametrize("url", ["https://example.org/x.png", "file:///etc/passwd"])
def test_style_sheets_reach_no_further(url, monkeypatch):
    monkeypatch.setattr("socket.socket.connect", pytest.fail)
    _pdf, found = set_on_pages("<p>山</p>", f'p {{ background: url("{url}") }}')
    assert [d.code for d in found] == [Code.UNREADABLE_PICTURE]
    assert "is not a part of the book" in str(found[0])


# What it says -------------------------------------------------------------------


def test_its_messages_become_diagnostics_and_nothing_else(capfd, caplog):
    _pdf, found = set_on_pages("<p>山</p>", "p { colour: red }")
    assert [d.code for d in found] == [Code.LAYOUT_REMARK]
    assert "colour" in str(found[0])
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []
    assert logging.getLogger("weasyprint").propagate


def test_a_picture_without_description_is_a_decoration():
    _pdf, found = set_on_pages('<img src="图 1.svg" alt=""/>', assets=(PICTURE,))
    assert found == []


# Libraries that are not there ---------------------------------------------------

WITHOUT_PANGO = """
import sys
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint":
            print("advice for other people")
            raise OSError("cannot load library 'libpango-1.0-0'")
sys.meta_path.insert(0, Gone())
from pipeline.cli import main
sys.exit(main(["build", *sys.argv[1:]]))
"""


def test_without_pango_the_command_says_what_to_install(tmp_path):
    source = tmp_path / "书.txt"
    source.write_text("山居\n\n　　山中何所有？\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PANGO, str(source), "-o", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == Status.MACHINE
    assert "libpango-1.0-0" in done.stderr
    assert "apt-get install" in done.stderr
    assert "advice for other people" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("*.pdf"))


def test_the_failure_is_one_of_the_machine():
    assert EngineMissing.status is Status.MACHINE


# What it does to Python ---------------------------------------------------------


def test_the_collector_of_garbage_rests_only_meanwhile(monkeypatch):
    states = []
    monkeypatch.setattr(engine, "_product", lambda *_: states.append(gc.isenabled()))
    set_nothing = Copy("", (), ()), Imprint(), [].append
    paginate(*set_nothing)
    assert states == [False]
    assert gc.isenabled()
    gc.disable()
    try:
        paginate(*set_nothing)
        assert not gc.isenabled()
    finally:
        gc.enable()


STARTS = """
import subprocess
def refuse(*arguments, **named):
    raise AssertionError(arguments)
subprocess.Popen.__init__ = refuse
import ctypes.util
before = ctypes.util.find_library
from pipeline.layout import Copy, Imprint, paginate
try:
    paginate(Copy("<html/>", (), ()), Imprint(), print)
except AssertionError:
    raise
except Exception:
    pass
assert ctypes.util.find_library is before
import sys
assert "pipeline.layout.engine" in sys.modules
assert "ziamath" not in sys.modules
"""


@pytest.mark.skipif(sys.platform != "linux", reason="libraries have other names")
def test_the_engine_is_loaded_without_any_program():
    done = subprocess.run([sys.executable, "-c", STARTS], cwd=ROOT, check=False)
    assert done.returncode == 0
