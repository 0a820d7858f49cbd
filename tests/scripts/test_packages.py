"""What is missing is installed where the rights are there, else named."""

from __future__ import annotations

import os
import sys

import pytest
from machine.needs import Need
from machine.packages import MANAGERS, check, supply

VENV = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def refused(capfd, *needs: Need) -> str:
    with pytest.raises(SystemExit) as stopped:
        supply(needs)
    assert stopped.value.code == 3
    return capfd.readouterr().err


@pytest.mark.parametrize("manager", MANAGERS, ids=lambda manager: manager.program)
def test_every_manager_has_a_name_for_everything(manager):
    assert set(manager.packages) == set(Need)


def test_root_refreshes_the_lists_and_installs(machine, monkeypatch, capfd):
    machine.install("apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    supply((Need.PANGOFT2, Need.VENV))
    install = f"install --yes --no-install-recommends libpangoft2-1.0-0 {VENV}"
    assert machine.calls == ["apt-get update", f"apt-get {install}"]
    assert f"running: apt-get {install}" in capfd.readouterr().err


def test_sudo_is_used_where_it_asks_for_no_password(machine, capfd):
    machine.install("dnf")
    machine.install("sudo")
    supply((Need.PANGO, Need.PANGOFT2))
    assert machine.calls == [
        "sudo -n true",
        "sudo -n dnf install --assumeyes pango",
    ]


def test_sudo_that_asks_for_a_password_is_left_to_its_user(machine, capfd):
    machine.install("apk")
    machine.install("sudo", code=1)
    said = refused(capfd, Need.HARFBUZZ_SUBSET)
    assert "\n    sudo apk add so:libharfbuzz-subset.so.0\n" in said
    assert machine.calls == ["sudo -n true"]


def test_without_sudo_the_command_is_one_for_su(machine, capfd):
    machine.install("apt-get")
    said = refused(capfd, Need.PANGO)
    install = "apt-get install --yes --no-install-recommends libpango-1.0-0"
    assert f"\n    su -c 'apt-get update && {install}'\n" in said
    assert machine.calls == []


def test_brew_needs_no_rights(machine, capfd):
    machine.install("brew")
    supply((Need.PANGO,))
    assert machine.calls == ["brew install pango"]


def test_an_unknown_system_is_told_what_is_missing(machine, capfd):
    said = refused(capfd, Need.PANGO, Need.PANGOFT2)
    assert "libpango-1.0.so.0, libpangoft2-1.0.so.0" in said


def test_certificates_alone_do_not_stop_an_ordinary_user(machine, capfd):
    machine.install("apt-get")
    supply((Need.CERTIFICATES,))
    assert machine.calls == []


def test_a_library_that_stays_away_stops_the_preparation(capfd):
    check(())
    with pytest.raises(SystemExit) as stopped:
        check((Need.PANGO,))
    assert stopped.value.code == 3
    assert "libpango-1.0.so.0" in capfd.readouterr().err
