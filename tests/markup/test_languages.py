"""Language tags as people and documents write them, as the model has them."""

from __future__ import annotations

import pytest

from pipeline.markup.languages import known, language
from pipeline.settings import parse


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh-CN", "zh-Hans"),
        ("zh_tw", "zh-Hant"),
        ("zh-HK", "zh-Hant-HK"),
        ("zh-Hant-MO", "zh-Hant-HK"),
        ("en", "en"),
    ],
)
def test_a_tag_is_one_of_the_model(tag, expected):
    assert known(tag) == expected


def test_the_characters_decide_between_scripts():
    assert language("zh-CN", "這裏說的話都聽得見") == "zh-Hant"
    assert language("zh-HK", "這裏說的話都聽得見") == "zh-Hant-HK"


def test_settings_may_say_it_as_reading_systems_do():
    settings = parse('language = "zh-HK"', "book.toml", pytest.fail)
    assert settings.hints.meta.language == "zh-Hant-HK"
