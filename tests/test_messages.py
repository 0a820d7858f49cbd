"""Every sentence exists in both languages, and the locale chooses."""

import string
import tomllib
from importlib.resources import files

import pytest

from pipeline.diagnostics import Code
from pipeline.messages import Message, knows, user_language


def catalogue(language):
    text = (files("pipeline") / "locale" / f"{language}.toml").read_text("utf-8")
    return {
        f"{table}.{key}": sentence
        for table, sentences in tomllib.loads(text).items()
        for key, sentence in sentences.items()
    }


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_say_the_same_things():
    english, chinese = catalogue("en"), catalogue("zh")
    assert set(english) == set(chinese)
    for key, sentence in english.items():
        assert placeholders(sentence) == placeholders(chinese[key]), key


def test_every_diagnostic_has_its_sentence():
    assert [code.id for code in Code if not knows(f"{code.id}.message")] == []


def test_diagnostic_codes_are_unique():
    assert len({code.id for code in Code}) == len(Code)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
    ],
)
def test_the_locale_chooses_the_language(monkeypatch, environment, language):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert user_language() == language


def test_a_message_is_filled_in_the_language_asked_for():
    message = Message("build.pages", {"pages": 12})
    assert (message.text("en"), message.text("zh")) == ("12 pages", "12 页")
