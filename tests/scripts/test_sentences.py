"""What the preparation says, it says in both languages, on any Python 3."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from machine.sentences import SENTENCES, say, tell

SCRIPTS = Path(__file__).parents[2] / "scripts"
READABLE_ANYWHERE = (
    SCRIPTS / "bootstrap.py",
    SCRIPTS / "machine" / "__init__.py",
    SCRIPTS / "machine" / "interpreter.py",
    SCRIPTS / "machine" / "sentences.py",
)


def values(sentence):
    return (field for _, field, _, _ in Formatter().parse(sentence) if field)


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_fill_in_the_same_values(key):
    english, chinese = (set(values(sentence)) for sentence in SENTENCES[key])
    assert english == chinese


@pytest.mark.parametrize("key", SENTENCES)
def test_only_the_chinese_is_chinese(key):
    english, chinese = SENTENCES[key]
    assert not re.search("[一-鿿]", english)
    assert re.search("[一-鿿]", chinese)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "正在把刻本装入 .venv"),
        ({"LANG": "zh_TW.Big5", "LC_ALL": "C"}, "installing Keben itself into .venv"),
        ({"LANG": "de_DE.UTF-8"}, "installing Keben itself into .venv"),
        ({}, "installing Keben itself into .venv"),
    ],
)
def test_the_locale_chooses_the_language(monkeypatch, environment, sentence):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert say("project") == sentence


def test_what_is_told_goes_to_standard_error(machine, capsys):
    tell("ready")
    assert capsys.readouterr() == ("", "keben: ready: .venv is as the lock file says\n")


@pytest.mark.parametrize("path", READABLE_ANYWHERE, ids=lambda path: path.stem)
def test_an_old_python_can_read_the_way_to_its_sentence(path):
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 6))
