"""Fonts: found by package, and verified byte for byte."""

from __future__ import annotations

import shutil
from importlib.machinery import ModuleSpec

import pytest
from fontTools.ttLib import TTFont

from pipeline import fonts
from pipeline.failures import Status
from pipeline.fonts import shelf


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Put a copy of the fonts in the place of the installed ones."""
    for face in fonts.faces():
        inside = "files" if face.path.parent.name == "files" else ""
        (tmp_path / inside).mkdir(exist_ok=True)
        shutil.copy(face.path, tmp_path / inside)
    spec = ModuleSpec("fonts", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(shelf, "find_spec", lambda _name: spec)
    return tmp_path


def test_faces_say_the_names_that_the_files_say():
    for face in fonts.faces():
        with TTFont(face.path, lazy=True) as font:
            assert font["name"].getDebugName(6) == face.postscript
            assert "Open Font License" in font["name"].getDebugName(13)


def test_an_unharmed_copy_is_taken(package):
    assert all(face.path.is_relative_to(package) for face in fonts.faces())


def test_one_changed_byte_is_noticed(package, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    altered = bytearray((package / "NotoSansSC-Regular.otf").read_bytes())
    altered[-1] ^= 1
    (package / "NotoSansSC-Regular.otf").write_bytes(altered)
    with pytest.raises(fonts.FontMissing, match="Noto Sans SC") as raised:
        fonts.verify(fonts.faces())
    assert raised.value.status is Status.MACHINE
    assert "pip install --force-reinstall pylopdf-fonts-zh-cn" in str(raised.value)


def test_a_missing_file_is_noticed(package):
    (package / "NotoSerifSC-Regular.otf").unlink()
    with pytest.raises(fonts.FontMissing, match="Noto Serif SC"):
        fonts.faces()


def test_a_missing_package_is_noticed(monkeypatch):
    monkeypatch.setattr(shelf, "find_spec", lambda _name: None)
    with pytest.raises(fonts.FontMissing, match="pylopdf-fonts-zh-cn"):
        fonts.faces()
