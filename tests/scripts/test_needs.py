"""Libraries count when they load, certificates when they can be read."""

from __future__ import annotations

import ssl
import sys
from types import SimpleNamespace

import pytest
from machine import needs
from machine.needs import Need


@pytest.fixture
def linux(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


def store(monkeypatch, **paths):
    found = SimpleNamespace(**{"cafile": None, "capath": None} | paths)
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: found)


def test_the_libraries_that_the_pdf_is_set_with_are_here():
    assert list(needs.missing_libraries()) == []


def test_a_library_that_does_not_load_is_missing(monkeypatch):
    def refuse(name):
        raise OSError(name)

    monkeypatch.setattr(needs.ctypes, "CDLL", refuse)
    assert list(needs.missing_libraries()) == [
        Need.PANGO,
        Need.PANGOFT2,
        Need.HARFBUZZ_SUBSET,
    ]


def test_reading_systems_take_programs_and_what_playwright_is_linked_to(
    linux, monkeypatch
):
    monkeypatch.setattr(needs, "which", lambda _name: None)
    monkeypatch.setattr(needs, "_loads", lambda _name: False)
    wanted = [Need.NODE, Need.NPM, Need.CHROMIUM, Need.ATOMIC]
    assert list(needs.missing_for_reading_systems()) == wanted
    monkeypatch.setattr(sys, "platform", "darwin")
    assert list(needs.missing_for_reading_systems()) == wanted[:3]


def test_a_library_under_another_name_is_found(monkeypatch):
    def load(name):
        if name.endswith(".so.0"):
            raise OSError(name)
        return name

    monkeypatch.setattr(needs.ctypes, "CDLL", load)
    monkeypatch.setattr(needs, "find_library", lambda stem: f"/opt/lib/{stem}.dylib")
    assert list(needs.missing_libraries()) == []


def test_an_empty_folder_holds_no_certificates(linux, monkeypatch, tmp_path):
    store(monkeypatch, capath=str(tmp_path))
    assert not needs.has_certificates()
    (tmp_path / "authority.pem").touch()
    assert needs.has_certificates()


def test_certificates_that_the_user_names_must_be_there(linux, monkeypatch, tmp_path):
    store(monkeypatch)
    monkeypatch.setenv("PIP_CERT", str(tmp_path / "authorities.pem"))
    assert not needs.has_certificates()
    (tmp_path / "authorities.pem").touch()
    assert needs.has_certificates()


def test_off_linux_pip_brings_its_own(linux, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    store(monkeypatch)
    assert needs.has_certificates()
