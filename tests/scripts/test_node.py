"""The packages of npm come as they are locked, and run nothing when they come."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from machine import environment, node, workshop
from machine.environment import Contents

LOCK = Path(__file__).parents[2] / "requirements/readers"


@pytest.fixture
def home(tmp_path):
    made = tmp_path / "home"
    made.mkdir()
    return made


def test_npm_installs_what_the_lock_says_and_runs_no_scripts(machine, home):
    machine.install("npm")
    node.install(LOCK, home)
    (call,) = machine.calls
    assert call.startswith("npm ci --ignore-scripts ")
    for name in ("package.json", "package-lock.json"):
        assert (home / name).read_bytes() == (LOCK / name).read_bytes()


def test_every_package_is_pinned_with_a_hash_and_no_address():
    lock = json.loads((LOCK / "package-lock.json").read_text("utf-8"))
    packages = {name: p for name, p in lock["packages"].items() if name}
    assert len(packages) > 3
    for name, package in packages.items():
        assert package["version"], name
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def test_what_is_asked_for_is_locked_exactly():
    asked = json.loads((LOCK / "package.json").read_text("utf-8"))["dependencies"]
    lock = json.loads((LOCK / "package-lock.json").read_text("utf-8"))["packages"]
    assert lock[""]["dependencies"] == asked
    versions = {name: lock[f"node_modules/{name}"]["version"] for name in asked}
    assert versions == asked


def test_a_lock_of_npm_is_installed_once(monkeypatch):
    calls = []
    monkeypatch.setattr(node, "install", lambda lock, home: calls.append(lock))
    monkeypatch.setattr(environment, "_write", lambda contents: None)
    monkeypatch.setattr(environment, "_STAMP", Path("no such stamp"))
    before = Contents(locks={"book": "1"})
    after = workshop._install_node(before)
    assert after.locks["book"] == "1"
    assert workshop._install_node(after) is after
    assert calls == [LOCK]
