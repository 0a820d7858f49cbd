"""An unfit Python hands over to one that fits, or says how to get one."""

from __future__ import annotations

import os
import sys

import pytest
from machine import interpreter


@pytest.fixture
def python_39(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))


def test_a_python_that_fits_goes_on_in_silence(machine, capsys):
    interpreter.ensure_supported()
    assert capsys.readouterr().err == ""


def test_an_old_python_hands_over_to_the_newest_that_runs(
    machine, python_39, monkeypatch
):
    machine.install("python3.14", code=127)  # a stand-in, as pyenv leaves them
    machine.install("python3.13")
    machine.install("python3.11")
    monkeypatch.setattr(sys, "argv", ["scripts/bootstrap.py", "book"])
    started = []
    monkeypatch.setattr(os, "execv", lambda *call: started.append(call))
    with pytest.raises(SystemExit):  # nothing took over: this is a test
        interpreter.ensure_supported()
    path = str(machine.programs / "python3.13")
    assert started[0] == (path, [path, "scripts/bootstrap.py", "book"])


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("dnf", "sudo dnf install --assumeyes python3.12"),
        ("pacman", "sudo pacman -Syu python"),
        ("apk", "sudo apk add --upgrade python3"),
        ("brew", "brew install python@3.13"),
        (
            "nix",
            "python3 -m pip install --user uv && python3 -m uv python install 3.13",
        ),
    ],
)
def test_an_old_python_alone_names_the_command(
    machine, python_39, capsys, program, command
):
    machine.install(program)
    with pytest.raises(SystemExit) as stopped:
        interpreter.ensure_supported()
    said = capsys.readouterr().err
    assert stopped.value.code == 3
    assert "Keben needs Python 3.11 or newer, and this is Python 3.9." in said
    assert f"\n    {command}\n" in said


def test_apt_is_asked_which_python_it_has(machine, python_39, capsys):
    machine.install("apt-get")
    machine.install("apt-cache", says="python3.14 - Interactive language")
    with pytest.raises(SystemExit):
        interpreter.ensure_supported()
    assert machine.calls == [r"apt-cache search --names-only ^python3\.14$"]
    said = capsys.readouterr().err
    assert "\n    sudo apt-get install --yes python3.14 python3.14-venv\n" in said


def test_root_is_told_of_no_sudo(machine, python_39, monkeypatch, capsys):
    machine.install("dnf")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(SystemExit):
        interpreter.ensure_supported()
    assert "\n    dnf install --assumeyes python3.12\n" in capsys.readouterr().err


def test_an_apt_without_any_python_that_fits_leads_elsewhere(
    machine, python_39, capsys
):
    machine.install("apt-get")
    machine.install("apt-cache")
    with pytest.raises(SystemExit):
        interpreter.ensure_supported()
    assert "uv python install 3.13" in capsys.readouterr().err


def test_a_newer_python_alone_is_tried(machine, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 15, 0))
    interpreter.ensure_supported()
    assert capsys.readouterr().err == ""
