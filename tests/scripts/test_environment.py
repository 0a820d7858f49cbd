"""The environment is whole, or it is made anew."""

from __future__ import annotations

import importlib.metadata
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from machine import environment
from machine.environment import Contents, Way


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A ``.venv`` of the test's own."""
    made = tmp_path / ".venv"
    monkeypatch.setattr(environment, "HOME", made)
    monkeypatch.setattr(environment, "PYTHON", made / "bin" / "python")
    monkeypatch.setattr(environment, "_STAMP", made / "keben.json")
    return made


@pytest.fixture
def whole(home):
    """An environment that is there, as far as the preparation looks."""
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "python").symlink_to(sys.executable)
    contents = Contents(locks={"book": "1"}, project="2")
    environment._write(contents)
    return contents


def only(*names):
    return lambda name: object() if name in names else None


def test_a_whole_environment_is_read_back(whole):
    assert environment.read() == whole


def test_an_environment_that_is_not_there_is_none(home):
    assert environment.read() is None


@pytest.mark.parametrize("stamp", ["", "{", "[]", '{"colour": "red"}', "\0"])
def test_an_illegible_stamp_is_none(whole, home, stamp):
    (home / "keben.json").write_text(stamp)
    assert environment.read() is None


@pytest.mark.parametrize("field", ["root", "python"])
def test_an_environment_for_elsewhere_is_none(whole, field):
    environment._write(replace(whole, **{field: "elsewhere"}))
    assert environment.read() is None


def test_an_environment_whose_python_is_gone_is_none(whole, home):
    (home / "bin" / "python").unlink()
    (home / "bin" / "python").symlink_to(home / "no-such-python")
    assert environment.read() is None


def test_a_change_is_stamped_when_it_is_whole(whole):
    after = replace(whole, project="3")
    with environment.changing(whole, after):
        assert environment.read() is None
    assert environment.read() == after


def test_a_change_that_pip_refused_leaves_things_as_they_were(whole):
    with (
        pytest.raises(subprocess.CalledProcessError),
        environment.changing(whole, replace(whole, project="3")),
    ):
        raise subprocess.CalledProcessError(1, ["pip"])
    assert environment.read() == whole


def test_a_change_that_is_killed_leaves_no_stamp(whole, home):
    code = (
        "import time; from machine import environment as e; from pathlib import Path;"
        f"e._STAMP = Path({str(home / 'keben.json')!r})\n"
        "with e.changing(e.Contents(), e.Contents()): time.sleep(60)"
    )
    scripts = environment.ROOT / "scripts"
    change = subprocess.Popen(
        [sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(scripts)}
    )
    while (home / "keben.json").exists():
        time.sleep(0.01)
    change.send_signal(signal.SIGKILL)
    change.wait()
    assert environment.read() is None


def test_an_environment_is_made_in_place_of_a_broken_one(home, capfd):
    home.mkdir()
    (home / "half-copied.py").touch()
    contents = environment.make(Way.PIP)
    assert environment.read() == contents == Contents()
    assert not (home / "half-copied.py").exists()
    assert (
        subprocess.check_output([home / "bin" / "python", "-c", "print(1)"]) == b"1\n"
    )


def test_the_venv_module_is_the_best_way(machine, monkeypatch):
    machine.install("virtualenv")
    monkeypatch.setattr(environment, "find_spec", only("venv", "ensurepip"))
    assert environment.way() is Way.VENV


def test_virtualenv_comes_next(machine, monkeypatch):
    machine.install("virtualenv")
    monkeypatch.setattr(environment, "find_spec", only("venv"))
    assert environment.way() is Way.VIRTUALENV


@pytest.mark.parametrize(
    ("version", "way"),
    [("22.3", Way.PIP), ("26.3.dev0", Way.PIP), ("22.2.1", None), (None, None)],
)
def test_a_pip_that_reaches_out_is_the_last_way(machine, monkeypatch, version, way):
    def look_up(name):
        if version is None:
            raise importlib.metadata.PackageNotFoundError(name)
        return version

    monkeypatch.setattr(environment, "find_spec", only("venv"))
    monkeypatch.setattr(importlib.metadata, "version", look_up)
    assert environment.way() is way


def test_virtualenv_is_told_which_python(home):
    command = environment._creation(Way.VIRTUALENV)
    assert command[-3:] == ("--python", sys.executable, str(home))
