"""Only what changed is installed again."""

from __future__ import annotations

import pytest
from machine import environment, workshop
from machine.environment import Contents


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A small checkout, and the calls of pip that its preparation makes."""
    calls = []
    for name in ("requirements", "pipeline/__pycache__", "styles", ".venv"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE", "styles/base.css"):
        (tmp_path / name).write_text(name)
    (tmp_path / "requirements/book.txt").write_text(
        "# by make lock\na==1 \\\n    --hash=x\n"
    )
    (tmp_path / "requirements/test.txt").write_text("a==1 \\\n    --hash=x\nb==1\n")
    monkeypatch.setattr(workshop, "ROOT", tmp_path)
    monkeypatch.setattr(workshop, "_LOCKS", tmp_path / "requirements")
    monkeypatch.setattr(environment, "_STAMP", tmp_path / ".venv" / "keben.json")
    monkeypatch.setattr(environment, "install", lambda *c: calls.append(c[-1]))
    monkeypatch.setattr(environment, "make", lambda way: Contents())
    monkeypatch.setattr(environment, "PYTHON", tmp_path)
    return tmp_path, calls


def test_all_is_installed_once(checkout, capsys):
    root, calls = checkout
    workshop.prepare("book")
    assert calls == [str(root / "requirements" / "book.txt"), str(root)]
    assert "the 1 packages of requirements/book.txt" in capsys.readouterr().err
    workshop.prepare("book")
    assert len(calls) == 2
    assert "ready" in capsys.readouterr().err


def test_the_test_lock_holds_all_of_the_book_lock(checkout):
    root, calls = checkout
    workshop.prepare("test")
    assert calls == [str(root / "requirements" / "test.txt"), str(root)]
    workshop.prepare("book")
    assert len(calls) == 2


def test_the_book_lock_does_not_hold_the_test_lock(checkout):
    root, calls = checkout
    workshop.prepare("book")
    workshop.prepare("test")
    assert calls[2:] == [str(root / "requirements" / "test.txt")]


@pytest.mark.parametrize(
    "name", ["styles/base.css", "pyproject.toml", "pipeline/new.py"]
)
def test_a_changed_project_is_installed_alone(checkout, name):
    root, calls = checkout
    workshop.prepare("book")
    (root / name).write_text("changed")
    workshop.prepare("book")
    assert calls[2:] == [str(root)]


def test_compiled_modules_are_no_change(checkout):
    root, calls = checkout
    workshop.prepare("book")
    (root / "pipeline/__pycache__/model.pyc").write_text("compiled")
    workshop.prepare("book")
    assert len(calls) == 2


def test_a_changed_lock_is_installed_again(checkout):
    root, calls = checkout
    workshop.prepare("test")
    (root / "requirements/book.txt").write_text("a==2\n")
    workshop.prepare("test")
    assert calls[2:] == [str(root / "requirements" / "test.txt")]
